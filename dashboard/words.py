"""How things are said on pages: a job's title, its state, its facts."""

from dataclasses import dataclass
from typing import Any

from agents.registry import AGENTS
from jobs.models import Job

TEXT_KEYS = ("prompt", "text", "message", "goal")
STATES = {
    Job.Status.QUEUED: ("queued", "clock", "Queued"),
    Job.Status.RUNNING: ("running", "spin", "Running"),
    Job.Status.COMPLETED: ("completed", "check", "Completed"),
    Job.Status.FAILED: ("failed", "x", "Failed"),
    Job.Status.CANCELED: ("canceled", "minus", "Canceled"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    tone: str
    icon: str
    word: str


def badge_of(job: Job) -> Badge:
    tone, icon, word = STATES[Job.Status(job.status)]
    if job.status == Job.Status.RUNNING and job.progress:
        word = f"Running {job.progress} %"
    elif job.refunded:
        word = f"{word}, refunded"
    return Badge(tone, icon, word)


def title_of(job: Job) -> str:
    """What the person asked for, or the operation's name where they gave no words."""
    for key in TEXT_KEYS:
        if text := job.input.get(key):
            return " ".join(str(text).split())[:120]
    agent = AGENTS[job.agent_id]
    operation = agent.operation(job.operation)
    return f"{agent.name}: {operation.title if operation else job.operation}"


def label_of(key: str) -> str:
    return key.replace("_", " ").capitalize()


def value_of(value: Any) -> str:  # noqa: PLR0911  (one return a shape of value)
    """A JSON value in a person's words; empty for what no person reads."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case list():
            return ", ".join(filter(None, (value_of(one) for one in value)))
        case {"name": name, **rest}:
            return str(name) if "job_id" not in rest else f"{name} of an earlier job"
        case {"upload_id": _}:
            return "a file you sent"
        case dict():
            return ", ".join(f"{label_of(key).lower()} {value_of(one)}" for key, one in value.items() if value_of(one))
    return str(value)


def facts_of(data: dict[str, Any] | None, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Label and value of what is worth reading in an input or output."""
    pairs = [(label_of(key), value_of(value)) for key, value in (data or {}).items() if key not in without]
    return [(label, value) for label, value in pairs if value]

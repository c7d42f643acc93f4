"""How things are said on pages: a job's title, its state, moments and amounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from agents.registry import AGENTS
from jobs.models import Job

HOUR, DAY = 3600, 86_400
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


def seen_of(job: Job) -> str:
    """What a watching page shows of a job; while it is the same there is nothing to send again."""
    return f"{job.status}-{job.progress}-{job.step}-{len(job.draft)}"


def title_of(job: Job) -> str:
    """What the person asked for, or the operation's name where they gave no words."""
    if asked := asked_for(job.input):
        return asked
    agent = AGENTS[job.agent_id]
    operation = agent.operation(job.operation)
    return f"{agent.name}: {operation.title if operation else job.operation}"


def asked_for(input: dict[str, Any]) -> str:
    """The words of an input, "" where there are none."""
    text = next((input[key] for key in TEXT_KEYS if isinstance(input.get(key), str)), "")
    return " ".join(text.split())[:120]


def counted(number: int, noun: str) -> str:
    """1 credit, 1,000 credits."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def returned(credits: int) -> str:
    """Your 8 credits are back."""
    return f"Your {counted(credits, 'credit')} {'is' if credits == 1 else 'are'} back."


def day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"


def ago(moment: datetime) -> str:
    """How long ago; after a day, the date."""
    now = timezone.now()
    seconds = (now - moment).total_seconds()
    if seconds < 45:
        return "just now"
    if seconds < HOUR:
        return f"{max(1, round(seconds / 60))} min ago"
    if seconds < DAY:
        return f"{counted(round(seconds / HOUR), 'hour')} ago"
    return f"{moment:%-d %b}" if moment.year == now.year else f"{moment:%-d %b %Y}"


def until(moment: datetime) -> str:
    """How long from now: 12 days, 5 hours, 20 minutes."""
    seconds = max(0.0, (moment - timezone.now()).total_seconds())
    if seconds >= 2 * DAY:
        return counted(int(seconds // DAY), "day")
    if seconds >= 2 * HOUR:
        return counted(int(seconds // HOUR), "hour")
    return counted(max(1, int(seconds // 60)), "minute")


def clock(seconds: float) -> str:
    """A length as players show it: 2:04."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def sentence_case(name: str) -> str:
    """time_of_day is Time of day."""
    plain = name.replace("_", " ").strip()
    return plain[:1].upper() + plain[1:]


def plain(sentence: str) -> str:
    """What the checks of a schema say, for a person."""
    if sentence in {"Field required", "String should have at least 1 character"}:
        return "Please fill this in."
    sentence = sentence.removeprefix("Value error, ")
    for stiff in ("Input should", "String should", "Value should"):
        sentence = sentence.replace(stiff, "This should", 1)
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."

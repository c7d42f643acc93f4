"""A conversation with the chat, as its page shows it."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from agents.registry import CHAT
from dashboard import reading, words
from jobs.conversations import MOST_TURNS, conversation_of
from jobs.models import Job

OPERATION = "context"
FIELD = "conversation"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person said and what came back: made safe, and, while the job runs, what is written so far."""

    job: Job
    message: str
    answer: SafeString
    badge: words.Badge
    seen: str

    @property
    def failed(self) -> bool:
        return not self.job.is_active and self.job.status != Job.Status.COMPLETED


@dataclass(frozen=True, slots=True)
class Talk:
    """Oldest first, the latest apart. `is_cut`: there is more before these."""

    before: list[Turn]
    latest: Turn
    is_cut: bool


def talk_of(user_id: UUID, job_id: UUID | None) -> Talk | None:
    """The conversation up to this turn; None when there is none of theirs."""
    jobs = conversation_of(user_id, job_id) if job_id else []
    if not jobs:
        return None
    *before, latest = [turn_of(job) for job in jobs]
    return Talk(before, latest, len(jobs) == MOST_TURNS and FIELD in jobs[0].input)


def turn_of(job: Job) -> Turn:
    text = job.draft if job.status == Job.Status.RUNNING else (job.output or {}).get("text", "")
    return Turn(
        job, str(job.input.get("message", "")), reading.read(str(text)), words.badge_of(job), words.seen_of(job)
    )


def goes_on_from(job: Job) -> str:
    """The turn that the next message answers: this one, or the one before when nothing came of it."""
    return str(job.pk) if job.status == Job.Status.COMPLETED else str(job.input.get(FIELD, ""))


def address_of(job_id: object) -> str:
    """The page of the conversation that has come to this turn."""
    return f"{reverse('studio', args=[CHAT.id])}?operation={OPERATION}&after={job_id}#latest"

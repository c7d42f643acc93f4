"""What happens to a job after it was accepted. Every write by a worker names its fence; a stale one changes nothing.

A charged job ends completed, or failed or canceled and refunded, exactly once: the change of state and the refund are
one transaction, and only the change that finds the job unfinished makes the refund.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest, Now

from agents.registry import AGENTS, AVATAR_BUILDER
from credits import ledger
from jobs import selectors
from jobs.errors import JobFinished
from jobs.models import ACTIVE, Artifact, Job

MOST_ATTEMPTS = 2
CLAIM = """
    UPDATE jobs_job
    SET status = 'running', fence = fence + 1, attempts = attempts + 1, progress = 0, step = '',
        started_at = coalesce(started_at, now()), lease_until = clock_timestamp() + make_interval(secs => %s)
    WHERE id = %s AND status = 'queued'
    RETURNING *
"""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is already in storage under this run's own name."""

    name: str
    kind: str
    content_type: str
    size: int
    path: str


def lease() -> timedelta:
    return timedelta(seconds=settings.JOBS_LEASE_SECONDS)


def claim(job_id: UUID) -> Job | None:
    """Take a queued job for this worker; None when somebody else has it or it is finished."""
    return next(iter(Job.objects.raw(CLAIM, [settings.JOBS_LEASE_SECONDS, job_id])), None)


def held(job_id: UUID, fence: int) -> Any:
    return Job.objects.filter(pk=job_id, fence=fence, status=Job.Status.RUNNING)


def renew(job_id: UUID, fence: int) -> bool:
    """Prolong the lease; False when the job is no longer this worker's."""
    return bool(held(job_id, fence).update(lease_until=Now() + lease()))


def report(job_id: UUID, fence: int, percent: int, step: str) -> bool:
    """Record real progress (0-99, never backwards); False when the job is no longer this worker's."""
    progress = Greatest(F("progress"), Value(max(0, min(99, percent))))
    return bool(held(job_id, fence).update(progress=progress, step=step[:120], lease_until=Now() + lease()))


def complete(job: Job, *, files: list[StoredFile], output: dict[str, Any], engine: str) -> bool:
    """Publish what was delivered; False, and nothing written, when the job is no longer this worker's."""
    with transaction.atomic():
        done = held(job.pk, job.fence).update(
            status=Job.Status.COMPLETED, output=output, engine=engine[:120], progress=100, step="", lease_until=None,
            finished_at=Now(),
        )  # fmt: skip
        if not done:
            return False
        Artifact.objects.bulk_create(
            Artifact(
                job=job, user_id=job.user_id, name=file.name, kind=file.kind, content_type=file.content_type,
                size=file.size, file=file.path, holds_avatar=job.agent_id == AVATAR_BUILDER.id and position == 0,
            )
            for position, file in enumerate(files)
        )  # fmt: skip
    return True


def fail(job: Job, *, code: str, message: str) -> bool:
    """End a running job without a result and give its credits back; False when it is no longer this worker's."""
    return end(held(job.pk, job.fence), job, Job.Status.FAILED, error_code=code, error_message=message[:500])


def cancel(*, user_id: UUID, job_id: UUID) -> Job:
    """Stop a queued or running job and give its credits back. Raises NotFound, JobFinished."""
    job = selectors.job_of(user_id, job_id)
    unfinished = Job.objects.filter(pk=job.pk, status__in=ACTIVE)
    if not end(unfinished, job, Job.Status.CANCELED):
        raise JobFinished
    return selectors.job_of(user_id, job_id)


def end(unfinished: Any, job: Job, status: str, **facts: Any) -> bool:
    """Move a job that is still unfinished to its end and refund its recorded charge, in one transaction."""
    with transaction.atomic():
        if not unfinished.update(status=status, step="", lease_until=None, finished_at=Now(), **facts):
            return False
        word = "failed" if status == Job.Status.FAILED else "canceled"
        entry = ledger.refund(
            user_id=job.user_id, job_id=job.pk, description=f"{AGENTS[job.agent_id].name}: {word}, refunded",
            metadata={"operation": job.operation, "outcome": word},
        )  # fmt: skip
        Job.objects.filter(pk=job.pk).update(refunded=entry.amount)
    return True


def give_up(job: Job) -> bool:
    """End a job whose workers stopped too often."""
    expired = Job.objects.filter(
        pk=job.pk, fence=job.fence, status=Job.Status.RUNNING, lease_until__lt=Now(), attempts__gte=MOST_ATTEMPTS
    )
    message = "The work was interrupted twice and was given up. Your credits are back."
    return end(expired, job, Job.Status.FAILED, error_code="INTERRUPTED", error_message=message)


def return_expired() -> int:
    """Put jobs whose lease ran out back into the queue while they have an attempt left."""
    expired = Job.objects.filter(status=Job.Status.RUNNING, lease_until__lt=Now(), attempts__lt=MOST_ATTEMPTS)
    overdue = Now() - timedelta(seconds=settings.JOBS_RING_AGAIN_SECONDS)
    return expired.update(
        status=Job.Status.QUEUED, fence=F("fence") + 1, lease_until=None, progress=0, step="", rung_at=overdue
    )

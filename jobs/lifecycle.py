"""What happens to a job after it was accepted. Every write by a worker names its fence; a stale one changes nothing.

A charged job ends completed, or failed or canceled and refunded, exactly once: the change of state and the refund are
one transaction, and only the change that finds the job unfinished makes the refund.
"""

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils.translation import gettext as _

from agents.delivery import SavedVoice
from agents.registry import AGENTS, AVATAR_BUILDER
from credits import ledger
from jobs import orchestration, selectors
from jobs.errors import JobFinished, JobNotFinished, NotRefundable
from jobs.models import ACTIVE, Artifact, Job, UsageDay, Voice

MOST_ATTEMPTS = 2
LONGEST_DRAFT = 20_000
CLAIM = """
    UPDATE jobs_job
    SET status = 'running', fence = fence + 1, attempts = attempts + 1, step = '', draft = '',
        progress = CASE WHEN base_cost IS NULL THEN 0 ELSE progress END,
        started_at = coalesce(started_at, now()), lease_until = clock_timestamp() + make_interval(secs => %s)
    WHERE id = %s AND status = 'queued' AND NOT waiting
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
    """Take a queued job for this worker; None when somebody else has it, it waits for others, or it is finished."""
    job = next(iter(Job.objects.raw(CLAIM, [settings.JOBS_LEASE_SECONDS, job_id])), None)
    if job and job.parent_id:
        orchestration.begin(job.parent_id)
    return job


def held(job_id: UUID, fence: int) -> Any:
    return Job.objects.filter(pk=job_id, fence=fence, status=Job.Status.RUNNING)


def renew(job_id: UUID, fence: int) -> bool:
    """Prolong the lease; False when the job is no longer this worker's."""
    return bool(held(job_id, fence).update(lease_until=Now() + lease()))


def report(job_id: UUID, fence: int, percent: int, step: str) -> bool:
    """Record real progress (0-99, never backwards); False when the job is no longer this worker's."""
    progress = Greatest(F("progress"), Value(max(0, min(99, percent))))
    return bool(held(job_id, fence).update(progress=progress, step=step[:120], lease_until=Now() + lease()))


def is_over(job_id: UUID) -> bool:
    """Whether nobody will work on this job any more."""
    return not Job.objects.filter(pk=job_id, status__in=ACTIVE).exists()


def complete(
    job: Job, *, files: list[StoredFile], output: dict[str, Any], engine: str, provider_cost: int | None = None,
    voice: SavedVoice | None = None,
) -> bool:  # fmt: skip
    """Publish what was delivered; False, and nothing written, when the job is no longer this worker's."""
    with transaction.atomic():
        if job.parent_id:
            orchestration.hold(job.parent_id)
        done = held(job.pk, job.fence).update(
            status=Job.Status.COMPLETED, output=output, engine=engine[:120], progress=100, step="", lease_until=None,
            finished_at=Now(), **added_cost(provider_cost),
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
        if voice:
            keep_voice(job, voice, output)
        if job.parent_id:
            orchestration.advance(job.parent_id)
        elif job.base_cost is not None:
            orchestration.settle(job, "completed")
    return True


def keep_voice(job: Job, voice: SavedVoice, output: dict[str, Any]) -> None:
    """Save what a job made for its owner, once a job, and tell its id in the output."""
    saved = Voice.objects.create(user_id=job.user_id, job_id=job.pk, name=voice.name, profile=voice.profile)
    Job.objects.filter(pk=job.pk).update(output={**output, "voice_id": str(saved.pk)})


def added_cost(provider_cost: int | None) -> dict[str, Any]:
    """A job may cost a provider's charge twice: a step that is run again."""
    return {} if provider_cost is None else {"provider_cost": Coalesce(F("provider_cost"), Value(0)) + provider_cost}


def fail(job: Job, *, code: str, message: str, provider_cost: int | None = None) -> bool:
    """End a running job without a result and give its credits back; False when it is no longer this worker's.

    A step of a plan is tried once more instead, the first time.
    """
    if provider_cost is not None:
        held(job.pk, job.fence).update(**added_cost(provider_cost))
    if job.parent_id and orchestration.runs_again(job):
        return True
    return end(held(job.pk, job.fence), job, Job.Status.FAILED, error_code=code, error_message=message[:500])


def cancel(*, user_id: UUID, job_id: UUID, told: dict[str, Any] | None = None) -> Job:
    """Stop a queued or running job and give its credits back; the refund keeps `told`. Raises NotFound, JobFinished."""
    job = selectors.job_of(user_id, job_id)
    unfinished = Job.objects.filter(pk=job.pk, status__in=ACTIVE)
    if not end(unfinished, job, Job.Status.CANCELED, told=told):
        raise JobFinished
    return selectors.job_of(user_id, job_id)


def end(unfinished: Any, job: Job, status: str, *, told: dict[str, Any] | None = None, **facts: Any) -> bool:
    """Move a job that is still unfinished to its end and give back what is due, in one transaction."""
    with transaction.atomic():
        if job.parent_id:
            orchestration.hold(job.parent_id)
        elif job.base_cost is not None and status == Job.Status.FAILED and orchestration.has_delivered(job.pk):
            status, facts = Job.Status.COMPLETED, {"progress": 100}
        changed = unfinished.update(
            status=status, waiting=False, step="", lease_until=None, finished_at=Now(), **facts
        )  # fmt: skip
        if not changed:
            return False
        if job.parent_id:
            orchestration.advance(job.parent_id)
        elif job.base_cost is not None:
            orchestration.stop(job.pk)
            orchestration.settle(job, str(status), told=told)
        else:
            refund(job, str(status), told=told)
    return True


def refund(job: Job, word: str, *, told: dict[str, Any] | None = None) -> ledger.Entry:
    """All that was recorded as charged, once."""
    entry = ledger.refund(
        user_id=job.user_id, job_id=job.pk, description=f"{AGENTS[job.agent_id].name}: {word}, refunded",
        metadata={"operation": job.operation, "outcome": word, **(told or {})},
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(refunded=entry.amount)
    return entry


def give_back(*, job_id: UUID, told: dict[str, Any]) -> ledger.Entry:
    """Refund a job that has ended, a delivered one too: the whole recorded charge, once. `told` has the reason.

    Raises JobNotFinished, NotRefundable.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.is_active:
            raise JobNotFinished(_("This job has not finished yet. Cancel it: that gives its credits back."))
        if job.parent_id:
            raise NotRefundable(_("A step charges nothing by itself. Refund the job that it belongs to."))
        hold_usage(job)
        entry = refund(job, str(job.status), told=told)
        if not entry.amount:
            raise NotRefundable(_("Nothing was charged for this job."))
    return entry


def hold_usage(job: Job) -> None:
    """Lock the sums that a job is in: whoever ends a job takes them before the account, so all others must too."""
    day = job.created_at.astimezone(UTC).date()
    UsageDay.objects.select_for_update().filter(user_id=job.user_id, day=day, agent_id=job.agent_id).first()


def give_up(job: Job) -> bool:
    """End a job whose workers stopped too often."""
    expired = Job.objects.filter(
        pk=job.pk, fence=job.fence, status=Job.Status.RUNNING, lease_until__lt=Now(), attempts__gte=MOST_ATTEMPTS
    )
    message = "The work was interrupted twice and was given up. Your credits are back."
    return end(expired, job, Job.Status.FAILED, error_code="INTERRUPTED", error_message=message)


def return_expired() -> int:
    """Put jobs whose lease ran out back into the queue while they have an attempt left."""
    lost = Job.objects.filter(
        status=Job.Status.RUNNING, waiting=False, lease_until__lt=Now(), attempts__lt=MOST_ATTEMPTS
    ).select_for_update(skip_locked=True)
    expired = Job.objects.filter(pk__in=lost.values("pk"))
    overdue = Now() - timedelta(seconds=settings.JOBS_RING_AGAIN_SECONDS)
    with transaction.atomic():
        return expired.update(
            status=Job.Status.QUEUED, fence=F("fence") + 1, lease_until=None, progress=0, step="", rung_at=overdue
        )


def draft(job_id: UUID, fence: int, text: str) -> bool:
    """Record what is written so far; False when the job is no longer this worker's."""
    kept = text[:LONGEST_DRAFT].replace("\x00", "").encode(errors="ignore").decode()
    return bool(held(job_id, fence).update(draft=kept, lease_until=Now() + lease()))

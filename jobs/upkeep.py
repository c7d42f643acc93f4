"""What beat asks for: finish what workers dropped, forget what is old, prove that workers live."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError
from django.db.models.functions import Now

from credits.errors import LedgerError
from jobs import counters, dispatch, lifecycle
from jobs.files import job_folder, remove_tree
from jobs.models import ACTIVE, Artifact, IdempotencyKey, Job, Pulse, Upload, Voice

log = logging.getLogger(__name__)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one sweep did: leases returned to the queue, jobs given up and refunded, bells rung again."""

    returned: int
    given_up: int
    rung: int


def sweep() -> Sweep:
    """Finish or restart what a dead worker left, and ring again for what nobody picked up."""
    lost = Job.objects.filter(
        status=Job.Status.RUNNING, waiting=False, lease_until__lt=Now(), attempts__gte=lifecycle.MOST_ATTEMPTS
    )
    given_up = sum(gave_up(job) for job in lost[:BATCH])
    done = Sweep(lifecycle.return_expired(), given_up, ring_again())
    counters.count_swept(returned=done.returned, given_up=done.given_up, rung=done.rung)
    return done


def gave_up(job: Job) -> bool:
    """End one lost job. One whose credits cannot come back, which `audit` names, keeps nobody else from theirs."""
    try:
        return lifecycle.give_up(job)
    except (LedgerError, IntegrityError, InternalError):
        log.exception("The lost job %s could not be refunded.", job.pk)
        return False


def ring_again() -> int:
    """Ring for jobs that have waited long; while the broker is away, one try is enough."""
    patience = timedelta(seconds=settings.JOBS_RING_AGAIN_SECONDS)
    waiting = Job.objects.filter(status=Job.Status.QUEUED, waiting=False, rung_at__lt=Now() - patience).order_by(
        "rung_at"
    )
    jobs = list(waiting.values_list("pk", "queue")[:BATCH])
    Job.objects.filter(pk__in=[pk for pk, _ in jobs], status=Job.Status.QUEUED).update(rung_at=Now())
    return sum(1 for _ in takewhile(bool, (dispatch.ring(str(pk), queue) for pk, queue in jobs)))


def prune(*, days: int | None = None) -> int:
    """Delete finished jobs older than the retention, with their files, and spent idempotency keys.

    The ledger keeps its rows. Jobs with an artifact that holds an avatar's place are kept with it. Steps go with their
    plan.
    """
    IdempotencyKey.objects.filter(created_at__lt=Now() - timedelta(hours=24)).delete()
    age = timedelta(days=settings.JOBS_KEPT_DAYS if days is None else days)
    kept = Artifact.objects.filter(holds_avatar=True, deleted_at=None)
    old = (
        Job.objects.filter(finished_at__lt=Now() - age, parent=None)
        .exclude(status__in=ACTIVE)
        .exclude(pk__in=kept.values("job"))
        .exclude(pk__in=kept.filter(job__parent__isnull=False).values("job__parent"))
    )
    pruned = 0
    while plans := list(old.values_list("pk", flat=True)[:BATCH]):
        batch = plans + list(Job.objects.filter(parent__in=plans).values_list("pk", flat=True))
        Job.objects.filter(pk__in=batch).delete()
        for job_id in batch:
            remove_tree(job_folder(job_id))
        pruned += len(batch)
    return pruned


def remove_upload(upload: Upload) -> None:
    """Delete an upload's file and free its storage; again is the same."""
    Upload.objects.filter(pk=upload.pk, deleted_at=None).update(deleted_at=Now())
    default_storage.delete(str(upload.file.name))


def remove_artifact(artifact: Artifact) -> None:
    """Delete an artifact's file, free its storage and, for an avatar, its place; again is the same.

    An avatar goes whole: its other files are the same avatar and hold the place no more than it does.
    """
    gone = Artifact.objects.filter(pk=artifact.pk)
    if artifact.holds_avatar:
        gone = Artifact.objects.filter(job_id=artifact.job_id)
    files = list(gone.filter(deleted_at=None).values_list("file", flat=True))
    gone.filter(deleted_at=None).update(deleted_at=Now())
    for file in files:
        default_storage.delete(file)


def remove_voice(voice: Voice) -> None:
    """Forget a saved voice and free its slot; again is the same."""
    Voice.objects.filter(pk=voice.pk, deleted_at=None).update(deleted_at=Now(), profile={})


def record_pulse(queue: str) -> None:
    Pulse.objects.update_or_create(queue=queue, defaults={"at": Now()})

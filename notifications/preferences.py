"""The switches: one for each kind, kept among the preferences of a person's profile."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Profile
from jobs.models import Job
from notifications.kinds import JOB_DONE, KINDS, PREFERENCE, is_on
from notifications.models import Notification

DAY = timedelta(days=1)  # how long an ended job is news (due.py)


def switches_of(profile: Profile) -> dict[str, bool]:
    return {kind.id: is_on(kind, profile.preferences) for kind in KINDS.values()}


def choose(*, user_id: UUID, switches: dict[str, bool]) -> None:
    """Turn kinds on or off; other kinds and preferences stay. Who left keeps none. Safe to repeat."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update().filter(pk=user_id, user__is_active=True).first()
        if profile is None:
            return
        kept = profile.preferences.get(PREFERENCE)
        chosen = (kept if isinstance(kept, dict) else {}) | switches
        if switches.get(JOB_DONE.id) and not is_on(JOB_DONE, profile.preferences):
            pass_over_finished_jobs(user_id)
        profile.preferences = {**profile.preferences, PREFERENCE: chosen}
        profile.save(update_fields=["preferences"])


def pass_over_finished_jobs(user_id: UUID) -> None:
    """Who switches the mails about jobs on is told of what ends from now on."""
    over = Job.objects.filter(user_id=user_id, parent=None, created_at__gt=Now() - 2 * DAY, finished_at__gt=Now() - DAY)
    Notification.objects.bulk_create(
        [
            Notification(
                user_id=user_id, kind=JOB_DONE.id, occasion=str(job_id), state=Notification.State.SKIPPED,
                ended_at=Now(),
            )
            for job_id in over.values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )  # fmt: skip

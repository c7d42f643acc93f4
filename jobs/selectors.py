"""Reads of jobs and what belongs to them: always the owner's own, and never moving anything."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from avatarg.errors import NotFound
from credits.ledger import first_row
from jobs.models import Artifact, Job, Upload, Voice


def job_of(user_id: UUID, job_id: UUID) -> Job:
    """Raises NotFound, for a stranger's job too."""
    try:
        return Job.objects.get(pk=job_id, user_id=user_id)
    except Job.DoesNotExist:
        raise NotFound(_("There is no such job.")) from None


def jobs_of(user_id: UUID, *, status: str = "", agent_id: str = "") -> QuerySet[Job]:
    """The user's own jobs, newest first, without the steps of orchestrated ones."""
    jobs = Job.objects.filter(user_id=user_id, parent=None).order_by("-created_at", "-id")
    if status:
        jobs = jobs.filter(status=status)
    return jobs.filter(agent_id=agent_id) if agent_id else jobs


def artifacts_of(job: Job) -> list[Artifact]:
    """What is there to fetch, the main file first."""
    return [artifact for artifact in job.artifacts.all() if artifact.deleted_at is None]


def artifact_of(user_id: UUID, job_id: UUID, name: str, *, deleted: bool = False) -> Artifact:
    """Raises NotFound, for a stranger's and, unless `deleted`, for a removed one too."""
    whole = "\x00" not in name  # which no name has, and no query may ask for
    found = Artifact.objects.filter(user_id=user_id, job_id=job_id, name=name).first() if whole else None
    if found is None or (found.deleted_at and not deleted):
        raise NotFound(_("There is no such file."))
    return found


def uploads_of(user_id: UUID, *, kind: str = "") -> QuerySet[Upload]:
    uploads = Upload.objects.filter(user_id=user_id, deleted_at=None).order_by("-id")
    return uploads.filter(kind=kind) if kind else uploads


def voices_of(user_id: UUID) -> QuerySet[Voice]:
    """Saved voices, newest first."""
    return Voice.objects.filter(user_id=user_id, deleted_at=None).order_by("-created_at")


def voice_of(user_id: UUID, voice_id: UUID) -> Voice:
    """One of the user's voices, a removed one too. Raises NotFound."""
    voice = Voice.objects.filter(user_id=user_id, pk=voice_id).first()
    if voice is None:
        raise NotFound(_("There is no such voice."))
    return voice


def used_by(user_id: UUID, agent_id: str, since: datetime, limits: dict[str, int]) -> dict[str, Any]:
    """What counts against a plan now: running, stored (bytes), and of this_period, avatars and voices the limited."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM jobs_used(%s, %s, %s, %s)", [user_id, agent_id, since, json.dumps(limits)])
        return first_row(cursor)


def taken_by_key(user_id: UUID, key_id: UUID, since: datetime) -> int:
    """Credits that an API key's jobs took since then, net of refunds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT taken_by_key(%s, %s, %s) AS taken", [user_id, key_id, since])
        return int(first_row(cursor)["taken"])

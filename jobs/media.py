"""What an input refers to: uploads, artifacts, earlier jobs and saved voices, of the same person."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agents.delivery import Media, RunFailed
from agents.runners.base import EarlierJob, MediaReference, RunInput, VoiceReference
from avatarg.errors import InvalidInput
from jobs import selectors
from jobs.models import Artifact, Job, Upload

NO_FILE = gettext_noop("This file is not there. Please choose another one.")
NO_JOB = gettext_noop("There is no finished answer of this agent to go on from. Please choose another one.")
NO_VOICE = gettext_noop("This saved voice is not there. Please choose another one.")


def references_in(given: RunInput) -> Iterator[tuple[str, MediaReference]]:
    for name in type(given).model_fields:
        value = getattr(given, name)
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(one, MediaReference):
                yield name, one


def find(user_id: UUID, reference: MediaReference) -> Upload | Artifact | None:
    """The row behind a reference, None when it is not there, not theirs, or removed."""
    mine = {"user_id": user_id, "deleted_at": None}
    if reference.upload_id:
        return Upload.objects.filter(pk=reference.upload_id, **mine).first()
    if reference.job_id and reference.name:
        return Artifact.objects.filter(job_id=reference.job_id, name=reference.name, **mine).first()
    return None


def require(user_id: UUID, agent_id: str, given: RunInput) -> None:
    """Raises InvalidInput unless every reference of an input is there and the user's own."""
    missing = {name: [_(NO_FILE)] for name, reference in references_in(given) if find(user_id, reference) is None}
    for name in type(given).model_fields:
        value = getattr(given, name)
        if isinstance(value, EarlierJob) and not continues(user_id, agent_id, value.root):
            missing[name] = [_(NO_JOB)]
        if isinstance(value, VoiceReference) and not selectors.voices_of(user_id).filter(pk=value.root).exists():
            missing[name] = [_(NO_VOICE)]
    if missing:
        raise InvalidInput(missing)


def continues(user_id: UUID, agent_id: str, job_id: UUID) -> bool:
    found = earlier_job(user_id, job_id)
    return found is not None and found.agent_id == agent_id


def earlier_job(user_id: UUID, job_id: UUID) -> Job | None:
    """A completed job of this person's, None for any other."""
    return Job.objects.filter(pk=job_id, user_id=user_id, status=Job.Status.COMPLETED).first()


def read(user_id: UUID, reference: MediaReference) -> Media:
    """The bytes behind a reference. Raises RunFailed when they are gone."""
    row = find(user_id, reference)
    if row is None:
        raise RunFailed("The file to work on was deleted before the job could read it.", "INPUT_GONE")
    return Media(row.content_type, content_of(row.file))


def voice_profile(user_id: UUID, voice_id: UUID) -> dict[str, Any]:
    """Raises RunFailed when the voice is not there any more."""
    voice = selectors.voices_of(user_id).filter(pk=voice_id).first()
    if voice is None:
        raise RunFailed("The saved voice was deleted before the job could use it.", "INPUT_GONE")
    return dict(voice.profile)


def content_of(file: FieldFile) -> bytes:
    try:
        with file.open("rb") as stream:
            return bytes(stream.read())
    except FileNotFoundError:
        raise RunFailed("The file to work on could not be found.", "INPUT_GONE") from None

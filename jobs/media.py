"""What an input refers to: uploads, artifacts of earlier jobs and such jobs themselves, of the same person."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models.fields.files import FieldFile

from agents.delivery import Media, RunFailed
from agents.runners.base import EarlierJob, MediaReference, RunInput
from avatarg.errors import InvalidInput
from jobs.models import Artifact, Job, Upload

NO_FILE = "This file is not there. Please choose another one."
NO_JOB = "There is no finished answer of this agent to go on from. Please choose another one."


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
    missing = {name: [NO_FILE] for name, reference in references_in(given) if find(user_id, reference) is None}
    for name in type(given).model_fields:
        value = getattr(given, name)
        if isinstance(value, EarlierJob) and not continues(user_id, agent_id, value.root):
            missing[name] = [NO_JOB]
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


def content_of(file: FieldFile) -> bytes:
    try:
        with file.open("rb") as stream:
            return bytes(stream.read())
    except FileNotFoundError:
        raise RunFailed("The file to work on could not be found.", "INPUT_GONE") from None

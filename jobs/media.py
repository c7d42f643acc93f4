"""What an input refers to: uploads, and artifacts of earlier jobs, of the same person."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models.fields.files import FieldFile

from agents.delivery import Media, RunFailed
from agents.runners.base import MediaReference, RunInput
from avatarg.errors import InvalidInput
from jobs.models import Artifact, Upload


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


def require(user_id: UUID, given: RunInput) -> None:
    """Raises InvalidInput unless every reference of an input is there and the user's own."""
    missing = [name for name, reference in references_in(given) if find(user_id, reference) is None]
    if missing:
        raise InvalidInput({name: ["This file is not there. Please choose another one."] for name in missing})


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

"""Where the files of jobs lie, and how one leaves: inert, to its owner. Pictures, sounds and videos may be shown,
everything else is an attachment."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from rest_framework.request import Request

from avatarg.errors import NotFound
from jobs.models import Artifact

SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "audio/mpeg", "audio/wav", "video/mp4", "text/vtt"})


def job_folder(job_id: UUID) -> str:
    return f"jobs/{job_id}"


def remove_tree(folder: str) -> None:
    """Delete a folder of storage and all in it; a missing one is no matter."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")
    for name in folders:
        remove_tree(f"{folder}/{name}")
    default_storage.delete(folder)


def response_for(request: Request, artifact: Artifact, *, attached: bool = False) -> HttpResponseBase:
    """The file with headers that let no browser run it. Raises NotFound when storage has lost it."""
    try:
        stream = artifact.file.open("rb")
    except FileNotFoundError:
        raise NotFound("This file is gone.") from None
    attached = attached or artifact.content_type not in SHOWN
    response = FileResponse(stream, as_attachment=attached, filename=artifact.name, content_type=artifact.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=3600)
    return response

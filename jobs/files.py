"""Where the files of jobs lie, and how one leaves: inert, to its owner. Pictures, sounds and videos may be shown,
everything else is an attachment."""

import re
from collections.abc import Iterator
from typing import IO
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from rest_framework.request import Request

from avatarg.errors import NotFound
from jobs.models import Artifact

SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "audio/mpeg", "audio/wav", "video/mp4", "text/vtt"})


ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PIECE = 65_536


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


def span_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range that can be served; players seek by it. None: the whole file."""
    found = ONE_RANGE.fullmatch(header.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    begin, end = int(first), min(size - 1, int(last)) if last else size - 1
    return (begin, end) if begin <= end else None


def only(response: FileResponse, stream: IO[bytes], first: int, last: int, size: int) -> None:
    """Cut a response to a range of its file."""
    response.status_code = 206
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response.streaming_content = pieces(stream, first, last)


def pieces(stream: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    stream.seek(first)
    left = last - first + 1
    while left and (piece := stream.read(min(left, PIECE))):
        left -= len(piece)
        yield piece


def response_for(request: Request, artifact: Artifact, *, attached: bool = False) -> HttpResponseBase:
    """The file with headers that let no browser run it. Raises NotFound when storage has lost it."""
    try:
        stream = artifact.file.open("rb")
    except FileNotFoundError:
        raise NotFound(_("This file is gone.")) from None
    attached = attached or artifact.content_type not in SHOWN
    response = FileResponse(stream, as_attachment=attached, filename=artifact.name, content_type=artifact.content_type)
    response["Accept-Ranges"] = "bytes"
    if asked := span_of(request.headers.get("Range", ""), artifact.size):
        only(response, stream, *asked, artifact.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=3600)
    return response

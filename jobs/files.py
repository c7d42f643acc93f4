"""How a file leaves: inert, to its owner. Pictures and sounds may be shown, everything else is an attachment."""

from django.http import FileResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from rest_framework.request import Request

from avatarg.errors import NotFound
from jobs.models import Artifact

SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "audio/mpeg", "audio/wav", "video/mp4", "text/vtt"})


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

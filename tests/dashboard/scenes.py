"""What people of these tests have made: jobs in every state, with files that are really in storage."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from accounts.models import User
from jobs import lifecycle
from jobs.lifecycle import StoredFile
from jobs.models import Job
from tests.jobs import acts

KINDS = {
    "image.png": ("image", "image/png"),
    "avatar.png": ("image", "image/png"),
    "avatar.svg": ("vector", "image/svg+xml"),
    "track.mp3": ("audio", "audio/mpeg"),
    "track.mid": ("midi", "audio/midi"),
    "video.mp4": ("video", "video/mp4"),
    "captions.vtt": ("captions", "text/vtt"),
    "poster.jpg": ("poster", "image/jpeg"),
    "note.txt": ("text", "text/plain"),
    "bundle.zip": ("bundle", "application/zip"),
}


def png(side: int = 8, colour: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


def picture_file(name: str = "photo.png", **look: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(**look), content_type="image/png")


def waiting(user: User, agent_id: str = "image-creator", **call: Any) -> Job:
    return acts.queued(user, agent_id, **{"input": {"prompt": "A red lighthouse at dusk"}, **call})


def claimed(user: User, **call: Any) -> Job:
    """A job that no worker beside this test has: none hears of it before it is taken."""
    with transaction.atomic():
        return lifecycle.claim(waiting(user, **call).pk)


def running(user: User, percent: int = 40, step: str = "Drawing the sea", **call: Any) -> Job:
    job = claimed(user, **call)
    lifecycle.report(job.pk, job.fence, percent, step)
    return acts.again(job)


def delivered(user: User, *names: str, output: dict[str, Any] | None = None, **call: Any) -> Job:
    """A completed job with these files."""
    job = claimed(user, **call)
    files = [stored(job, name) for name in names or ("image.png",)]
    lifecycle.complete(job, files=files, output=output or {"width": 8, "height": 8, "seed": 7}, engine="test")
    return acts.again(job)


def stored(job: Job, name: str) -> StoredFile:
    kind, content_type = KINDS[name]
    data = png() if kind == "image" else b"Rivers, in three acts."
    path = default_storage.save(f"jobs/{job.pk}/1/{name}", ContentFile(data))
    return StoredFile(name, kind, content_type, len(data), path)


def failed(user: User, **call: Any) -> Job:
    job = claimed(user, **call)
    lifecycle.fail(job, code="DELIVERY_INVALID", message="The picture came out damaged.")
    return acts.again(job)


def canceled(user: User, **call: Any) -> Job:
    return lifecycle.cancel(user_id=user.pk, job_id=waiting(user, **call).pk)


def many(user: User, count: int) -> None:
    """So many more finished jobs, each with a picture."""
    for _ in range(count):
        delivered(user)

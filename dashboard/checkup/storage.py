"""Where the files of jobs lie: a folder, or a bucket."""

import os
import shutil
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import default_storage

from avatarg.findings import Finding, ok, warn, wrong
from dashboard.checkup import bounded

MB, GB = 1024**2, 1024**3
LITTLE, TIGHT = 256 * MB, 2 * GB
REFUSALS = {
    "NoSuchBucket": "There is no such bucket at this address.",
    "AccessDenied": "Its key may not list it: docs/deploy.md has what it must be allowed.",
    "InvalidAccessKeyId": "Nobody knows S3_ACCESS_KEY there.",
    "SignatureDoesNotMatch": "S3_SECRET_KEY is not that of S3_ACCESS_KEY.",
}


def media() -> Finding:
    """The folder itself, or the one it would be made in."""
    if settings.S3_BUCKET:
        return ok("MEDIA_ROOT", "is not used: files lie in a bucket.")
    root = Path(settings.MEDIA_ROOT)
    there = root if root.exists() else next(parent for parent in root.absolute().parents if parent.exists())
    if not os.access(there, os.W_OK | os.X_OK) or not there.is_dir():
        return wrong("MEDIA_ROOT", "can not be written to by this user: no job could deliver. Change owner or mode.")
    free = shutil.disk_usage(there).free
    if free < LITTLE:
        return wrong("MEDIA_ROOT", f"has {free // MB} MB left: jobs will fail. Make room, or shorten JOBS_KEPT_DAYS.")
    if free < TIGHT:
        return warn("MEDIA_ROOT", f"has {free // MB} MB left: make room, or shorten JOBS_KEPT_DAYS.")
    return ok("MEDIA_ROOT", f"can be written to, {free // GB} GB are free.")


def bucket() -> Finding:
    """Whether it may be listed. That it may be written to shows the first job, for nothing is written here."""
    if not settings.S3_BUCKET:
        return ok("S3_BUCKET", "is not set: files lie in MEDIA_ROOT.")
    try:
        client = default_storage.bucket.meta.client  # type: ignore[attr-defined]  # slow to make: before the time runs
        bounded.answer_of(lambda: client.list_objects_v2(Bucket=settings.S3_BUCKET, MaxKeys=1))
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        return wrong("S3_BUCKET", REFUSALS.get(code, "Its server refuses to list it: look at key, region and address."))
    except (BotoCoreError, OSError, ValueError, bounded.Silent):
        return wrong("S3_BUCKET", "Its server does not answer: are S3_ENDPOINT_URL, S3_REGION and the keys right?")
    return ok("S3_BUCKET", "can be listed; whether it can be written to shows the first job.")


PARTS = (media, bucket)

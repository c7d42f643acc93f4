"""What people send: size, type by content and storage are checked before anything is kept."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import new_id
from agents.engines import plain
from avatarg.api import too_large
from avatarg.errors import InvalidInput, PayloadTooLarge
from billing import entitlements
from credits import ledger
from jobs.errors import QuotaExceeded
from jobs.models import StoredBytes, Upload

MP4_BRANDS = (b"iso", b"mp4", b"avc", b"M4V", b"dash", b"MSNV", b"3g")
"""Pictures (HEIC, AVIF) come in the same box under other brands."""
SIGNATURES: tuple[tuple[bytes, int, str, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image", "image/png", "png"),
    (b"\xff\xd8\xff", 0, "image", "image/jpeg", "jpg"),
    (b"WEBP", 8, "image", "image/webp", "webp"),
    (b"GIF8", 0, "image", "image/gif", "gif"),
    (b"ID3", 0, "audio", "audio/mpeg", "mp3"),
    (b"\xff\xfb", 0, "audio", "audio/mpeg", "mp3"),
    (b"\xff\xf3", 0, "audio", "audio/mpeg", "mp3"),
    (b"WAVE", 8, "audio", "audio/wav", "wav"),
    (b"OggS", 0, "audio", "audio/ogg", "ogg"),
    (b"fLaC", 0, "audio", "audio/flac", "flac"),
    (b"MThd", 0, "midi", "audio/midi", "mid"),
    (b"ftypM4A", 4, "audio", "audio/mp4", "m4a"),
    (b"ftypqt", 4, "video", "video/quicktime", "mov"),
    *((b"ftyp" + brand, 4, "video", "video/mp4", "mp4") for brand in MP4_BRANDS),
    (b"\x1aE\xdf\xa3", 0, "video", "video/webm", "webm"),
)
INSIDE_RIFF = 8
TABLE, TEXT = ("data", "text/csv", "csv"), ("text", "text/plain", "txt")
LOOKED_AT = 200
UNREAD = gettext_noop("This is not a picture, a video, a sound, a MIDI file, a table or a text that is read here.")


def receive(*, user_id: UUID, file: "UploadedFile[Any] | None") -> Upload:
    """Keep a file for later runs. Raises InvalidInput, PayloadTooLarge, QuotaExceeded."""
    if file is None or not file.size:
        raise InvalidInput({"file": [_("Please choose a file.")]})
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise PayloadTooLarge(too_large())
    data = file.read()
    kind, content_type, suffix = type_of(data)
    upload_id = new_id()
    with transaction.atomic():
        ledger.call("lock_credit_account", user=user_id)
        require_room(user_id, len(data))
        return Upload.objects.create(
            id=upload_id, user_id=user_id, kind=kind, content_type=content_type, size=len(data),
            file=ContentFile(data, name=f"uploads/{user_id}/{upload_id}.{suffix}"),
        )  # fmt: skip


def type_of(data: bytes) -> tuple[str, str, str]:
    """Kind, content type and suffix by the content. Raises InvalidInput, and PayloadTooLarge for a long text."""
    for signature, offset, *found in SIGNATURES:
        if data[offset : offset + len(signature)] == signature and (offset != INSIDE_RIFF or data.startswith(b"RIFF")):
            kind, content_type, suffix = found
            return kind, content_type, suffix
    text = plain.read_text(data)
    if text is None:
        raise InvalidInput({"file": [_(UNREAD)]})
    if len(data) > plain.MAX_TEXT_BYTES:
        most = plain.MAX_TEXT_BYTES // 2**20
        raise PayloadTooLarge(_("Texts and tables up to %(most)d MB are taken.") % {"most": most})
    return TABLE if plain.table_of(text, LOOKED_AT) else TEXT


def require_room(user_id: UUID, size: int) -> None:
    """Raises QuotaExceeded unless the file fits the plan's storage."""
    limit = entitlements.standing_of(user_id).plan.storage_bytes
    used = StoredBytes.objects.filter(pk=user_id).values_list("bytes", flat=True).first() or 0
    if used + size > limit:
        raise QuotaExceeded(
            _("Your storage is full. Delete some results, or upgrade."), quota="stored", limit=limit, used=used
        )

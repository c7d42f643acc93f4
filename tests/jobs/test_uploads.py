"""Files that people send: told by their content, bounded, counted."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agents.runners.base import MediaReference
from avatarg.errors import InvalidInput
from jobs import media, uploads
from jobs.models import Upload
from tests.jobs import acts
from tests.together import at_once


def picture(kind: str = "PNG") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (4, 4), "red").save(stream, kind)
    return stream.getvalue()


def send(user, data: bytes, name: str = "file.bin") -> Upload:
    return uploads.receive(user_id=user.pk, file=SimpleUploadedFile(name, data, "text/html"))


KNOWN = [
    (picture("PNG"), "image", "image/png"),
    (picture("JPEG"), "image", "image/jpeg"),
    (picture("WEBP"), "image", "image/webp"),
    (picture("GIF"), "image", "image/gif"),
    (b"ID3\x04 a tag", "audio", "audio/mpeg"),
    (b"\xff\xfb\x90 a frame", "audio", "audio/mpeg"),
    (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio", "audio/wav"),
    (b"OggS\x00", "audio", "audio/ogg"),
    (b"fLaC\x00", "audio", "audio/flac"),
    (b"MThd\x00\x00\x00\x06", "midi", "audio/midi"),
    (b"just text", "text", "text/plain"),
    ("Stra\N{LATIN SMALL LETTER SHARP S}e".encode("cp1252"), "text", "text/plain"),
    (b"12345678WAVE", "text", "text/plain"),
    (b"name,price\nbread,3\n", "data", "text/csv"),
    ("name;price\nbread;3\n".encode("utf-16"), "data", "text/csv"),
    (b"\x00\x00\x00\x20ftypM4A \x00", "audio", "audio/mp4"),
    (b"\x00\x00\x00\x20ftypisom\x00", "video", "video/mp4"),
    (b"\x00\x00\x00\x14ftypqt  \x00", "video", "video/quicktime"),
    (b"\x1aE\xdf\xa3\x01\x00", "video", "video/webm"),
]


@pytest.mark.parametrize(
    ("data", "kind", "content_type"), KNOWN, ids=[f"{place}-{row[2]}" for place, row in enumerate(KNOWN)]
)
def test_the_content_says_what_a_file_is_never_its_name(alice, data, kind, content_type):
    upload = send(alice, data, "page.html")

    assert (upload.kind, upload.content_type, upload.size) == (kind, content_type, len(data))
    assert media.read(alice.pk, MediaReference(upload_id=upload.pk)).data == data


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"a,b\x00\n1,2",
        b"\x7fELF\x02\x01",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90",
        b"%PDF-1.7",
        b"12345678\x01WAVE",
        b" \n ",
        b"\x00\x00\x00\x1cftypheic\x00",
        b"\x00\x00\x00\x1cftypavif\x00",
    ],
)
def test_other_files_are_refused(alice, data):
    with pytest.raises(InvalidInput) as refused:
        send(alice, data, "picture.png")

    assert refused.value.metadata == {"fields": {"file": [uploads.UNREAD]}}
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("file", [None, SimpleUploadedFile("empty.png", b"")], ids=["none", "empty"])
def test_no_file_is_asked_for(alice, file):
    with pytest.raises(InvalidInput) as refused:
        uploads.receive(user_id=alice.pk, file=file)

    assert refused.value.metadata == {"fields": {"file": ["Please choose a file."]}}


def test_a_file_of_the_most_bytes_is_taken_and_one_more_is_not(alice, settings):
    settings.MAX_UPLOAD_BYTES = 2**20
    assert send(alice, picture().ljust(2**20)).size == 2**20

    refused = acts.refusal_of(lambda: send(alice, picture().ljust(2**20 + 1)))

    assert (refused.code, refused.status, refused.message) == ("PAYLOAD_TOO_LARGE", 413, "Files up to 1 MB are taken.")


def test_a_text_has_a_limit_of_its_own(alice, monkeypatch):
    monkeypatch.setattr(uploads.plain, "MAX_TEXT_BYTES", 2**20)
    assert send(alice, b"a" * 2**20).size == 2**20

    refused = acts.refusal_of(lambda: send(alice, b"a" * (2**20 + 1)))

    assert (refused.code, refused.message) == ("PAYLOAD_TOO_LARGE", "Texts and tables up to 1 MB are taken.")


def test_a_file_that_does_not_fit_the_storage_is_refused(alice):
    data = picture()
    acts.store(alice, acts.GB - len(data))
    send(alice, data)

    refused = acts.refusal_of(lambda: send(alice, data))

    assert (refused.code, refused.metadata) == (
        "QUOTA_EXCEEDED",
        {"quota": "stored", "limit": acts.GB, "used": acts.GB},
    )


def test_parallel_files_never_pass_the_storage_together(transactional_db, alice):
    data = picture()
    acts.store(alice, acts.GB - 2 * len(data))

    said = at_once([lambda: send(alice, data)] * 6)

    assert [type(one).__name__ for one in said].count("Upload") == 2
    assert alice.storedbytes.bytes == acts.GB


def test_a_stranger_s_upload_is_no_input(alice, bob):
    upload = send(bob, picture())

    refused = acts.refusal_of(
        lambda: acts.submit(alice, input={"message": "hi", "medium": {"upload_id": str(upload.pk)}})
    )

    assert refused.metadata == {"fields": {"medium": ["This file is not there. Please choose another one."]}}


def test_an_own_artifact_is_an_input_and_a_stranger_s_is_not(alice, bob):
    job = acts.finished(alice)
    given = {"message": "hi", "medium": {"job_id": str(job.pk), "name": "note.txt"}}

    assert acts.submit(alice, input=given).status == "queued"
    assert acts.refusal_of(lambda: acts.submit(bob, input=given)).code == "VALIDATION_ERROR"


@pytest.mark.parametrize("reference", [{}, {"name": "note.txt"}, {"upload_id": None}])
def test_a_reference_to_nothing_is_refused(alice, reference):
    refused = acts.refusal_of(lambda: acts.submit(alice, input={"message": "hi", "medium": reference}))

    assert refused.code == "VALIDATION_ERROR"

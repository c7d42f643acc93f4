"""POST /api/uploads."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT

from jobs.models import Upload
from tests.api.calls import Api, error, wrong
from tests.jobs import acts
from tests.jobs.test_uploads import picture

TOO_LARGE = error("PAYLOAD_TOO_LARGE", "Files up to 1 MB are taken.")


def file(data: bytes, name: str = "me.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


def test_a_picture_is_kept(api):
    data = picture()

    status, body = api.send(file(data))

    upload = Upload.objects.get()
    assert (status, body) == (
        201,
        {"upload_id": str(upload.pk), "kind": "image", "content_type": "image/png", "size": len(data)},
    )


def test_an_upload_is_an_input(api):
    upload_id = api.send(file(picture()))[1]["upload_id"]
    call = {"agent_id": "chat", "input": {"message": "look", "medium": {"upload_id": upload_id}}}

    assert api.post("agents/execute", call)[0] == 202


def test_a_stranger_s_upload_is_no_input(api, bob):
    upload_id = Api(bob).send(file(picture()))[1]["upload_id"]
    call = {"agent_id": "chat", "input": {"message": "look", "medium": {"upload_id": upload_id}}}

    assert api.post("agents/execute", call) == (
        400, wrong(medium=["This file is not there. Please choose another one."])
    )  # fmt: skip


def test_markup_nothing_and_an_empty_file_are_refused(api):
    unread = "This is not a picture, a video, a sound, a MIDI file, a table or a text that is read here."

    assert api.send(file(b"<html>hello", "me.png")) == (400, wrong(file=[unread]))
    assert api.send(file(b"")) == (400, wrong(file=["Please choose a file."]))
    assert api.send("no file at all") == (400, wrong(file=["Please choose a file."]))
    assert api.post("uploads", {"file": "base64"})[0] == 400


def test_a_file_above_the_limit_is_413(api, settings):
    settings.MAX_UPLOAD_BYTES = 2**20

    assert api.send(file(picture().ljust(2**20 + 1))) == (413, TOO_LARGE)


def test_a_file_far_above_the_limit_is_not_even_read(api, settings):
    settings.MAX_UPLOAD_BYTES = 2**20

    response = api.client.generic(
        "POST", "/api/uploads", b"x", content_type=MULTIPART_CONTENT, CONTENT_LENGTH=str(2**40)
    )

    assert (response.status_code, response.json()) == (413, TOO_LARGE)


def test_a_full_storage_is_403(api, alice):
    acts.store(alice, acts.GB)

    assert api.send(file(picture())) == (403, error(
        "QUOTA_EXCEEDED", "Your storage is full. Delete some results, or upgrade.",
        quota="stored", limit=acts.GB, used=acts.GB,
    ))  # fmt: skip


def test_a_form_in_pieces_is_a_validation_error(api):
    broken = api.client.generic("POST", "/api/uploads", b"--x\r\nhalf", content_type="multipart/form-data; boundary=")

    assert (broken.status_code, broken.json()["code"]) == (400, "VALIDATION_ERROR")


def test_a_form_with_a_thousand_fields_is_a_validation_error(api):
    fields = {f"field{number}": "x" for number in range(1100)}

    response = api.client.post("/api/uploads", fields)

    assert (response.status_code, response.json()["code"]) == (400, "VALIDATION_ERROR")

"""Files leave inert and to their owner only."""

import pytest

from accounts.models import new_id
from agents.runners.base import Delivery, File
from jobs.models import Artifact
from tests.api.calls import Api, error
from tests.jobs import acts

NO_FILE = error("NOT_FOUND", "There is no such file.")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(document.cookie)</script></svg>"
FILES = [
    ("picture.png", "image/png", b"png", False),
    ("track.mp3", "audio/mpeg", b"mp3", False),
    ("clip.mp4", "video/mp4", b"mp4", False),
    ("clip.vtt", "text/vtt", b"WEBVTT", False),
    ("avatar.svg", "image/svg+xml", SVG, True),
    ("page.html", "text/html", b"<script>alert(1)</script>", True),
    ("report.pdf", "application/pdf", b"%PDF", True),
    ("track.mid", "audio/midi", b"MThd", True),
]
INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def job(alice, install):
    files = tuple(File(name, "data", content_type, data) for name, content_type, data, _ in FILES)
    install(acts.runner(lambda _run, _given: Delivery(files, {}, "test")))
    return acts.finished(alice)


@pytest.mark.parametrize("file", FILES, ids=[row[0] for row in FILES])
def test_incident_24_a_file_runs_nothing_in_our_origin(api, job, file):
    name, content_type, data, attached = file

    status, _ = api.get(f"jobs/{job.pk}/artifacts/{name}")

    headers = api.last.headers
    assert (status, b"".join(api.last), headers["Content-Type"]) == (200, data, content_type)
    assert {header: headers[header] for header in INERT} == INERT
    assert headers["Content-Disposition"] == f'{"attachment" if attached else "inline"}; filename="{name}"'
    assert headers["Cache-Control"] == "private, max-age=3600"


def test_any_file_can_be_downloaded(api, job):
    api.get(f"jobs/{job.pk}/artifacts/picture.png", download=1)

    assert api.last.headers["Content-Disposition"] == 'attachment; filename="picture.png"'
    assert b"".join(api.last) == b"png"


def test_a_stranger_s_file_is_as_absent_as_one_that_never_was(bob, job):
    api = Api(bob)

    for path in (f"jobs/{job.pk}/artifacts/picture.png", f"jobs/{new_id()}/artifacts/picture.png"):
        assert api.get(path) == (404, NO_FILE)
        assert api.delete(path) == (404, NO_FILE)
    assert Artifact.objects.filter(deleted_at=None).count() == len(FILES)


@pytest.mark.parametrize("name", ["nothing.png", "..", "%2e%2e%2fpicture.png", "picture.png%00"])
def test_a_name_that_is_not_there(api, job, name):
    assert api.get(f"jobs/{job.pk}/artifacts/{name}")[0] == 404


def test_a_deleted_file_is_gone_and_its_storage_free(api, job, alice):
    path = f"jobs/{job.pk}/artifacts/avatar.svg"
    before = alice.storedbytes.bytes

    assert [api.delete(path) for _ in range(2)] == [(204, None)] * 2

    alice.storedbytes.refresh_from_db()
    assert alice.storedbytes.bytes == before - len(SVG)
    assert api.get(path) == (404, NO_FILE)
    assert "avatar.svg" not in [row["name"] for row in api.get(f"jobs/{job.pk}")[1]["artifacts"]]
    assert not any(file.endswith("avatar.svg") for file in acts.files_of(job))


def test_deleting_an_avatar_frees_its_place(api, alice):
    job = acts.finished(alice, "avatar-builder")
    call = {"agent_id": "avatar-builder", "input": {"message": "me"}}
    assert api.post("agents/execute", call)[1]["code"] == "QUOTA_EXCEEDED"

    assert api.delete(f"jobs/{job.pk}/artifacts/note.txt") == (204, None)

    assert api.post("agents/execute", call)[0] == 202
    assert acts.rows_of(alice) == [("deduction", -10)] * 2


def test_a_file_that_storage_lost_is_not_found(api, job):
    artifact = Artifact.objects.get(job=job, name="picture.png")
    artifact.file.storage.delete(artifact.file.name)

    assert api.get(f"jobs/{job.pk}/artifacts/picture.png") == (404, error("NOT_FOUND", "This file is gone."))


RANGES = [
    ("bytes=0-1", 206, b"mp", "bytes 0-1/3"),
    ("bytes=1-", 206, b"p4", "bytes 1-2/3"),
    ("bytes=-1", 206, b"4", "bytes 2-2/3"),
    ("bytes=0-99", 206, b"mp4", "bytes 0-2/3"),
    ("bytes=3-", 200, b"mp4", None),
    ("bytes=2-1", 200, b"mp4", None),
    ("bytes=-", 200, b"mp4", None),
    ("bytes=0-0,2-2", 200, b"mp4", None),
    ("pages=1-2", 200, b"mp4", None),
]


@pytest.mark.parametrize("row", RANGES, ids=[row[0] for row in RANGES])
def test_a_player_may_ask_for_a_part(api, job, row):
    asked, status, data, span = row
    response = api.client.get(f"/api/jobs/{job.pk}/artifacts/clip.mp4", headers={"Range": asked})

    assert (response.status_code, b"".join(response), response.headers.get("Content-Range")) == (status, data, span)
    assert response.headers["Content-Length"] == str(len(data))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["X-Content-Type-Options"] == "nosniff"

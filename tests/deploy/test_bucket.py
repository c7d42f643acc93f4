"""Files in a bucket: what is sent and delivered lies there, leaves through the product, and goes for good."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from agents.runners.base import MediaReference, RunFailed
from jobs import media, upkeep, uploads
from jobs.models import Artifact
from tests.dashboard.doctor.report import report
from tests.deploy import buckets
from tests.jobs import acts

pytestmark = pytest.mark.usefixtures("db", "quick_runners")
FOLDER = "production/"
PNG = b"\x89PNG\r\n\x1a\n"
MULTIPART_BYTES = 9 * 1024 * 1024


def artifact_of(job) -> Artifact:
    return Artifact.objects.filter(job=job).order_by("name").first()


@pytest.mark.parametrize("size", [40, MULTIPART_BYTES])
def test_what_a_person_sends_lies_in_the_bucket_whole_and_private(alice, bucket, size):
    data = PNG + bytes(range(256)) * (size // 256)
    upload = uploads.receive(user_id=alice.pk, file=SimpleUploadedFile("a.png", data))

    assert bucket.objects == {f"{FOLDER}uploads/{alice.pk}/{upload.pk}.png": data}
    assert bucket.public == []
    assert media.read(alice.pk, MediaReference(upload_id=upload.pk)).data == data

    upkeep.remove_upload(upload)
    assert bucket.objects == {}


def test_a_job_delivers_into_the_bucket_and_its_file_leaves_through_the_product(alice, client, bucket):
    job = acts.finished(alice)
    artifact = artifact_of(job)
    whole = bucket.objects[f"{FOLDER}{artifact.file.name}"]
    client.force_login(alice)
    address = f"/api/jobs/{job.pk}/artifacts/{artifact.name}"

    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, whole)
    assert answer["Content-Length"] == str(len(whole))

    part = client.get(address, headers={"Range": "bytes=2-4"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, whole[2:5])

    del bucket.objects[f"{FOLDER}{artifact.file.name}"]
    assert client.get(address).status_code == 404


def test_a_job_reads_what_lies_in_the_bucket_and_says_when_it_is_gone(alice, bucket):
    upload = uploads.receive(user_id=alice.pk, file=SimpleUploadedFile("a.txt", b"some words"))
    assert media.content_of(upload.file) == b"some words"
    bucket.objects.clear()
    with pytest.raises(RunFailed, match="could not be found"):
        media.read(alice.pk, MediaReference(upload_id=upload.pk))


def test_an_old_job_goes_with_all_its_objects(alice, bucket):
    job = acts.finished(alice)
    default_storage.save(f"jobs/{job.pk}/7/half.txt", ContentFile(b"half"))
    kept = acts.finished(alice)

    job.__class__.objects.filter(pk=job.pk).update(finished_at="2020-01-01T00:00:00Z")
    assert upkeep.prune() == 1
    assert {name.split("/")[2] for name in bucket.objects} == {str(kept.pk)}


def test_two_files_of_one_name_are_two(bucket):
    first, second = (default_storage.save("a.txt", SimpleUploadedFile("a.txt", data)) for data in (b"one", b"two"))
    assert first != second
    assert bucket.objects == {f"{FOLDER}{first}": b"one", f"{FOLDER}{second}": b"two"}


def test_the_doctor_asks_the_bucket_and_writes_nothing(bucket):
    found = report()
    assert (found.level("S3_BUCKET"), found.says("MEDIA_ROOT")) == ("ok", "is not used: files lie in a bucket.")
    assert bucket.asked == [("GET", "")]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("S3_ACCESS_KEY", "another", "Nobody knows S3_ACCESS_KEY there."),
        ("S3_BUCKET", "another", "There is no such bucket at this address."),
        ("S3_ENDPOINT_URL", "http://127.0.0.1:9", "Its server does not answer"),
    ],
)
def test_the_doctor_says_why_a_bucket_can_not_be_used(bucket, settings, name, value, says):
    setattr(settings, name, value)
    settings.STORAGES = dict(settings.STORAGES)
    found = report()
    assert found.level("S3_BUCKET") == "wrong"
    assert found.says("S3_BUCKET").startswith(says)
    assert buckets.SECRET not in found.said

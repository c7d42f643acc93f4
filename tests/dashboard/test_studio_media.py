"""Pictures and tracks in a studio's form: sent along, chosen from what one has, carried on from a result."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import Job, Upload
from tests.dashboard import scenes
from tests.dashboard.page import sent
from tests.jobs import acts

UPSCALE = "/dashboard/agents/image-creator?operation=upscale"


def test_a_photo_comes_along_with_the_form(alice, visit):
    page = sent(visit, UPSCALE, image="", image_file=scenes.picture_file(), factor="4")
    job, upload = Job.objects.get(), Upload.objects.get()

    assert page.status == 303
    assert job.input == {"image": {"upload_id": str(upload.pk)}, "factor": 4}
    assert (upload.user, upload.kind) == (alice, "image")


def test_sending_a_photo_twice_runs_once_and_keeps_one(alice, visit):
    key = visit.get(UPSCALE).value("submit_key")
    for _ in range(2):
        answer = visit.post(UPSCALE, submit_key=key, image="", factor="2", image_file=scenes.picture_file())
        assert answer.status == 303

    assert (Job.objects.count(), acts.balance_of(alice)) == (1, 95)
    assert Upload.objects.filter(deleted_at=None).count() == 1


def test_a_file_that_is_no_picture_is_refused_beside_its_field(visit):
    page = sent(visit, UPSCALE, image="", factor="2", image_file=SimpleUploadedFile("a.png", b"MZ\x90 not a picture"))

    assert page.status == 400
    assert "not a picture, a video, a sound, a MIDI file" in page.all("div", id="id_image_file_error")[0].text
    assert not Job.objects.exists()


def test_a_picture_is_needed(visit):
    page = sent(visit, UPSCALE, image="", factor="2")

    assert page.status == 400
    assert page.all("div", id="id_image_error")[0].text == "Please fill this in."
    assert "optional" not in page.texts("label", for_="id_image")[0]


def test_a_photo_that_was_kept_need_not_be_sent_again(alice, visit):
    acts.put_on(alice, "PRO")
    scenes.waiting(alice), scenes.waiting(alice), scenes.waiting(alice)
    page = sent(visit, UPSCALE, image="", factor="2", image_file=scenes.picture_file())

    assert page.status == 429
    assert page.value("image") == f"upload:{Upload.objects.get().pk}"


def test_own_results_and_uploads_that_fit_are_offered(alice, bob, visit):
    picture = scenes.delivered(alice)
    scenes.delivered(alice, "track.mp3", agent_id="music-studio")
    scenes.delivered(bob)
    photo = acts.store(alice, 10)
    page = visit.get(UPSCALE)

    assert [value for value, _ in page.options("image")] == [
        "", f"artifact:{picture.pk}/image.png", f"upload:{photo.pk}",
    ]  # fmt: skip


def test_a_result_goes_on_into_the_next_operation(alice, visit):
    picture = scenes.delivered(alice)
    page = visit.get(UPSCALE, operation="upscale", use=f"{picture.pk}/image.png")
    assert page.value("image") == f"artifact:{picture.pk}/image.png"

    sent(visit, UPSCALE, image=page.value("image"), factor="2")
    job = Job.objects.get(operation="upscale")
    assert job.input == {"image": {"job_id": str(picture.pk), "name": "image.png"}, "factor": 2}


def test_an_old_result_can_still_be_used(alice, visit):
    acts.give(alice, 200)
    oldest = scenes.delivered(alice)
    scenes.many(alice, 12)

    assert visit.get(UPSCALE, operation="upscale", use=f"{oldest.pk}/image.png").value("image").startswith("artifact:")


@pytest.mark.parametrize("used", ["nonsense", "a/b/c", "\x00", "/", "00000000-0000-0000-0000-000000000000/image.png"])
def test_a_result_that_is_not_there_is_not_chosen(visit, used):
    page = visit.get(UPSCALE, operation="upscale", use=used)

    assert (page.status, page.value("image")) == (200, "")


def test_a_deleted_result_is_not_offered(alice, visit):
    picture = scenes.delivered(alice)
    visit.post(f"/dashboard/jobs/{picture.pk}/artifacts/image.png/delete")

    assert [value for value, _ in visit.get(UPSCALE).options("image")] == [""]


JOIN = "/dashboard/agents/media-production"


def test_clips_are_joined_in_the_order_of_their_slots(alice, visit):
    acts.put_on(alice, "PRO")
    film = scenes.delivered(alice, "video.mp4", agent_id="video-studio")
    page = visit.get(JOIN, use=f"{film.pk}/video.mp4")
    assert page.value("clips_1") == f"artifact:{film.pk}/video.mp4"
    assert page.texts("label", for_="id_clips_1") == ["Clip 1"]

    sent(visit, JOIN, clips_1=page.value("clips_1"), clips_3_file=scenes.picture_file(), title="Ours")
    job, upload = Job.objects.get(agent_id="media-production"), Upload.objects.get()
    assert job.input["clips"] == [{"job_id": str(film.pk), "name": "video.mp4"}, {"upload_id": str(upload.pk)}]

    again = visit.get(JOIN, **{"from": str(job.pk)})
    assert [again.value(f"clips_{slot}") for slot in (1, 2, 3)] == [
        f"artifact:{film.pk}/video.mp4", f"upload:{upload.pk}", "",
    ]  # fmt: skip


def test_where_nothing_is_described_a_choice_is_automatic(alice, visit):
    acts.put_on(alice, "PRO")

    assert visit.get(JOIN).texts("label", class_="choice") == ["Automatic", "16:9", "9:16", "1:1"]
    assert visit.get("/dashboard/agents/avatar-builder").texts("label", class_="choice")[0] == "As described"


def test_a_file_in_place_of_a_choice_is_not_called_optional(alice, visit):
    acts.put_on(alice, "PRO")
    page = visit.get(JOIN)

    assert page.texts("label", for_="id_clips_1_file") == ["Or a file from this device"]
    assert page.texts("label", for_="id_clips_2") == ["Clip 2 optional"]


def test_without_a_clip_the_first_slot_is_asked_for(alice, visit):
    acts.put_on(alice, "PRO")
    page = sent(visit, JOIN, clips_1="", title="Ours")

    assert page.status == 400
    assert page.all("div", id="id_clips_1_error")[0].text
    assert not Job.objects.exists()


def test_an_avatar_goes_on_to_speak(alice, visit):
    avatar = scenes.delivered(alice, "avatar.png", agent_id="avatar-builder")
    page = visit.get("/dashboard/agents/video-studio", operation="animate", use=f"{avatar.pk}/avatar.png")

    assert page.value("avatar") == f"artifact:{avatar.pk}/avatar.png"

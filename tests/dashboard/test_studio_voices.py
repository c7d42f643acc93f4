"""The studio of Voice Lab: a form to save a voice, and the saved ones to speak in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import Job, Upload, Voice
from tests.agents import voices
from tests.dashboard import scenes
from tests.dashboard.page import sent
from tests.jobs import acts

CLONE = "/dashboard/agents/voice-lab?operation=clone"
SPEAK = "/dashboard/agents/voice-lab?operation=synthesize"


@pytest.fixture(autouse=True)
def pro(alice) -> None:
    acts.put_on(alice, "PRO")


def recording() -> SimpleUploadedFile:
    return SimpleUploadedFile("me.wav", voices.wav(*voices.person(voices.LOW, text="Hello.")), "audio/wav")


def test_the_form_asks_for_a_recording_a_name_and_consent(alice, visit):
    speech = scenes.delivered(alice, "track.mp3", agent_id="music-studio")
    scenes.delivered(alice)
    page = visit.get(CLONE)

    assert page.status == 200
    assert page.texts("a", aria_current="true") == ["Clone 50"]
    assert page.texts("label", for_="id_name") == ["Name of the voice"]
    assert page.all("input", name="name")[0].attributes["maxlength"] == "80"
    assert [value for value, _ in page.options("sample")] == ["", f"artifact:{speech.pk}/track.mp3"]
    assert page.all("input", name="sample_file")[0].attributes["accept"] == "audio/*"
    assert page.all("input", name="consent")[0].attributes["type"] == "checkbox"
    assert "This is my voice, or I may use it" in page.text
    assert "not a copy of the timbre" in page.text
    assert "Clone voice for 50" in page.text


def test_a_recording_comes_along_and_starts_the_job(alice, visit):
    page = sent(visit, CLONE, name="Nino", sample="", sample_file=recording(), consent="on")
    job, upload = Job.objects.get(), Upload.objects.get()

    assert page.status == 303
    assert job.input == {"name": "Nino", "sample": {"upload_id": str(upload.pk)}, "consent": True}
    assert (upload.kind, acts.balance_of(alice)) == ("audio", 950)


def test_without_consent_it_is_said_beside_the_box_and_nothing_is_taken(alice, visit):
    page = sent(visit, CLONE, name="Nino", sample="", sample_file=recording())

    assert page.status == 400
    assert "Please confirm that this is your voice, or that you may use it." in page.text
    assert (page.value("name"), acts.balance_of(alice)) == ("Nino", 1000)
    assert not Job.objects.exists()


def test_a_picture_is_no_recording_when_its_job_runs(alice, visit):
    sent(visit, CLONE, name="Nino", sample="", sample_file=scenes.picture_file("me.mp3"), consent="on")
    job = acts.worked(Job.objects.get())

    assert (job.status, job.error_code, acts.balance_of(alice)) == ("failed", "INPUT_UNREADABLE", 1000)


def test_saved_voices_and_languages_are_offered(alice, bob, visit):
    voice = Voice.objects.create(user=alice, name="Nino", profile={})
    Voice.objects.create(user=bob, name="Bob", profile={})
    page = visit.get(SPEAK)

    assert [value for value, _ in page.options("saved_voice")] == ["", str(voice.pk)]
    assert {"Nino", "Bob"} & set(page.texts("option")) == {"Nino"}
    assert {"English", "Georgian (robotic)"} <= set(page.texts("option"))
    assert "Joe, pitched down" in page.text
    assert (page.value("voice"), page.value("language")) == ("joe", "en")


def test_without_a_saved_voice_the_form_says_so(visit):
    assert "None saved yet" in visit.get(SPEAK).texts("option")


def test_a_saved_voice_is_chosen_by_form_and_again_from_its_job(alice, visit):
    voice = Voice.objects.create(user=alice, name="Nino", profile={})
    page = sent(visit, SPEAK, text="Hello there.", voice="joe", saved_voice=str(voice.pk), speed="1.0", language="en")
    job = Job.objects.get()

    assert (page.status, job.input["saved_voice"]) == (303, str(voice.pk))
    assert visit.get(SPEAK, **{"from": str(job.pk), "operation": "synthesize"}).value("saved_voice") == str(voice.pk)
    assert str(voice.pk) not in visit.get(f"/dashboard/jobs/{job.pk}").text


def test_a_text_in_another_script_is_refused_beside_its_field(visit):
    page = sent(visit, SPEAK, text="გამარჯობა", voice="joe", speed="1.0", language="en")

    assert page.status == 400
    assert "this English voice can say" in page.all("div", id="id_text_error")[0].text


def test_the_page_of_a_clone_tells_what_was_matched(alice, visit):
    output = {
        "name": "Nino", "pitch_in_sample": 210.4, "pitch_reached": 207.9, "pace_in_sample": 171, "pace_reached": 165,
        "likeness": "A voice profile matched in pitch and pace, not a copy of the timbre.", "voice_id": "an-id",
    }  # fmt: skip
    job = scenes.delivered(
        alice, "track.mp3", output=output, agent_id="voice-lab", operation="clone",
        input={"name": "Nino", "sample": {"upload_id": str(acts.store(alice, 9).pk)}, "consent": True},
    )  # fmt: skip
    page = visit.get(f"/dashboard/jobs/{job.pk}")

    for words in ("Pitch in sample 210 Hz", "Pitch reached 208 Hz", "About 171 words a minute", "not a copy of the"):
        assert words in page.text
    assert "an-id" not in page.text

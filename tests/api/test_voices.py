"""Saved voices over the API: from a recording to speech in its voice, the list, and what is nobody else's."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agents.engines import audio
from agents.runners.voice_lab import OPERATIONS
from jobs.models import Voice
from tests.agents import voices
from tests.api.calls import Api, error, wrong
from tests.jobs import acts

NOT_THERE = error("NOT_FOUND", "There is no such voice.")


@pytest.fixture(autouse=True)
def voice_lab(alice, install) -> None:
    acts.put_on(alice, "PRO")
    for operation, runner in OPERATIONS.items():
        install(runner, "voice-lab", operation)


def call(operation: str, **given) -> dict:
    return {"agent_id": "voice-lab", "operation": operation, "input": given}


def ended(api: Api, body: dict) -> dict:
    """The job of a call after a worker had it."""
    status, answer = api.post("agents/execute", body)
    assert (status, answer["cost"]) == (202, {"clone": 50, "synthesize": 5}[body["operation"]])
    acts.execution.run(answer["job_id"])
    return api.get(f"jobs/{answer['job_id']}")[1]


def recording(api: Api, sample: bytes) -> dict:
    status, upload = api.send(SimpleUploadedFile("me.mp3", sample, "audio/mpeg"))
    assert (status, upload["kind"]) == (201, "audio")
    return {"upload_id": upload["upload_id"]}


def test_from_a_recording_to_speech_in_its_voice(api):
    sample = recording(api, voices.recording(voices.HIGH))
    clone = ended(api, call("clone", name="Nino", sample=sample, consent=True))
    assert (clone["status"], clone["cost"], clone["engine"]) == ("completed", 50, "Piper, voice Joe (local)")
    assert [one["name"] for one in clone["artifacts"]] == ["preview.mp3"]

    [listed] = api.get("voices")[1]["voices"]
    assert (listed["voice_id"], listed["name"]) == (clone["output"]["voice_id"], "Nino")
    assert set(listed) == {"voice_id", "name", "created_at"}

    speech = ended(api, call("synthesize", text=voices.TEXT, saved_voice=listed["voice_id"]))
    assert (speech["status"], speech["output"]["voice"]) == ("completed", "Nino")
    api.get(speech["artifacts"][0]["url"].removeprefix("/api/"))
    spoken = b"".join(api.last.streaming_content) if api.last.streaming else api.last.content
    assert audio.decode(spoken).seconds == pytest.approx(speech["output"]["duration"], abs=0.1)
    assert voices.pitch_of(spoken) == pytest.approx(clone["output"]["pitch_in_sample"], rel=0.12)


def test_an_earlier_speech_can_be_the_sample(api):
    text = f"{voices.TEXT} It was a fine evening, and the wind came from the sea."
    speech = ended(api, call("synthesize", text=text, voice="joe-bright"))
    sample = {"job_id": speech["job_id"], "name": "speech.mp3"}

    assert ended(api, call("clone", name="Bright", sample=sample, consent=True))["status"] == "completed"


@pytest.mark.parametrize(
    ("sample", "code"),
    [(voices.mp3([0.0] * 96_000), "SAMPLE_UNUSABLE"), (b"ID3\x04" + bytes(900), "INPUT_UNREADABLE")],
    ids=["silence", "no sound"],
)
def test_a_sample_that_is_of_no_use_is_refunded_and_takes_no_slot(api, sample, code):
    job = ended(api, call("clone", name="Nobody", sample=recording(api, sample), consent=True))

    assert (job["status"], job["error"]["code"], job["refunded"]) == ("failed", code, 50)
    assert api.get("voices")[1] == {"voices": []}


def test_without_consent_nothing_is_cloned(api):
    sample = {"upload_id": str(uuid4())}
    status, body = api.post("agents/execute", call("clone", name="Nino", sample=sample, consent=False))

    assert (status, body["code"]) == (400, "VALIDATION_ERROR")
    [sentence] = body["metadata"]["fields"]["consent"]
    assert "Please confirm that this is your voice, or that you may use it." in sentence


def test_voices_are_listed_newest_first_and_deleting_one_frees_its_slot(api, alice):
    kept = [Voice.objects.create(user=alice, name=name, profile={}) for name in ("One", "Two", "Three")]
    sample = recording(api, b"ID3 is not looked at before the job runs")
    full = call("clone", name="Four", sample=sample, consent=True)
    assert [one["name"] for one in api.get("voices")[1]["voices"]] == ["Three", "Two", "One"]
    assert api.post("agents/execute", full)[1]["metadata"] == {"quota": "voices", "limit": 3, "used": 3}
    assert api.post("agents/quote", full)[1]["code"] == "QUOTA_EXCEEDED"

    assert api.delete(f"voices/{kept[0].pk}") == (204, None)
    assert [one["name"] for one in api.get("voices")[1]["voices"]] == ["Three", "Two"]
    assert api.post("agents/execute", full)[0] == 202


def test_a_stranger_s_voice_is_neither_seen_nor_deleted_nor_used(api, bob):
    theirs = Voice.objects.create(user=bob, name="Bob", profile={"engine": "joe-1"})

    assert api.get("voices") == (200, {"voices": []})
    assert api.delete(f"voices/{theirs.pk}") == (404, NOT_THERE)
    assert api.post("agents/execute", call("synthesize", text="Hello", saved_voice=str(theirs.pk))) == (
        400, wrong(saved_voice=["This saved voice is not there. Please choose another one."])
    )  # fmt: skip
    assert Voice.objects.filter(deleted_at=None).count() == 1


@pytest.mark.parametrize("voice", ["nonsense", 5, {"voice_id": "x"}, ""])
def test_what_names_no_voice_is_refused(api, voice):
    status, body = api.post("agents/execute", call("synthesize", text="Hello", saved_voice=voice))

    assert (status, list(body["metadata"]["fields"])) == (400, ["saved_voice"])


def test_the_schema_of_both_operations_is_in_the_catalogue(api):
    agents = {one["id"]: one for one in api.get("agents")[1]["agents"]}
    clone, synthesize = agents["voice-lab"]["operations"]

    assert (clone["name"], clone["cost"]) == ("clone", 50)
    assert clone["input_schema"]["required"] == ["name", "sample", "consent"]
    assert synthesize["input_schema"]["required"] == ["text"]

"""Saved voices: one for each completed clone, in the slots of the plan, and nobody else's."""

from uuid import uuid4

import pytest

from agents.delivery import Delivery, File, SavedVoice
from agents.runners.base import RunFailed, Runner
from agents.runners.voice_lab import OPERATIONS
from jobs import execution, lifecycle, upkeep
from jobs.models import Job, Upload, Voice
from tests import together
from tests.jobs import acts

PROFILE = {
    "engine": "joe-1", "name": "Mine", "pitch": 1.1, "tune": 2.0, "pace": 1.0, "variation": 1.0, "melody": 1.0,
    "measured": {},
}  # fmt: skip


def quick(run, given) -> Delivery:
    file = File("preview.mp3", "audio", "audio/mpeg", b"sound")
    return Delivery((file,), {"name": given.name, "seed": 1}, "test", voice=SavedVoice(given.name, PROFILE))


def failing(run, given):
    raise RunFailed("This sample can not be used. It is silent.", "SAMPLE_UNUSABLE")


def clone_with(work) -> Runner:
    return Runner(OPERATIONS["clone"].input, work, acts.anything)


@pytest.fixture(autouse=True)
def quick_clone(install) -> None:
    install(clone_with(quick), "voice-lab", "clone")


@pytest.fixture
def pro(alice):
    acts.put_on(alice, "PRO")
    return alice


def recorded(user) -> Upload:
    return Upload.objects.create(user=user, kind="audio", content_type="audio/mpeg", size=9, file="uploads/none.mp3")


def order_of(user, name: str = "Mine", **facts) -> dict:
    return {"name": name, "sample": {"upload_id": str(recorded(user).pk)}, "consent": True, **facts}


def start(user, name: str = "Mine", **facts) -> Job:
    return acts.queued(user, "voice-lab", operation="clone", input=order_of(user, name, **facts))


def saved(user, name: str = "Mine") -> Voice:
    return Voice.objects.get(job_id=acts.worked(start(user, name)).pk)


def refusal(user, **facts):
    return acts.refusal_of(lambda: start(user, **facts))


def fill(user) -> list[Voice]:
    return [saved(user, name) for name in ("One", "Two", "Three")]


def test_a_completed_clone_saves_its_voice_and_tells_its_id(pro):
    job = acts.worked(start(pro, "My radio voice"))
    voice = Voice.objects.get()

    assert (job.status, job.cost, acts.balance_of(pro)) == ("completed", 50, 950)
    assert (voice.user, voice.job_id, voice.name, voice.profile) == (pro, job.pk, "My radio voice", PROFILE)
    assert job.output["voice_id"] == str(voice.pk)
    assert acts.published(job) == ["preview.mp3"]


def test_a_stale_worker_saves_no_voice(pro):
    job = lifecycle.claim(start(pro).pk)
    acts.let_lease_run_out(job)
    upkeep.sweep()
    assert not lifecycle.complete(job, files=[], output={}, engine="stale", voice=SavedVoice("Late", PROFILE))
    assert not Voice.objects.exists()

    execution.run(job.pk)
    assert [one.name for one in Voice.objects.all()] == ["Mine"]


def test_a_completion_that_is_told_twice_saves_one(pro):
    job = lifecycle.claim(start(pro).pk)
    told = [
        lifecycle.complete(job, files=[], output={"seed": 1}, engine="test", voice=SavedVoice("Mine", PROFILE))
        for _ in range(2)
    ]

    assert told == [True, False]
    assert Voice.objects.count() == 1


def test_a_canceled_clone_saves_none(pro):
    job = start(pro)
    lifecycle.cancel(user_id=pro.pk, job_id=job.pk)
    execution.run(job.pk)

    assert not Voice.objects.exists()
    assert acts.balance_of(pro) == 1000


def test_pro_has_three_slots(pro):
    fill(pro)
    refused = refusal(pro, name="Four")

    assert (refused.code, refused.status) == ("QUOTA_EXCEEDED", 403)
    assert refused.metadata == {"quota": "voices", "limit": 3, "used": 3}
    assert refused.message == "Your plan's 3 voice slots are taken. Delete a voice, or upgrade."
    assert acts.balance_of(pro) == 850


def test_deleting_a_voice_frees_its_slot(pro):
    upkeep.remove_voice(fill(pro)[1])

    assert saved(pro, "Four").name == "Four"
    assert refusal(pro).code == "QUOTA_EXCEEDED"


def test_deleting_the_preview_frees_none(pro):
    for voice in fill(pro):
        upkeep.remove_artifact(Job.objects.get(pk=voice.job_id).artifacts.get())

    assert refusal(pro).code == "QUOTA_EXCEEDED"


def test_a_clone_in_the_making_holds_its_slot(pro):
    acts.worked(start(pro))
    start(pro), start(pro)

    assert refusal(pro).metadata == {"quota": "voices", "limit": 3, "used": 3}


def test_a_failed_clone_gives_its_slot_and_its_credits_back(pro, install):
    install(clone_with(failing), "voice-lab", "clone")
    for _ in range(4):
        job = acts.worked(start(pro))
        assert (job.status, job.error_code, job.refunded) == ("failed", "SAMPLE_UNUSABLE", 50)
    assert acts.balance_of(pro) == 1000

    install(clone_with(quick), "voice-lab", "clone")
    assert len(fill(pro)) == 3


def test_premium_has_no_count(alice):
    acts.put_on(alice, "PREMIUM")

    assert len({*fill(alice), *fill(alice)}) == 6


def test_slots_are_nobody_else_s_and_hinder_no_speech(pro, bob):
    acts.put_on(bob, "PRO")
    fill(bob)

    assert saved(pro).name == "Mine"
    assert acts.submit(bob, "voice-lab", operation="synthesize").status == "queued"


@pytest.mark.django_db(transaction=True)
def test_two_clones_at_once_for_the_last_slot_one_wins(transactional_db, pro):
    saved(pro), saved(pro)
    orders = [order_of(pro, name) for name in ("Left", "Right")]
    answers = together.at_once(
        [lambda order=order: acts.submit(pro, "voice-lab", operation="clone", input=order) for order in orders]
    )

    assert sorted(getattr(one, "code", "accepted") for one in answers) == ["QUOTA_EXCEEDED", "accepted"]
    assert acts.balance_of(pro) == 1000 - 3 * 50


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"consent": False}, "consent"), ({"name": ""}, "name"), ({"sample": {"upload_id": str(uuid4())}}, "sample")],
)
def test_a_wrong_order_is_refused_before_it_costs(pro, facts, field):
    refused = refusal(pro, **facts)

    assert refused.code == "VALIDATION_ERROR"
    assert list(refused.metadata["fields"]) == [field]
    assert acts.balance_of(pro) == 1000


def test_another_person_s_recording_is_not_there(pro, bob):
    refused = refusal(pro, sample={"upload_id": str(recorded(bob).pk)})

    assert list(refused.metadata["fields"]) == ["sample"]


@pytest.fixture
def real(install) -> None:
    for operation, runner in OPERATIONS.items():
        install(runner, "voice-lab", operation)


def speech_in(voice: Voice | str, **facts) -> dict:
    return {"text": "Hello there.", "saved_voice": str(getattr(voice, "pk", voice)), **facts}


def speak(user, voice: Voice | str) -> Job:
    return acts.queued(user, "voice-lab", operation="synthesize", input=speech_in(voice))


def test_a_saved_voice_speaks(pro, real):
    voice = Voice.objects.create(user=pro, name="Mine", profile=PROFILE)
    job = acts.worked(speak(pro, voice))

    assert (job.status, job.output["voice"]) == ("completed", "Mine")
    assert acts.published(job) == ["speech.mp3"]


@pytest.mark.parametrize("whose", ["bob", "nobody", "deleted"])
def test_a_voice_that_is_not_theirs_or_not_there_is_refused(pro, bob, real, whose):
    voice = Voice.objects.create(user=bob if whose == "bob" else pro, name="Mine", profile=PROFILE)
    if whose == "deleted":
        upkeep.remove_voice(voice)
    refused = acts.refusal_of(lambda: speak(pro, str(uuid4()) if whose == "nobody" else voice))

    assert refused.code == "VALIDATION_ERROR"
    assert refused.metadata["fields"] == {"saved_voice": ["This saved voice is not there. Please choose another one."]}


def test_a_voice_that_is_deleted_while_its_job_waits_fails_the_job_and_refunds_it(pro, real):
    voice = Voice.objects.create(user=pro, name="Mine", profile=PROFILE)
    job = speak(pro, voice)
    upkeep.remove_voice(voice)
    job = acts.worked(job)

    assert (job.status, job.error_code, job.refunded) == ("failed", "INPUT_GONE", 5)
    assert job.error_message == "The saved voice was deleted before the job could use it."

"""Whole jobs by providers: charged for what came and opens, refunded for anything else."""

import logging
from io import BytesIO

import pytest
from PIL import Image

from agents.engines import audio
from agents.engines.providers import download, images, studios, tasks
from agents.engines.video import inspect
from jobs import execution, lifecycle, media
from jobs.models import Artifact
from tests import law
from tests.agents.provider import provider
from tests.agents.studio import BILLING, KEY, WORKING, blank, mp3, mp4, png, studio
from tests.jobs import acts

MEDIA = {
    "image": ("image-creator", {"prompt": "A red boat"}),
    "music": ("music-studio", {"prompt": "A waltz", "duration": 12}),
    "video": ("video-studio", {"prompt": "A red boat", "seconds": 6}),
}
GOOD = {"image": png, "music": mp3, "video": mp4}
COST = {"image": 8, "music": 15, "video": 20}
NAMES = {"image": ["image.png"], "music": ["track.mp3"], "video": ["video.mp4", "poster.jpg"]}
OPENED = {
    "image.png": lambda data: Image.open(BytesIO(data)).load(),
    "track.mp3": audio.decode,
    "video.mp4": inspect.decoded,
    "poster.jpg": lambda data: Image.open(BytesIO(data)).load(),
}
THEIRS = ("billing", "secret", "http", "html", "model", "key", "127.", "<", "{", "quota")


@pytest.fixture(autouse=True)
def stage(db, monkeypatch):
    """No long pauses, and a clean audit after every test."""
    for module, name in ((tasks, "SUBMIT_PAUSES"), (images, "PAUSES"), (download, "PAUSES")):
        monkeypatch.setattr(module, name, (0.01, 0.01))
    monkeypatch.setattr(tasks, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(tasks, "LONGEST_PAUSE", 0.05)
    yield
    law.assert_lawful()


@pytest.fixture
def server():
    with studio() as one:
        yield one


@pytest.fixture(params=MEDIA)
def medium(request, server, settings):
    """A medium with a provider. Patience and limits are a test's."""
    configure(request.param, server, settings)
    return request.param


def configure(medium, server, settings):
    if medium == "image":
        settings.IMAGE_MODEL, settings.IMAGE_API_KEY, settings.IMAGE_BASE_URL = "m-1", KEY, server.url
        remote = images.painter()
    elif medium == "music":
        settings.MUSIC_MODEL, settings.MUSIC_API_KEY, settings.MUSIC_URL = "m-1", KEY, server.url
        remote = studios.composer()
    else:
        settings.VIDEO_MODEL, settings.VIDEO_API_KEY, settings.VIDEO_URL = "m-1", KEY, server.url
        remote = studios.film_maker()
    remote.most_seconds, remote.timeout, remote.most_bytes = 1.0, 0.5, 8_000_000


def queued(user, medium, **wishes):
    agent_id, given = MEDIA[medium]
    return acts.queued(user, agent_id, input={**given, **wishes})


def finished(user, medium):
    return acts.worked(queued(user, medium))


def sends(server, medium, data):
    """The provider says that it is done, names its price and hands this over."""
    if medium == "image":
        server.files["/made"] = data
        server.script = [{"created": 1, "data": [{"url": "/made"}], "cost": 0.04}]
    else:
        server.delivers(data, cost=0.04)


def answers(server, medium, act):
    """What the provider says to a call that begins the work."""
    server.script = [act]


def test_what_a_provider_made_is_charged_and_published(alice, server, medium):
    sends(server, medium, GOOD[medium]())
    job = finished(alice, medium)

    assert (job.status, job.error_code, job.engine, job.provider_cost) == ("completed", "", "m-1 (remote)", 40_000)
    assert acts.balance_of(alice) == 100 - COST[medium]
    assert acts.published(job) == NAMES[medium]
    for artifact in Artifact.objects.filter(job=job):
        OPENED[artifact.name](media.content_of(artifact.file))
    assert {one["Idempotency-Key"] for one in server.headers if "Idempotency-Key" in one} == {str(job.pk)}


def nothing(server, medium):
    sends(server, medium, b"")


def no_output(server, medium):
    if medium == "image":
        server.script = [{"created": 1, "data": [], "cost": 0.04}]
    else:
        server.says({"status": "succeeded", "cost": 0.04})


@pytest.mark.parametrize("said", [nothing, no_output])
def test_incident_08_a_provider_that_says_done_and_delivers_nothing_is_not_paid_for_by_the_person(
    alice, server, medium, said
):
    said(server, medium)
    job = finished(alice, medium)

    assert (job.status, job.error_code) == ("failed", "DELIVERY_INVALID")
    assert (acts.balance_of(alice), job.refunded, acts.files_of(job)) == (100, COST[medium], [])
    assert job.provider_cost == 40_000


WRONG = {
    "HTML": lambda medium: f"<html>{BILLING}</html>".encode(),
    "JSON": lambda medium: b'{"error": "no"}',
    "another medium": lambda medium: {"image": mp4, "music": png, "video": png}[medium](),
    "half a file": lambda medium: GOOD[medium]()[: len(GOOD[medium]()) // 2],
    "blank": lambda medium: {"image": blank(), "music": mp3(12, 0.0), "video": mp4(plain=True)}[medium],
    "too large": lambda medium: bytes(9_000_000),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_what_was_ordered_is_refunded(alice, server, medium, what):
    sends(server, medium, WRONG[what](medium))
    job = finished(alice, medium)

    assert (job.status, job.error_code) == ("failed", "DELIVERY_INVALID")
    assert (acts.balance_of(alice), job.refunded, acts.files_of(job)) == (100, COST[medium], [])
    assert job.provider_cost == 40_000


TROUBLE = [
    ((500, {"error": {"message": BILLING}}), "ENGINE_UNAVAILABLE"),
    ((402, {"error": {"message": BILLING}}), "ENGINE_UNAVAILABLE"),
    ((429, {"error": {"message": BILLING, "code": "insufficient_quota"}}), "ENGINE_UNAVAILABLE"),
    ((401, {"error": {"message": BILLING}}), "ENGINE_UNAVAILABLE"),
    ((400, {"error": {"message": BILLING}}), "PROMPT_REFUSED"),
    ("html", "ENGINE_UNAVAILABLE"),
    ("cut", "ENGINE_UNAVAILABLE"),
    ("huge", "ENGINE_UNAVAILABLE"),
    ("silent", "ENGINE_UNAVAILABLE"),
    ({"status": BILLING}, "ENGINE_UNAVAILABLE"),
]


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_provider_in_trouble_is_an_outage_told_in_our_words(alice, server, medium, trouble, caplog):
    act, code = trouble
    if medium == "image" and isinstance(act, dict):
        act, code = {"data": BILLING}, "DELIVERY_INVALID"
    answers(server, medium, act)
    with caplog.at_level(logging.WARNING):
        job = finished(alice, medium)

    assert (job.status, job.error_code, acts.balance_of(alice)) == ("failed", code, 100)
    assert not any(word in job.error_message.lower() for word in THEIRS)
    assert "your credits are back" in job.error_message.lower()
    assert caplog.text
    assert KEY not in caplog.text


@pytest.fixture(params=["music", "video"])
def commissioned(request, server, settings):
    """A medium whose provider is asked until it is done."""
    configure(request.param, server, settings)
    return request.param


@pytest.mark.parametrize("state", [WORKING, {"status": "failed", "error": BILLING}, "html", "huge", (500, {})])
def test_a_task_that_comes_to_nothing_is_refunded(alice, server, commissioned, state):
    server.says(state)
    job = finished(alice, commissioned)

    assert (job.status, job.error_code, acts.balance_of(alice)) == ("failed", "ENGINE_UNAVAILABLE", 100)
    assert not any(word in job.error_message.lower() for word in THEIRS)


def test_a_job_that_is_canceled_stops_the_provider(alice, server, commissioned):
    job = queued(alice, commissioned)

    def cancel():
        lifecycle.cancel(user_id=alice.pk, job_id=job.pk)
        return WORKING

    server.says(WORKING)
    here = InThisThread(server, cancel)
    here.run(job)

    assert acts.again(job).status == "canceled"
    assert server.asked[-1] == ("DELETE", "/v1/task-1")
    assert acts.balance_of(alice) == 100


def test_a_job_that_another_worker_took_up_leaves_it_the_provider_s_task(alice, server, commissioned):
    job = queued(alice, commissioned)

    def lose_it():
        acts.let_lease_run_out(job)
        lifecycle.return_expired()

    server.says(WORKING)
    InThisThread(server, lose_it).run(job)
    assert acts.again(job).status == "queued"
    assert "DELETE" not in server.methods()

    server.delivers(GOOD[commissioned]())
    job = acts.worked(job)
    assert (job.status, job.attempts) == ("completed", 2)
    assert server.tasks == {str(job.pk): "task-1"}


class InThisThread:
    """Something that happens after the job's second report: here, where the test's transaction is."""

    def __init__(self, server, act):
        self.server, self.act, self.reports = server, act, 0

    def run(self, job):
        report = lifecycle.report

        def reported(*arguments):
            self.reports += 1
            if self.reports == 3:
                self.act()
            return report(*arguments)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lifecycle, "report", reported)
            execution.run(job.pk)


def test_a_step_that_is_run_again_orders_anew(alice):
    job = queued(alice, "image")
    first = execution.RunningJob(job).key
    job.run_again = True
    assert (first, execution.RunningJob(job).key) == (str(job.pk), f"{job.pk}-again")


def test_costs_of_two_tries_add_up(alice):
    job = lifecycle.claim(queued(alice, "image").pk)
    for cost in (40_000, None, 2_500):
        lifecycle.held(job.pk, job.fence).update(**(lifecycle.added_cost(cost) or {"step": ""}))
    assert acts.again(job).provider_cost == 42_500


@pytest.mark.parametrize(
    ("agent_id", "given", "cost"),
    [
        ("chat", {"message": "hello"}, 200),
        ("business-agent", {"prompt": "Sales rose by 5 percent in May. Costs fell."}, 400),
    ],
)
def test_what_a_provider_of_text_charged_is_on_the_job(alice, settings, agent_id, given, cost):
    acts.put_on(alice, "PRO")
    with provider() as server:
        settings.TEXT_MODEL, settings.TEXT_BASE_URL = "m-1", server.url
        job = acts.finished(alice, agent_id, input=given)
    assert (job.status, job.provider_cost) == ("completed", cost)


def test_what_is_made_here_costs_no_provider(alice):
    assert finished(alice, "image").provider_cost is None

"""So many jobs a minute, whether they are started from pages or by the API."""

import pytest

from jobs.models import Job
from tests.api.calls import CHAT, Api
from tests.dashboard.page import sent
from tests.jobs import acts

PROMPT = {"prompt": "A red lighthouse at dusk", "style": "neon", "shape": "wide"}
TITLE = "A little slower, please"


@pytest.fixture(autouse=True)
def two_a_minute(settings, alice) -> None:
    settings.API_RATES = {"read": "600/minute", "write": "120/minute", "execute": "2/minute"}
    acts.put_on(alice, "PREMIUM")


def test_the_form_sent_too_often_says_so_keeps_the_words_and_charges_nothing(alice, visit):
    answers = [sent(visit, **PROMPT) for _ in range(3)]

    last = answers[-1]
    assert [one.status for one in answers] == [303, 303, 429]
    assert TITLE in last.text
    assert last.value("prompt") == PROMPT["prompt"]
    assert 1 <= int(last.response.headers["Retry-After"]) <= 60
    assert (Job.objects.count(), acts.balance_of(alice)) == (2, 5000 - 2 * 8)


def test_sending_the_same_form_again_is_not_another_job_and_is_not_counted(visit):
    key = visit.get("/dashboard/agents/image-creator").value("submit_key")
    answers = [visit.post("/dashboard/agents/image-creator", submit_key=key, **PROMPT) for _ in range(4)]

    assert [one.status for one in answers] == [303] * 4
    assert sent(visit, **PROMPT).status == 303


def test_running_a_job_again_is_counted_too(alice, visit, quick_runners):
    job = acts.finished(alice)
    for number in range(3):
        visit.post(f"/dashboard/jobs/{job.pk}/retry", submit_key=str(number))

    assert Job.objects.count() == 3
    assert TITLE in visit.get(f"/dashboard/jobs/{job.pk}").text


def test_pages_and_api_are_counted_together_and_each_person_alone(alice, bob, visit, quick_runners):
    api = Api(alice)
    answers = [api.post("agents/execute", CHAT)[0], sent(visit, **PROMPT).status, sent(visit, **PROMPT).status]

    assert answers == [202, 303, 429]
    assert api.post("agents/execute", CHAT)[0] == 429
    assert Api(bob).post("agents/execute", CHAT)[0] == 202


def test_looking_and_canceling_are_not_counted(alice, visit, quick_runners):
    for _ in range(4):
        assert visit.get("/dashboard/agents/image-creator").status == 200
        job = acts.queued(alice)
        assert visit.post(f"/dashboard/jobs/{job.pk}/cancel").status == 303

    assert sent(visit, **PROMPT).status == 303

"""Taking orders to a provider and asking until they are done: what is sent, waited for, given up and stopped."""

import logging

import pytest
from billiard.exceptions import SoftTimeLimitExceeded

from agents.delivery import RunFailed, Stopped
from agents.engines.providers import download, tasks
from agents.engines.providers.tasks import TaskProvider
from agents.engines.providers.trade import MUSIC
from tests.agents.studio import BILLING, KEY, QUEUED, WORKING, studio

THEIRS = ("billing", "secret", "http", "html", "model", "key", "127", "<", "{")
BROKE = (500, {"error": BILLING})


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(tasks, "SUBMIT_PAUSES", (0.01, 0.01))
    monkeypatch.setattr(tasks, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(tasks, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(download, "PAUSES", (0.01, 0.01))


class Reports(list):
    """What was told, and what telling raises once so much was told."""

    def __init__(self, raises=None, after=0):
        super().__init__()
        self.raises, self.after = raises, after

    def __call__(self, percent, step):
        self.append((percent, step))
        if self.raises and len(self) > self.after:
            raise self.raises


def provider_of(server, **facts):
    return TaskProvider(MUSIC, url=server.url, model="m-1", key=KEY, **{"most_bytes": 100_000, "timeout": 5, **facts})


def made(server, wishes=None, report=None, key="job-1", **facts):
    wishes = {"prompt": "a waltz", "seed": 3, "mood": None} if wishes is None else wishes
    report = Reports() if report is None else report
    return provider_of(server, **facts).make(wishes, key=key, report=report)


def failure_of(server, **facts):
    with pytest.raises(RunFailed) as caught:
        made(server, **facts)
    return caught.value


def test_an_order_is_sent_waited_for_and_fetched():
    with studio() as server:
        server.delivers(b"sound", cost=0.0125)
        reports = Reports()
        done = made(server, report=reports)

    assert (done.data, done.cost) == (b"sound", 12_500)
    assert server.asked == [("POST", "/v1"), ("GET", "/v1/task-1"), ("GET", "/v1/task-1"), ("GET", "/made")]
    assert server.orders == [{"model": "m-1", "prompt": "a waltz", "seed": 3}]
    assert server.headers[0]["Idempotency-Key"] == "job-1"
    assert {one["Authorization"] for one in server.headers} == {f"Bearer {KEY}"}
    assert [step for _, step in reports] == [
        "Sending the order to the provider",
        "The provider is waiting its turn, 0 seconds so far",
        "The provider is at work, 0 seconds so far",
        "Fetching what was made",
    ]


def test_progress_is_the_provider_s_own():
    with studio() as server:
        states = [{**WORKING, "progress": share} for share in (0, 50, 100)]
        server.files["/made"] = b"sound"
        server.says(QUEUED, *states, {"status": "succeeded", "output": {"url": "/made"}})
        reports = Reports()
        made(server, report=reports)

    assert [percent for percent, _ in reports] == [3, 6, 6, 10, 48, 88, 90]


@pytest.mark.parametrize("share", ["half", True, -3, 4000, None, [], float("1e400")])
def test_progress_that_is_none_is_not_believed(share):
    with studio() as server:
        server.delivers(b"sound")
        server.states.insert(0, {**WORKING, "progress": share})
        reports = Reports()
        made(server, report=reports)
    assert [percent for percent, _ in reports] == [3, 6, 10, 10, 90]


def test_what_is_there_at_once_is_not_asked_for():
    with studio({"id": "t", "status": "succeeded", "output": {"b64": "c291bmQ="}, "cost": 1}) as server:
        assert made(server).data == b"sound"
    assert server.asked == [("POST", "/v1")]


@pytest.mark.parametrize("trouble", [BROKE, (429, {}), (503, {}), (404, {}), "html", "cut", [], {"status": "?"}, {}])
def test_trouble_while_asking_passes(trouble):
    with studio() as server:
        server.delivers(b"sound")
        server.states.insert(0, trouble)
        assert made(server).data == b"sound"


@pytest.mark.parametrize("trouble", [BROKE, (429, {}), (503, {}), "html", "cut"])
def test_trouble_while_ordering_passes_and_one_thing_is_made(trouble):
    with studio(trouble, "good") as server:
        server.delivers(b"sound")
        assert made(server).data == b"sound"
    assert (len(server.tasks), server.methods().count("POST")) == (1, 2)


def test_a_second_attempt_at_the_same_job_begins_nothing_new():
    with studio() as server:
        server.says(WORKING)
        with pytest.raises(ConnectionError):
            made(server, report=Reports(ConnectionError(), 3))
        server.delivers(b"sound")
        assert made(server).data == b"sound"
    assert server.tasks == {"job-1": "task-1"}
    assert "DELETE" not in server.methods()


ORDERING = [
    ((400, {"error": BILLING}), "PROMPT_REFUSED", 1),
    ((422, {"error": BILLING}), "PROMPT_REFUSED", 1),
    ((401, {"error": BILLING}), "ENGINE_UNAVAILABLE", 1),
    ((403, {"error": BILLING}), "ENGINE_UNAVAILABLE", 1),
    ((404, {"error": BILLING}), "ENGINE_UNAVAILABLE", 1),
    ((402, {"error": BILLING}), "ENGINE_UNAVAILABLE", 1),
    ((429, {"error": BILLING}), "ENGINE_UNAVAILABLE", 3),
    (BROKE, "ENGINE_UNAVAILABLE", 3),
    ("moved", "ENGINE_UNAVAILABLE", 1),
    ("html", "ENGINE_UNAVAILABLE", 3),
    ("cut", "ENGINE_UNAVAILABLE", 3),
    ("silent", "ENGINE_UNAVAILABLE", 3),
    ([BILLING], "ENGINE_UNAVAILABLE", 3),
    ({"error": BILLING}, "ENGINE_UNAVAILABLE", 1),
    ({"id": "../admin"}, "ENGINE_UNAVAILABLE", 1),
    ({"id": ".."}, "ENGINE_UNAVAILABLE", 1),
    ({"id": "a?b"}, "ENGINE_UNAVAILABLE", 1),
    ({"id": ""}, "ENGINE_UNAVAILABLE", 1),
]


@pytest.mark.parametrize(("act", "code", "times"), ORDERING)
def test_an_order_that_fails_is_told_in_our_words(act, code, times, caplog):
    with caplog.at_level(logging.WARNING), studio(act) as server:
        said = failure_of(server, timeout=0.15)

    assert (said.code, len(server.asked), said.provider_cost) == (code, times, None)
    assert not any(word in said.message.lower() for word in THEIRS)
    assert caplog.text
    assert KEY not in caplog.text


def test_the_log_has_the_provider_s_words_without_our_key(caplog):
    with caplog.at_level(logging.WARNING), studio((401, {"error": BILLING})) as server:
        failure_of(server)
    assert "https://provider.test/billing" in caplog.text
    assert "No money left for ***" in caplog.text


ENDINGS = [
    ({"status": "failed", "error": BILLING}, "ENGINE_UNAVAILABLE"),
    ({"status": "failed", "error": {"code": "prompt_refused", "message": BILLING}}, "PROMPT_REFUSED"),
    ({"status": "failed", "error": "Blocked by moderation"}, "PROMPT_REFUSED"),
    ({"status": "failed"}, "ENGINE_UNAVAILABLE"),
    ({"status": "canceled"}, "ENGINE_UNAVAILABLE"),
    ({"status": "succeeded"}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": None}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": []}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"url": "", "b64": ""}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"url": 7, "b64": {}}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"b64": "?!"}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"b64": "c291bm"}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"b64": "ü"}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"url": "/nothing"}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"url": "/gone"}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"url": "/missing"}}, "ENGINE_UNAVAILABLE"),
    ({"status": "succeeded", "output": {"url": "/cut"}}, "ENGINE_UNAVAILABLE"),
    ({"status": "succeeded", "output": {"url": "/silent"}}, "ENGINE_UNAVAILABLE"),
    ({"status": "succeeded", "output": {"url": "/huge"}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"url": "file:///etc/passwd"}}, "DELIVERY_INVALID"),
    ({"status": "succeeded", "output": {"url": "http://["}}, "DELIVERY_INVALID"),
]


@pytest.mark.parametrize(("state", "code"), ENDINGS)
def test_an_end_without_a_delivery_is_a_failure_and_its_cost_is_known(state, code, monkeypatch):
    monkeypatch.setattr(tasks, "FETCH_SECONDS", -4.4)
    with studio() as server:
        server.files |= {
            "/nothing": b"", "/gone": (410, {}), "/missing": (404, {}), "/cut": "cut", "/silent": "silent",
            "/huge": "huge",
        }  # fmt: skip
        server.says({**state, "cost": 0.5})
        said = failure_of(server, most_seconds=5)

    assert (said.code, said.provider_cost) == (code, 500_000)
    assert not any(word in said.message.lower() for word in THEIRS)
    assert "DELETE" not in server.methods()
    assert server.sent < 20_000_000


def test_an_answer_without_end_is_cut_off():
    with studio() as server:
        server.says("huge")
        assert failure_of(server, most_bytes=1000).code == "ENGINE_UNAVAILABLE"
    assert server.sent < 2**27


def test_a_provider_that_never_ends_is_stopped():
    with studio() as server:
        server.says(WORKING)
        said = failure_of(server, most_seconds=0.2)
    assert (said.code, server.methods()[-1]) == ("ENGINE_UNAVAILABLE", "DELETE")
    assert "too long" in said.message


def test_a_provider_that_went_away_is_not_asked_for_ever():
    with studio() as server:
        server.says(BROKE)
        assert failure_of(server).code == "ENGINE_UNAVAILABLE"
    assert server.methods() == ["POST", *["GET"] * 9, "DELETE"]


def test_a_key_that_is_refused_later_ends_it_at_once():
    with studio() as server:
        server.says((401, {"error": BILLING}))
        assert "our fault" in failure_of(server).message
    assert server.methods() == ["POST", "GET", "DELETE"]


def test_a_provider_that_is_not_there_is_an_outage():
    with studio() as server:
        pass
    assert failure_of(server).code == "ENGINE_UNAVAILABLE"


@pytest.mark.parametrize("raised", [Stopped(), SoftTimeLimitExceeded()])
def test_what_is_wanted_no_more_is_stopped_there_too(raised):
    with studio() as server:
        server.says(WORKING)
        with pytest.raises(type(raised)):
            made(server, report=Reports(raised, 3))
    assert server.methods() == ["POST", "GET", "GET", "DELETE"]
    assert server.asked[-1] == ("DELETE", "/v1/task-1")


def test_without_a_key_none_is_sent():
    with studio() as server:
        server.delivers(b"sound")
        provider = TaskProvider(MUSIC, url=f"{server.url}/", model="m-1", most_bytes=1000)
        assert provider.make({}, key="k", report=Reports()).cost is None
    assert not any("Authorization" in one for one in server.headers)

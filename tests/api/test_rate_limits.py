"""So many calls a minute, counted for each user and each class of call."""

import pytest

from avatarg.api import ClassThrottle
from tests.api.calls import CHAT, Api, error
from tests.jobs import acts

LIMITED = error("RATE_LIMITED", "That is too many calls at once. Please wait a little.")
CALLS = {
    "read": lambda api: api.get("credits/balance"),
    "write": lambda api: api.post("agents/quote", CHAT),
    "execute": lambda api: api.post("agents/execute", {}),
}


@pytest.fixture(autouse=True)
def three_a_minute(settings) -> None:
    settings.API_RATES = dict.fromkeys(CALLS, "3/minute")


@pytest.mark.parametrize("name", CALLS)
def test_the_call_above_the_limit_is_429_and_says_when_to_come_back(api, name):
    passed = [CALLS[name](api)[0] for _ in range(3)]

    assert 429 not in passed
    assert CALLS[name](api) == (429, LIMITED)
    assert 1 <= int(api.last.headers["Retry-After"]) <= 60


def test_each_class_and_each_user_has_a_count_of_its_own(api, bob):
    for _ in range(4):
        CALLS["read"](api)

    assert CALLS["read"](api)[0] == 429
    assert CALLS["write"](api)[0] == 200
    assert CALLS["execute"](api)[0] == 400
    assert CALLS["read"](Api(bob))[0] == 200


def test_a_retry_counts_as_an_execution(api, alice):
    job = acts.finished(alice)
    for _ in range(3):
        CALLS["execute"](api)

    assert api.post(f"jobs/{job.pk}/retry") == (429, LIMITED)


def test_a_limited_call_takes_nothing(api, alice):
    for _ in range(3):
        CALLS["execute"](api)

    assert api.post("agents/execute", CHAT) == (429, LIMITED)
    assert acts.rows_of(alice) == []


def test_the_scheduler_is_limited_too(stranger):
    answers = [stranger.post("/api/cron/reset-credits").status_code for _ in range(4)]

    assert answers == [401, 401, 401, 429]


def test_while_valkey_is_away_everybody_passes(api, settings, monkeypatch):
    settings.REDIS_URL = "redis://:no-secret-in-logs@127.0.0.1:9/0"
    monkeypatch.setattr(ClassThrottle, "limiter", None)

    assert [CALLS["read"](api)[0] for _ in range(5)] == [200] * 5

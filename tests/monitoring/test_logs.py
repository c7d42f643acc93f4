"""Log lines: whose they are, and what they never carry."""

import io
import json
import logging
import logging.config

import pytest

from avatarg import logs
from jobs import dispatch, execution
from tests.environment import ROOT
from tests.jobs import acts

SECRET = "a-secret-of-the-settings"


@pytest.fixture
def lines():
    """Every line that is written in the test, as JSON; the capturing handlers of the test run stay in place."""
    stream = io.StringIO()
    config = logs.configuration(level="INFO", as_json=True, masking=logs.Masking([SECRET]))
    formatter = logging.config.DictConfigurator(config).configure_formatter(config["formatters"]["line"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root, requests = logging.getLogger(), logging.getLogger("avatarg.requests")
    levels = root.level, requests.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    requests.setLevel(logging.INFO)
    yield lambda: [json.loads(text) for text in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(levels[0])
    requests.setLevel(levels[1])


def answered(lines) -> list[dict]:
    return [line for line in lines() if line["logger"] == "avatarg.requests"]


def test_a_request_writes_one_line_with_its_route_and_who_asked(client, alice, lines):
    client.force_login(alice)

    response = client.get("/dashboard/jobs?status=failed")

    (line,) = answered(lines)
    assert {key: line[key] for key in ("method", "route", "status", "user_id", "level", "event")} == {
        "method": "GET", "route": "dashboard/jobs", "status": 200, "user_id": str(alice.pk), "level": "info",
        "event": "answered",
    }  # fmt: skip
    assert line["request_id"] == response["X-Request-ID"]
    assert line["ms"] >= 0


def test_a_proxy_may_name_the_request_but_not_write_what_it_likes(client, db, lines):
    named = client.get("/healthz", headers={"X-Request-ID": "0123456789abcdef"})
    odd = client.get("/healthz", headers={"X-Request-ID": 'evil" \n injected'})

    assert named["X-Request-ID"] == "0123456789abcdef"
    assert logs.REQUEST_ID.fullmatch(odd["X-Request-ID"])
    assert odd["X-Request-ID"].isalnum()


def test_a_line_within_a_request_carries_its_id(client, alice, lines):
    client.force_login(alice)

    response = client.get("/dashboard/nothing-here")

    refusals = [line for line in lines() if line["logger"] == "django.request"]
    assert [line["request_id"] for line in refusals] == [response["X-Request-ID"]]


def test_what_a_worker_writes_names_job_and_user(alice, lines, quick_runners, monkeypatch):
    job = acts.queued(alice)
    monkeypatch.setattr(execution, "delivered", lambda _job: logging.getLogger("engine").warning("slow") or 1 / 0)

    execution.run(job.pk)

    said = [line for line in lines() if line["logger"] in ("engine", "jobs.execution")]
    assert [(line["logger"], line["job_id"], line["user_id"]) for line in said] == [
        ("engine", str(job.pk), str(alice.pk)),
        ("jobs.execution", str(job.pk), str(alice.pk)),
    ]
    assert "ZeroDivisionError" in said[1]["exception"]


def test_the_id_of_a_request_goes_along_with_the_doorbell(transactional_db, client, alice, quick_runners, monkeypatch):
    rung = []
    monkeypatch.setattr(dispatch, "publish", lambda *call: rung.append(logs.structlog.contextvars.get_contextvars()))
    client.force_login(alice)
    body = {"agent_id": "chat", "input": {"message": "hello"}}

    response = client.post("/api/agents/execute", body, content_type="application/json")

    assert response.status_code == 202
    assert [told["request_id"] for told in rung] == [response["X-Request-ID"]]


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        (SECRET, SECRET),
        ("avg_live_0123456789abcdefghij", "0123456789"),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLLSw", "MfKQ9r8GKYqr"),
        ("sk_live_51H8abcdefgh", "51H8abcdefgh"),
        ("Authorization: Bearer 0123456789abcdef", "0123456789"),
        ("postgres://avatarg:pa55word@db:5432/there", "pa55word"),
        ("/accounts/password/reset/key/1-set-by-mail-abcdef", "set-by-mail"),
        ("/accounts/confirm-email/MQ:by-mail:abcdef/", "by-mail"),
        ("sessionid=abcdef0123456789; csrftoken=fedcba9876543210", "abcdef"),
    ],
)
def test_a_secret_is_masked_wherever_it_stands(lines, said, hidden):
    try:
        raise ValueError(f"in the trace: {said}")
    except ValueError:
        logging.getLogger("test").exception("in the sentence: %s", {"deep": [said]})

    written = lines()[-1]
    assert hidden not in json.dumps(written["event"])
    assert hidden not in written["exception"].replace(str(ROOT), "")
    assert logs.MASK in written["event"]
    assert logs.MASK in written["exception"]


def test_people_read_a_short_line():
    config = logs.configuration(level="INFO", as_json=False, masking=logs.Masking([]))
    formatter = logging.config.DictConfigurator(config).configure_formatter(config["formatters"]["line"])
    record = logging.LogRecord("jobs", logging.WARNING, "", 0, "It is %s.", ("late",), None)

    with logs.structlog.contextvars.bound_contextvars(job_id="1"):
        assert formatter.format(record) == "WARNING jobs: It is late. job_id=1"

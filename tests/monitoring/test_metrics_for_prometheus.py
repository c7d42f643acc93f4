"""GET /metrics: what Prometheus reads, and who may."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from prometheus_client.parser import text_string_to_metric_families

from billing.models import WebhookEvent
from jobs import counters, upkeep
from jobs.models import Job, Pulse
from monitoring import gauges
from monitoring.models import AuditRun
from tests.jobs import acts

TOKEN = "a-token-of-some-length"


@pytest.fixture
def read(client, settings, quick_runners):
    """The page as numbers, by name and the values of its labels in the order of their names."""
    settings.METRICS_TOKEN = TOKEN

    def get() -> dict[tuple[str, ...], float]:
        response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        families = text_string_to_metric_families(response.content.decode())
        return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}

    return get


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}])
def test_without_the_token_there_is_no_such_page(client, db, settings, header):
    settings.METRICS_TOKEN = TOKEN

    assert client.get("/metrics", headers=header).status_code == 404


def test_where_no_token_is_set_nobody_reads_it(client, db, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_jobs_are_counted_by_state_and_agent(alice, read):
    job = acts.queued(alice)

    assert read()[("avatarg_jobs_active", job.agent_id, "queued")] == 1
    assert read()[("avatarg_jobs_last_hour", job.agent_id, "queued")] == 1


def test_the_age_of_a_queue_is_that_of_the_job_that_waits_longest(alice, read):
    job = acts.queued(alice)
    Job.objects.filter(pk=job.pk).update(created_at=Now() - timedelta(minutes=5))

    assert read()[("avatarg_queue_age_seconds", job.queue)] == pytest.approx(300, abs=20)


def test_a_worker_that_fell_silent_shows_its_age(db, read):
    Pulse.objects.create(queue="standard", at=Now() - timedelta(minutes=10))

    assert read()[("avatarg_worker_pulse_age_seconds", "standard")] == pytest.approx(600, abs=20)


def test_the_last_audit_is_told(db, read):
    AuditRun.objects.create(milliseconds=5, rules=42, broken=[{"rule": "x"}], drifting=2, frozen=1)

    told = read()

    assert told[("avatarg_audit_broken_rules",)] == 1
    assert told[("avatarg_ledger_drifting_accounts",)] == 2
    assert told[("avatarg_audit_age_seconds",)] == pytest.approx(0, abs=20)


def test_webhooks_that_wait_have_their_lag(db, read):
    for number, state in enumerate(["pending", "failed", "dead", "processed"]):
        WebhookEvent.objects.create(
            id=f"evt_{number}", type="invoice.paid", created_at=Now(), state=state,
            received_at=Now() - timedelta(seconds=60 * number),
        )  # fmt: skip

    told = read()

    assert told[("avatarg_webhook_events_waiting", "pending")] == 1
    assert told[("avatarg_webhook_events_waiting", "failed")] == 1
    assert told[("avatarg_webhook_events_dead",)] == 1
    assert told[("avatarg_webhook_lag_seconds",)] == pytest.approx(60, abs=20)


def test_what_the_sweeper_did_is_counted_up(alice, read):
    job = acts.queued(alice)
    for _ in range(2):
        Job.objects.filter(pk=job.pk).update(rung_at=Now() - timedelta(hours=1))
        upkeep.sweep()

    assert read()[("avatarg_sweeper_actions_total", "rung")] == 2
    assert read()[("avatarg_sweeper_actions_total", "given_up")] == 0


def test_without_valkey_only_the_counters_are_missing(alice, read, settings):
    before = read()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

    assert counters.swept() == {}
    counters.count_swept(rung=1)

    assert {name for name in before if name not in read()} == {
        ("avatarg_sweeper_actions_total", action) for action in counters.ACTIONS
    }


def test_one_statement_a_gauge_and_no_other(db, read, django_assert_num_queries):
    with django_assert_num_queries(len(gauges.GAUGES)):
        read()

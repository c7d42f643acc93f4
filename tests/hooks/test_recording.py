"""What is written down to be told: everything once, from the moment on at which an endpoint is on, and nothing else."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from credits import selectors as ledger_reads
from hooks import recording
from hooks.models import Delivery, Endpoint
from jobs import lifecycle
from jobs.models import Job
from tests.credits import acts as credit_acts
from tests.hooks.receiver import again, canceled, failed, made, only, told
from tests.jobs import acts, plans

JOBS = ("job.completed", "job.failed", "job.canceled")
CHANGED, LOW = "credits.changed", "credits.low"


@pytest.mark.parametrize(("end", "type"), [*zip((acts.finished, failed, canceled), JOBS, strict=True)], ids=JOBS)
def test_the_end_of_a_job_is_told_as_the_api_tells_the_job(company, end, type):
    endpoint = made(company, "https://example.com/", *JOBS).endpoint
    job = end(company)
    browser = Client()
    browser.force_login(company)
    recording.record_due()

    row = only(endpoint)
    assert (row.type, row.occasion, row.state, row.attempts) == (type, str(job.pk), "waiting", 0)
    told_there = browser.get(f"/api/jobs/{job.pk}").json()
    assert rendered(row)["data"] == told_there
    assert rendered(row)["timestamp"] == told_there["finished_at"]
    assert rendered(row)["type"] == type
    assert list(rendered(row)) == ["type", "timestamp", "data"]


def rendered(row: Delivery) -> dict:
    return json.loads(row.body)


def test_a_row_of_the_ledger_is_told_as_the_api_tells_it(company):
    endpoint = made(company, "https://example.com/", CHANGED).endpoint
    failed(company)
    credit_acts.give(company, 50)
    browser = Client()
    browser.force_login(company)
    recording.record_due()

    rows = Delivery.objects.filter(endpoint=endpoint).order_by("id")
    listed = browser.get("/api/credits/transactions").json()["transactions"]
    assert [rendered(row)["data"] for row in rows] == listed[:3][::-1]
    assert [rendered(row)["data"]["type"] for row in rows] == ["deduction", "refund", "bonus"]
    assert [row.occasion for row in rows] == [str(one["id"]) for one in listed[:3][::-1]]


@pytest.mark.parametrize(("left", "percents"), [
    ((12_501,), []), ((12_500,), [25]), ((5_000,), [10]), ((0,), [0]), ((12_500, 5_000, 0), [25, 10, 0]),
    ((12_000, 11_000, 10_000), [25]), ((4_000, 3_000), [10]),
])  # fmt: skip
def test_credits_that_run_low_are_told_at_each_line_once(company, left, percents):
    endpoint = made(company, "https://example.com/", LOW).endpoint
    for amount in left:
        credit_acts.charge(company, acts.balance_of(company) - amount)
        recording.record_due()
        recording.record_due()

    rows = Delivery.objects.filter(endpoint=endpoint).order_by("id")
    assert [rendered(row)["data"]["percent"] for row in rows] == percents


def test_low_credits_are_told_as_the_api_tells_the_balance(company):
    endpoint = made(company, "https://example.com/", LOW).endpoint
    credit_acts.charge(company, 46_000)
    browser = Client()
    browser.force_login(company)
    recording.record_due()

    assert rendered(only(endpoint))["data"] == {"percent": 10, **browser.get("/api/credits/balance").json()}


def test_low_credits_that_are_enough_again_are_not_told(company):
    endpoint = made(company, "https://example.com/", LOW).endpoint
    job = credit_acts.charge(company, 46_000)
    credit_acts.refund(company, job)
    recording.record_due()

    assert told(endpoint) == []


def test_what_an_operator_takes_back_is_no_spending(company):
    endpoint = made(company, "https://example.com/", LOW).endpoint
    credit_acts.ledger.take_back(user_id=company.pk, amount=48_000, reason="A mistake", reference="ticket-1")
    recording.record_due()

    assert told(endpoint) == []


def test_a_new_period_is_told_of_anew(company):
    endpoint = made(company, "https://example.com/", LOW).endpoint
    for source in ("one", "two"):
        credit_acts.charge(company, acts.balance_of(company))
        recording.record_due()
        credit_acts.start_period(company, 50_000, datetime.now(UTC), source=source)

    assert told(endpoint) == [LOW, LOW]


def test_only_what_was_chosen_is_told(company):
    chosen = made(company, "https://example.com/", "job.failed").endpoint
    acts.finished(company)
    failed(company)
    canceled(company)
    recording.record_due()

    assert told(chosen) == ["job.failed"]


def test_each_endpoint_is_told_apart_and_strangers_of_nothing(company, bob):
    acts.put_on(bob, "ENTERPRISE")
    one, other = made(company, "https://example.com/a", *JOBS).endpoint, made(company, "https://example.com/b").endpoint
    theirs = made(bob).endpoint
    acts.finished(company)
    recording.record_due()

    assert (told(one), sorted(told(other)), told(theirs)) == (["job.completed"], [CHANGED, "job.completed"], [])


def test_nothing_is_told_twice_however_often_it_is_looked(company):
    endpoint = made(company).endpoint
    failed(company)
    assert [recording.record_due() for _ in range(3)] == [3, 0, 0]

    Endpoint.objects.update(ledger_after=0, jobs_from=timezone.now() - timedelta(days=1))
    recording.record_due()
    assert sorted(told(endpoint)).count("job.failed") == 1
    assert len(set(Delivery.objects.values_list("endpoint", "type", "occasion"))) == Delivery.objects.count()


def test_nothing_is_lost_while_nobody_looks_for_days(company):
    endpoint = made(company, "https://example.com/", "job.completed").endpoint
    Endpoint.objects.update(jobs_from=F("jobs_from") - timedelta(days=9))
    job = acts.finished(company)
    Job.objects.update(created_at=F("created_at") - timedelta(days=9), finished_at=F("finished_at") - timedelta(days=8))
    recording.record_due()

    assert (told(endpoint), only(endpoint).occasion) == (["job.completed"], str(job.pk))


def test_what_does_not_fit_into_one_round_comes_in_the_next(company, monkeypatch):
    monkeypatch.setattr(recording, "MOST", 2)
    endpoint = made(company).endpoint
    Endpoint.objects.update(jobs_from=timezone.now() - timedelta(hours=1))
    for _ in range(5):
        acts.finished(company)

    assert [recording.record_due() for _ in range(4)] == [4, 4, 2, 0]
    assert (told(endpoint).count("job.completed"), told(endpoint).count(CHANGED)) == (5, 5)


def test_what_was_followed_is_moved_on_and_jobs_of_the_last_minutes_are_read_again(company):
    endpoint = again(made(company).endpoint)
    acts.finished(company)
    recording.record_due()
    last = ledger_reads.transactions_of(company.pk).first().pk
    assert (again(endpoint).ledger_after, again(endpoint).jobs_from) == (last, endpoint.jobs_from)

    Endpoint.objects.update(jobs_from=timezone.now() - timedelta(minutes=16))
    recording.record_due()
    age = timezone.now() - again(endpoint).jobs_from
    assert timedelta(minutes=9) < age < timedelta(minutes=11)
    assert told(endpoint).count("job.completed") == 1


def test_steps_of_a_plan_are_not_told_but_the_plan_is(company):
    endpoint = made(company, "https://example.com/", *JOBS).endpoint
    plan = plans.start(company)
    lifecycle.cancel(user_id=company.pk, job_id=plan.pk)
    recording.record_due()

    assert (told(endpoint), only(endpoint).occasion) == (["job.canceled"], str(plan.pk))
    assert len(rendered(only(endpoint))["data"]["steps"]) > 1


def test_what_can_not_be_told_of_one_keeps_nobody_else_from_theirs(company, bob, monkeypatch, caplog):
    acts.put_on(bob, "ENTERPRISE")
    mine, theirs = made(company).endpoint, made(bob).endpoint
    acts.finished(company)
    acts.finished(bob)
    real = recording.of_rows

    def broken(held, moved):
        if mine.pk in held:
            raise ValueError("This can not be told.")
        return real(held, moved)

    monkeypatch.setattr(recording, "of_rows", broken)
    recording.record_due()

    assert (told(mine), sorted(told(theirs))) == ([], [CHANGED, "job.completed"])
    assert f"The events of endpoint {mine.pk} could not be recorded." in caplog.text
    monkeypatch.undo()
    recording.record_due()
    assert sorted(told(mine)) == [CHANGED, "job.completed"]

"""What dead workers left is finished, and what nobody picked up is rung again."""

from datetime import UTC, datetime, timedelta

import kombu
import psycopg
import pytest

from jobs import dispatch, lifecycle, upkeep
from jobs.models import Job
from tests.jobs import acts
from tests.jobs.test_submit import bells


def abandoned(user, attempts: int = 1) -> Job:
    """A job whose worker died as often as said."""
    job = acts.queued(user)
    for attempt in range(attempts):
        lifecycle.claim(job.pk)
        acts.let_lease_run_out(job)
        if attempt + 1 < attempts:
            lifecycle.return_expired()
    return acts.again(job)


def test_a_job_whose_worker_died_goes_back_to_the_queue(alice):
    job = abandoned(alice)

    assert upkeep.sweep() == upkeep.Sweep(returned=1, given_up=0, rung=1)

    job = acts.again(job)
    assert (job.status, job.attempts, job.fence, job.lease_until) == ("queued", 1, 2, None)
    assert acts.balance_of(alice) == 99


def test_the_second_attempt_delivers(alice):
    job = abandoned(alice)
    upkeep.sweep()

    job = acts.worked(job)

    assert (job.status, job.attempts, job.refunded, acts.published(job)) == ("completed", 2, 0, ["note.txt"])


def test_incident_23_a_job_that_kills_its_worker_has_two_attempts_and_is_refunded(alice):
    job = abandoned(alice, attempts=2)

    assert upkeep.sweep() == upkeep.Sweep(returned=0, given_up=1, rung=0)
    assert upkeep.sweep() == upkeep.Sweep(0, 0, 0)

    job = acts.again(job)
    assert (job.status, job.attempts, job.error_code, job.refunded) == ("failed", 2, "INTERRUPTED", 1)
    assert job.error_message == "The work was interrupted twice and was given up. Your credits are back."
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]
    assert lifecycle.claim(job.pk) is None


def test_a_worker_that_renews_its_lease_at_the_last_moment_keeps_its_last_attempt(alice):
    job = abandoned(alice, attempts=2)
    lifecycle.renew(job.pk, job.fence)

    assert lifecycle.give_up(job) is False
    assert (acts.again(job).status, acts.balance_of(alice)) == ("running", 99)


def test_incident_09_a_worker_killed_at_its_last_attempt_strands_no_credit(alice, bob):
    for user in (alice, bob):
        abandoned(user, attempts=2)

    upkeep.sweep()

    assert [acts.balance_of(user) for user in (alice, bob)] == [100, 100]


def test_a_living_worker_keeps_its_job(alice):
    job = lifecycle.claim(acts.queued(alice).pk)

    assert upkeep.sweep() == upkeep.Sweep(0, 0, 0)
    assert acts.again(job).status == "running"


def test_a_job_that_nobody_picked_up_is_rung_again(transactional_db, alice, settings):
    settings.JOBS_RING_AGAIN_SECONDS = 15
    job = acts.queued(alice)
    Job.objects.update(rung_at=datetime.now(UTC) - timedelta(seconds=16))

    assert [upkeep.sweep().rung for _ in range(3)] == [1, 0, 0]
    assert bells("standard") == [[str(job.pk)]] * 2


def test_a_job_just_rung_is_left_alone(transactional_db, alice):
    acts.submit(alice)

    assert upkeep.sweep().rung == 0
    assert len(bells("standard")) == 1


def test_a_job_whose_worker_died_is_rung_at_once_whatever_the_patience(transactional_db, alice, settings):
    settings.JOBS_LEASE_SECONDS, settings.JOBS_RING_AGAIN_SECONDS = 1, 600
    job = abandoned(alice)

    assert upkeep.sweep().rung == 1
    assert bells("standard")[-1] == [str(job.pk)]


def test_while_the_broker_is_away_one_try_is_enough(alice, bob, charlie, monkeypatch):
    for user in (alice, bob, charlie):
        acts.queued(user)
    Job.objects.update(rung_at=datetime.now(UTC) - timedelta(minutes=1))
    tries = []
    monkeypatch.setattr(dispatch, "ring", lambda job, queue: bool(tries.append(job)))

    assert upkeep.sweep().rung == 0
    assert len(tries) == 1


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("OOM command not allowed"), ValueError("odd")])
def test_whatever_the_broker_says_the_call_is_accepted(alice, monkeypatch, error):
    def refuse(*_arguments, **_options):
        raise error

    monkeypatch.setattr(kombu.Producer, "publish", refuse)

    assert dispatch.ring(str(alice.pk), "standard") is False


def test_one_account_that_cannot_be_refunded_keeps_nobody_else_waiting(
    owner_connection: psycopg.Connection, alice, bob
):
    stuck, lucky = abandoned(alice, attempts=2), abandoned(bob, attempts=2)
    owner_connection.execute(f"""
        CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'XX001'; END $$;
        CREATE TRIGGER no BEFORE INSERT ON credits_credittransaction FOR EACH ROW
        WHEN (NEW.job_id = '{stuck.pk}') EXECUTE FUNCTION no()""")
    try:
        assert upkeep.sweep() == upkeep.Sweep(0, 1, 0)
    finally:
        owner_connection.execute("DROP FUNCTION no CASCADE")
    assert [acts.again(job).status for job in (stuck, lucky)] == ["running", "failed"]

    assert upkeep.sweep().given_up == 1
    assert [acts.balance_of(user) for user in (alice, bob)] == [100, 100]

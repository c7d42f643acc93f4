"""Canceling gives back once; retrying is a new job with a new charge."""

import pytest

from accounts.models import new_id
from jobs import execution, lifecycle, submission
from jobs.models import Job
from tests.jobs import acts
from tests.together import at_once


def cancel(user, job):
    return lifecycle.cancel(user_id=user.pk, job_id=job.pk)


def retry(user, job):
    return submission.retry(user_id=user.pk, job_id=job.pk)


@pytest.mark.parametrize("claimed", [False, True], ids=["queued", "running"])
def test_a_canceled_job_gives_back_what_it_took(alice, claimed):
    job = acts.queued(alice, "music-studio")
    if claimed:
        lifecycle.claim(job.pk)

    canceled = cancel(alice, job)

    assert (canceled.status, canceled.cost, canceled.refunded, canceled.error_code) == ("canceled", 15, 15, "")
    assert acts.rows_of(alice) == [("deduction", -15), ("refund", 15)]


def test_a_job_is_canceled_once(alice):
    job = acts.queued(alice)
    cancel(alice, job)

    for _ in range(3):
        refused = acts.refusal_of(lambda: cancel(alice, job))
        assert (refused.code, refused.status) == ("JOB_FINISHED", 409)
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]


def test_a_completed_job_is_not_canceled(alice):
    job = acts.finished(alice)

    assert acts.refusal_of(lambda: cancel(alice, job)).code == "JOB_FINISHED"
    assert (acts.again(job).status, acts.balance_of(alice)) == ("completed", 99)


def test_a_stranger_s_job_is_not_found(alice, bob):
    job = acts.queued(alice)

    for act in (cancel, retry):
        assert acts.refusal_of(lambda act=act: act(bob, job)).code == "NOT_FOUND"
    assert (acts.again(job).status, acts.balance_of(alice)) == ("queued", 99)


def test_a_job_canceled_while_it_runs_stops_its_worker(alice, install):
    steps = []

    def canceled_midway(run, given):
        run.progress(10, "Begun")
        cancel(alice, run.job)
        steps.append("canceled")
        run.progress(20, "Going on")
        steps.append("went on")

    install(acts.runner(canceled_midway))
    job = acts.finished(alice)

    assert (job.status, job.refunded, steps) == ("canceled", 1, ["canceled"])
    assert (acts.published(job), acts.files_of(job)) == ([], [])


def test_a_job_canceled_at_the_last_moment_publishes_nothing(alice, install):
    def canceled_at_the_end(run, given):
        cancel(alice, run.job)
        return acts.echo_files(given)

    install(acts.runner(canceled_at_the_end))
    job = acts.finished(alice)

    assert (job.status, job.output, acts.published(job), acts.files_of(job)) == ("canceled", None, [], [])
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]


def test_incident_01_a_refund_is_the_recorded_charge_once_per_job(alice):
    job = acts.queued(alice, "music-studio")
    Job.objects.filter(pk=job.pk).update(cost=15)
    cancel(alice, job)
    for _ in range(13):
        acts.refusal_of(lambda: cancel(alice, job))
        lifecycle.fail(job, code="AGAIN", message="again")
        lifecycle.give_up(job)

    assert acts.rows_of(alice) == [("deduction", -15), ("refund", 15)]


def test_incident_10_a_stale_copy_of_the_job_decides_nothing(alice):
    job = acts.queued(alice, "music-studio")
    job.cost, job.refunded, job.status = 0, 0, "completed"
    lifecycle.end(Job.objects.filter(pk=job.pk, status="queued"), job, "failed")

    assert (acts.again(job).refunded, acts.balance_of(alice)) == (15, 100)


def test_incident_21_a_retry_of_a_refunded_job_is_charged_anew(alice):
    first = acts.queued(alice, "music-studio", input={"message": "hi", "seed": 7})
    cancel(alice, first)

    answer = retry(alice, first)

    second = Job.objects.get(pk=answer.job_id)
    assert (second.pk != first.pk, second.input, second.seed, answer.cost, answer.balance) == (
        True, {"message": "hi", "seed": 7}, 7, 15, 85
    )  # fmt: skip
    assert acts.rows_of(alice) == [("deduction", -15), ("refund", 15), ("deduction", -15)]
    assert acts.again(first).status == "canceled"


def test_a_completed_job_runs_again_as_a_new_one(alice):
    first = acts.finished(alice)

    second = acts.worked(Job.objects.get(pk=retry(alice, first).job_id))

    assert (second.status, acts.published(first), acts.published(second)) == ("completed", ["note.txt"], ["note.txt"])


@pytest.mark.parametrize("claimed", [False, True], ids=["queued", "running"])
def test_an_unfinished_job_is_not_retried(alice, claimed):
    job = acts.queued(alice)
    if claimed:
        lifecycle.claim(job.pk)

    refused = acts.refusal_of(lambda: retry(alice, job))

    assert (refused.code, refused.status, Job.objects.count()) == ("JOB_NOT_FINISHED", 409, 1)


def test_a_retry_passes_the_whole_table(alice):
    job = acts.finished(alice)
    acts.leave(alice, 0)

    assert acts.refusal_of(lambda: retry(alice, job)).code == "INSUFFICIENT_CREDITS"


def test_no_job_no_retry(alice):
    assert acts.refusal_of(lambda: submission.retry(user_id=alice.pk, job_id=new_id())).code == "NOT_FOUND"


@pytest.mark.parametrize("round_", range(6))
def test_complete_fail_cancel_and_give_up_at_once_have_one_outcome(transactional_db, alice, round_):
    job = lifecycle.claim(acts.queued(alice).pk)
    Job.objects.filter(pk=job.pk).update(attempts=2)
    acts.let_lease_run_out(job)
    ends = {
        "completed": lambda: lifecycle.complete(job, files=[], output={"text": "hi"}, engine="test"),
        "failed": lambda: lifecycle.fail(job, code="TEST", message="no"),
        "canceled": lambda: bool(cancel(alice, job)),
        "given up": lambda: lifecycle.give_up(job),
        "canceled too": lambda: bool(cancel(alice, job)),
    }

    said = at_once(list(ends.values()))

    winner = [name for name, answer in zip(ends, said, strict=True) if answer is True]
    assert len(winner) == 1, said
    status = acts.again(job).status
    assert status == {"given up": "failed", "canceled too": "canceled"}.get(winner[0], winner[0])
    refunds = [row for row in acts.rows_of(alice) if row[0] == "refund"]
    assert refunds == ([] if status == "completed" else [("refund", 1)])


def test_eight_workers_at_one_bell_run_the_job_once(transactional_db, alice, install):
    runs = []

    def counted(run, given):
        runs.append(run.job.fence)
        return acts.echo_files(given)

    install(acts.runner(counted))
    job = acts.queued(alice)

    at_once([lambda: execution.run(job.pk)] * 8)

    assert (runs, acts.again(job).status, acts.published(job)) == ([1], "completed", ["note.txt"])

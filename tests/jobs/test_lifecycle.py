"""A job in a worker's hands: claim, fence, lease, progress."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from jobs import execution, lifecycle
from jobs.errors import Superseded
from jobs.models import Job
from tests.jobs import acts


@pytest.fixture
def running(alice) -> Job:
    return lifecycle.claim(acts.queued(alice).pk)


def test_a_claim_takes_the_job_with_a_fence_an_attempt_and_a_lease(alice, settings):
    settings.JOBS_LEASE_SECONDS = 30
    job = lifecycle.claim(acts.queued(alice).pk)

    assert (job.status, job.fence, job.attempts, job.progress) == ("running", 1, 1, 0)
    lease = job.lease_until - datetime.now(UTC)
    assert timedelta(seconds=25) < lease <= timedelta(seconds=31)
    assert job.started_at is not None


def test_a_job_is_claimed_once(running):
    assert lifecycle.claim(running.pk) is None


@pytest.mark.parametrize("status", ["completed", "failed", "canceled"])
def test_a_finished_job_is_not_claimed(alice, status, unlawful):
    job = acts.queued(alice)
    Job.objects.filter(pk=job.pk).update(status=status, finished_at=datetime.now(UTC))

    assert lifecycle.claim(job.pk) is None
    execution.run(job.pk)
    assert acts.again(job).status == status


def test_an_unknown_job_is_nobody_s(alice):
    execution.run(alice.pk)

    assert Job.objects.count() == 0


def test_a_renewed_lease_runs_from_now(running):
    acts.let_lease_run_out(running)

    assert lifecycle.renew(running.pk, running.fence)
    assert acts.again(running).lease_until > datetime.now(UTC)


def test_progress_is_recorded_and_renews_the_lease(running):
    acts.let_lease_run_out(running)

    assert lifecycle.report(running.pk, running.fence, 40, "Mixing")

    job = acts.again(running)
    assert (job.progress, job.step) == (40, "Mixing")
    assert job.lease_until > datetime.now(UTC)


@pytest.mark.parametrize(("told", "shown"), [((100,), 99), ((250,), 99), ((-5,), 0), ((60, 20), 60), ((10, 90), 90)])
def test_progress_is_99_at_most_and_never_goes_back(running, told, shown):
    for percent in told:
        lifecycle.report(running.pk, running.fence, percent, "Working")

    assert acts.again(running).progress == shown


def test_a_completed_job_has_all_its_progress(running):
    lifecycle.report(running.pk, running.fence, 40, "Mixing")

    assert lifecycle.complete(running, files=[], output={"text": "hi"}, engine="test")

    job = acts.again(running)
    assert (job.status, job.progress, job.step, job.output, job.engine, job.refunded) == (
        "completed", 100, "", {"text": "hi"}, "test", 0
    )  # fmt: skip


def test_a_second_attempt_begins_its_progress_anew(running):
    lifecycle.report(running.pk, running.fence, 80, "Mixing")
    acts.let_lease_run_out(running)
    lifecycle.return_expired()
    assert acts.again(running).progress == 0

    assert lifecycle.claim(running.pk).progress == 0


STALE = {
    "renew": lambda job: lifecycle.renew(job.pk, job.fence),
    "report": lambda job: lifecycle.report(job.pk, job.fence, 50, "late"),
    "complete": lambda job: lifecycle.complete(job, files=[], output={"text": "late"}, engine="late"),
    "fail": lambda job: lifecycle.fail(job, code="LATE", message="late"),
}


@pytest.mark.parametrize("write", STALE.values(), ids=STALE)
@pytest.mark.parametrize("how", ["canceled", "claimed by another", "queued again"])
def test_a_stale_worker_changes_nothing(alice, running, write, how):
    if how == "canceled":
        lifecycle.cancel(user_id=alice.pk, job_id=running.pk)
    else:
        acts.let_lease_run_out(running)
        lifecycle.return_expired()
    if how == "claimed by another":
        lifecycle.claim(running.pk)
    before = Job.objects.values().get(pk=running.pk)

    assert write(running) is False

    assert Job.objects.values().get(pk=running.pk) == before


def test_a_stale_worker_publishes_nothing_and_leaves_no_file(alice, install):
    def lose_the_lease(run, given):
        acts.let_lease_run_out(run.job)
        lifecycle.return_expired()
        return acts.echo_files(given)

    install(acts.runner(lose_the_lease))
    job = acts.finished(alice)

    assert (job.status, acts.published(job), acts.files_of(job)) == ("queued", [], [])


def test_two_runs_of_one_job_write_to_different_places(alice, install):
    def overtaken(run, given):
        acts.let_lease_run_out(run.job)
        lifecycle.return_expired()
        install(acts.runner())
        acts.worked(run.job)
        return acts.echo_files(given)

    install(acts.runner(overtaken))
    job = acts.finished(alice)

    assert (job.status, job.attempts, job.engine) == ("completed", 2, "echo")
    assert acts.files_of(job) == [f"jobs/{job.pk}/3/note.txt"]


def test_a_report_of_a_lost_job_ends_the_run(running):
    run = execution.RunningJob(running)
    run.progress(10, "Begun")
    Job.objects.filter(pk=running.pk).update(fence=F("fence") + 1)

    with pytest.raises(Superseded):
        run.progress(20, "Going on")


def test_the_heartbeat_holds_a_job_that_reports_nothing(transactional_db, alice, install, settings):
    settings.JOBS_LEASE_SECONDS = 0.9
    leases = []

    def quiet(run, given):
        for _ in range(6):
            acts.pause(0.25)
            leases.append(acts.again(run.job).lease_until > datetime.now(UTC))
        return acts.echo_files(given)

    install(acts.runner(quiet))

    assert acts.finished(alice).status == "completed"
    assert leases == [True] * 6


def test_without_heartbeat_the_lease_runs_out(transactional_db, alice, settings):
    settings.JOBS_LEASE_SECONDS = 0.2
    job = lifecycle.claim(acts.queued(alice).pk)
    acts.pause(0.3)

    assert lifecycle.return_expired() == 1
    assert acts.again(job).status == "queued"


def test_incident_02_reading_a_job_moves_no_credits(alice, client):
    job = acts.queued(alice)
    client.force_login(alice)
    for state in ("queued", "running", "overdue"):
        if state == "running":
            lifecycle.claim(job.pk)
        if state == "overdue":
            acts.let_lease_run_out(job)
        for path in (f"/api/jobs/{job.pk}", "/api/jobs/list", "/api/credits/balance"):
            assert client.get(path).status_code == 200

    assert acts.rows_of(alice) == [("deduction", -1)]
    assert acts.again(job).status == "running"

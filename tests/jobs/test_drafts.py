"""What is written so far: kept now and then, by the worker that has the job, and shown to nobody's program."""

from datetime import timedelta

import pytest
from django.test import Client

from jobs import execution, lifecycle
from jobs.errors import Ended, Superseded
from jobs.execution import RunningJob
from jobs.models import Job
from tests.jobs import acts


def claimed(user) -> Job:
    return lifecycle.claim(acts.queued(user).pk)


def test_a_draft_is_kept_and_renews_the_lease(alice):
    job = claimed(alice)
    before = acts.again(job).lease_until - timedelta(seconds=20)
    Job.objects.filter(pk=job.pk).update(lease_until=before)

    RunningJob(job).draft("Once upon")

    kept = acts.again(job)
    assert (kept.draft, kept.lease_until > before + timedelta(seconds=10)) == ("Once upon", True)


def test_of_many_drafts_at_once_the_first_is_written(alice, django_assert_num_queries):
    job = claimed(alice)
    run = RunningJob(job)
    with django_assert_num_queries(1):
        for length in range(1, 50):
            run.draft("x" * length)
    assert acts.again(job).draft == "x"

    acts.pause(execution.DRAFT_SECONDS)
    with django_assert_num_queries(1):
        run.draft("x" * 50)
        run.draft("x" * 51)
    assert acts.again(job).draft == "x" * 50


def test_a_stale_worker_s_draft_writes_nothing_and_stops_it(alice):
    stale = claimed(alice)
    acts.let_lease_run_out(stale)
    lifecycle.return_expired()
    mine = lifecycle.claim(stale.pk)
    RunningJob(mine).draft("Mine.")

    with pytest.raises(Superseded):
        RunningJob(stale).draft("Stale.")

    assert acts.again(mine).draft == "Mine."


def test_a_canceled_job_s_draft_stops_the_writing(alice):
    job = claimed(alice)
    lifecycle.cancel(user_id=alice.pk, job_id=job.pk)

    with pytest.raises(Ended):
        RunningJob(job).draft("Too late.")

    assert acts.again(job).draft == ""


def test_a_second_attempt_begins_with_an_empty_page(alice):
    job = claimed(alice)
    RunningJob(job).draft("The first attempt.")
    acts.let_lease_run_out(job)
    lifecycle.return_expired()

    assert lifecycle.claim(job.pk).draft == acts.again(job).draft == ""


@pytest.mark.parametrize(
    ("written", "kept"), [("x" * 30_000, "x" * 20_000), ("a\0b", "ab"), ("half \ud83d of it", "half  of it")]
)
def test_a_draft_is_bounded_and_always_storable(alice, written, kept):
    job = claimed(alice)
    RunningJob(job).draft(written)

    assert acts.again(job).draft == kept


def test_a_program_sees_no_output_before_there_is_one(alice):
    client = Client()
    client.force_login(alice)
    job = claimed(alice)
    RunningJob(job).draft("Half a sentence")

    for path in (f"/api/jobs/{job.pk}", "/api/jobs/list"):
        assert "Half a sentence" not in client.get(path).content.decode()
    told = client.get(f"/api/jobs/{job.pk}").json()
    assert (told["status"], told["output"], "draft" in told) == ("running", None, False)

"""Old finished jobs are forgotten with their files; the ledger and what holds a place stay."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from credits.models import CreditTransaction
from jobs import lifecycle, upkeep
from jobs.models import Job
from tests.jobs import acts


def aged(job: Job, days: int) -> Job:
    Job.objects.filter(pk=job.pk).update(finished_at=datetime.now(UTC) - timedelta(days=days))
    return job


def test_an_old_job_goes_with_its_files_and_its_ledger_rows_stay(alice):
    job = aged(acts.finished(alice), days=400)

    assert upkeep.prune() == 1

    assert (Job.objects.count(), acts.files_of(job)) == (0, [])
    assert CreditTransaction.objects.get(type="deduction").job_id == job.pk
    alice.storedbytes.refresh_from_db()
    assert alice.storedbytes.bytes == 0


def test_what_an_interrupted_run_left_goes_too(alice):
    job = aged(acts.finished(alice), days=400)
    default_storage.save(f"jobs/{job.pk}/7/half.txt", ContentFile(b"half"))

    upkeep.prune()

    assert not default_storage.exists(f"jobs/{job.pk}")


def test_a_young_job_stays(alice):
    job = aged(acts.finished(alice), days=364)

    assert upkeep.prune() == 0
    assert acts.published(job) == ["note.txt"]


@pytest.mark.parametrize("claimed", [False, True], ids=["queued", "running"])
def test_an_unfinished_job_stays_however_old(alice, claimed):
    job = acts.queued(alice)
    if claimed:
        lifecycle.claim(job.pk)
    Job.objects.update(created_at=datetime.now(UTC) - timedelta(days=4000))

    assert upkeep.prune(days=0) == 0


def test_an_avatar_that_holds_its_place_stays_until_it_is_deleted(alice):
    job = aged(acts.finished(alice, "avatar-builder"), days=400)
    assert upkeep.prune() == 0
    assert acts.published(job) == ["note.txt"]

    upkeep.remove_artifact(job.artifacts.get())
    assert upkeep.prune() == 1


def test_failed_and_canceled_jobs_go_too(alice):
    job = acts.queued(alice)
    lifecycle.cancel(user_id=alice.pk, job_id=job.pk)
    aged(job, days=400)

    assert upkeep.prune() == 1
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]


def test_more_than_a_batch_goes_at_once(alice, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    for _ in range(5):
        aged(acts.finished(alice), days=400)
    kept = acts.finished(alice)

    assert upkeep.prune() == 5
    assert Job.objects.get() == kept


def test_the_command_takes_the_retention_in_days(alice, capsys):
    aged(acts.finished(alice), days=10)

    call_command("prune_jobs", days=9)

    assert capsys.readouterr().out == "1 jobs were pruned.\n"

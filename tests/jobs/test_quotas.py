"""What a plan's quotas count, and what gives a place back."""

from datetime import timedelta

import pytest
from django.db.models import F

from jobs import lifecycle, quotes, selectors, upkeep
from jobs.models import Artifact, Job
from tests.jobs import acts


def failing(_run, _given):
    raise acts.RunFailed("No luck.")


def quota_refusal(user, agent_id, **call):
    refused = acts.refusal_of(lambda: acts.submit(user, agent_id, **call))
    assert (refused.code, refused.status) == ("QUOTA_EXCEEDED", 403)
    return refused


def use_up_tracks(user) -> list[Job]:
    acts.give(user, 500)
    return [acts.finished(user, "music-studio") for _ in range(5)]


@pytest.mark.parametrize("operation", ["generate", "scan"])
def test_free_keeps_one_avatar_however_it_was_made(alice, operation):
    acts.finished(alice, "avatar-builder", operation=operation)

    for again in ("generate", "scan"):
        refused = quota_refusal(alice, "avatar-builder", operation=again)
        assert refused.metadata == {"quota": "avatars", "limit": 1, "used": 1}


def test_an_avatar_in_the_making_holds_its_place(alice):
    acts.submit(alice, "avatar-builder")

    assert quota_refusal(alice, "avatar-builder").metadata["used"] == 1


def test_deleting_the_avatar_frees_its_place(alice):
    job = acts.finished(alice, "avatar-builder")
    upkeep.remove_artifact(job.artifacts.get())

    assert acts.submit(alice, "avatar-builder").status == "queued"


def test_deleting_another_file_of_the_avatar_does_not(alice, install):
    install(acts.runner(two_files), "avatar-builder", "generate")
    job = acts.finished(alice, "avatar-builder")

    upkeep.remove_artifact(job.artifacts.get(name="b.txt"))

    assert quota_refusal(alice, "avatar-builder").metadata["used"] == 1


def two_files(_run, _given):
    files = tuple(acts.File(name, "text", "text/plain", b"text") for name in ("a.txt", "b.txt"))
    return acts.Delivery(files, {}, "test")


def test_deleting_the_avatar_takes_its_other_files_along(alice, install):
    install(acts.runner(two_files), "avatar-builder", "generate")
    job = acts.finished(alice, "avatar-builder")

    upkeep.remove_artifact(job.artifacts.get(name="a.txt"))

    assert (acts.published(job), acts.files_of(job)) == ([], [])


def test_avatars_of_others_do_not_count(alice, bob):
    acts.finished(bob, "avatar-builder")

    assert acts.submit(alice, "avatar-builder").status == "queued"


def test_an_avatar_is_no_hindrance_to_another_agent(alice):
    acts.finished(alice, "avatar-builder")

    assert acts.submit(alice, "music-studio").status == "queued"


@pytest.mark.parametrize(("agent_id", "words"), [("music-studio", "5 tracks"), ("video-studio", "5 videos")])
def test_free_makes_five_a_month(alice, agent_id, words):
    acts.give(alice, 500)
    for _ in range(5):
        acts.finished(alice, agent_id)

    refused = quota_refusal(alice, agent_id)

    assert refused.metadata == {"quota": "this_period", "limit": 5, "used": 5}
    assert refused.message == f"Your plan's {words} for this month are used up."


def test_every_operation_of_the_studio_counts(alice):
    use_up_tracks(alice)

    assert quota_refusal(alice, "music-studio", operation="extend").metadata["used"] == 5


def test_a_refunded_job_gives_its_place_back(alice, install):
    jobs = use_up_tracks(alice)[:-1]
    install(acts.runner(failing), "music-studio", "generate")
    Job.objects.filter(pk__in=[job.pk for job in jobs[:2]]).update(created_at=F("created_at") - timedelta(days=60))

    acts.finished(alice, "music-studio")
    canceled = acts.queued(alice, "music-studio")
    lifecycle.cancel(user_id=alice.pk, job_id=canceled.pk)

    assert quotes.quote(user_id=alice.pk, agent_id="music-studio", input=acts.HELLO).allowed
    assert tracks_used(alice) == 3


def tracks_used(user) -> int:
    since = user.credit_account.period_started_at
    return selectors.used_by(user.pk, "music-studio", since, {"this_period": 5})["this_period"]


def test_incident_07_a_failed_free_run_gives_its_quota_place_back(alice, install):
    install(acts.runner(failing), "avatar-builder", "generate")
    failed = acts.finished(alice, "avatar-builder")
    assert (failed.status, failed.refunded) == ("failed", 10)

    install(acts.runner(), "avatar-builder", "generate")
    assert acts.finished(alice, "avatar-builder").status == "completed"
    assert quota_refusal(alice, "avatar-builder").metadata["used"] == 1


def test_a_new_period_gives_new_tracks(alice):
    jobs = use_up_tracks(alice)
    quota_refusal(alice, "music-studio")

    period = alice.credit_account.period_started_at
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(created_at=period - timedelta(seconds=1))

    assert acts.submit(alice, "music-studio").status == "queued"


def test_paid_plans_have_no_count(alice):
    acts.finished(alice, "avatar-builder")
    acts.put_on(alice, "PRO")

    assert acts.finished(alice, "avatar-builder").status == "completed"
    assert len([acts.finished(alice, "music-studio") for _ in range(6)]) == 6


def test_full_storage_refuses_every_agent(alice):
    acts.store(alice, acts.GB)

    refused = quota_refusal(alice, "chat")

    assert refused.metadata == {"quota": "stored", "limit": acts.GB, "used": acts.GB}
    assert refused.message == "Your 1 GB of storage are full. Delete some results, or upgrade."


def test_the_last_free_byte_still_takes_a_job(alice):
    acts.store(alice, acts.GB - 1)

    assert acts.submit(alice).status == "queued"


def test_removing_an_upload_frees_its_storage(alice):
    upkeep.remove_upload(acts.store(alice, acts.GB))

    assert acts.submit(alice).status == "queued"


def test_what_is_stored_is_counted_and_given_back_once(alice):
    job = acts.finished(alice)
    assert alice.storedbytes.bytes == len("hello")

    for _ in range(2):
        upkeep.remove_artifact(Artifact.objects.get(job=job))

    alice.storedbytes.refresh_from_db()
    assert alice.storedbytes.bytes == 0


@pytest.mark.parametrize(("plan", "most"), [("FREE", 1), ("PRO", 3), ("PREMIUM", 10)])
def test_a_plan_runs_so_many_jobs_at_once(alice, plan, most):
    if plan != "FREE":
        acts.put_on(alice, plan)
    for _ in range(most):
        acts.submit(alice)

    refused = acts.refusal_of(lambda: acts.submit(alice))

    assert (refused.code, refused.metadata) == ("CONCURRENCY_LIMIT", {"limit": most, "running": most})


def test_a_running_job_counts_and_a_finished_one_does_not(alice):
    job = acts.queued(alice)
    lifecycle.claim(job.pk)
    assert acts.refusal_of(lambda: acts.submit(alice)).code == "CONCURRENCY_LIMIT"

    lifecycle.cancel(user_id=alice.pk, job_id=job.pk)

    assert acts.submit(alice).status == "queued"

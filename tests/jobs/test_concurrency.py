"""Many calls at the same moment, each with a connection of its own: exactly what the plan and the balance allow."""

from collections import Counter
from dataclasses import replace

import pytest

from billing.plans import FREE, PLANS
from jobs import lifecycle, upkeep
from jobs.models import Job
from jobs.submission import Accepted
from tests.jobs import acts
from tests.together import at_once

pytestmark = pytest.mark.usefixtures("transactional_db")


def outcomes(calls) -> Counter[str]:
    return Counter(
        "accepted" if isinstance(one, Accepted) else getattr(one, "code", repr(one)) for one in at_once(calls)
    )


@pytest.mark.parametrize(("plan", "places"), [("FREE", 1), ("PRO", 3), ("PREMIUM", 10)])
def test_a_crowd_of_calls_gets_as_many_places_as_the_plan_has(alice, plan, places):
    if plan != "FREE":
        acts.put_on(alice, plan)
    before = acts.balance_of(alice)

    assert outcomes([lambda: acts.submit(alice)] * 16) == {"accepted": places, "CONCURRENCY_LIMIT": 16 - places}

    assert Job.objects.count() == places
    assert acts.balance_of(alice) == before - places


def test_incident_11_parallel_calls_never_pass_the_balance_together(alice):
    acts.put_on(alice, "PREMIUM")
    acts.leave(alice, 40)

    said = outcomes([lambda: acts.submit(alice, "music-studio")] * 8)

    assert said == {"accepted": 2, "INSUFFICIENT_CREDITS": 6}
    assert acts.balance_of(alice) == 10


def test_the_loser_of_a_race_is_told_what_is_left(alice):
    acts.put_on(alice, "PRO")
    acts.leave(alice, 15)

    said = at_once([lambda: acts.submit(alice, "music-studio")] * 2)

    (lost,) = [one for one in said if not isinstance(one, Accepted)]
    assert (lost.code, lost.status) == ("INSUFFICIENT_CREDITS", 402)
    assert (lost.metadata["required"], lost.metadata["available"]) == (15, 0)


def test_parallel_calls_never_take_one_avatar_s_place_twice(alice, monkeypatch):
    monkeypatch.setitem(PLANS, "FREE", replace(FREE, concurrent_jobs=50))

    said = outcomes([lambda: acts.submit(alice, "avatar-builder")] * 8)

    assert said == {"accepted": 1, "QUOTA_EXCEEDED": 7}


def test_the_last_track_of_the_month_is_taken_once(alice):
    acts.give(alice, 500)
    for _ in range(4):
        acts.finished(alice, "music-studio")

    assert outcomes([lambda: acts.submit(alice, "music-studio")] * 8) == {"accepted": 1, "QUOTA_EXCEEDED": 7}


def test_people_do_not_stand_in_each_other_s_way(alice, bob, charlie):
    calls = [lambda user=user: acts.submit(user) for user in (alice, bob, charlie) for _ in range(4)]

    assert outcomes(calls) == {"accepted": 3, "CONCURRENCY_LIMIT": 9}
    assert {acts.balance_of(user) for user in (alice, bob, charlie)} == {99}


def test_submitting_canceling_and_sweeping_together_lose_nothing(alice):
    acts.put_on(alice, "PREMIUM")
    jobs = [acts.queued(alice) for _ in range(8)]
    for job in jobs[4:]:
        lifecycle.claim(job.pk)
        Job.objects.filter(pk=job.pk).update(attempts=2)
        acts.let_lease_run_out(job)
    cancels = [lambda job=job: lifecycle.cancel(user_id=alice.pk, job_id=job.pk) for job in jobs]
    sweeps = [upkeep.sweep] * 3
    submits = [lambda: acts.submit(alice)] * 3

    at_once(cancels + sweeps + submits)

    ended = Job.objects.filter(pk__in=[job.pk for job in jobs])
    assert set(ended.values_list("refunded", flat=True)) == {1}
    waiting = Job.objects.filter(status="queued").count()
    assert acts.balance_of(alice) == 5000 - waiting

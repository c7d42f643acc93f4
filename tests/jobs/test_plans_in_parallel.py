"""Steps of one plan that end at the same moment, by workers with connections of their own."""

from functools import partial

import pytest
from django.db import DatabaseError

from jobs import execution, lifecycle, upkeep
from jobs.models import Job
from tests.jobs import acts, plans
from tests.jobs.plans import step, troupe  # noqa: F401 a fixture
from tests.together import at_once

WIDE = tuple(step(f"wide-{number}") for number in range(8))
ROUNDS = 6


@pytest.fixture
def alice(transactional_db, alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    return alice


def assert_nobody_lost(results: list[object]) -> None:
    assert not [result for result in results if isinstance(result, DatabaseError)]


def test_steps_that_end_together_finish_the_plan_once(alice, troupe):  # noqa: F811
    troupe.steps = WIDE
    for _ in range(ROUNDS):
        plan = plans.start(alice)
        assert_nobody_lost(at_once([partial(execution.run, job.pk) for job in plans.ready(plan)]))
        assert [job.pk for job in plans.ready(plan)] == [plan.pk]
        assert_nobody_lost(at_once([partial(execution.run, plan.pk) for _ in range(4)]))
        plan = acts.again(plan)
        assert (plan.status, plan.fence, plans.kept(plan)) == ("completed", 1, 58)


def test_canceling_while_steps_end_charges_exactly_what_was_delivered(alice, troupe):  # noqa: F811
    troupe.steps = WIDE
    for _ in range(ROUNDS):
        plan = plans.start(alice)
        calls = [partial(execution.run, job.pk) for job in plans.ready(plan)]
        calls.insert(4, partial(lifecycle.cancel, user_id=alice.pk, job_id=plan.pk))
        assert_nobody_lost(at_once(calls))
        delivered = Job.objects.filter(parent=plan, status="completed").count()
        assert not Job.objects.filter(parent=plan, status__in=("queued", "running")).exists()
        assert plans.kept(acts.again(plan)) == (50 + delivered if delivered else 0)


def test_sweeping_while_a_plan_is_canceled_and_runs_deadlocks_nobody(alice, troupe):  # noqa: F811
    troupe.steps = WIDE
    for _ in range(ROUNDS):
        plan = plans.start(alice)
        for job in plans.ready(plan)[:6]:
            acts.let_lease_run_out(lifecycle.claim(job.pk))
        results = at_once([
            upkeep.sweep, upkeep.sweep, partial(lifecycle.cancel, user_id=alice.pk, job_id=plan.pk),
            *[partial(execution.run, job.pk) for job in plans.ready(plan)],
        ])  # fmt: skip
        assert_nobody_lost(results)
        assert acts.again(plan).status == "canceled"


def test_the_same_plan_started_twice_at_once_with_one_key_is_one_plan(alice):
    first, second = at_once([partial(plans.start, alice, key="once")] * 2)
    assert first == second
    assert Job.objects.count() == 7

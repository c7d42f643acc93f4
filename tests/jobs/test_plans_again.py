"""What was left out of a plan, run later from what is there, and plans and steps run again."""

import pytest

from avatarg.errors import InvalidInput
from jobs import submission, upkeep
from jobs.errors import JobNotFinished
from jobs.models import Job
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture


@pytest.fixture
def alice(alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    return alice


def test_what_is_missing_is_run_from_what_is_there(alice, troupe):  # noqa: F811
    troupe.failing |= {"b": 2, "f": 2}
    first = plans.work_off(plans.start(alice))
    again = plans.start(alice, input={**plans.GOAL, "continue_from": str(first.pk)})

    assert sorted(plans.steps_of(again)) == ["b", "d", "e", "f"]
    assert again.cost == 54
    again = plans.work_off(again)
    assert set(plans.states_of(again).values()) == {"completed"}
    assert len(plans.bundle_of(again)) == 7
    nothing = acts.refusal_of(lambda: plans.start(alice, input={**plans.GOAL, "continue_from": str(again.pk)}))
    assert nothing.metadata == {"fields": {"continue_from": ["Everything of that plan is there already."]}}


def test_a_step_whose_file_was_deleted_is_missing_and_is_made_again(alice):
    first = plans.work_off(plans.start(alice))
    upkeep.remove_artifact(plans.steps_of(first)["a"].artifacts.get())
    again = plans.work_off(plans.start(alice, input={**plans.GOAL, "continue_from": str(first.pk)}))
    assert plans.states_of(again) == {"a": "completed"}
    assert len(plans.bundle_of(again)) == 7


def test_nobody_goes_on_from_another_one_s_plan_or_from_one_at_work(alice, bob):
    running = plans.start(alice)
    acts.put_on(bob, "PREMIUM")
    for user in (alice, bob):
        with pytest.raises(InvalidInput):
            plans.start(user, input={**plans.GOAL, "continue_from": str(running.pk)})


def test_a_retry_of_a_plan_is_a_new_plan_with_a_new_charge(alice):
    first = plans.start(alice)
    with pytest.raises(JobNotFinished):
        submission.retry(user_id=alice.pk, job_id=first.pk)
    plans.work_off(first)
    accepted = submission.retry(user_id=alice.pk, job_id=first.pk)
    assert (accepted.cost, Job.objects.get(pk=accepted.job_id).children.count()) == (56, 6)


def test_a_retry_of_a_step_is_a_job_of_its_own_with_its_own_charge(alice):
    plan = plans.work_off(plans.start(alice))
    accepted = submission.retry(user_id=alice.pk, job_id=plans.steps_of(plan)["c"].pk)
    job = acts.worked(Job.objects.get(pk=accepted.job_id))
    assert (job.status, job.parent_id, job.cost) == ("completed", None, 1)

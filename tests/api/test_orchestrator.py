"""The orchestrator by API: quote, execute, its steps, cancel."""

import pytest

from jobs.models import Job
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture

CALL = {"agent_id": "avatar-g-agent", "input": {"goal": "everything, please"}}
SHARE = {"agent_id": "chat", "operation": "message", "cost": 1}


@pytest.fixture
def api(api, alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    return api


def test_a_quote_names_the_steps_and_a_run_takes_what_it_said(api):
    status, quote = api.post("agents/quote", CALL)
    assert (status, quote["cost"], quote["balance_after"], quote["steps"]) == (200, 56, 4944, [SHARE] * 6)

    status, answer = api.post("agents/execute", CALL)
    assert (status, answer["status"], answer["cost"], answer["balance"]) == (202, "queued", 56, 4944)


def test_a_plan_tells_its_steps_and_lists_do_not(api, alice):
    plan = plans.work_off(plans.start(alice))
    _, shown = api.get(f"jobs/{plan.pk}")
    assert shown["steps"] == [str(step.pk) for step in plan.children.order_by("position")]
    assert (shown["status"], shown["progress"], shown["error"]) == ("completed", 100, None)
    assert [one["name"] for one in shown["artifacts"]][-2:] == ["bundle.zip", "summary.md"]

    _, step = api.get(f"jobs/{shown['steps'][2]}")
    assert (step["parent_id"], step["cost"], step["refunded"]) == (str(plan.pk), 1, 0)
    (listed,) = api.get("jobs/list")[1]["jobs"]
    assert listed == shown


def test_a_refused_quote_has_no_balance_after(api, alice):
    acts.leave(alice, 20)
    _, quote = api.post("agents/quote", CALL)
    assert (quote["allowed"], quote["code"], quote["balance_after"], quote["cost"]) == (
        False, "INSUFFICIENT_CREDITS", None, 56
    )  # fmt: skip
    assert api.post("agents/execute", CALL)[0] == 402


def test_below_premium_it_is_refused(api, alice):
    acts.put_on(alice, "PRO")
    status, body = api.post("agents/execute", CALL)
    assert (status, body["code"]) == (403, "PLAN_REQUIRED")
    assert api.post("agents/quote", CALL)[1]["steps"] == []


@pytest.mark.parametrize("goal", [{}, {"goal": ""}, {"goal": 7}, {"goal": "x" * 2001}, {"goal": "fine", "more": 1}])
def test_a_malformed_goal_is_named(api, goal):
    status, body = api.post("agents/execute", {**CALL, "input": goal})
    assert (status, body["code"]) == (400, "VALIDATION_ERROR")
    assert not Job.objects.exists()


def test_canceling_by_api_gives_back_what_was_not_delivered(api, alice):
    plan = plans.start(alice)
    status, body = api.post(f"jobs/{plan.pk}/cancel")
    assert (status, body["status"], body["refunded"]) == (200, "canceled", 56)
    assert api.post(f"jobs/{plan.pk}/cancel")[1]["code"] == "JOB_FINISHED"

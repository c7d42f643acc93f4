"""The studio of Avatar G: a goal, its plan with the price, the confirmation, and the plan's job while it runs."""

import pytest

from jobs import execution, lifecycle
from jobs.models import Job
from tests.dashboard.page import Page
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture

GOAL = "/dashboard/agents/avatar-g-agent"


@pytest.fixture
def visit(visit, alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    return visit


def key(page: Page) -> str:
    return page.value("submit_key")


def test_a_goal_is_planned_and_priced_before_anything_runs(visit, alice):
    page = visit.post(GOAL, submit_key="k", goal="everything, please")

    assert page.status == 200
    assert page.texts("h3") == ["First, 3 at the same time", "Then, 2 at the same time", "At last"]
    assert "Because of e." in page.text
    assert "Games are coming soon." in page.text
    assert page.texts("button", name="confirmed") == ["Run the plan for 56"]
    assert page.value("goal") == "everything, please"
    assert not Job.objects.exists()
    assert acts.balance_of(alice) == 5000


def test_confirming_runs_what_was_shown_once(visit, alice):
    shown = visit.post(GOAL, submit_key="k", goal="everything, please")
    sent = {"submit_key": key(shown), "goal": "everything, please", "max_credits": "56", "confirmed": "yes"}
    first, second = (visit.post(GOAL, **sent) for _ in range(2))

    plan = Job.objects.get(parent=None)
    assert first.response.headers["Location"] == second.response.headers["Location"] == f"/dashboard/jobs/{plan.pk}"
    assert (plan.cost, plan.children.count(), acts.balance_of(alice)) == (56, 6, 4944)


def test_a_plan_that_has_become_dearer_than_shown_is_not_run(visit, alice):
    page = visit.post(GOAL, submit_key="k", goal="everything, please", max_credits="40", confirmed="yes")
    assert (page.status, "The plan costs more by now" in page.text) == (409, True)
    assert page.texts("button", name="confirmed") == ["Run the plan for 56"]
    assert not Job.objects.exists()


def test_who_has_too_little_sees_the_plan_and_what_is_missing(visit, alice):
    acts.leave(alice, 20)
    page = visit.post(GOAL, submit_key="k", goal="everything, please")
    assert "This takes 56 credits and you have 20." in page.text
    assert not page.all("button", name="confirmed")


def test_below_premium_the_studio_says_what_it_comes_with(visit, alice):
    acts.put_on(alice, "PRO")
    page = visit.get(GOAL)
    assert "Avatar G is part of the PREMIUM plan" in page.texts("h2")
    assert not page.all("form", class_="studio")


def test_an_empty_goal_is_asked_for_again(visit):
    page = visit.post(GOAL, submit_key="k", goal="")
    assert (page.status, "This field is required." in page.text) == (400, True)


def test_a_running_plan_shows_each_step_and_what_waits(visit, alice):
    plan = plans.start(alice)
    execution.run(plans.steps_of(plan)["a"].pk)
    lifecycle.claim(plans.steps_of(plan)["b"].pk)
    page = visit.get(f"/dashboard/jobs/{plan.pk}")

    badges = [one.text for one in page.elements if one.attributes.get("class", "").startswith("badge")]
    assert badges == ["Completed", "Running", "Queued", "Queued", "Waits", "Waits", "Running 15 %"]
    assert page.texts("button", id="cancel") == ["Stop and keep what is there"]
    assert "Held for the rest 5" in page.text


def test_a_watching_page_is_sent_again_only_when_a_step_has_changed(visit, alice):
    plan = plans.start(alice)
    shown = visit.get(f"/dashboard/jobs/{plan.pk}")
    address = next(one.attributes["hx-get"] for one in shown.elements if "hx-get" in one.attributes)
    assert visit.client.get(address, headers={"HX-Request": "true"}).status_code == 204
    lifecycle.claim(plans.steps_of(plan)["b"].pk)
    assert visit.client.get(address, headers={"HX-Request": "true"}).status_code == 200


def test_what_is_missing_can_be_run_from_the_page(visit, alice, troupe):  # noqa: F811
    troupe.failing |= {"b": 2}
    plan = plans.work_off(plans.start(alice))
    page = visit.get(f"/dashboard/jobs/{plan.pk}")

    assert "3 steps of the plan are missing and not charged." in page.text
    assert "b cannot be made. Not charged." in page.text
    assert "Run what is missing for 53" in page.texts("button")
    for _ in range(2):
        visit.post(f"/dashboard/jobs/{plan.pk}/missing", submit_key="m")
    again = Job.objects.filter(parent=None).exclude(pk=plan.pk).get()
    assert (again.cost, again.input["continue_from"]) == (53, str(plan.pk))


def test_a_stranger_s_plan_has_nothing_missing_for_others(visit, alice, bob):
    acts.put_on(bob, "PREMIUM")
    plan = plans.start(bob)
    assert visit.post(f"/dashboard/jobs/{plan.pk}/missing", submit_key="m").status == 404


def test_a_step_s_own_page_says_that_its_plan_pays(visit, alice, troupe):  # noqa: F811
    troupe.failing |= {"b": 2}
    plan = plans.start(alice)
    steps = plans.steps_of(plan)
    shown = visit.get(f"/dashboard/jobs/{steps['b'].pk}")
    assert shown.texts("button", id="cancel") == ["Cancel this step"]
    assert f"/dashboard/jobs/{plan.pk}" in shown.links("/dashboard/jobs/")
    assert "Taken once" not in shown.text

    plans.work_off(plan)
    skipped = visit.get(f"/dashboard/jobs/{steps['e'].pk}")
    told = "This step was not run A step that this one needs was not delivered. Its share is not charged."
    assert told in skipped.text
    assert "0 credits" not in skipped.text


def test_a_plan_that_cost_nothing_offers_to_run_all_and_counts_no_price(visit, alice):
    plan = plans.start(alice)
    visit.post(f"/dashboard/jobs/{plan.pk}/cancel")
    page = visit.get(f"/dashboard/jobs/{plan.pk}")
    assert "Run all again for 56" in page.texts("button")
    assert "Run what is missing" not in page.text
    assert "The plan itself" not in page.text


def test_canceling_when_all_was_delivered_promises_nothing_back(visit, alice):
    plan = plans.start(alice)
    for _ in range(6):
        execution.run(plans.ready(plan)[0].pk)
    visit.post(f"/dashboard/jobs/{plan.pk}/cancel")
    page = visit.get(f"/dashboard/jobs/{plan.pk}")
    assert "What was delivered by then is below and yours." in page.text
    assert "0 credits are back" not in page.text


def test_a_canceled_plan_shows_what_was_delivered(visit, alice):
    plan = plans.start(alice)
    execution.run(plans.steps_of(plan)["a"].pk)
    visit.post(f"/dashboard/jobs/{plan.pk}/cancel")
    page = visit.get(f"/dashboard/jobs/{plan.pk}")
    assert "What was delivered by then is below and yours. Your 5 credits are back." in page.text
    assert page.links(f"/dashboard/jobs/{plans.steps_of(plan)['a'].pk}")

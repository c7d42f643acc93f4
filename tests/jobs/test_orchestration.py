import pytest

from agents.models import AgentSwitch
from credits.errors import InsufficientCredits
from credits.models import CreditTransaction
from jobs import execution, lifecycle, quotes, upkeep
from jobs.errors import ConcurrencyLimit, JobFinished
from jobs.models import Job
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture

ALL = dict.fromkeys("abcdef", "completed")


@pytest.fixture
def alice(alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    return alice


def test_a_plan_is_one_deduction_and_delivers_its_steps_as_one_bundle(alice):
    before = acts.balance_of(alice)
    plan = plans.work_off(plans.start(alice))

    assert (plan.status, plan.cost, plan.base_cost, plan.refunded) == ("completed", 56, 50, 0)
    assert plans.states_of(plan) == ALL
    assert acts.rows_of(alice)[-1] == ("deduction", -56)
    assert acts.balance_of(alice) == before - 56
    files = plans.bundle_of(plan)
    assert files["03-chat-message/note.txt"] == b"c"
    assert len(files) == 7
    assert "Games are coming soon." in files["summary.md"].decode()
    assert plan.output["planner"] == "planner of the tests"


def test_the_results_that_nothing_builds_on_lie_beside_the_bundle(alice):
    plan = plans.work_off(plans.start(alice))
    names = [artifact.name for artifact in plan.artifacts.all()]
    assert names == ["1-note.txt", "2-note.txt", "3-note.txt", "bundle.zip", "summary.md"]


def test_a_step_waits_for_what_it_needs_and_runs_beside_what_it_does_not(alice):
    plan = plans.start(alice)
    assert [job.input["message"] for job in plans.ready(plan)] == ["a", "b", "f"]
    assert lifecycle.claim(plans.steps_of(plan)["c"].pk) is None
    assert lifecycle.claim(plan.pk) is None

    execution.run(plans.steps_of(plan)["a"].pk)
    assert [job.input["message"] for job in plans.ready(plan)] == ["b", "c", "f"]
    assert acts.again(plan).status == "running"


def test_the_file_of_one_step_is_the_input_of_the_next(alice):
    plan = plans.start(alice)
    steps = plans.steps_of(plan)
    assert steps["c"].input["medium"] == {"job_id": str(steps["a"].pk), "name": "note.txt"}
    assert steps["c"].depends_on == [steps["a"].pk]


def test_steps_charge_nothing_by_themselves_and_count_in_no_limit_on_jobs_at_once(alice, monkeypatch):
    plan = plans.start(alice)
    assert not CreditTransaction.objects.filter(job_id__in=plan.children.values("pk")).exists()
    for _ in range(9):
        acts.submit(alice)
    assert acts.refusal_of(lambda: acts.submit(alice)).metadata == {"limit": 10, "running": 10}
    assert isinstance(acts.refusal_of(lambda: plans.start(alice)), ConcurrencyLimit)


def test_a_failed_step_is_tried_once_more_at_no_charge(alice, troupe):  # noqa: F811
    troupe.failing["b"] = 1
    plan = plans.work_off(plans.start(alice))
    assert plans.states_of(plan) == ALL
    assert troupe.tried["b"] == 2
    assert plans.kept(plan) == 56


def test_a_step_that_failed_twice_takes_its_dependants_with_it_and_leaves_the_rest(alice, troupe):  # noqa: F811
    troupe.failing |= {"b": 9, "f": 9}
    plan = plans.work_off(plans.start(alice))

    assert plans.states_of(plan) == {
        "a": "completed", "b": "failed", "c": "completed", "d": "canceled", "e": "canceled", "f": "failed"
    }  # fmt: skip
    assert troupe.tried["b"] == troupe.tried["f"] == 2
    assert (plan.status, plan.refunded, plans.kept(plan)) == ("completed", 4, 50 + 2)
    assert acts.rows_of(alice)[-2:] == [("deduction", -56), ("refund", 4)]
    skipped = plans.steps_of(plan)["e"]
    assert (skipped.error_code, skipped.refunded) == ("SKIPPED", 0)
    assert "not delivered and not charged. b cannot be made." in plans.bundle_of(plan)["summary.md"].decode()


def test_a_plan_of_which_nothing_was_delivered_gives_everything_back(alice, troupe):  # noqa: F811
    troupe.failing |= dict.fromkeys("abf", 9)
    before = acts.balance_of(alice)
    plan = plans.work_off(plans.start(alice))
    assert (plan.status, plan.error_code, plan.refunded) == ("failed", "NOTHING_DELIVERED", 56)
    assert acts.balance_of(alice) == before


def test_room_to_grow_is_held_and_given_back(alice):
    before = acts.balance_of(alice)
    plan = plans.start(alice, max_credits=300)
    assert acts.balance_of(alice) == before - 300
    plan = plans.work_off(plan)
    assert (plan.cost, plan.refunded) == (300, 244)
    assert acts.balance_of(alice) == before - 56


def test_incident_27_a_plan_at_work_never_dies_of_exhausted_credits(alice):
    plan = plans.start(alice)
    acts.leave(alice, 0)
    plan = plans.work_off(plan)
    assert (plan.status, plans.kept(plan), acts.balance_of(alice)) == ("completed", 56, 0)


def test_a_price_above_the_limit_takes_nothing(alice):
    refusal = acts.refusal_of(lambda: plans.start(alice, max_credits=55))
    assert refusal.metadata == {"fields": {"max_credits": ["The price is 56 credits."]}}
    assert not Job.objects.exists()


def test_a_balance_below_what_is_to_be_held_is_not_enough(alice):
    acts.leave(alice, 80)
    refusal = acts.refusal_of(lambda: plans.start(alice, max_credits=81))
    assert isinstance(refusal, InsufficientCredits)
    assert (refusal.metadata["required"], refusal.metadata["available"]) == (81, 80)
    assert plans.start(alice, max_credits=80).cost == 80


def test_a_quote_tells_every_step_and_takes_nothing(alice):
    before = acts.balance_of(alice)
    told = quotes.quote(user_id=alice.pk, agent_id="avatar-g-agent", input=plans.GOAL)
    assert (told.cost, told.balance_after, told.allowed) == (56, before - 56, True)
    assert [(step.agent.id, step.operation.name, step.operation.cost) for step in told.steps] == [
        ("chat", "message", 1)
    ] * 6
    assert told.left_out == ("Games are coming soon.",)
    assert acts.balance_of(alice) == before


def test_a_quote_and_a_run_agree_on_what_is_taken(alice):
    told = quotes.quote(user_id=alice.pk, agent_id="avatar-g-agent", input=plans.GOAL, max_credits=90)
    plan = plans.start(alice, max_credits=90)
    assert (plan.cost, acts.balance_of(alice)) == (told.cost, told.balance_after) == (90, told.balance - 90)


def test_a_plan_below_premium_is_refused_before_it_is_planned(bob):
    acts.put_on(bob, "PRO")
    assert acts.refusal_of(lambda: plans.start(bob)).code == "PLAN_REQUIRED"
    told = quotes.quote(user_id=bob.pk, agent_id="avatar-g-agent", input=plans.GOAL)
    assert (told.allowed, told.code, told.steps) == (False, "PLAN_REQUIRED", ())


def test_an_agent_that_is_switched_off_between_plan_and_start_refuses_the_whole(alice):
    AgentSwitch.objects.create(agent_id="chat", off=True)
    assert acts.refusal_of(lambda: plans.start(alice)).code == "AGENT_COMING_SOON"
    told = quotes.quote(user_id=alice.pk, agent_id="avatar-g-agent", input=plans.GOAL)
    assert (told.allowed, told.code) == (False, "AGENT_COMING_SOON")
    assert not Job.objects.exists()


def test_steps_count_against_quotas_and_a_full_one_refuses_the_whole(alice):
    acts.store(alice, 50 * acts.GB)
    refusal = acts.refusal_of(lambda: plans.start(alice))
    assert (refusal.code, refusal.metadata["quota"]) == ("QUOTA_EXCEEDED", "stored")


@pytest.mark.parametrize("done", range(6))
def test_canceling_keeps_and_charges_what_was_delivered(alice, done):
    plan = plans.start(alice)
    for _ in range(done):
        execution.run(plans.ready(plan)[0].pk)
    canceled = lifecycle.cancel(user_id=alice.pk, job_id=plan.pk)

    assert canceled.status == "canceled"
    assert plans.kept(canceled) == (50 + done if done else 0)
    assert sorted(plans.states_of(plan).values()) == ["canceled"] * (6 - done) + ["completed"] * done
    assert not plans.ready(plan)
    with pytest.raises(JobFinished):
        lifecycle.cancel(user_id=alice.pk, job_id=plan.pk)


def test_canceling_just_before_the_end_leaves_no_bundle_and_charges_once(alice):
    plan = plans.start(alice)
    for _ in range(6):
        execution.run(plans.ready(plan)[0].pk)
    at_work = lifecycle.claim(plan.pk)
    delivery = execution.delivered(at_work)
    canceled = lifecycle.cancel(user_id=alice.pk, job_id=plan.pk)
    with pytest.raises(execution.Superseded):
        execution.publish(at_work, delivery)

    assert (canceled.status, plans.kept(canceled), acts.published(plan)) == ("canceled", 56, [])
    assert acts.files_of(plan) == []


def test_a_step_at_work_when_its_plan_is_canceled_writes_nothing(alice):
    plan = plans.start(alice)
    step = lifecycle.claim(plans.steps_of(plan)["a"].pk)
    lifecycle.cancel(user_id=alice.pk, job_id=plan.pk)
    assert not lifecycle.complete(step, files=[], output={"text": "late"}, engine="echo")
    assert not lifecycle.fail(step, code="ENGINE_FAILED", message="late")
    assert acts.again(plan).refunded == 56


def test_a_step_can_be_canceled_alone(alice):
    plan = plans.start(alice)
    lifecycle.cancel(user_id=alice.pk, job_id=plans.steps_of(plan)["b"].pk)
    plan = plans.work_off(plan)
    assert plans.states_of(plan) == ALL | {"b": "canceled", "d": "canceled", "e": "canceled"}
    assert (plan.status, plans.kept(plan)) == ("completed", 53)


@pytest.mark.parametrize("killed", range(7))
def test_a_worker_killed_between_two_steps_changes_nothing(alice, killed):
    plan = plans.start(alice)
    for _ in range(killed):
        execution.run(plans.ready(plan)[0].pk)
    lost = lifecycle.claim(plans.ready(plan)[0].pk)
    acts.let_lease_run_out(lost)
    upkeep.sweep()
    plan = plans.work_off(plan)

    assert (plan.status, plans.kept(plan)) == ("completed", 56)
    assert plans.states_of(plan) == ALL
    assert not lifecycle.complete(lost, files=[], output={"text": "stale"}, engine="stale")


def test_a_step_that_kills_its_workers_is_given_up_after_two_attempts(alice):
    plan = plans.start(alice)
    step = plans.steps_of(plan)["b"]
    for _ in range(2):
        lifecycle.claim(step.pk)
        acts.let_lease_run_out(step)
        upkeep.sweep()
    assert acts.again(step).error_code == "INTERRUPTED"
    assert plans.kept(plans.work_off(plan)) == 53


def test_a_bundle_that_cannot_be_made_takes_nothing_that_was_delivered_away(alice):
    plan = plans.start(alice)
    for _ in range(6):
        execution.run(plans.ready(plan)[0].pk)
    for _ in range(2):
        lifecycle.claim(plan.pk)
        acts.let_lease_run_out(plan)
        upkeep.sweep()
    plan = acts.again(plan)
    assert (plan.status, plans.kept(plan)) == ("completed", 56)


def test_a_lost_bell_of_a_released_step_is_rung_again_and_a_waiting_one_is_not(alice, settings):
    settings.JOBS_RING_AGAIN_SECONDS = 0
    plans.start(alice)
    assert upkeep.sweep().rung == 3


def test_the_same_key_starts_one_plan(alice):
    first, second = (plans.start(alice, key="once") for _ in range(2))
    assert first == second
    assert Job.objects.count() == 7


def test_the_same_seed_gives_every_step_the_same_chance(alice):
    def seeds() -> list[int]:
        plan = plans.work_off(plans.start(alice, input={**plans.GOAL, "seed": 7}))
        return [step.seed for step in plan.children.order_by("position")]

    assert seeds() == seeds()
    assert len(set(seeds())) == 6


def test_old_plans_are_pruned_with_their_steps_and_files(alice):
    plan = plans.work_off(plans.start(alice))
    assert upkeep.prune(days=0) == 7
    assert acts.files_of(plan) == []
    assert not Job.objects.exists()


def test_the_api_shows_a_plan_with_its_steps_in_order(alice, client):
    plan = plans.work_off(plans.start(alice))
    client.force_login(alice)
    shown = client.get(f"/api/jobs/{plan.pk}").json()
    assert shown["steps"] == [str(step.pk) for step in plan.children.order_by("position")]
    step = client.get(f"/api/jobs/{shown['steps'][0]}").json()
    assert (step["parent_id"], step["cost"], step["refunded"]) == (str(plan.pk), 1, 0)
    listed = client.get("/api/jobs/list").json()["jobs"]
    assert [job["job_id"] for job in listed] == [str(plan.pk)]

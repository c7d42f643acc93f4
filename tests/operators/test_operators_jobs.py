"""Jobs by an operator's hand: refunds are of the recorded charge and made once, whatever the job delivered."""

import pytest
from django.db.models import Model

from credits.models import CreditTransaction
from jobs.models import Job
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401  a fixture
from tests.operators.desk import WHY, Operator, staff, told, trail


@pytest.fixture
def premium(alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    return alice


def refund_of(job: Job) -> CreditTransaction:
    return CreditTransaction.objects.get(job_id=job.pk, type="refund")


def test_a_delivered_job_is_refunded_whole_and_once(operator, alice):
    job = acts.finished(alice)
    page = operator.act("refund", job)
    assert told(page) == [f"For {job}: Refunded 1 credit."]
    assert refund_of(job).metadata == {
        "operation": "message", "outcome": "completed", "reason": WHY, "operator": str(operator.user.pk),
    }  # fmt: skip
    assert told(operator.act("refund", job)) == [
        f"For {job}: Had been refunded before: 1 of 1 credit. A job is refunded once; grant the rest as a bonus."
    ]
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]
    assert (acts.again(job).status, acts.again(job).refunded) == ("completed", 1)


def offered(operator: Operator, target: Model) -> list[str]:
    """The names of the acts that its page leads to."""
    meta = target._meta
    start = f"/admin/{meta.app_label}/{meta.model_name}/act/"
    return [link.removeprefix(start).split("/")[0] for link in operator.get(operator.page_of(target)).links(start)]


def test_a_jobs_page_offers_only_what_would_do_something(operator, alice):
    done, returned, waiting = acts.finished(alice), acts.finished(alice), acts.queued(alice)
    operator.act("refund", returned)
    assert [offered(operator, job) for job in (waiting, done, returned)] == [["cancel"], ["refund", "retry"], ["retry"]]


def test_a_persons_page_offers_to_freeze_or_to_unfreeze(operator, alice):
    before = offered(operator, alice)
    operator.act("freeze", alice)
    assert ("freeze" in before, "unfreeze" in before) == (True, False)
    assert offered(operator, alice) == ["unfreeze" if name == "freeze" else name for name in before]


def test_a_refund_is_in_the_trail_of_the_job_and_of_the_person_once(operator, alice):
    job = acts.finished(alice)
    form = operator.form("refund", job)
    for _ in range(2):
        operator.send("refund", job, form=form)
    assert trail(job) == [f"Refunded 1 credit. Reason: {WHY}"]
    assert trail(alice) == [f"{job}: Refunded 1 credit. Reason: {WHY}"]


def test_no_form_says_how_much_is_refunded(operator, alice):
    job = acts.finished(alice)
    operator.act("refund", job, amount=1000, cost=1000)
    assert acts.balance_of(alice) == 100


def test_a_job_that_is_not_finished_is_canceled_and_not_refunded_beside_it(operator, alice):
    job = acts.queued(alice)
    assert told(operator.act("refund", job)) == [
        f"For {job}: This job has not finished yet. Cancel it: that gives its credits back."
    ]
    assert acts.rows_of(alice) == [("deduction", -1)]


def test_a_canceled_job_is_refunded_with_the_reason_once(operator, alice):
    job = acts.queued(alice)
    form = operator.form("cancel", job)
    assert told(operator.send("cancel", job, form=form)) == [f"For {job}: Canceled, 1 credit given back."]
    assert told(operator.send("cancel", job, form=form)) == [f"For {acts.again(job)}: This job has already finished."]
    assert refund_of(job).metadata["note"] == WHY
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]
    assert len(trail(job)) == 1


def test_a_retry_is_a_new_job_that_the_person_pays_once(operator, alice):
    job = acts.finished(alice)
    form = operator.form("retry", job)
    for _ in range(2):
        page = operator.send("retry", job, form=form)
    [new] = Job.objects.filter(user=alice).exclude(pk=job.pk)
    assert told(page) == [f"For {job}: Runs again as {new.pk} for 1 credit."]
    assert acts.rows_of(alice) == [("deduction", -1), ("deduction", -1)]
    assert len(trail(job)) == 1


def test_a_retry_that_the_person_could_not_start_is_refused_with_its_sentence(operator, alice):
    job = acts.finished(alice)
    acts.leave(alice, 0)
    assert told(operator.act("retry", job)) == [f"For {job}: This takes 1 credit and you have 0."]


@pytest.mark.parametrize("name", ["refund", "cancel", "retry"])
def test_an_act_on_a_job_is_refused_to_who_lacks_the_right(alice, name):
    job = acts.finished(alice)
    clerk = Operator(staff("jobs.view_job"))
    form = {"key": "00000000-0000-4000-8000-000000000000", "reason": WHY}
    assert clerk.client.post(clerk.address(name, job), form).status_code == 403
    assert acts.rows_of(alice) == [("deduction", -1)]


def test_a_delivered_plan_is_refunded_whole(operator, premium):
    plan = plans.work_off(plans.start(premium))
    assert told(operator.act("refund", plan)) == [f"For {plan}: Refunded 56 credits."]
    assert acts.balance_of(premium) == 5000


def test_a_plan_that_gave_back_a_part_is_not_refunded_a_second_time(operator, premium, troupe):  # noqa: F811
    troupe.failing["f"] = 9
    plan = plans.work_off(plans.start(premium))
    assert told(operator.act("refund", plan)) == [
        f"For {plan}: Had been refunded before: 1 of 56 credits. A job is refunded once; grant the rest as a bonus."
    ]
    assert acts.balance_of(premium) == 5000 - 55


def test_a_step_is_not_refunded_by_itself(operator, premium):
    plan = plans.work_off(plans.start(premium))
    step = plans.steps_of(plan)["a"]
    assert told(operator.act("refund", step)) == [
        f"For {step}: A step charges nothing by itself. Refund the job that it belongs to."
    ]


def test_a_plan_that_is_canceled_keeps_what_was_delivered(operator, premium):
    plan = plans.start(premium)
    acts.worked(plans.steps_of(plan)["a"])
    operator.act("cancel", plan)
    assert refund_of(plan).metadata["note"] == WHY
    assert plans.kept(acts.again(plan)) == 51

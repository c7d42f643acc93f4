"""What an accepted call leaves, and what a refused one does not."""

import base64
import json

import psycopg
import pytest
import redis
from django.conf import settings

from agents.models import AgentSwitch
from billing.models import Subscription
from credits import ledger
from credits.models import CreditTransaction
from jobs import submission
from jobs.models import IdempotencyKey, Job
from tests.jobs import acts

REFUSE_DEDUCTIONS = """
    CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
    CREATE TRIGGER no BEFORE INSERT ON credits_credittransaction FOR EACH ROW
    WHEN (NEW.type = 'deduction') EXECUTE FUNCTION no()
"""


def bells(queue: str) -> list[list[str]]:
    """The arguments of every message that waits in a queue of the broker."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        bodies = [json.loads(message)["body"] for message in broker.lrange(queue, 0, -1)]
    return [json.loads(base64.b64decode(body))[0] for body in bodies]


def test_an_accepted_call_says_what_it_cost_and_what_is_left(alice):
    answer = acts.submit(alice, "music-studio")

    job = Job.objects.get(pk=answer.job_id)
    assert answer == submission.Accepted(str(job.pk), "queued", "music-studio", "generate", 15, 85)
    assert (job.user, job.status, job.cost, job.refunded, job.plan, job.queue) == (
        alice, "queued", 15, 0, "FREE", "standard"
    )  # fmt: skip


def test_the_charge_names_the_job_its_agent_and_operation(alice):
    answer = acts.submit(alice, "music-studio")

    row = CreditTransaction.objects.get(type="deduction")
    assert (str(row.job_id), row.agent_id, row.amount, row.balance_after, row.description, row.metadata) == (
        answer.job_id, "music-studio", -15, 85, "Music Studio: generate", {"operation": "generate"}
    )  # fmt: skip


def test_the_first_operation_is_the_default(alice):
    assert acts.submit(alice, "music-studio").operation == "generate"


def test_a_seed_that_was_named_is_the_job_s_own(alice):
    assert acts.queued(alice, input={"message": "hi", "seed": 0}).seed == 0


def test_a_seed_is_drawn_once_for_a_job_that_names_none(alice, bob):
    assert 0 <= acts.queued(alice).seed < 2**31
    assert acts.queued(bob).seed != Job.objects.get(user=alice).seed


@pytest.mark.parametrize(
    ("plan", "queue"), [("FREE", "standard"), ("PRO", "priority"), ("PREMIUM", "priority"), ("ENTERPRISE", "dedicated")]
)
def test_a_job_rings_in_the_queue_of_its_plan(transactional_db, alice, plan, queue):
    if plan != "FREE":
        acts.put_on(alice, plan)

    answer = acts.submit(alice)

    assert {name: bells(name) for name in ("standard", "priority", "dedicated")} == {
        "standard": [], "priority": [], "dedicated": [], queue: [[answer.job_id]]
    }  # fmt: skip


def test_nothing_is_rung_for_a_refused_call(transactional_db, alice):
    acts.refusal_of(lambda: acts.submit(alice, input={}))

    assert bells("standard") == []


def test_a_frozen_account_is_not_charged(alice):
    ledger.freeze(alice.pk)

    refused = acts.refusal_of(lambda: acts.submit(alice))

    assert (refused.code, refused.status, refused.metadata) == ("DEDUCTION_FAILED", 402, {"reason": "frozen"})
    assert (acts.balance_of(alice), Job.objects.count()) == (100, 0)


def test_a_thawed_account_is_charged(alice):
    ledger.freeze(alice.pk)
    ledger.freeze(alice.pk, frozen=False)

    assert acts.submit(alice).balance == 99


def test_a_charge_that_the_database_refuses_is_a_refusal_and_leaves_nothing(
    owner_connection: psycopg.Connection, alice
):
    owner_connection.execute(REFUSE_DEDUCTIONS)
    try:
        refused = acts.refusal_of(lambda: acts.submit(alice, key="one"))
    finally:
        owner_connection.execute("DROP FUNCTION no CASCADE")

    assert (refused.code, refused.status) == ("DEDUCTION_FAILED", 402)
    assert refused.message == "The credits could not be taken. Nothing was charged."
    assert (acts.balance_of(alice), Job.objects.count(), IdempotencyKey.objects.count()) == (100, 0, 0)
    assert acts.submit(alice, key="one").balance == 99


def change_plan_at_the_lock(monkeypatch, user, plans: list[str]) -> None:
    """Each time a call has passed the checks without a lock, the user's plan is another one."""
    take = submission.take

    def slowly(*arguments):
        if plans:
            Subscription.objects.filter(pk=user.pk).update(plan=plans.pop(0))
        return take(*arguments)

    monkeypatch.setattr(submission, "take", slowly)


def test_a_plan_that_changes_between_check_and_lock_is_checked_anew(alice, monkeypatch, unlawful):
    Subscription.objects.filter(pk=alice.pk).update(plan="PRO")
    change_plan_at_the_lock(monkeypatch, alice, ["FREE"])

    refused = acts.refusal_of(lambda: acts.submit(alice, "voice-lab", operation="synthesize"))

    assert (refused.code, acts.balance_of(alice)) == ("PLAN_REQUIRED", 100)


def test_a_job_runs_under_the_plan_at_the_lock(alice, monkeypatch, unlawful):
    change_plan_at_the_lock(monkeypatch, alice, ["PRO"])

    assert acts.queued(alice).plan == "PRO"


def test_a_plan_that_never_rests_is_refused_in_the_end(alice, monkeypatch, unlawful):
    take, mine = submission.take, Subscription.objects.filter(pk=alice.pk)

    def restlessly(*arguments):
        mine.update(plan="FREE")
        outcome = take(*arguments)
        mine.update(plan="PRO")
        return outcome

    monkeypatch.setattr(submission, "take", restlessly)

    refused = acts.refusal_of(lambda: acts.submit(alice, "voice-lab", operation="synthesize"))

    assert (refused.code, acts.balance_of(alice)) == ("DEDUCTION_FAILED", 100)


def test_an_agent_that_is_switched_off_at_the_lock_is_refused(alice, monkeypatch):
    take = submission.take

    def slowly(*arguments):
        AgentSwitch.objects.create(agent_id="chat")
        return take(*arguments)

    monkeypatch.setattr(submission, "take", slowly)

    assert acts.refusal_of(lambda: acts.submit(alice)).code == "AGENT_COMING_SOON"
    assert acts.balance_of(alice) == 100


@pytest.mark.parametrize("call", [{}, {"key": "one"}, {"agent_id": "music-studio", "max_credits": 15}], ids=str)
def test_an_accepted_call_is_one_statement(alice, django_assert_num_queries, call):
    with django_assert_num_queries(1):
        acts.submit(alice, **call)


def test_a_subscription_that_turns_past_due_at_the_lock_is_refused(alice, monkeypatch):
    take = submission.take

    def slowly(*arguments):
        Subscription.objects.filter(pk=alice.pk).update(status="past_due")
        return take(*arguments)

    monkeypatch.setattr(submission, "take", slowly)

    assert acts.refusal_of(lambda: acts.submit(alice)).code == "SUBSCRIPTION_INACTIVE"


def test_incident_27_the_whole_price_is_held_before_the_run(alice):
    acts.leave(alice, 15)
    job = acts.queued(alice, "music-studio")
    assert acts.balance_of(alice) == 0

    assert acts.refusal_of(lambda: acts.submit(alice)).code == "CONCURRENCY_LIMIT"
    assert acts.worked(job).status == "completed"
    assert acts.rows_of(alice)[-1] == ("deduction", -15)

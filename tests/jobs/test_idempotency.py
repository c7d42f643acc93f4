"""The same call again: the first answer, and nothing charged twice."""

from datetime import UTC, datetime, timedelta

import pytest

from agents.models import AgentSwitch
from billing.models import Subscription
from jobs import lifecycle, submission, upkeep
from jobs.models import IdempotencyKey, Job
from tests.jobs import acts
from tests.together import at_once


def test_incident_28_a_lost_reply_asked_for_again_is_charged_once(alice):
    first = acts.submit(alice, key="lost")

    assert [acts.submit(alice, key="lost") for _ in range(3)] == [first] * 3
    assert acts.rows_of(alice) == [("deduction", -1)]


def test_incident_28_eight_parallel_calls_with_one_key_are_one_job(transactional_db, alice):
    answers = at_once([lambda: acts.submit(alice, "music-studio", key="eight")] * 8)

    assert answers == [answers[0]] * 8
    assert acts.rows_of(alice) == [("deduction", -15)]
    assert Job.objects.get().pk == IdempotencyKey.objects.get().job_id


def test_the_answer_stays_the_same_whatever_became_of_the_job(alice):
    first = acts.submit(alice, key="stays")
    acts.worked(Job.objects.get())
    AgentSwitch.objects.create(agent_id="chat")
    Subscription.objects.filter(pk=alice.pk).update(status="past_due")
    acts.leave(alice, 0)

    assert acts.submit(alice, key="stays") == first


def test_another_body_under_the_same_key_conflicts(alice):
    acts.submit(alice, key="one")

    for other in ({"input": {"message": "other"}}, {"agent_id": "music-studio"}, {"max_credits": 5}):
        refused = acts.refusal_of(lambda other=other: acts.submit(alice, key="one", **other))
        assert (refused.code, refused.status) == ("IDEMPOTENCY_CONFLICT", 409)
    assert acts.rows_of(alice) == [("deduction", -1)]


@pytest.mark.parametrize(
    "other", [{"agent_id": "nobody"}, {"operation": "sing"}, {"operation": "context"}, {"input": {}}], ids=str
)
def test_a_key_is_looked_up_before_anything_else_is_found_wrong(alice, other):
    acts.submit(alice, key="one")

    assert acts.refusal_of(lambda: acts.submit(alice, key="one", **other)).code == "IDEMPOTENCY_CONFLICT"
    assert acts.refusal_of(lambda: acts.submit(alice, key="two", **other)).code != "IDEMPOTENCY_CONFLICT"


def test_parallel_calls_with_one_key_and_two_bodies_make_one_job(transactional_db, alice):
    calls = [lambda text=text: acts.submit(alice, key="two", input={"message": text}) for text in "ababab"]

    answers = at_once(calls)

    winners = [answer for answer in answers if isinstance(answer, submission.Accepted)]
    losers = {answer.code for answer in answers if answer not in winners}
    assert (len(winners), len(set(winners)), losers) == (3, 1, {"IDEMPOTENCY_CONFLICT"})
    assert acts.rows_of(alice) == [("deduction", -1)]


def test_the_order_of_keys_in_a_body_makes_no_other_body(alice):
    first = acts.submit(alice, key="order", input={"message": "hi", "seed": 1})

    assert acts.submit(alice, key="order", input={"seed": 1, "message": "hi"}) == first


def test_a_key_belongs_to_one_user(alice, bob):
    assert acts.submit(alice, key="mine").job_id != acts.submit(bob, key="mine").job_id


def test_a_refused_call_is_not_stored(alice):
    acts.refusal_of(lambda: acts.submit(alice, key="again", max_credits=0))
    acts.leave(alice, 0)
    acts.refusal_of(lambda: acts.submit(alice, key="again"))
    assert IdempotencyKey.objects.count() == 0

    acts.give(alice, 10)
    assert acts.submit(alice, key="again").balance == 9


@pytest.mark.parametrize(("hours", "jobs"), [(23, 1), (25, 2)])
def test_a_key_is_kept_for_a_day(alice, hours, jobs):
    acts.finished(alice, key="day")
    IdempotencyKey.objects.update(created_at=datetime.now(UTC) - timedelta(hours=hours))

    acts.submit(alice, key="day")

    assert Job.objects.count() == jobs


def test_an_old_key_takes_another_body_and_is_new_from_then_on(alice):
    acts.finished(alice, key="old")
    IdempotencyKey.objects.update(created_at=datetime.now(UTC) - timedelta(hours=25))

    second = acts.submit(alice, key="old", input={"message": "other"})

    assert acts.submit(alice, key="old", input={"message": "other"}) == second
    assert acts.rows_of(alice) == [("deduction", -1)] * 2


def test_pruning_forgets_keys_of_more_than_a_day(alice, bob):
    acts.submit(alice, key="old")
    IdempotencyKey.objects.update(created_at=datetime.now(UTC) - timedelta(hours=25))
    acts.submit(bob, key="young")

    upkeep.prune()

    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["young"]


def test_a_retry_takes_a_key_too(alice):
    job = acts.finished(alice)

    answers = {submission.retry(user_id=alice.pk, job_id=job.pk, key="retry").job_id for _ in range(2)}

    assert len(answers) == 1
    assert acts.rows_of(alice) == [("deduction", -1)] * 2


def test_a_key_used_for_one_retry_does_not_answer_for_another_job(alice):
    first, second = acts.finished(alice), acts.finished(alice)
    submission.retry(user_id=alice.pk, job_id=first.pk, key="retry")

    refused = acts.refusal_of(lambda: submission.retry(user_id=alice.pk, job_id=second.pk, key="retry"))

    assert refused.code == "IDEMPOTENCY_CONFLICT"


def test_a_call_without_a_key_is_a_new_one_each_time(alice):
    job = acts.queued(alice)
    lifecycle.cancel(user_id=alice.pk, job_id=job.pk)

    assert acts.submit(alice).job_id != str(job.pk)
    assert IdempotencyKey.objects.count() == 0

"""A quote says what a call would come to, and leaves everything as it was."""

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from credits.models import CreditTransaction
from jobs import quotes
from jobs.models import Job
from tests.jobs import acts


def quote(user, agent_id: str = "chat", **call) -> quotes.Quote:
    return quotes.quote(user_id=user.pk, agent_id=agent_id, **{"input": acts.HELLO, **call})


def test_what_is_quoted_is_what_is_charged(alice):
    foreseen = quote(alice, "music-studio")
    answer = acts.submit(alice, "music-studio")

    assert (foreseen.cost, foreseen.balance_after, foreseen.operation) == (
        answer.cost,
        answer.balance,
        answer.operation,
    )


@pytest.mark.parametrize(("left", "allowed"), [(15, True), (14, False)])
def test_the_last_credit_decides(alice, left, allowed):
    acts.leave(alice, left)

    assert quote(alice, "music-studio").allowed is allowed


def test_a_refused_quote_has_no_balance_afterwards_and_says_why(alice):
    acts.submit(alice)

    foreseen = quote(alice)

    assert (foreseen.allowed, foreseen.balance_after, foreseen.code, foreseen.message) == (
        False, None, "CONCURRENCY_LIMIT",
        "As many jobs are running as your plan allows. Please wait for one to finish.",
    )  # fmt: skip


def test_a_quote_writes_and_locks_nothing(alice):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        quote(alice, "music-studio")

    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    assert not any("FOR UPDATE" in query["sql"] for query in asked)
    assert (Job.objects.count(), acts.rows_of(alice)) == (0, [])


def test_a_quote_after_the_period_s_end_reckons_with_the_new_one(owner_connection: psycopg.Connection, alice):
    acts.leave(alice, 3)
    owner_connection.execute(
        """UPDATE credits_creditaccount SET due_at = now() - interval '1 minute',
        anchor_at = anchor_at - interval '1 month', period_started_at = period_started_at - interval '1 month',
        next_reset_at = now() - interval '1 minute' WHERE user_id = %s""",
        [alice.pk],
    )
    rows = CreditTransaction.objects.count()

    foreseen = quote(alice, "music-studio")

    assert (foreseen.allowed, foreseen.balance, foreseen.balance_after) == (True, 100, 85)
    assert (CreditTransaction.objects.count(), acts.balance_of(alice)) == (rows, 3)
    assert acts.submit(alice, "music-studio").balance == 85

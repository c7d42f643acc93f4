"""Charging a job."""

import pytest
from django.db import connection

from accounts.models import new_id
from credits import ledger, selectors
from credits.errors import DeductionFailed, InsufficientCredits
from credits.models import CreditTransaction
from tests.credits.acts import balance_of, charge, give, refund, refused, rows_of


def test_a_charge_takes_the_credits_and_leaves_a_row(alice):
    job = charge(alice, 30)

    row = CreditTransaction.objects.get(job_id=job)
    assert (row.type, row.amount, row.balance_after, row.agent_id) == ("deduction", -30, 70, "chat")
    account = selectors.account_of(alice.pk)
    assert (account.balance, account.total_spent, account.total_earned) == (70, 30, 100)


def test_a_charge_of_everything_leaves_nothing(alice):
    charge(alice, 100)

    assert balance_of(alice) == 0


def test_a_charge_above_the_balance_takes_nothing_and_says_what_is_there(alice):
    with pytest.raises(InsufficientCredits) as refused:
        charge(alice, 101)

    assert refused.value.metadata == {"required": 101, "available": 100}
    assert rows_of(alice) == [("refill", 100, 100)]


def test_the_same_job_is_charged_once(alice):
    job = charge(alice, 30)

    again = ledger.deduct(user_id=alice.pk, amount=30, job_id=job, agent_id="chat", description="again")

    assert (again.repeated, again.balance, again.amount) == (True, 70, 0)
    assert rows_of(alice) == [("refill", 100, 100), ("deduction", -30, 70)]


def test_a_repeated_charge_is_recognised_when_the_balance_is_too_low_for_it(alice):
    job = charge(alice, 80)

    assert ledger.deduct(user_id=alice.pk, amount=80, job_id=job, agent_id="chat", description="again").repeated


def test_nobody_rides_on_a_job_that_somebody_else_paid(alice, bob):
    job = charge(alice, 30)

    with refused("charged to somebody else"):
        charge(bob, 30, job)


@pytest.mark.parametrize("amount", [0, -5])
def test_a_charge_is_positive(alice, amount):
    with refused("positive amount"):
        charge(alice, amount)


def test_a_frozen_account_is_not_charged_and_gets_its_refunds(alice):
    job = charge(alice, 30)
    ledger.freeze(alice.pk)

    with pytest.raises(DeductionFailed):
        charge(alice, 1)
    assert refund(alice, job).balance == 100
    assert give(alice, 5).balance == 105

    ledger.freeze(alice.pk, frozen=False)
    charge(alice, 1)
    assert balance_of(alice) == 104


def test_who_has_no_account_is_told_so(db):
    stranger = new_id()
    for act in (
        lambda: ledger.deduct(user_id=stranger, amount=1, job_id=new_id(), agent_id="chat", description=""),
        lambda: ledger.refund(user_id=stranger, job_id=new_id(), description=""),
        lambda: ledger.grant(user_id=stranger, amount=1, type="bonus", source="x", description=""),
        lambda: ledger.take_back(user_id=stranger, amount=1, reason="x", reference="x"),
        lambda: ledger.freeze(stranger),
    ):
        with refused("no credit account"):
            act()


def test_a_charge_is_one_round_trip(alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        charge(alice, 1)
    with django_assert_num_queries(1), pytest.raises(InsufficientCredits):
        charge(alice, 1000)


def test_a_charge_that_is_rolled_back_never_was(alice, owner_connection):
    connection.set_autocommit(False)
    charge(alice, 30)
    connection.rollback()
    connection.set_autocommit(True)

    assert balance_of(alice) == 100
    assert owner_connection.execute("SELECT count(*) FROM credits_creditsplit").fetchone() == (1,)

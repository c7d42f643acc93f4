"""Refunds come from the recorded charge, once."""

import pytest

from accounts.models import new_id
from credits import ledger, selectors
from tests.credits.acts import balance_of, charge, refund, refused, rows_of


def test_a_refund_gives_back_the_recorded_charge(alice):
    entry = refund(alice, charge(alice, 30))

    assert (entry.amount, entry.balance, entry.repeated) == (30, 100, False)
    assert rows_of(alice)[1:] == [("deduction", -30, 70), ("refund", 30, 100)]
    assert selectors.account_of(alice.pk).total_spent == 0


def test_a_job_is_refunded_once_and_the_second_asking_is_told_what_came_back(alice):
    job = charge(alice, 30)
    refund(alice, job, 20)
    again = refund(alice, job)

    assert (again.repeated, again.amount, again.balance) == (True, 20, 90)


def test_a_job_that_was_never_charged_moves_nothing(alice):
    entry = refund(alice, new_id())

    assert (entry.amount, entry.balance) == (0, 100)
    assert rows_of(alice) == [("refill", 100, 100)]


def test_nobody_gets_the_refund_of_somebody_else(alice, bob):
    job = charge(alice, 30)

    with refused("charged to somebody else"):
        refund(bob, job)


@pytest.mark.parametrize("amount", [0, -1, 31])
def test_a_refund_lies_within_the_charge(alice, amount):
    job = charge(alice, 30)

    with refused("within the charge"):
        refund(alice, job, amount)


def test_a_refund_names_the_agent_of_the_charge(alice):
    job = charge(alice, 30)
    refund(alice, job)

    newest = selectors.transactions_of(alice.pk).first()
    assert (newest.type, newest.agent_id, newest.job_id) == ("refund", "chat", job)


def test_a_refunded_job_cannot_be_charged_again(alice):
    job = charge(alice, 30)
    refund(alice, job)

    assert ledger.deduct(user_id=alice.pk, amount=30, job_id=job, agent_id="chat", description="").repeated
    assert balance_of(alice) == 100

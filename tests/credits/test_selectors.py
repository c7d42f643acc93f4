"""Reads of the ledger: they tell the truth about one person and move nothing."""

from django.utils import timezone

from credits import selectors
from tests.credits.acts import LATER, SOON, charge, give, refund, rows_of


def test_open_lots_come_in_the_order_in_which_they_burn(alice, bob):
    give(bob, 1)
    give(alice, 10, "purchase")
    give(alice, 20)
    give(alice, 30, "purchase", expires_at=timezone.now() + LATER)
    give(alice, 40, expires_at=timezone.now() + SOON)

    lots = selectors.open_lots_of(alice.pk)

    assert [(lot.kind, lot.remaining) for lot in lots] == [
        ("bonus", 40), ("purchase", 30), ("allowance", 100), ("bonus", 20), ("purchase", 10)
    ]  # fmt: skip


def test_empty_lots_are_not_told(alice):
    charge(alice, 100)
    assert selectors.open_lots_of(alice.pk) == []


def test_the_ledger_is_told_newest_first_and_by_type(alice, bob):
    charge(bob, 5)
    job = charge(alice, 30)
    refund(alice, job)

    assert [row.type for row in selectors.transactions_of(alice.pk)] == ["refund", "deduction", "refill"]
    assert [row.amount for row in selectors.transactions_of(alice.pk, type="deduction")] == [-30]
    assert [row.type for row in selectors.statement_of(alice.pk)] == ["refund", "deduction", "refill"]


def test_spending_by_day_is_charges_less_refunds(alice):
    now = timezone.now()
    charge(alice, 30, now=now)
    refund(alice, charge(alice, 20, now=now), now=now)
    charge(alice, 5, now=now + SOON)

    spent = selectors.spent_by_day(alice.pk, now)

    assert spent == {now.date(): 30, (now + SOON).date(): 5}


def test_incident_02_no_read_moves_credits(alice):
    charge(alice, 30)
    before = rows_of(alice)

    for _ in range(3):
        selectors.account_of(alice.pk)
        selectors.open_lots_of(alice.pk)
        list(selectors.statement_of(alice.pk))
        selectors.spent_by_day(alice.pk, timezone.now() - LATER)

    assert rows_of(alice) == before


def test_what_is_rare_among_many_deductions_has_an_index_of_its_own(alice, explain):
    statement = selectors.transactions_of(alice.pk, type="refill")[:50].query.sql_with_params()

    assert "transaction_by_type" in explain(*statement)


def test_deductions_are_in_that_index_never_so_that_they_pay_nothing_for_it(alice, explain):
    statement = selectors.transactions_of(alice.pk, type="deduction")[:50].query.sql_with_params()

    plan = explain(*statement)
    assert "transaction_by_type" not in plan
    assert "Seq Scan" not in plan

"""Lots: the order in which they burn, how they lapse, and where refunds go."""

from datetime import timedelta

import pytest
from django.utils import timezone

from credits import ledger
from credits.models import CreditLot, CreditSplit, CreditTransaction
from tests.credits.acts import (
    LATER,
    SOON,
    at,
    balance_of,
    charge,
    give,
    open_lots_of,
    refund,
    refused,
    rows_of,
    start_period,
)

NOW = at("2101-03-10")


@pytest.fixture
def rich_alice(alice):
    """One lot of each sort: the allowance lapses on 10 April."""
    start_period(alice, 100, NOW)
    give(alice, 10, "purchase", now=NOW)
    give(alice, 20, "bonus", now=NOW)
    give(alice, 30, "purchase", expires_at=NOW + LATER, now=NOW)
    give(alice, 40, "bonus", expires_at=NOW + SOON, now=NOW)
    return alice


def taken_by(job) -> list[tuple[str, int]]:
    """What each lot gave to a charge, in the order of taking."""
    charge_row = CreditTransaction.objects.get(job_id=job, type="deduction")
    splits = CreditSplit.objects.filter(transaction=charge_row).select_related("lot")
    return sorted((f"{split.lot.kind} of {split.lot.granted}", -split.amount) for split in splits)


def test_lots_burn_by_what_lapses_first_and_never_lapsing_bonuses_before_purchases(rich_alice):
    assert open_lots_of(rich_alice) == [
        ("allowance", 100), ("purchase", 10), ("bonus", 20), ("purchase", 30), ("bonus", 40)
    ]  # fmt: skip
    assert taken_by(charge(rich_alice, 45, now=NOW)) == [("bonus of 40", 40), ("purchase of 30", 5)]
    assert taken_by(charge(rich_alice, 40, now=NOW)) == [("allowance of 100", 15), ("purchase of 30", 25)]
    assert taken_by(charge(rich_alice, 100, now=NOW)) == [("allowance of 100", 85), ("bonus of 20", 15)]
    assert taken_by(charge(rich_alice, 15, now=NOW)) == [("bonus of 20", 5), ("purchase of 10", 10)]
    assert balance_of(rich_alice) == 0


def test_of_lots_that_lapse_together_the_allowance_burns_first_then_the_bonus_then_the_purchase(alice):
    start_period(alice, 100, NOW)
    charge(alice, 95, now=NOW)
    give(alice, 6, "purchase", expires_at=at("2101-04-10"), now=NOW)
    give(alice, 7, "bonus", expires_at=at("2101-04-10"), now=NOW)

    assert taken_by(charge(alice, 5, now=NOW)) == [("allowance of 100", 5)]
    assert taken_by(charge(alice, 7, now=NOW)) == [("bonus of 7", 7)]
    assert taken_by(charge(alice, 6, now=NOW)) == [("purchase of 6", 6)]


def test_of_equal_lots_the_oldest_burns_first(alice):
    charge(alice, 100)
    give(alice, 3)
    give(alice, 4)

    assert taken_by(charge(alice, 3)) == [("bonus of 3", 3)]


def test_what_has_lapsed_is_closed_before_a_charge_and_cannot_be_spent(alice):
    give(alice, 40, expires_at=timezone.now() + SOON)
    charge(alice, 100 + 40 - 60)  # the bonus, and 40 of the allowance

    give(alice, 1, expires_at=timezone.now() + SOON)
    charge(alice, 60, now=timezone.now() + SOON + timedelta(seconds=1))

    assert rows_of(alice)[-2:] == [("expiry", -1, 60), ("deduction", -60, 0)]


def test_a_lot_lapses_at_its_very_moment(alice):
    start_period(alice, 100, NOW)
    give(alice, 7, expires_at=NOW + SOON, now=NOW)

    charge(alice, 1, now=NOW + SOON)

    assert open_lots_of(alice) == [("allowance", 99)]
    lot = CreditLot.objects.get(kind="bonus")
    assert (lot.remaining, lot.closed_at) == (0, NOW + SOON)


def test_an_empty_lot_is_closed_without_a_row(alice):
    charge(alice, 100)
    give(alice, 5, expires_at=timezone.now() + SOON)
    charge(alice, 5)
    give(alice, 1, now=timezone.now() + SOON + timedelta(hours=1))

    assert [row[0] for row in rows_of(alice)] == ["refill", "deduction", "bonus", "deduction", "bonus"]
    assert open_lots_of(alice) == [("allowance", 0), ("bonus", 1)]


def test_a_refund_returns_to_the_lots_it_came_from(rich_alice):
    before = open_lots_of(rich_alice)
    job = charge(rich_alice, 180, now=NOW)

    refund(rich_alice, job, now=NOW)

    assert open_lots_of(rich_alice) == before


def test_a_part_comes_back_to_what_was_taken_last(rich_alice):
    job = charge(rich_alice, 75, now=NOW)  # 40 of the bonus, 30 of the purchase, 5 of the allowance

    refund(rich_alice, job, 10, now=NOW)

    assert open_lots_of(rich_alice) == [
        ("allowance", 100), ("purchase", 10), ("bonus", 20), ("purchase", 5), ("bonus", 0)
    ]  # fmt: skip


def test_a_share_of_a_closed_lot_returns_as_a_new_lot_of_its_kind_until_the_next_reset(alice):
    start_period(alice, 100, NOW)
    give(alice, 40, expires_at=NOW + SOON, now=NOW)
    job = charge(alice, 50, now=NOW)

    refund(alice, job, now=NOW + LATER)

    assert open_lots_of(alice) == [("allowance", 100), ("bonus", 40)]
    new = CreditLot.objects.get(kind="bonus", closed_at=None)
    assert (new.granted, new.expires_at, new.source.split(":")[0]) == (40, at("2101-04-10"), "refund")
    ledger.reset_due(now=at("2101-04-10"))
    assert open_lots_of(alice) == [("allowance", 100)]


def test_an_allowance_that_comes_back_after_the_reset_lasts_to_the_next_one(alice):
    start_period(alice, 100, NOW)
    job = charge(alice, 60, now=NOW)
    ledger.reset_due(now=at("2101-04-10"))

    assert refund(alice, job, now=at("2101-04-11")).balance == 160
    assert open_lots_of(alice) == [("allowance", 100), ("allowance", 60)]
    ledger.reset_due(now=at("2101-05-10"))
    assert open_lots_of(alice) == [("allowance", 100)]


def test_bonuses_that_come_back_while_an_invoice_is_late_can_be_spent(alice):
    start_period(alice, 100, NOW, renewal="invoice", ends_at=at("2101-04-10"))
    give(alice, 40, expires_at=NOW + SOON, now=NOW)
    job = charge(alice, 40, now=NOW)

    assert refund(alice, job, now=at("2101-04-12")).balance == 140
    charge(alice, 140, now=at("2101-04-13"))


def test_a_gift_is_given_once_for_each_source(alice):
    assert give(alice, 50, source="welcome").balance == 150
    again = give(alice, 50, source="welcome")

    assert (again.repeated, again.balance, again.amount) == (True, 150, 0)


def test_a_gift_is_known_again_after_it_has_lapsed(alice):
    until = timezone.now() + SOON
    give(alice, 50, source="welcome", expires_at=until)

    assert give(alice, 50, source="welcome", expires_at=until, now=until + SOON).repeated
    assert balance_of(alice) == 100


def test_a_source_of_one_person_does_not_count_as_given_to_another(alice, bob):
    give(alice, 50, source="welcome")

    with refused("somebody else"):
        give(bob, 50, source="welcome")


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0}, {"amount": -1}, {"type": "refill"}, {"type": "allowance"}, {"source": ""},
        {"expires_at": at("2001-01-01")},
    ],
)  # fmt: skip
def test_a_gift_is_a_positive_bonus_or_purchase_from_a_source_and_not_yet_lapsed(alice, wrong):
    gift = {"user_id": alice.pk, "amount": 1, "type": "bonus", "source": "x", "description": ""}

    with refused():
        ledger.grant(**(gift | wrong))


def test_credits_taken_back_are_no_spending_and_have_their_reason(alice):
    charge(alice, 10)
    taken = ledger.take_back(user_id=alice.pk, amount=30, reason="Paid by mistake", reference="ticket-7")
    again = ledger.take_back(user_id=alice.pk, amount=30, reason="Paid by mistake", reference="ticket-7")

    assert (taken.balance, again.repeated, again.balance) == (60, True, 60)
    row = CreditTransaction.objects.get(reference="ticket-7")
    assert (row.type, row.job_id, row.metadata) == ("deduction", None, {"reason": "Paid by mistake"})
    assert alice.credit_account.total_spent == 10


def test_a_reference_of_one_person_takes_nothing_from_another_in_silence(alice, bob):
    ledger.take_back(user_id=alice.pk, amount=1, reason="x", reference="ticket-7")

    with refused("somebody else"):
        ledger.take_back(user_id=bob.pk, amount=1, reason="x", reference="ticket-7")

"""Allowances that invoices pay for: they grow and shrink within their period, and go back when the money does."""

import pytest

from credits import ledger, selectors
from credits.models import CreditDebt, CreditTransaction
from tests.credits.acts import at, balance_of, charge, give, open_lots_of, refund, refused, rows_of
from tests.law import assert_lawful

START, END = at("2101-01-31"), at("2101-02-28")
SOURCE = "stripe:sub_1:4136918400"


@pytest.fixture
def paying_alice(alice):
    """On PRO since the first invoice; the 100 of FREE are gone."""
    pay(alice)
    yield alice
    assert_lawful()


def pay(user, credits=1000, source=SOURCE, invoice="in_1"):
    return ledger.start_period(
        user_id=user.pk, allowance=credits, renewal="invoice", source=source, started_at=START, ends_at=END,
        description="PRO monthly credits", metadata={"invoice": invoice},
    )  # fmt: skip


def resize(user, credits, invoice="in_2", source=SOURCE, back=None):
    return ledger.resize_allowance(
        user_id=user.pk, source=source, allowance=credits, reason="Plan changed", back=back,
        metadata={"invoice": invoice},
    )  # fmt: skip


def claw_back(user, refunded, charged=2900, invoice="in_1"):
    return ledger.claw_back(
        user_id=user.pk, invoice=invoice, refunded=refunded, charged=charged, reason="The payment went back"
    )


def test_a_raised_allowance_keeps_what_was_spent_as_spent(paying_alice):
    charge(paying_alice, 300)
    assert resize(paying_alice, 5000).balance == 4700
    assert open_lots_of(paying_alice) == [("allowance", 4700)]
    assert rows_of(paying_alice)[-1] == ("refill", 4000, 4700)
    assert selectors.account_of(paying_alice.pk).monthly_allowance == 5000


def test_a_refund_before_the_raise_counts_as_not_spent(paying_alice):
    job = charge(paying_alice, 300)
    refund(paying_alice, job)
    assert resize(paying_alice, 5000).balance == 5000


def test_a_cut_leaves_the_new_allowance_less_what_was_spent(paying_alice):
    charge(paying_alice, 300)
    assert resize(paying_alice, 500).balance == 200
    row = CreditTransaction.objects.latest("id")
    assert (row.type, row.amount, row.metadata["reason"]) == ("deduction", -500, "Plan changed")


def test_a_cut_never_takes_more_than_is_there(paying_alice):
    charge(paying_alice, 900)
    assert resize(paying_alice, 100).balance == 0
    assert resize(paying_alice, 1000).balance == 100


def test_a_job_refunded_after_a_cut_gives_no_more_than_the_new_allowance(paying_alice):
    job = charge(paying_alice, 900)
    resize(paying_alice, 100)
    refund(paying_alice, job)
    assert resize(paying_alice, 100).balance == 100


def test_switching_back_and_forth_mints_nothing(paying_alice):
    charge(paying_alice, 300)
    for _ in range(10):
        assert resize(paying_alice, 5000).balance == 4700
        assert resize(paying_alice, 1000).balance == 700


def test_a_resize_that_was_made_moves_nothing(paying_alice):
    resize(paying_alice, 5000)
    before = rows_of(paying_alice)
    assert resize(paying_alice, 5000).balance == 5000
    assert rows_of(paying_alice) == before


def test_a_resize_touches_the_allowance_only(paying_alice):
    give(paying_alice, 50, "bonus")
    give(paying_alice, 70, "purchase")
    resize(paying_alice, 0)
    assert open_lots_of(paying_alice) == [("allowance", 0), ("bonus", 50), ("purchase", 70)]


def test_what_an_operator_took_is_not_given_again_by_a_resize(paying_alice):
    ledger.take_back(user_id=paying_alice.pk, amount=100, reason="A mistake", reference="ticket-1")
    assert resize(paying_alice, 5000).balance == 4900


def test_a_lot_of_an_earlier_period_is_left_alone(paying_alice):
    pay(paying_alice, source="stripe:sub_1:2", invoice="in_2")
    before = rows_of(paying_alice)
    resize(paying_alice, 5000)
    assert rows_of(paying_alice) == before


@pytest.mark.parametrize("wrong", [{"credits": -1}, {"source": ""}])
def test_a_resize_without_a_size_or_a_source_is_refused(paying_alice, wrong):
    with refused("an allowance has a source"):
        resize(paying_alice, **({"credits": 5} | wrong))


def test_a_full_refund_of_an_unspent_period_takes_all_of_it(paying_alice):
    back = claw_back(paying_alice, 2900)
    assert (back.balance, back.taken, back.owed) == (0, 1000, 0)


@pytest.mark.parametrize(("cents", "taken"), [(1, 0), (3, 1), (1450, 500), (2899, 999)])
def test_a_partial_refund_takes_its_share_rounded_down(paying_alice, cents, taken):
    assert claw_back(paying_alice, cents).taken == taken


def test_what_was_spent_of_refunded_money_is_owed(paying_alice):
    charge(paying_alice, 700)
    back = claw_back(paying_alice, 2900)
    assert (back.balance, back.taken, back.owed) == (0, 300, 700)
    assert CreditDebt.objects.values_list("invoice", "taken", "owed").get() == ("in_1", 300, 700)


def test_refunds_of_one_charge_add_up_and_each_is_taken_once(paying_alice):
    assert claw_back(paying_alice, 1450).taken == 500
    assert claw_back(paying_alice, 1450).taken == 0
    assert claw_back(paying_alice, 2900).taken == 500
    assert claw_back(paying_alice, 2900).balance == 0


def test_other_credits_are_never_taken_for_an_invoice(paying_alice):
    give(paying_alice, 50, "purchase")
    charge(paying_alice, 1000)
    assert claw_back(paying_alice, 2900).balance == 50


def test_a_lot_that_is_closed_gives_nothing_back_and_what_was_spent_of_it_is_owed(paying_alice):
    charge(paying_alice, 400)
    pay(paying_alice, source="stripe:sub_1:2", invoice="in_2")
    back = claw_back(paying_alice, 2900)
    assert (back.balance, back.taken, back.owed) == (1000, 0, 400)


def test_the_refund_of_an_upgrade_takes_what_the_upgrade_gave(paying_alice):
    resize(paying_alice, 5000)
    assert claw_back(paying_alice, 7000, charged=7000, invoice="in_2").balance == 1000


def test_an_invoice_that_granted_nothing_takes_nothing(paying_alice, bob):
    assert claw_back(paying_alice, 2900, invoice="in_9").taken == 0
    assert claw_back(bob, 2900).taken == 0
    assert balance_of(bob) == 100


@pytest.mark.parametrize("refunded", [-1, 2901])
def test_no_more_goes_back_than_was_charged(paying_alice, refunded):
    with refused("lies within what an invoice charged"):
        claw_back(paying_alice, refunded)


def test_what_goes_back_of_an_invoice_is_part_of_the_size(paying_alice):
    resize(paying_alice, 5000)
    assert resize(paying_alice, 5000, back={"in_2": 4000}).balance == 1000
    assert resize(paying_alice, 5000, back={"in_2": 4000}).balance == 1000
    assert resize(paying_alice, 1000).balance == 1000
    assert resize(paying_alice, 5000).balance == 5000


def test_what_could_not_go_back_is_owed_and_paid_by_what_comes_back(paying_alice):
    job = charge(paying_alice, 700)
    assert resize(paying_alice, 1000, back={"in_1": 1000}).owed == 700
    refund(paying_alice, job)
    back = resize(paying_alice, 1000, back={"in_1": 1000})
    assert (back.balance, back.taken, back.owed) == (0, 700, 0)
    assert CreditDebt.objects.values_list("taken", "owed").get() == (1000, 0)


def test_no_more_goes_back_than_the_allowance(paying_alice):
    with refused("no more goes back than was granted"):
        resize(paying_alice, 1000, back={"in_1": 1001})

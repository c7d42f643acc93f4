"""What Stripe's objects mean, from their JSON alone."""

from datetime import UTC, datetime

from billing import stripe_state
from billing.stripe_state import Contract

BEGINS, ENDS = 1_790_000_000, 1_792_592_000


def contract(plan: str) -> Contract:
    begins, ends = datetime.fromtimestamp(BEGINS, UTC), datetime.fromtimestamp(ENDS, UTC)
    return Contract("sub_1", "active", price(plan), plan, begins, ends, False, BEGINS, 0)


def price(plan: str) -> str:
    return f"price_sandbox_{plan.lower()}"


def invoice(id: str, plan: str, created: int, *, change: bool) -> dict:
    details = {"subscription": "sub_1", "proration": change}
    line = {
        "amount": 1, "period": {"start": created, "end": ENDS}, "parent": {"subscription_item_details": details},
        "pricing": {"price_details": {"price": price(plan)}},
    }  # fmt: skip
    return {"id": id, "created": created, "lines": {"data": [line]}}


def test_changes_of_one_second_keep_the_order_in_which_they_were_made():
    newest_first = [
        invoice("in_4", "PREMIUM", BEGINS, change=True), invoice("in_3", "PRO", BEGINS, change=True),
        invoice("in_2", "PREMIUM", BEGINS, change=True), invoice("in_1", "PRO", BEGINS, change=False),
    ]  # fmt: skip
    steps = stripe_state.paid_steps(contract("PREMIUM"), newest_first)
    assert [(step.plan, step.invoice) for step in steps] == [
        ("PRO", "in_1"), ("PREMIUM", "in_2"), ("PRO", "in_3"), ("PREMIUM", "in_4"),
    ]  # fmt: skip
    assert stripe_state.shares_of(contract("PREMIUM"), steps) == {"in_1": 1000, "in_4": 4000}


def test_without_the_period_s_own_invoice_a_paid_change_pays_for_nothing():
    assert stripe_state.paid_steps(contract("PREMIUM"), [invoice("in_2", "PREMIUM", BEGINS + 9, change=True)]) == []

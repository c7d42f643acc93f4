"""Invoices that are not there yet: the next renewal, what a change would cost now, what beginning would cost."""

import copy
from collections.abc import Sequence
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import catalogue, changes, discounts, invoices, periods, reckoning
from stripe_sandbox.engine.prorations import without_credit
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import subscription as shape


def of_change(
    subscription: Record, wanted: Sequence[changes.Change], *, proration_behavior: str = "create_prorations",
    proration_date: int | None = None, anchor_now: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """What `always_invoice` would bill now; otherwise the renewal with what would then be on it."""
    changes.refuse_ended(subscription)
    at = proration_date or store.now(subscription.clock)
    items, proposed, restarts = changes.propose(
        subscription, wanted, at=at, anchor_now=anchor_now, prorates=proration_behavior != "none"
    )
    if not restarts and proration_behavior != "always_invoice":
        return of_renewal(subscription, items=items, more=proposed)
    lines = _lines(proposed) + (reckoning.lines_of_period(subscription.data, items) if restarts else [])
    return _composed(subscription, _waiting(subscription) + lines, reason="subscription_update", period=(at, at), at=at)


def of_renewal(
    subscription: Record, *, items: list[dict[str, Any]] | None = None, more: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The invoice of the next period. Raises StripeError invoice_upcoming_none where there will be none."""
    data = subscription.data
    items = copy.deepcopy(items or data["items"]["data"])
    start, end = reckoning.period_of(items)
    if data["status"] in ("canceled", "incomplete_expired") or (data["cancel_at"] and data["cancel_at"] <= end):
        raise nothing_to_invoice(subscription.customer)
    recurring = items[0]["price"]["recurring"]
    changes.set_period(items, end, periods.end_of(data["billing_cycle_anchor"], recurring, end))
    lines = reckoning.lines_of_period({**data, "status": "active"}, items)
    waiting = _waiting(subscription) + _lines(more)
    return _composed(subscription, waiting + lines, reason="upcoming", period=(start, end), at=end)


def of_beginning(
    customer: Record, prices: Sequence[tuple[str, int]], offers: Sequence[discounts.Offer] = ()
) -> dict[str, Any]:
    """The first invoice of a subscription that nobody has made."""
    at = store.now(customer.clock)
    chosen = [(catalogue.subscribable(price), quantity) for price, quantity in prices]
    changes.refuse_mixed([price for price, _ in chosen])
    end = periods.end_of(at, chosen[0][0]["recurring"], at)
    id = store.new_id("sub")
    items = [
        shape.item(
            id=store.new_id("si"), created=at, current_period_start=at, current_period_end=end, price=price,
            quantity=quantity, subscription=id,
        )
        for price, quantity in chosen
    ]  # fmt: skip
    data = shape.build(
        id=id, items=items, billing_cycle_anchor=at, created=at, currency=chosen[0][0]["currency"],
        customer=customer.id, start_date=at, status="active",
    )  # fmt: skip
    given = [
        {"id": store.new_id("di"), "source": {"coupon": discounts.coupon_for(one, customer=customer.id, at=at).id}}
        for one in offers
    ]
    return invoices.compose(
        customer, reckoning.lines_of_period(data, items), reason="upcoming", period=(at, at), subscription=data,
        discounts=given, id=store.new_id("upcoming_in"), auto_advance=False,
    )  # fmt: skip


def nothing_to_invoice(customer: str) -> StripeError:
    return StripeError(
        f"No upcoming invoices for customer: {customer}", code="invoice_upcoming_none", param="customer", status=404
    )


def price_change(subscription: Record, price: str, *, proration_behavior: str = "always_invoice") -> dict[str, Any]:
    """What changing the first item to another price would bill."""
    change = changes.Change(item=subscription.data["items"]["data"][0]["id"], price=price)
    return of_change(subscription, [change], proration_behavior=proration_behavior)


def _composed(
    subscription: Record, lines: list[dict[str, Any]], *, reason: str, period: tuple[int, int], at: int
) -> dict[str, Any]:
    if not lines:
        raise nothing_to_invoice(subscription.customer)
    return invoices.compose(
        store.get("customer", subscription.customer), lines, reason=reason, period=period,
        subscription=subscription.data, discounts=discounts.active(subscription.data, at),
        id=store.new_id("upcoming_in"), auto_advance=False,
    )  # fmt: skip


def _lines(proposed: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [reckoning.line_of_invoice_item(without_credit(one), one.get("credited")) for one in proposed]


def _waiting(subscription: Record) -> list[dict[str, Any]]:
    waiting = invoices.pending_items(subscription.customer, subscription.id)
    return [reckoning.line_of_invoice_item(one.data, one.private.get("credited")) for one in waiting]

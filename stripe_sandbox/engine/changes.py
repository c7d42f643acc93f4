"""Changing what a subscription is for, in mid-period: prices, quantities, items; and paying for the change."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import (
    agenda,
    catalogue,
    discounts,
    invoices,
    payments,
    periods,
    prorations,
    reckoning,
    schedules,
    story,
)  # fmt: skip
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import subscription as shape


@dataclass(frozen=True, slots=True)
class Change:
    """Of one item: `item` names one that is there, without it the price is added."""

    item: str | None = None
    price: str | None = None
    quantity: int | None = None
    deleted: bool = False
    metadata: dict[str, str] | None = None


def change_price(
    subscription: Record, *, price: str, proration_behavior: str = "always_invoice",
    payment_behavior: str = "allow_incomplete", authenticated: bool = False,
) -> Record:  # fmt: skip
    """The first item's price, at once; a scheduled change is let go."""
    schedules.release(subscription)
    change = Change(item=subscription.data["items"]["data"][0]["id"], price=price)
    return apply(
        subscription, [change], proration_behavior=proration_behavior, payment_behavior=payment_behavior,
        authenticated=authenticated,
    )  # fmt: skip


def apply(
    subscription: Record, wanted: Sequence[Change], *, proration_behavior: str = "create_prorations",
    proration_date: int | None = None, payment_behavior: str = "allow_incomplete", anchor_now: bool = False,
    off_session: bool = False, authenticated: bool = False, **facts: Any,
) -> Record:  # fmt: skip
    """Raises StripeError; with error_if_incomplete a change that could not be paid has not happened."""
    refuse_pending(payment_behavior)
    refuse_ended(subscription)
    at = store.now(subscription.clock)
    items, proposed, restarts = propose(
        subscription, wanted, at=proration_date or at, anchor_now=anchor_now,
        prorates=proration_behavior != "none",
    )  # fmt: skip
    prorations.save(subscription, proposed)
    invoice = None
    if restarts or (proration_behavior == "always_invoice" and proposed):
        lines = reckoning.lines_of_period(subscription.data, items) if restarts else []
        invoice = invoices.draft(
            store.get("customer", subscription.customer), lines, reason="subscription_update", period=(at, at),
            subscription=subscription.data, discounts=discounts.active(subscription.data, at),
        )  # fmt: skip
    with story.changing(subscription) as data:
        data["items"] = shape.list_of_items(subscription.id, items)
        data.update(facts)
        if restarts:
            data["billing_cycle_anchor"] = at
        if invoice is not None:
            data["latest_invoice"] = invoice.id
        agenda.plan(subscription)
    if invoice is not None:
        invoices.finalize(invoice)
        if invoice.data["status"] == "open":
            collect(invoice, payment_behavior, off_session=off_session, authenticated=authenticated)
        subscription.refresh_from_db()
        discounts.drop_spent(subscription, invoice.data["discounts"] if restarts else [], at)
    return subscription


def end_trial(subscription: Record, *, payment_behavior: str = "allow_incomplete") -> Record:
    """The trial is over now: a period begins, and is billed at once."""
    at = store.now(subscription.clock)
    subscription.data["status"] = "active"
    return apply(subscription, [], payment_behavior=payment_behavior, anchor_now=True, trial_end=at)


def extend_trial(subscription: Record, until: int) -> Record:
    """Nothing is billed until then, and the cycle begins anew there."""
    refuse_ended(subscription)
    at = store.now(subscription.clock)
    if until <= at:
        raise StripeError("Invalid timestamp: must be an integer Unix timestamp in the future.", param="trial_end")
    with story.changing(subscription) as data:
        data.update(status="trialing", trial_start=data["trial_start"] or at, trial_end=until)
        data["billing_cycle_anchor"] = until
        items = copy.deepcopy(data["items"]["data"])
        set_period(items, items[0]["current_period_start"], until)
        data["items"] = {**data["items"], "data": items}
        agenda.plan(subscription)
    return subscription


def propose(
    subscription: Record, wanted: Sequence[Change], *, at: int, anchor_now: bool = False, prorates: bool = True
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], bool]:
    """The items as they would be, the invoice items of it (none saved), and whether a new period begins."""
    data = subscription.data
    before = data["items"]["data"]
    kept = [_changed(item, wanted) for item in copy.deepcopy(before)]
    items = [item for item in kept if item is not None] + _added(data, wanted, at)
    if not items:
        raise StripeError("A subscription must have at least one active plan.", param="items")
    refuse_mixed([item["price"] for item in items])
    restarts = anchor_now or _rhythm(items[0]["price"]) != _rhythm(before[0]["price"])
    if data["status"] == "trialing":
        return items, [], False
    start, end = reckoning.period_of(before)
    if not start <= at <= end:
        raise StripeError("The proration date must lie in the present period.", param="proration_date")
    proposed = _prorate(subscription, before, items, at=at, restarts=restarts) if prorates else []
    if restarts:
        set_period(items, at, periods.end_of(at, items[0]["price"]["recurring"], at))
    return items, proposed, restarts


def collect(
    invoice: Record, payment_behavior: str, *, off_session: bool = False, method: Record | None = None,
    authenticated: bool = False,
) -> None:  # fmt: skip
    """Ask for an open invoice's money as the caller wants it asked for."""
    if payment_behavior == "default_incomplete":
        if invoice.data["billing_reason"] != "subscription_create":
            _fall_due(invoice)
        return
    begins = invoice.data["billing_reason"] == "subscription_create"
    if (begins or payment_behavior == "error_if_incomplete") and not (method or invoices.method_for(invoice)):
        raise invoices.no_method()
    outcome = invoices.attempt(
        invoice, by_clock=False, off_session=off_session, method=method, authenticated=authenticated
    )
    if outcome != payments.SUCCEEDED and payment_behavior == "error_if_incomplete":
        intent = payments.intent_of(invoice.id)
        refusal = payments.refusal_of(intent)  # type: ignore[arg-type]  # an attempt was made, so there is one
        refusal.keeps = False
        raise refusal


def refuse_pending(payment_behavior: str) -> None:
    if payment_behavior == "pending_if_incomplete":
        raise StripeError(
            "The sandbox has no pending updates: use allow_incomplete, default_incomplete or error_if_incomplete.",
            param="payment_behavior",
        )


def refuse_ended(subscription: Record) -> None:
    status = subscription.data["status"]
    if status in agenda.ENDED:
        raise StripeError("A canceled subscription can only update its cancellation_details and metadata.")
    if status == "incomplete":
        raise StripeError(
            "This subscription cannot be updated: its first invoice is not paid. Pay it, or cancel the subscription."
        )


def refuse_mixed(prices: list[dict[str, Any]]) -> None:
    if len({(price["currency"], *_rhythm(price)) for price in prices}) > 1:
        raise StripeError("All prices of a subscription share one currency and one interval in the sandbox.",
                          param="items")  # fmt: skip


def set_period(items: list[dict[str, Any]], start: int, end: int) -> None:
    for item in items:
        item.update(current_period_start=start, current_period_end=end)


def recurring_of(subscription: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = subscription["items"]["data"][0]["price"]["recurring"]
    return found


def _prorate(
    subscription: Record, before: list[dict[str, Any]], after: list[dict[str, Any]], *, at: int, restarts: bool
) -> list[dict[str, Any]]:
    kept = {item["id"]: item for item in after}
    proposed: list[dict[str, Any] | None] = []
    for item in before:
        if restarts or _bills(item) != _bills(kept.get(item["id"])):
            proposed.append(prorations.credit(subscription, item, at))
    known = {item["id"]: _bills(item) for item in before}
    if not restarts:
        changed = [item for item in after if known.get(item["id"]) != _bills(item)]
        proposed += [prorations.charge(subscription, item, at) for item in changed]
    return [one for one in proposed if one is not None]


def _bills(item: dict[str, Any] | None) -> tuple[str, int] | None:
    return (item["price"]["id"], item["quantity"]) if item else None


def _changed(item: dict[str, Any], wanted: Sequence[Change]) -> dict[str, Any] | None:
    change = next((one for one in wanted if one.item == item["id"]), None)
    if change is None:
        return item
    if change.deleted:
        return None
    if change.price:
        item["price"] = catalogue.subscribable(change.price)
    if change.quantity is not None:
        item["quantity"] = change.quantity
    if change.metadata is not None:
        item["metadata"] = change.metadata
    return item


def _added(data: dict[str, Any], wanted: Sequence[Change], at: int) -> list[dict[str, Any]]:
    start, end = reckoning.period_of(data["items"]["data"])
    return [
        shape.item(
            id=store.new_id("si"), created=at, current_period_start=start, current_period_end=end,
            metadata=change.metadata or {}, price=catalogue.subscribable(change.price),
            quantity=1 if change.quantity is None else change.quantity, subscription=data["id"],
        )
        for change in wanted
        if change.item is None and change.price
    ]  # fmt: skip


def _rhythm(price: dict[str, Any]) -> tuple[str, int]:
    return price["recurring"]["interval"], price["recurring"]["interval_count"]


def _fall_due(invoice: Record) -> None:
    details = invoice.data["parent"]["subscription_details"]
    subscription = store.get("subscription", details["subscription"])
    with story.changing(subscription) as data:
        data["status"] = "past_due"

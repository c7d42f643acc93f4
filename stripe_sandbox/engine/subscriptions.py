"""A subscription's life as its owner directs it: begun, canceled now or later, resumed, paused, given a schedule."""

from collections.abc import Sequence
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import (
    agenda,
    catalogue,
    changes,
    discounts,
    endings,
    invoices,
    payment_methods,
    periods,
    prorations,
    reckoning,
    schedules,
    story,
)  # fmt: skip
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import subscription as shape

change_price = changes.change_price


def create(
    customer: Record, *, prices: Sequence[tuple[str, int]], default_payment_method: str | None = None,
    payment_behavior: str = "default_incomplete", offers: Sequence[discounts.Offer] = (),
    trial_end: int | None = None, pay_with: Record | None = None, authenticated: bool = False,
    off_session: bool = False, checkout_session: str | None = None, **facts: Any,
) -> Record:  # fmt: skip
    """`facts`: further keys of the subscription, such as metadata. `prices`: ids and quantities.

    Raises StripeError; with error_if_incomplete, nothing of a subscription that could not be paid remains.
    """
    changes.refuse_pending(payment_behavior)
    at = store.now(customer.clock)
    method = payment_methods.owned(default_payment_method, customer.id) if default_payment_method else pay_with
    with story.in_order_of_purchase():
        subscription = _begin(customer, prices, at=at, trial_end=trial_end, facts={
            "default_payment_method": method.id if method else None, **facts})  # fmt: skip
        subscription.data["discounts"] = discounts.give(
            list(offers), customer=customer.id, subscription=subscription.id, at=at, checkout_session=checkout_session
        )
        invoice = _first_invoice(customer, subscription, at)
        if invoice.data["amount_due"] == 0 and subscription.data["status"] == "incomplete":
            subscription.data["status"] = "active"
        subscription.data["latest_invoice"] = invoice.id
        agenda.plan(subscription)
        story.tell("customer.subscription.created", story.keep(subscription))
        invoices.finalize(invoice)
        if invoice.data["status"] == "open":
            changes.collect(
                invoice, payment_behavior, off_session=off_session, method=pay_with, authenticated=authenticated
            )
        subscription.refresh_from_db()
        discounts.drop_spent(subscription, invoice.data["discounts"] if invoice.data["subtotal"] else [], at)
    return subscription


def cancel(
    subscription: Record, *, invoice_now: bool = False, prorate: bool = False, details: dict[str, Any] | None = None
) -> Record:
    """At once. `prorate` credits the unused time, `invoice_now` bills what waits; both as Stripe has them."""
    if subscription.data["status"] in agenda.ENDED:
        raise StripeError(f"No such subscription: '{subscription.id}'", code="resource_missing", param="id", status=404)
    at = store.now(subscription.clock)
    if prorate and subscription.data["status"] != "trialing":
        credits = [prorations.credit(subscription, item, at) for item in subscription.data["items"]["data"]]
        prorations.save(subscription, [one for one in credits if one])
    if invoice_now and invoices.pending_items(subscription.customer, subscription.id):
        _bill_what_waits(subscription)
    if subscription.data["status"] == "incomplete":
        _void_first(subscription)
    return endings.end(subscription, reason="cancellation_requested", details=details)


def set_cancel_at_period_end(subscription: Record, wanted: bool, *, details: dict[str, Any] | None = None) -> Record:
    """A schedule of a downgrade is let go: the subscription ends, or goes on, as it is now."""
    changes.refuse_ended(subscription)
    schedules.release(subscription)
    with story.changing(subscription) as data:
        at = store.now(subscription.clock)
        data["cancel_at_period_end"] = wanted
        data["cancel_at"] = reckoning.period_of(data["items"]["data"])[1] if wanted else None
        data["canceled_at"] = at if wanted else None
        reason = "cancellation_requested" if wanted else None
        empty = {"comment": None, "feedback": None}
        data["cancellation_details"] = {**empty, **(details or {}), "reason": reason}
        agenda.plan(subscription)
    return subscription


def set_cancel_at(subscription: Record, moment: int | None) -> Record:
    """End at a given moment, with no proration; None takes it back."""
    changes.refuse_ended(subscription)
    if moment is not None and moment <= store.now(subscription.clock):
        raise StripeError("cancel_at must be in the future.", param="cancel_at")
    with story.changing(subscription) as data:
        data.update(cancel_at=moment, cancel_at_period_end=False)
        data["canceled_at"] = store.now(subscription.clock) if moment else None
        reason = "cancellation_requested" if moment else None
        data["cancellation_details"] = {**data["cancellation_details"], "reason": reason}
        agenda.plan(subscription)
    return subscription


def schedule_change(subscription: Record, *, price: str) -> Record:
    """Another price when the period ends, by a schedule that then lets go. Returns the schedule."""
    changes.refuse_ended(subscription)
    if subscription.data["cancel_at"]:
        set_cancel_at_period_end(subscription, False)
    schedules.release(subscription)
    schedule = schedules.create_from(subscription)
    return schedules.add_phase(schedule, price=price, quantity=subscription.data["items"]["data"][0]["quantity"])


def pause_collection(subscription: Record, behavior: str | None, resumes_at: int | None = None) -> Record:
    """Invoices go on being made, but are not collected. None takes the pause back."""
    changes.refuse_ended(subscription)
    with story.changing(subscription) as data:
        data["pause_collection"] = {"behavior": behavior, "resumes_at": resumes_at} if behavior else None
        agenda.plan(subscription)
    return subscription


def resume(subscription: Record, *, billing_cycle_anchor: str = "now") -> Record:
    """From `paused`, after a trial that ended without a card: a new period begins now."""
    if subscription.data["status"] != "paused":
        raise StripeError(
            f"You cannot resume a subscription with a status of `{subscription.data['status']}`. Only paused "
            "subscriptions can be resumed."
        )
    if billing_cycle_anchor != "now":
        raise StripeError("The sandbox resumes with billing_cycle_anchor=now only.", param="billing_cycle_anchor")
    at = store.now(subscription.clock)
    customer = store.get("customer", subscription.customer)
    with story.changing(subscription, "customer.subscription.updated", "customer.subscription.resumed") as data:
        data.update(status="active", billing_cycle_anchor=at)
        changes.set_period(data["items"]["data"], at, periods.end_of(at, changes.recurring_of(data), at))
        agenda.plan(subscription)
    lines = reckoning.lines_of_period(subscription.data, subscription.data["items"]["data"])
    invoice = invoices.draft(
        customer, lines, reason="subscription_update", period=(at, at), subscription=subscription.data,
        discounts=discounts.active(subscription.data, at),
    )  # fmt: skip
    with story.changing(subscription) as data:
        data["latest_invoice"] = invoice.id
    invoices.finalize(invoice)
    if invoice.data["status"] == "open":
        changes.collect(invoice, "allow_incomplete")
    subscription.refresh_from_db()
    return subscription


def _begin(
    customer: Record, prices: Sequence[tuple[str, int]], *, at: int, trial_end: int | None, facts: dict[str, Any]
) -> Record:
    id = store.new_id("sub")
    chosen = [
        (catalogue.subscribable(price, param=f"items[{n}][price]"), many) for n, (price, many) in enumerate(prices)
    ]
    if not chosen:
        raise StripeError("Missing required param: items.", code="parameter_missing", param="items")
    changes.refuse_mixed([price for price, _ in chosen])
    anchor = trial_end or at
    end = trial_end or periods.end_of(at, chosen[0][0]["recurring"], at)
    items = [
        shape.item(
            id=store.new_id("si"), created=at, current_period_start=at, current_period_end=end, price=price,
            quantity=quantity, subscription=id,
        )
        for price, quantity in chosen
    ]  # fmt: skip
    cancels = end if facts.get("cancel_at_period_end") else facts.pop("cancel_at", None)
    return store.add(
        shape.build(
            id=id, items=items, billing_cycle_anchor=anchor, created=at, currency=chosen[0][0]["currency"],
            customer=customer.id, start_date=at, status="trialing" if trial_end else "incomplete",
            test_clock=customer.data["test_clock"], trial_start=at if trial_end else None, trial_end=trial_end,
            cancel_at=cancels, canceled_at=at if cancels else None, **facts,
        )
    )  # fmt: skip


def _first_invoice(customer: Record, subscription: Record, at: int) -> Record:
    lines = reckoning.lines_of_period(subscription.data, subscription.data["items"]["data"])
    given = discounts.active(subscription.data, at)
    return invoices.draft(
        customer, lines, reason="subscription_create", period=(at, at), subscription=subscription.data, discounts=given
    )


def _bill_what_waits(subscription: Record) -> None:
    customer = store.get("customer", subscription.customer)
    at = store.now(subscription.clock)
    invoice = invoices.draft(customer, [], reason="manual", period=(at, at), subscription=subscription.data)
    invoices.finalize(invoice)
    if invoice.data["status"] == "open":
        invoices.attempt(invoice, by_clock=False)


def _void_first(subscription: Record) -> None:
    """Its only invoice is void, without the subscription's expiring by it: it is being canceled."""
    invoice = store.get("invoice", subscription.data["latest_invoice"])
    if invoice.data["status"] == "open":
        subscription.data["latest_invoice"] = None
        story.keep(subscription)
        invoices.void(invoice)
        subscription.refresh_from_db()
        subscription.data["latest_invoice"] = invoice.id
        story.keep(subscription)


def expire(subscription: Record) -> Record:
    """The first payment did not come within 23 hours."""
    invoice = store.get("invoice", subscription.data["latest_invoice"])
    if invoice.data["status"] == "open":
        invoices.void(invoice)
    subscription.refresh_from_db()
    return subscription


def set_default_payment_method(subscription: Record, method: Record | None) -> Record:
    with story.changing(subscription) as data:
        data["default_payment_method"] = method.id if method else None
    return subscription

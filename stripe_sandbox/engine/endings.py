"""How a subscription ends, whatever the reason. What it still owes stays open, but nobody collects it any more."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import agenda, discounts, schedules, story
from stripe_sandbox.models import Record


def end(subscription: Record, *, reason: str | None, details: dict[str, Any] | None = None) -> Record:
    """At once, without an invoice."""
    at = store.now(subscription.clock)
    _stop_collecting(subscription.id)
    schedules.close(subscription)
    discounts.end(subscription, [store.get("discount", id) for id in subscription.data["discounts"]])
    with story.changing(subscription, "customer.subscription.deleted") as data:
        data.update(status="canceled", ended_at=at, pause_collection=None)
        data["canceled_at"] = data["canceled_at"] or at
        known = data["cancellation_details"]
        data["cancellation_details"] = {**known, **(details or {}), "reason": known["reason"] or reason}
        agenda.plan(subscription)
    return subscription


def invoices_of(subscription: str) -> Any:
    """Newest first."""
    return store.find("invoice", parent__subscription_details__subscription=subscription)


def _stop_collecting(subscription: str) -> None:
    for invoice in invoices_of(subscription).filter(data__status__in=["draft", "open"]):
        invoice.due_at = None
        with story.changing(invoice) as data:
            data.update(auto_advance=False, next_payment_attempt=None, automatically_finalizes_at=None)

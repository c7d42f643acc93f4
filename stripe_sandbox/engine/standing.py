"""What a subscription becomes when an invoice of it is paid, fails, or is given up; and when to try again."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import agenda, endings, prorations, reckoning, story
from stripe_sandbox.models import MainClock, Record

RETRY_DAYS = (3, 5, 7)


def next_attempt(invoice: dict[str, Any], at: int) -> int | None:
    """When the clock tries again after a failure; never for the first invoice, which waits for a person."""
    count = invoice["attempt_count"]
    if invoice["billing_reason"] == "subscription_create" or not 1 <= count <= len(RETRY_DAYS):
        return None
    return at + reckoning.days(RETRY_DAYS[count - 1])


def subscription_of(invoice: dict[str, Any]) -> Record | None:
    details = (invoice["parent"] or {}).get("subscription_details")
    return store.lookup("subscription", details["subscription"]) if details else None


def after_payment(invoice: dict[str, Any], method: Record | None) -> None:
    _set_delinquent(invoice["customer"], False)
    subscription = subscription_of(invoice)
    if subscription is None or subscription.data["status"] in agenda.ENDED:
        return
    prorations.note_billed(subscription, invoice)
    with story.changing(subscription) as data:
        first = data["status"] == "incomplete" and invoice["billing_reason"] == "subscription_create"
        mended = data["status"] in ("past_due", "unpaid") and data["latest_invoice"] == invoice["id"]
        if first or mended:
            data["status"] = "active"
        if method is not None and data["payment_settings"]["save_default_payment_method"] == "on_subscription":
            data["default_payment_method"] = method.id
        agenda.plan(subscription)


def after_failure(invoice: dict[str, Any]) -> None:
    """A failed renewal makes it past due; when no retry is left, the switch says whether it ends or stays unpaid."""
    _set_delinquent(invoice["customer"], True)
    subscription = subscription_of(invoice)
    if subscription is None or subscription.data["status"] in (*agenda.ENDED, "incomplete", "paused", "unpaid"):
        return
    if invoice["next_payment_attempt"] is None and invoice["attempt_count"] > len(RETRY_DAYS):
        _give_up(subscription)
        return
    with story.changing(subscription) as data:
        data["status"] = "past_due"
        agenda.plan(subscription)


def after_voiding(invoice: dict[str, Any]) -> None:
    """Nothing is owed any more; a subscription that never began expires."""
    subscription = subscription_of(invoice)
    if subscription is None or subscription.data["latest_invoice"] != invoice["id"]:
        return
    with story.changing(subscription) as data:
        if data["status"] == "incomplete":
            data.update(status="incomplete_expired", ended_at=store.now(subscription.clock))
        elif data["status"] in ("past_due", "unpaid"):
            data["status"] = "active"
        agenda.plan(subscription)


def _give_up(subscription: Record) -> None:
    if store.main_clock().dunning_end == MainClock.DunningEnd.CANCEL:
        endings.end(subscription, reason="payment_failed")
        return
    with story.changing(subscription) as data:
        data["status"] = "unpaid"


def _set_delinquent(customer: str, owes: bool) -> None:
    record = store.lookup("customer", customer)
    if record is not None:
        with story.changing(record) as data:
            data["delinquent"] = owes

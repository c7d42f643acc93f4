"""What the clock brings to a subscription: trials and periods that end, renewals, cancellations, phases."""

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
    reckoning,
    schedules,
    standing,
    story,
    subscriptions,
)  # fmt: skip
from stripe_sandbox.models import Record

DRAFT_SECONDS = agenda.HOUR
UNCOLLECTED = {"void": invoices.void, "mark_uncollectible": invoices.mark_uncollectible}


def step(subscription: Record, at: int) -> None:
    """Do what fell due at this moment, and nothing else."""
    data = subscription.data
    paused = data["pause_collection"]
    if data["status"] == "incomplete":
        subscriptions.expire(subscription)
    elif data["cancel_at"] is not None and data["cancel_at"] <= at:
        endings.end(subscription, reason="cancellation_requested")
    elif paused and paused["resumes_at"] is not None and paused["resumes_at"] <= at:
        subscriptions.pause_collection(subscription, None)
    elif data["status"] == "trialing" and at < data["trial_end"]:
        _warn(subscription)
    elif data["status"] != "paused" and reckoning.period_of(data["items"]["data"])[1] <= at:
        _renew(subscription, at)
    else:
        agenda.plan(subscription)
        story.keep(subscription)


def step_schedule(schedule: Record, at: int) -> None:
    """A phase that ends elsewhere than the subscription's period."""
    subscription = store.get("subscription", schedule.data["subscription"])
    turn = schedules.turn(schedule, at)
    if turn.phase is None:
        _end_of_schedule(subscription, turn, schedule)
        return
    items = subscription.data["items"]["data"]
    wanted = [
        changes.Change(item=item["id"] if item else None, price=new["price"], quantity=new["quantity"])
        for item, new in _pairs(items, turn.phase)
    ]
    wanted += [changes.Change(item=item["id"], deleted=True) for item in items[len(turn.phase["items"]) :]]
    changes.apply(subscription, wanted, proration_behavior=turn.phase["proration_behavior"])


def step_invoice(invoice: Record, at: int) -> None:
    """A draft whose hour is over is finalized and paid; a failed one is tried again."""
    if invoice.data["status"] == "draft":
        invoices.finalize(invoice)
        subscription = standing.subscription_of(invoice.data)
        paused = (subscription.data["pause_collection"] or {}) if subscription else {}
        if invoice.data["status"] == "open" and paused.get("behavior") in UNCOLLECTED:
            UNCOLLECTED[paused["behavior"]](invoice)
            return
    if invoice.data["status"] == "open" and invoice.data["auto_advance"]:
        invoices.attempt(invoice, by_clock=True)
    elif invoice.due_at is not None:
        invoice.due_at = None
        story.keep(invoice)


def _warn(subscription: Record) -> None:
    subscription.private["warned"] = True
    agenda.plan(subscription)
    story.keep(subscription)
    story.tell("customer.subscription.trial_will_end", subscription)


def _renew(subscription: Record, at: int) -> None:
    """The next period begins where the last one ended; its invoice is a draft for an hour."""
    before = reckoning.period_of(subscription.data["items"]["data"])
    phase = _phase_at(subscription, before[1])
    subscription.refresh_from_db()
    if subscription.data["status"] in agenda.ENDED or _ends_without_card(subscription):
        return
    customer = store.get("customer", subscription.customer)
    items = [dict(item) for item in subscription.data["items"]["data"]]
    items = _of_phase(items, phase) if phase else items
    recurring = items[0]["price"]["recurring"]
    anchor = subscription.data["billing_cycle_anchor"]
    if recurring != changes.recurring_of(subscription.data):
        anchor = before[1]
    changes.set_period(items, before[1], periods.end_of(anchor, recurring, before[1]))
    status = "active" if subscription.data["status"] == "trialing" else subscription.data["status"]
    discounts.drop_spent(subscription, [], at)
    invoice = _draft(customer, {**subscription.data, "status": status}, items, before, at)
    with story.changing(subscription) as data:
        data["items"] = {**data["items"], "data": items}
        data.update(latest_invoice=invoice.id, status=status, billing_cycle_anchor=anchor)
        agenda.plan(subscription)
    discounts.drop_spent(subscription, invoice.data["discounts"] if invoice.data["subtotal"] else [], at)


def _draft(
    customer: Record, subscription: dict[str, Any], items: list[dict[str, Any]], before: tuple[int, int], at: int
) -> Record:
    """An unpaid subscription's invoices stay drafts, and so do those of one that is paused as keep_as_draft."""
    stays = (
        subscription["status"] == "unpaid"
        or (subscription["pause_collection"] or {}).get("behavior") == "keep_as_draft"
    )
    return invoices.draft(
        customer, reckoning.lines_of_period(subscription, items), reason="subscription_cycle", period=before,
        subscription=subscription, discounts=discounts.active(subscription, at), auto_advance=not stays,
        finalizes_at=None if stays else at + DRAFT_SECONDS,
    )  # fmt: skip


def _ends_without_card(subscription: Record) -> bool:
    """What a trial that ends without a card comes to, when its settings say so."""
    data = subscription.data
    behavior = data["trial_settings"]["end_behavior"]["missing_payment_method"]
    if data["status"] != "trialing" or behavior == "create_invoice":
        return False
    if payment_methods.paying_for(subscription.customer, data["default_payment_method"]):
        return False
    if behavior == "cancel":
        endings.end(subscription, reason=None)
        return True
    with story.changing(subscription, "customer.subscription.updated", "customer.subscription.paused") as changed:
        changed["status"] = "paused"
        agenda.plan(subscription)
    return True


def _phase_at(subscription: Record, moment: int) -> dict[str, Any] | None:
    """The schedule's phase that begins with the new period, if one does."""
    schedule = store.lookup("subscription_schedule", subscription.data["schedule"] or "")
    if schedule is None or schedule.due_at != moment:
        return None
    turn = schedules.turn(schedule, moment)
    if turn.phase is None:
        _end_of_schedule(subscription, turn, schedule)
    return turn.phase


def _end_of_schedule(subscription: Record, turn: schedules.Turn, schedule: Record) -> None:
    if turn.end_behavior == "cancel":
        schedules.complete(schedule)
        endings.end(subscription, reason=None)
    else:
        schedules.release(subscription)


def _of_phase(items: list[dict[str, Any]], phase: dict[str, Any]) -> list[dict[str, Any]]:
    """The items with the phase's prices; items that the phase does not have are gone."""
    found = []
    for item, new in _pairs(items, phase):
        made = item or {**items[0], "id": store.new_id("si"), "metadata": {}}
        found.append({**made, "price": catalogue.subscribable(new["price"]), "quantity": new["quantity"]})
    return found


def _pairs(items: list[dict[str, Any]], phase: dict[str, Any]) -> list[tuple[dict[str, Any] | None, dict[str, Any]]]:
    return [(items[at] if at < len(items) else None, new) for at, new in enumerate(phase["items"])]

"""Customers as the control panel shows them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from stripe_sandbox import store
from stripe_sandbox.models import Record
from stripe_sandbox.pages import plans, timeline, words

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Subscribed:
    """One subscription in a line."""

    id: str
    name: str
    price: str
    state: words.State
    says: str


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    title: str
    name: str
    clock: str
    subscriptions: list[Subscribed]
    method: str
    balance: str
    fails_next: bool
    timeline: timeline.Timeline | None


def cards_for(query: str) -> tuple[list[Card], int]:
    """Customers that fit what was searched for, who ever subscribed before who never did; and how many in all."""
    found = store.find("customer")
    if query:
        found = found.filter(Q(data__email__icontains=query) | Q(data__name__icontains=query) | Q(id=query))
    subscribed = Exists(Record.objects.filter(object="subscription", customer=OuterRef("pk")))
    found = found.order_by(subscribed.desc(), "-position")
    return [card_of(one) for one in found[:SHOWN]], found.count()


def card_of(customer: Record) -> Card:
    data = customer.data
    title = data["email"] or data["name"] or customer.id
    method = store.lookup("payment_method", data["invoice_settings"]["default_payment_method"] or "")
    method = method or store.find("payment_method", customer=customer.id).first()
    clock = store.lookup("test_helpers.test_clock", customer.clock) if customer.clock else None
    return Card(
        id=customer.id,
        title=title,
        name=data["name"] if data["name"] and data["name"] != title else "",
        clock=(clock.data["name"] or clock.id) if clock else "",
        subscriptions=[_subscribed(one) for one in store.find("subscription", customer=customer.id)],
        method=words.card(method.data["card"]) if method else "No card",
        balance=words.money(-data["balance"], data["currency"] or "usd") if data["balance"] else "",
        fails_next=bool(customer.private.get("fail_next_payment")),
        timeline=timeline.timeline_of(customer),
    )


def _subscribed(subscription: Record) -> Subscribed:
    plan, data = plans.plan_of(subscription), subscription.data
    if data["ended_at"]:
        says = f"Ended on {words.day(data['ended_at'])}."
    elif plan.next_plan:
        says = f"Changes to {plan.next_plan} on {plan.next_at}."
    elif data["cancel_at"]:
        says = f"Ends on {words.day(data['cancel_at'])}."
    elif data["status"] in ("active", "trialing"):
        says = f"Renews on {plan.until}."
    else:
        says = _next_try(subscription)
    return Subscribed(subscription.id, plan.name, plan.price, plan.state, says)


def _next_try(subscription: Record) -> str:
    invoice = store.lookup("invoice", subscription.data["latest_invoice"] or "")
    if invoice is None or invoice.data["status"] != "open":
        return ""
    owed = words.money(invoice.data["amount_remaining"], invoice.data["currency"])
    again = invoice.data["next_payment_attempt"]
    return f"{owed} is open; tried again on {words.day(again)}." if again else f"{owed} is open."

"""A subscription as the Portal tells of it, and the plans that it can change to."""

from dataclasses import dataclass
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.models import Record
from stripe_sandbox.pages import words
from stripe_sandbox.pages.visits import Visit


@dataclass(frozen=True, slots=True)
class Plan:
    id: str
    name: str
    price: str
    state: words.State
    since: str
    until: str
    says: str
    is_canceling: bool
    next_plan: str
    next_price: str
    next_at: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Another price, and what changing to it means."""

    price: str
    name: str
    description: str
    costs: str
    is_now: bool
    is_scheduled: bool
    waits: bool


def item_of(subscription: Record) -> dict[str, Any]:
    found: dict[str, Any] = subscription.data["items"]["data"][0]
    return found


def product_name(price: dict[str, Any]) -> str:
    product = store.lookup("product", price["product"])
    return str((product.data["name"] if product else None) or price.get("nickname") or price["id"])


def plan_of(subscription: Record) -> Plan:
    data, item = subscription.data, item_of(subscription)
    until = words.day(item["current_period_end"])
    scheduled = scheduled_price(subscription)
    return Plan(
        id=subscription.id,
        name=product_name(item["price"]),
        price=words.price(item["price"], item["quantity"]),
        state=_state(data),
        since=words.day(item["current_period_start"]),
        until=until,
        says=f"Paid until {until}." if scheduled else _says(data, until),
        is_canceling=data["cancel_at_period_end"],
        next_plan=product_name(scheduled) if scheduled else "",
        next_price=words.price(scheduled, item["quantity"]) if scheduled else "",
        next_at=until,
    )


def scheduled_price(subscription: Record) -> dict[str, Any] | None:
    """The price that a schedule changes to when the period ends."""
    schedule = store.lookup("subscription_schedule", subscription.data["schedule"] or "")
    if schedule is None or schedule.data["status"] not in ("active", "not_started"):
        return None
    end = item_of(subscription)["current_period_end"]
    for phase in schedule.data["phases"]:
        id = phase["items"][0]["price"]
        if phase["start_date"] >= end and id != item_of(subscription)["price"]["id"]:
            found: dict[str, Any] = store.get("price", id).data
            return found
    return None


def offers_for(visit: Visit, subscription: Record) -> list[Offer]:
    """The configuration's prices, cheapest first."""
    now, scheduled = item_of(subscription)["price"], scheduled_price(subscription)
    ids = [id for product in visit.features["subscription_update"]["products"] or [] for id in product["prices"]]
    prices = [price.data for id in ids if (price := store.lookup("price", id)) and price.data["active"]]
    return [
        Offer(
            price=price["id"], name=product_name(price), description=_description(price), costs=words.price(price),
            is_now=price["id"] == now["id"], is_scheduled=bool(scheduled and price["id"] == scheduled["id"]),
            waits=waits(visit, now, price),
        )
        for price in sorted(prices, key=lambda one: one["unit_amount"] or 0)
        if price["currency"] == now["currency"]
    ]  # fmt: skip


def waits(visit: Visit, now: dict[str, Any], then: dict[str, Any]) -> bool:
    """Whether a change takes effect when the period ends, as the configuration's conditions have it."""
    update = visit.features["subscription_update"]
    conditions = {one["type"] for one in update["schedule_at_period_end"]["conditions"]}
    return "decreasing_item_amount" in conditions and (then["unit_amount"] or 0) < (now["unit_amount"] or 0)


def _description(price: dict[str, Any]) -> str:
    product = store.lookup("product", price["product"])
    return str((product.data.get("description") if product else None) or "")


def _state(data: dict[str, Any]) -> words.State:
    if data["cancel_at_period_end"] and data["status"] in ("active", "trialing"):
        return words.State("Ends soon", "clock", "warn")
    return words.SUBSCRIPTION_STATES[data["status"]]


def _says(data: dict[str, Any], until: str) -> str:
    if data["status"] in ("active", "trialing"):
        ends = data["cancel_at_period_end"]
        return f"Your plan ends on {until} and is not renewed." if ends else f"Renews on {until}."
    return {
        "past_due": "The last payment failed. It will be tried again; a new card pays it at once.",
        "unpaid": "Every try to charge the card failed. A new card pays what is open.",
        "incomplete": "The first payment is not made yet.",
        "paused": "The plan is paused.",
    }.get(data["status"], "")

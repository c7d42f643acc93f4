"""A change in mid-period: credit for the time not used, a charge for the time that remains, to the second.

The credit is the same part of what was really billed for the item, discounts and all; so nobody gains by changing to
and fro. Stripe calls this the flexible billing mode with discounts included.
"""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import catalogue, discounts, periods, story
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import invoiceitem, line_item


def note_billed(subscription: Record, invoice: dict[str, Any]) -> None:
    """Remember what each item was billed for the period it is in; credits are reckoned from it."""
    for line in invoice["lines"]["data"]:
        details = (line["parent"] or {}).get("subscription_item_details")
        if details and details["subscription"] == subscription.id and line["amount"] >= 0:
            fact = {"invoice": invoice["id"], "line": line["id"], "net": discounts.left_of(line), **line["period"]}
            _note(subscription, details["subscription_item"], fact)
    story.keep(subscription)


def _note(subscription: Record, item: str, fact: dict[str, Any]) -> None:
    billed = subscription.private.setdefault("billed", {})
    if item not in billed or billed[item]["start"] <= fact["start"]:
        billed[item] = fact


def credit(subscription: Record, item: dict[str, Any], at: int) -> dict[str, Any] | None:
    """The invoice item, not saved, that gives back what was billed for the time from `at` on."""
    billed = subscription.private.get("billed", {}).get(item["id"])
    if not billed or not billed["net"] or not billed["start"] <= at < billed["end"]:
        return None
    amount = -round(billed["net"] * (billed["end"] - at) / (billed["end"] - billed["start"]))
    credited = {"invoice": billed["invoice"], "invoice_line_items": [billed["line"]]}
    words = f"Unused time on {_named(item)} after {periods.date_of(at)}"
    proposed = _item(subscription, item, amount, words, start=at, end=billed["end"])
    return {**proposed, "credited": credited if billed["invoice"] else None}


def charge(subscription: Record, item: dict[str, Any], at: int) -> dict[str, Any]:
    """The invoice item, not saved, that charges the item from `at` to the end of its period."""
    start, end = item["current_period_start"], item["current_period_end"]
    gross = item["price"]["unit_amount"] * item["quantity"]
    part = gross * (end - at) / (end - start)
    amount = discounts.reduced(round(part), gross, discounts.active(subscription.data, at))
    words = f"Remaining time on {_named(item)} after {periods.date_of(at)}"
    return _item(subscription, item, amount, words, start=at, end=end)


def save(subscription: Record, proposed: list[dict[str, Any]]) -> None:
    """Make the proposed items pending ones, which the next invoice of the subscription picks up."""
    for one in proposed:
        record = store.add(without_credit(one), private={"credited": one.get("credited")})
        story.tell("invoiceitem.created", record)
        if one["amount"] >= 0:
            item = one["parent"]["subscription_details"]["subscription_item"]
            _note(subscription, item, {"invoice": None, "line": None, "net": one["amount"], **one["period"]})
    story.keep(subscription)


def without_credit(proposed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in proposed.items() if name != "credited"}


def _item(
    subscription: Record, item: dict[str, Any], amount: int, words: str, *, start: int, end: int
) -> dict[str, Any]:
    data = subscription.data
    return invoiceitem.build(
        id=store.new_id("ii"),
        amount=amount,
        currency=data["currency"],
        customer=data["customer"],
        date=start,
        description=words,
        discountable=False,
        parent=invoiceitem.parent_of(subscription.id, item["id"]),
        period={"start": start, "end": end},
        pricing=line_item.pricing_of(item["price"], amount if item["quantity"] == 1 else None),
        proration=True,
        quantity=item["quantity"],
        test_clock=data["test_clock"],
    )


def _named(item: dict[str, Any]) -> str:
    name, quantity = catalogue.name_of(item["price"]), item["quantity"]
    return name if quantity == 1 else f"{quantity} × {name}"  # noqa: RUF001

"""What an invoice comes to: its lines, its discounts and the customer's balance. Nothing here is saved."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import catalogue, discounts, periods
from stripe_sandbox.shapes import line_item


def totals(lines: list[dict[str, Any]], of: list[dict[str, Any]], balance: int) -> dict[str, Any]:
    """The amounts of an invoice. A customer's balance below zero is credit; what cannot be used stays there."""
    discounts.apply(lines, of)
    subtotal = sum(line["subtotal"] for line in lines)
    taken: dict[str, int] = {}
    for line in lines:
        for one in line["discount_amounts"]:
            taken[one["discount"]] = taken.get(one["discount"], 0) + one["amount"]
    total = subtotal - sum(taken.values())
    due = max(0, total + balance)
    return {
        "amount_due": due,
        "amount_remaining": due,
        "discounts": [one["id"] for one in of],
        "starting_balance": balance,
        "subtotal": subtotal,
        "subtotal_excluding_tax": subtotal,
        "total": total,
        "total_discount_amounts": [{"amount": amount, "discount": id} for id, amount in taken.items()],
        "total_excluding_tax": total,
        "total_pretax_credit_amounts": [
            {"amount": amount, "discount": id, "type": "discount"} for id, amount in taken.items()
        ],
    }


def lines_of_period(subscription: dict[str, Any], items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for each item, for the item's present period."""
    return [_line(subscription, item) for item in items]


def _line(subscription: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    price, quantity = item["price"], item["quantity"]
    trial = subscription["status"] == "trialing"
    words = f"Trial period for {catalogue.name_of(price)}" if trial else catalogue.describe(price, quantity)
    return line_item.build(
        id=store.new_id("il"),
        amount=0 if trial else price["unit_amount"] * quantity,
        currency=price["currency"],
        description=words,
        metadata=subscription["metadata"],
        parent=line_item.from_subscription_item(
            subscription=subscription["id"], item=item["id"], proration=False
        ),
        period={"start": item["current_period_start"], "end": item["current_period_end"]},
        pricing=line_item.pricing_of(price, 0 if trial else None),
        quantity=quantity,
        subscription=subscription["id"],
    )  # fmt: skip


def line_of_invoice_item(data: dict[str, Any], credited: dict[str, Any] | None = None) -> dict[str, Any]:
    """The line that a pending invoice item becomes."""
    details = (data["parent"] or {}).get("subscription_details", {})
    subscription = details.get("subscription")
    if data["proration"] and details.get("subscription_item"):
        parent = line_item.from_subscription_item(
            subscription=subscription, item=details["subscription_item"], proration=True, invoice_item=data["id"],
            credited=credited,
        )  # fmt: skip
    else:
        parent = line_item.from_invoice_item(data["id"], subscription)
    return line_item.build(
        id=store.new_id("il"),
        amount=data["amount"],
        currency=data["currency"],
        description=data["description"],
        discountable=data["discountable"],
        metadata=data["metadata"],
        parent=parent,
        period=data["period"],
        pricing=data["pricing"],
        quantity=data["quantity"],
        subscription=subscription,
    )


def period_of(items: list[dict[str, Any]]) -> tuple[int, int]:
    """The period of a subscription: all of its items share one."""
    return items[0]["current_period_start"], items[0]["current_period_end"]


def days(number: int) -> int:
    return number * periods.SECONDS["day"]

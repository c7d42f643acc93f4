from typing import Any

from stripe_sandbox.shapes.blank import fill

EMPTY: dict[str, Any] = {
    "id": "",
    "object": "line_item",
    "amount": 0,
    "currency": "usd",
    "description": None,
    "discount_amounts": [],
    "discountable": True,
    "discounts": [],
    "invoice": None,
    "livemode": False,
    "metadata": {},
    "parent": None,
    "period": {},
    "pretax_credit_amounts": [],
    "pricing": None,
    "quantity": 1,
    "quantity_decimal": "1",
    "subscription": None,
    "subtotal": 0,
    "taxes": [],
}


def build(**facts: Any) -> dict[str, Any]:
    quantity = facts.get("quantity", 1)
    return fill(EMPTY, {"subtotal": facts["amount"], "quantity_decimal": str(quantity), **facts})


def pricing_of(price: dict[str, Any], unit_amount: int | None = None) -> dict[str, Any]:
    amount = price["unit_amount_decimal"] if unit_amount is None else str(unit_amount)
    return {
        "price_details": {"price": price["id"], "product": price["product"]},
        "type": "price_details",
        "unit_amount_decimal": amount,
    }


def from_subscription_item(
    *,
    subscription: str,
    item: str,
    proration: bool,
    invoice_item: str | None = None,
    credited: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The parent of a line that a subscription's item made, by itself or by way of a proration."""
    return {
        "invoice_item_details": None,
        "subscription_item_details": {
            "invoice_item": invoice_item,
            "proration": proration,
            "proration_details": {"credited_items": credited},
            "subscription": subscription,
            "subscription_item": item,
        },
        "type": "subscription_item_details",
    }


def from_invoice_item(invoice_item: str, subscription: str | None) -> dict[str, Any]:
    return {
        "invoice_item_details": {
            "invoice_item": invoice_item,
            "proration": False,
            "proration_details": {"credited_items": None},
            "subscription": subscription,
        },
        "subscription_item_details": None,
        "type": "invoice_item_details",
    }

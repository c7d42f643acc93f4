from typing import Any

from stripe_sandbox.shapes.blank import fill

EMPTY: dict[str, Any] = {
    "id": "",
    "object": "invoiceitem",
    "amount": 0,
    "currency": "usd",
    "customer": "",
    "customer_account": None,
    "date": 0,
    "description": None,
    "discountable": True,
    "discounts": [],
    "invoice": None,
    "livemode": False,
    "metadata": {},
    "net_amount": 0,
    "parent": None,
    "period": {},
    "pricing": None,
    "proration": False,
    "quantity": 1,
    "quantity_decimal": "1",
    "tax_rates": [],
    "test_clock": None,
}


def build(**facts: Any) -> dict[str, Any]:
    quantity = facts.get("quantity", 1)
    return fill(EMPTY, {"net_amount": facts["amount"], "quantity_decimal": str(quantity), **facts})


def parent_of(subscription: str, item: str | None) -> dict[str, Any]:
    details = {"subscription": subscription} | ({"subscription_item": item} if item else {})
    return {"subscription_details": details, "type": "subscription_details"}

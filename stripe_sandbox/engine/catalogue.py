"""Prices that can be subscribed to, and how a line of an invoice names them."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.errors import StripeError

SIGNS = {"usd": "$", "eur": "€", "gbp": "£"}


def subscribable(price: str, *, param: str = "items[0][price]") -> dict[str, Any]:
    """The JSON of a price. Raises StripeError for what Stripe, or only the sandbox, does not take."""
    data = store.get("price", price, param=param, status=400).data
    if not data["active"]:
        raise StripeError("The price specified is inactive. This field only accepts active prices.", param=param)
    if data["type"] != "recurring":
        raise StripeError(
            "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
            param=param,
        )
    if data["billing_scheme"] != "per_unit" or data["unit_amount"] is None:
        raise StripeError("The sandbox bills prices with a whole unit_amount per unit, no tiers.", param=param)
    return data


def money(amount: int, currency: str) -> str:
    sign = SIGNS.get(currency)
    text = f"{abs(amount) / 100:,.2f}"
    return ("-" if amount < 0 else "") + (f"{sign}{text}" if sign else f"{text} {currency.upper()}")


def name_of(price: dict[str, Any]) -> str:
    product = store.lookup("product", price["product"])
    return str(product.data["name"]) if product else str(price["product"])


def describe(price: dict[str, Any], quantity: int) -> str:
    """How a line of an invoice says it: a quantity of Pro (at $29.00 / month)."""
    recurring = price["recurring"]
    count = recurring["interval_count"]
    every = recurring["interval"] if count == 1 else f"every {count} {recurring['interval']}s"
    return f"{quantity} × {name_of(price)} (at {money(price['unit_amount'], price['currency'])} / {every})"  # noqa: RUF001

from typing import Any


def build(
    *,
    id: str,
    created: int,
    product: str,
    currency: str,
    unit_amount: int,
    recurring: dict[str, Any] | None,
    **given: Any,
) -> dict[str, Any]:
    """A flat price a unit; `unit_amount` is in cents."""
    return {
        "id": id,
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": created,
        "currency": currency,
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": product,
        "recurring": recurring,
        "tax_behavior": "unspecified",
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "recurring" if recurring else "one_time",
        "unit_amount": unit_amount,
        "unit_amount_decimal": str(unit_amount),
        **given,
    }


def recurring(interval: str, count: int = 1) -> dict[str, Any]:
    return {"interval": interval, "interval_count": count, "meter": None, "usage_type": "licensed"}

from typing import Any


def build(*, id: str, created: int, code: str, coupon: str, **given: Any) -> dict[str, Any]:
    return {
        "id": id,
        "object": "promotion_code",
        "active": True,
        "code": code,
        "created": created,
        "customer": None,
        "customer_account": None,
        "expires_at": None,
        "livemode": False,
        "max_redemptions": None,
        "metadata": {},
        "promotion": {"coupon": coupon, "type": "coupon"},
        "restrictions": {"first_time_transaction": False, "minimum_amount": None, "minimum_amount_currency": None},
        "times_redeemed": 0,
        **given,
    }


def is_redeemable(code: dict[str, Any], moment: int, *, customer: str | None) -> bool:
    """Whether this customer can use it now; its coupon has a say of its own."""
    late = code["expires_at"] is not None and code["expires_at"] <= moment
    used_up = code["max_redemptions"] is not None and code["times_redeemed"] >= code["max_redemptions"]
    return bool(code["active"]) and not late and not used_up and code["customer"] in (None, customer)

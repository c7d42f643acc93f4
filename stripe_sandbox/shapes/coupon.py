from typing import Any


def build(*, id: str, created: int, duration: str, **given: Any) -> dict[str, Any]:
    return {
        "id": id,
        "object": "coupon",
        "amount_off": None,
        "created": created,
        "currency": None,
        "duration": duration,
        "duration_in_months": None,
        "livemode": False,
        "max_redemptions": None,
        "metadata": {},
        "name": None,
        "percent_off": None,
        "redeem_by": None,
        "times_redeemed": 0,
        "valid": True,
        **given,
    }


def is_valid(coupon: dict[str, Any], moment: int) -> bool:
    """Whether it can still be redeemed: neither out of date nor used up."""
    late = coupon["redeem_by"] is not None and coupon["redeem_by"] <= moment
    return not late and not _used_up(coupon)


def amount_off(coupon: dict[str, Any], amount: int) -> int:
    """What it takes off an amount in cents, at most all of it; half a cent counts as one."""
    if coupon["percent_off"] is not None:
        return min(amount, int(amount * coupon["percent_off"] / 100 + 0.5))
    return min(amount, coupon["amount_off"] or 0)


def _used_up(coupon: dict[str, Any]) -> bool:
    return coupon["max_redemptions"] is not None and coupon["times_redeemed"] >= coupon["max_redemptions"]

from typing import Any


def build(
    *, id: str, coupon: str, customer: str, start: int, end: int | None, subscription: str | None = None,
    checkout_session: str | None = None, promotion_code: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": id,
        "object": "discount",
        "checkout_session": checkout_session,
        "customer": customer,
        "customer_account": None,
        "end": end,
        "invoice": None,
        "invoice_item": None,
        "promotion_code": promotion_code,
        "source": {"coupon": coupon, "type": "coupon"},
        "start": start,
        "subscription": subscription,
        "subscription_item": None,
    }

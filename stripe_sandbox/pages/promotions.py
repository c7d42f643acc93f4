"""A promotion code typed on the Checkout page: checked, then part of the session and its totals."""

from stripe_sandbox import store
from stripe_sandbox.api import checkout_items
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import coupon as coupon_shape
from stripe_sandbox.shapes import promotion_code as code_shape


def apply(session: Record, said: str) -> Record:
    """Raises StripeError in the words for the person who typed it."""
    moment = store.now(session.clock)
    for code in store.find("promotion_code", active=True):
        if code.data["code"].casefold() != said.strip().casefold():
            continue
        coupon = store.get("coupon", code.data["promotion"]["coupon"]).data
        redeemable = code_shape.is_redeemable(code.data, moment, customer=session.data["customer"])
        if redeemable and coupon_shape.is_valid(coupon, moment):
            _refuse_unfit(session, code)
            off = coupon_shape.amount_off(coupon, session.data["amount_subtotal"])
            return _price(session, off=off, discounts=[{"coupon": None, "promotion_code": code.id}])
    raise StripeError("This code is invalid.", code="promotion_code_invalid", param="code")


def remove(session: Record) -> Record:
    return _price(session, off=0, discounts=None)


def _refuse_unfit(session: Record, code: Record) -> None:
    limits = code.data["restrictions"]
    if limits["minimum_amount"] and session.data["amount_subtotal"] < limits["minimum_amount"]:
        raise StripeError("This code needs a larger order.", param="code")
    paid = store.find("charge", customer=session.data["customer"], paid=True).exists()
    if limits["first_time_transaction"] and paid:
        raise StripeError("This code is for new customers only.", param="code")


def _price(session: Record, *, off: int, discounts: list[dict[str, str | None]] | None) -> Record:
    data = session.data
    data["discounts"] = discounts
    data["total_details"] = {**data["total_details"], "amount_discount": off}
    data["amount_total"] = data["amount_subtotal"] - off
    left = off
    items = list(checkout_items.of(session.id))
    for number, item in enumerate(items, start=1):
        share = left if number == len(items) else off * item.data["amount_subtotal"] // (data["amount_subtotal"] or 1)
        left -= share
        item.data |= {"amount_discount": share, "amount_total": item.data["amount_subtotal"] - share}
        store.save(item)
    return store.save(session)

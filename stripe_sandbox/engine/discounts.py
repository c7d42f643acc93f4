"""Coupons put on a subscription as discounts, and what they take off an invoice's lines."""

from dataclasses import dataclass
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import periods, story
from stripe_sandbox.errors import StripeError, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import coupon as coupon_shape
from stripe_sandbox.shapes import discount as shape
from stripe_sandbox.shapes import promotion_code as code_shape


@dataclass(frozen=True, slots=True)
class Offer:
    """What a caller asks for: a coupon, a promotion code (its id), or a discount that is there already."""

    coupon: str | None = None
    promotion_code: str | None = None
    discount: str | None = None


def give(
    offers: list[Offer], *, customer: str, subscription: str, at: int, checkout_session: str | None = None
) -> list[str]:
    """Turn offers into the discounts of a subscription. Raises StripeError for what cannot be redeemed now."""
    return [
        offer.discount or _redeem(offer, customer, subscription, at, checkout_session).id
        for offer in offers
    ]  # fmt: skip


def coupon_for(offer: Offer, *, customer: str | None, at: int) -> Record:
    """The coupon behind an offer, checked; nothing is redeemed."""
    coupon = offer.coupon
    if offer.promotion_code:
        code = store.get("promotion_code", offer.promotion_code, param="discounts[0][promotion_code]", status=400)
        if not code_shape.is_redeemable(code.data, at, customer=customer):
            raise StripeError("This promotion code cannot be redeemed.", param="discounts[0][promotion_code]")
        coupon = code.data["promotion"]["coupon"]
    found = store.lookup("coupon", coupon or "")
    if found is None:
        raise resource_missing("coupon", coupon or "", param="discounts[0][coupon]", status=400)
    if not coupon_shape.is_valid(found.data, at):
        raise StripeError(
            f"Coupon {found.id} is expired and cannot be applied.", code="coupon_expired", param="discounts[0][coupon]"
        )
    return found


def _redeem(offer: Offer, customer: str, subscription: str, at: int, session: str | None) -> Record:
    coupon = coupon_for(offer, customer=customer, at=at)
    months = coupon.data["duration_in_months"] if coupon.data["duration"] == "repeating" else None
    coupon.data["times_redeemed"] += 1
    coupon.data["valid"] = coupon_shape.is_valid(coupon.data, at)
    story.keep(coupon)
    code = store.lookup("promotion_code", offer.promotion_code) if offer.promotion_code else None
    if code is not None:
        code.data["times_redeemed"] += 1
        story.keep(code)
    discount = store.add(
        shape.build(
            id=store.new_id("di"), coupon=coupon.id, customer=customer, subscription=subscription, start=at,
            end=periods.add_months(at, months) if months else None, checkout_session=session,
            promotion_code=offer.promotion_code,
        )
    )  # fmt: skip
    story.tell("customer.discount.created", discount)
    return discount


def active(subscription: dict[str, Any], at: int) -> list[dict[str, Any]]:
    """The discounts that still hold for an invoice of that moment."""
    found = (store.lookup("discount", id) for id in subscription["discounts"])
    return [one.data for one in found if one is not None and (one.data["end"] is None or one.data["end"] > at)]


def drop_spent(subscription: Record, used: list[str], at: int) -> None:
    """A `once` discount leaves with the invoice that it was used on, a `repeating` one when its months are over."""
    spent = []
    for id in subscription.data["discounts"]:
        discount = store.get("discount", id)
        coupon = store.get("coupon", discount.data["source"]["coupon"]).data
        over = discount.data["end"] is not None and discount.data["end"] <= at
        if over or (coupon["duration"] == "once" and id in used):
            spent.append(discount)
    end(subscription, spent)


def end(subscription: Record, discounts: list[Record]) -> None:
    if not discounts:
        return
    gone = [one.id for one in discounts]
    with story.changing(subscription) as data:
        data["discounts"] = [id for id in data["discounts"] if id not in gone]
    for one in discounts:
        story.tell("customer.discount.deleted", one)


def apply(lines: list[dict[str, Any]], discounts: list[dict[str, Any]]) -> None:
    """Put into each discountable line what each discount takes off it, one after the other."""
    for discount in discounts:
        coupon = store.get("coupon", discount["source"]["coupon"]).data
        meant = [line for line in lines if line["discountable"] and line["amount"] > 0 and _covers(coupon, line)]
        if coupon["percent_off"] is not None:
            for line in meant:
                _take(line, discount["id"], coupon_shape.amount_off(coupon, left_of(line)))
            continue
        remaining = coupon["amount_off"]
        for line in meant:
            amount = min(remaining, left_of(line))
            remaining -= amount
            _take(line, discount["id"], amount)


def left_of(line: dict[str, Any]) -> int:
    """A line's amount after the discounts put into it so far."""
    taken: int = sum(one["amount"] for one in line["discount_amounts"])
    return int(line["amount"]) - taken


def reduced(amount: int, gross: int, discounts: list[dict[str, Any]]) -> int:
    """A part of a price less the same part of what the discounts take off the whole."""
    whole = gross
    for discount in discounts:
        whole -= coupon_shape.amount_off(store.get("coupon", discount["source"]["coupon"]).data, whole)
    return round(amount * whole / gross) if gross else 0


def _take(line: dict[str, Any], discount: str, amount: int) -> None:
    line["discount_amounts"] = [*line["discount_amounts"], {"amount": amount, "discount": discount}]
    line["discounts"] = [*line["discounts"], discount]
    taken = {"amount": amount, "discount": discount, "type": "discount"}
    line["pretax_credit_amounts"] = [*line["pretax_credit_amounts"], taken]


def _covers(coupon: dict[str, Any], line: dict[str, Any]) -> bool:
    products = (coupon.get("applies_to") or {}).get("products")
    return not products or (line["pricing"] or {}).get("price_details", {}).get("product") in products

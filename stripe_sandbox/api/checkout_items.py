"""What a Checkout Session sells: its line items, and what a discount takes off each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import catalogue
from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import expansion
from stripe_sandbox.shapes import checkout_session as shape
from stripe_sandbox.shapes import coupon as coupon_shape
from stripe_sandbox.shapes import discount as discount_shape
from stripe_sandbox.shapes import promotion_code as code_shape

MOST = 20


@dataclass(frozen=True, slots=True)
class Line:
    price: dict[str, Any]
    quantity: int
    metadata: dict[str, str]

    @property
    def subtotal(self) -> int:
        return int(self.price["unit_amount"]) * self.quantity


@dataclass(frozen=True, slots=True)
class Basket:
    lines: list[Line]
    discounts: list[dict[str, Any]] | None
    discount: int

    @property
    def subtotal(self) -> int:
        return sum(line.subtotal for line in self.lines)

    @property
    def currency(self) -> str:
        return str(self.lines[0].price["currency"])


def read(params: Params, customer: Record | None) -> Basket:
    lines = [_line(row) for row in params.inners("line_items")]
    if not lines:
        raise parameter_missing("line_items")
    if len(lines) > MOST:
        raise parameter_invalid("line_items", f"You can specify up to {MOST} line items.")
    rhythms = {(line.price["currency"], str(line.price["recurring"])) for line in lines}
    currency = params.text("currency")
    if len(rhythms) > 1 or (currency and currency != lines[0].price["currency"]):
        raise parameter_invalid("line_items", "All prices of a Checkout Session share one currency and one interval.")
    fields.must_be_one_of(params, "allow_promotion_codes", "discounts")
    discounts, coupon = _discounts(params, customer)
    total = sum(line.subtotal for line in lines)
    return Basket(lines, discounts, coupon_shape.amount_off(coupon, total) if coupon else 0)


def add(session: Record, basket: Basket) -> None:
    left = basket.discount
    for number, line in enumerate(basket.lines, start=1):
        share = left if number == len(basket.lines) else basket.discount * line.subtotal // (basket.subtotal or 1)
        left -= share
        name = catalogue.name_of(line.price)
        data = shape.item(
            id=store.new_id("li"), price=line.price, quantity=line.quantity, description=name, amount_discount=share
        )
        item = store.add(data | {"metadata": line.metadata}, private={"session": session.id})
        Record.objects.filter(pk=item.pk).update(customer=session.customer, clock=session.clock)


def of(session: str) -> QuerySet[Record]:
    return store.find("item").filter(private__session=session).order_by("position")


def taken_off(session: dict[str, Any], amount: int) -> list[dict[str, Any]]:
    """The discounts of a session with what they took off, of all of it or of one item."""
    taken = []
    for given in session["discounts"] or []:
        code = store.lookup("promotion_code", given["promotion_code"]) if given["promotion_code"] else None
        discount = discount_shape.build(
            id=f"di_{session['id'].removeprefix('cs_test_')}",
            coupon=code.data["promotion"]["coupon"] if code else given["coupon"],
            customer=session["customer"],
            start=session["created"],
            end=None,
            checkout_session=session["id"],
            promotion_code=given["promotion_code"],
        )
        taken.append({"amount": amount, "discount": discount})
    return taken


@expansion("item", "discounts")
def discounts_of_item(item: dict[str, Any]) -> list[dict[str, Any]]:
    session = store.get("item", item["id"]).private["session"]
    return taken_off(store.get("checkout.session", session).data, item["amount_discount"])


def _line(params: Params) -> Line:
    params.refuse_unknown(("metadata", "price", "quantity"))
    price = catalogue.subscribable(params.needed("price"), param=params.name_of("price"))
    quantity = params.integer("quantity")
    if quantity is None:
        raise parameter_missing(params.name_of("quantity"))
    if not 1 <= quantity <= 999_999:
        raise parameter_invalid(params.name_of("quantity"), "This value must be greater than or equal to 1.")
    return Line(price, quantity, fields.metadata(params).get("metadata", {}))


def _discounts(params: Params, customer: Record | None) -> tuple[list[dict[str, Any]] | None, dict[str, Any] | None]:
    given = params.inners("discounts")
    if not given:
        return None, None
    if len(given) > 1:
        raise parameter_invalid("discounts", "You can specify up to 1 discount.")
    row = given[0]
    row.refuse_unknown(("coupon", "promotion_code"))
    fields.must_be_one_of(row, "coupon", "promotion_code")
    now = store.now(customer.clock if customer else "")
    if "promotion_code" in row:
        where = row.name_of("promotion_code")
        code = store.get("promotion_code", row.needed("promotion_code"), param=where, status=400)
        if not code_shape.is_redeemable(code.data, now, customer=customer.id if customer else None):
            raise StripeError("This promotion code cannot be redeemed.", param=where)
        coupon = store.get("coupon", code.data["promotion"]["coupon"], param=where, status=400)
        discount = {"coupon": None, "promotion_code": code.id}
    else:
        coupon = store.get("coupon", row.needed("coupon"), param=row.name_of("coupon"), status=400)
        discount = {"coupon": coupon.id, "promotion_code": None}
    if not coupon_shape.is_valid(coupon.data, now):
        raise StripeError(
            f"Coupon {coupon.id} is used up or expired and cannot be applied.", code="coupon_expired", param="discounts"
        )
    return [discount], coupon.data

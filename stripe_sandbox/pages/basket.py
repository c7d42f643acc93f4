"""What a Checkout Session sells, as its page says it."""

from dataclasses import dataclass
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import checkout_items
from stripe_sandbox.models import Record
from stripe_sandbox.pages import words
from stripe_sandbox.shapes import account as account_shape


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    description: str
    terms: str
    amount: str


@dataclass(frozen=True, slots=True)
class Discount:
    name: str
    terms: str
    amount: str
    code: str


@dataclass(frozen=True, slots=True)
class Basket:
    merchant: str
    title: str
    rhythm: str
    later: str
    lines: list[Line]
    subtotal: str
    discount: Discount | None
    total: str
    takes_codes: bool
    email: str
    cancel_url: str
    button: str
    assent: str


def merchant() -> str:
    """The account's name without the reminder that it is a sandbox, which every page gives in its own way."""
    return str(account_shape.build()["business_profile"]["name"]).removesuffix(" (sandbox)")


def items_of(session: Record) -> list[dict[str, Any]]:
    return [item.data for item in checkout_items.of(session.id)]


def basket_of(session: Record) -> Basket:
    data, items = session.data, items_of(session)
    recurring = next((item["price"]["recurring"] for item in items if item["price"].get("recurring")), None)
    lines = [_line(item) for item in items]
    total, currency = data["amount_total"], data["currency"]
    full = f"{words.money(data['amount_subtotal'], currency)} {words.every(recurring)}".strip()
    discount, coupon = _discount(session)
    verb = "Subscribe to" if recurring else "Pay for"
    return Basket(
        merchant=merchant(),
        title=f"{verb} {lines[0].name}" if lines else "Checkout",
        rhythm="today" if discount else words.every(recurring),
        later=_later(coupon, full) if recurring else "",
        lines=lines,
        subtotal=words.money(data["amount_subtotal"], currency),
        discount=discount,
        total=words.money(total, currency),
        takes_codes=bool(data["allow_promotion_codes"]) or discount is not None,
        email=_email(session),
        cancel_url=data["cancel_url"] or "",
        button=f"Pay {words.money(total, currency)}" if total else "Subscribe",
        assent=f"{merchant()} may charge this card {full} until you cancel." if recurring else "",
    )


def _line(item: dict[str, Any]) -> Line:
    price = item["price"]
    product = store.lookup("product", price["product"])
    quantity = item["quantity"]
    many = f"{quantity} times " if quantity != 1 else ""
    terms = f"{many}{words.price(price)}" if many else ""
    rhythm = f"billed {_rhythm(price['recurring'])}" if price.get("recurring") else ""
    return Line(
        name=(product.data["name"] if product else None) or item["description"] or price["id"],
        description=(product.data.get("description") if product else None) or "",
        terms=", ".join(part for part in (terms, rhythm) if part).capitalize(),
        amount=words.money(item["amount_subtotal"], item["currency"]),
    )


def _rhythm(recurring: dict[str, Any]) -> str:
    known = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
    return known[recurring["interval"]] if recurring.get("interval_count", 1) == 1 else words.every(recurring)


def _discount(session: Record) -> tuple[Discount | None, dict[str, Any] | None]:
    given = next(iter(session.data["discounts"] or []), None)
    if given is None:
        return None, None
    code = store.lookup("promotion_code", given["promotion_code"]) if given.get("promotion_code") else None
    coupon_id = code.data["promotion"]["coupon"] if code else given["coupon"]
    coupon = store.get("coupon", coupon_id).data
    off = session.data["total_details"]["amount_discount"]
    said = Discount(
        name=coupon["name"] or coupon["id"], terms=coupon_terms(coupon),
        amount=words.money(-off, session.data["currency"]), code=code.data["code"] if code else "",
    )  # fmt: skip
    return said, coupon


def coupon_terms(coupon: dict[str, Any]) -> str:
    """20% off for 3 months."""
    off = (
        f"{coupon['percent_off']:g}% off" if coupon["percent_off"]
        else f"{words.money(coupon['amount_off'], coupon['currency'])} off"
    )  # fmt: skip
    months = coupon["duration_in_months"]
    lasting = {"once": " once", "repeating": f" for {months} month{'s' if months != 1 else ''}", "forever": ""}
    return off + lasting[coupon["duration"]]


def _later(coupon: dict[str, Any] | None, full: str) -> str:
    if coupon is None or coupon["duration"] == "forever":
        return ""
    months = coupon["duration_in_months"] or 0
    after = f" after {months} months" if coupon["duration"] == "repeating" and months > 1 else ""
    return f"Then {full}{after}."


def _email(session: Record) -> str:
    customer = store.lookup("customer", session.data["customer"] or "")
    email = customer.data.get("email") if customer else None
    return email or session.data["customer_email"] or "No e-mail is known"

"""Cards as payment methods: made, attached to a customer, made the default, detached."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import cards, story
from stripe_sandbox.errors import StripeError, card_declined, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import payment_method as shape

EXPIRES = (12, 2034)


def create_from_card(
    number: str, exp_month: int, exp_year: int, cvc: str | None = None, name: str | None = None, *,
    email: str | None = None, details: dict[str, Any] | None = None, metadata: dict[str, str] | None = None,
    clock: str = "",
) -> Record:  # fmt: skip
    """A payment method that belongs to nobody yet. Raises what a card form would say of a mistyped card."""
    card = cards.card_of(number)
    _check_expiry(exp_month, exp_year, store.now(clock))
    if cvc is not None and not re.fullmatch(r"\d{4}" if card.brand == "amex" else r"\d{3}", cvc):
        raise card_declined("Your card's security code is invalid.", code="invalid_cvc", param="cvc")
    data = shape.build(
        id=store.new_id("pm"),
        created=store.now(clock),
        card=shape.card(
            brand=card.brand,
            last4=card.last4,
            exp_month=exp_month,
            exp_year=exp_year,
            fingerprint=hashlib.sha256(card.number.encode()).hexdigest()[:16],
            funding=card.funding,
            supports_3ds=card.brand in ("visa", "mastercard", "amex"),
        ),
        details={**shape.billing_details(name=name, email=email), **(details or {})},
        metadata=metadata or {},
    )
    return store.add(data, private={"number": card.number, "set_up": False})


def create_named(name: str, *, clock: str = "") -> Record:
    """A fresh copy of one of Stripe's ready-made test payment methods."""
    method = create_from_card(cards.NAMED[name], *EXPIRES, clock=clock)
    method.private["named"] = name
    return story.keep(method)


def resolve(id: str, *, customer: str = "", param: str = "payment_method") -> Record:
    """The payment method of an id. A name such as pm_card_visa means the customer's own copy, or else a fresh one.

    400 where there is none.
    """
    if id in cards.NAMED:
        copies = store.find("payment_method", customer=customer).filter(private__named=id) if customer else None
        return (copies.first() if copies else None) or create_named(id)
    return store.get("payment_method", id, param=param, status=400)


def attach(method: Record, customer: Record) -> Record:
    """The card is checked as it is attached: one that declines is refused here, and stays with nobody."""
    owner = method.data["customer"]
    if owner == customer.id:
        return method
    if owner or method.private.get("detached"):
        raise StripeError(
            "The payment method you provided has already been attached to a customer."
            if owner
            else "This PaymentMethod was previously used without being attached to a Customer or was detached from a "
            "Customer, and may not be used again."
        )
    behaviour = behaviour_of(method)
    if behaviour.kind == cards.DECLINES:
        raise behaviour.refusal()
    method.customer, method.clock = customer.id, customer.clock
    store.save(method, "customer", "clock")
    with story.changing(method, "payment_method.attached") as data:
        data["customer"] = customer.id
    return method


def attach_named(name: str, customer: Record) -> Record:
    """pm_card_visa and its like, straight onto a customer."""
    return attach(create_named(name, clock=customer.clock), customer)


def detach(method: Record) -> Record:
    owner = method.data["customer"]
    if owner is None:
        raise StripeError("The payment method you provided is not attached to a customer so detachment is impossible.")
    with story.changing(method, "payment_method.detached") as data:
        data["customer"] = None
        method.private["detached"] = True
    customer = store.lookup("customer", owner)
    if customer is not None and customer.data["invoice_settings"]["default_payment_method"] == method.id:
        make_default(customer, None)
    for subscription in store.find("subscription", customer=owner, default_payment_method=method.id):
        with story.changing(subscription) as data:
            data["default_payment_method"] = None
    return method


def make_default(customer: Record, method: Record | None) -> Record:
    """The customer's invoices are paid with it from now on; None for no method at all."""
    with story.changing(customer) as data:
        settings = data["invoice_settings"]
        data["invoice_settings"] = {**settings, "default_payment_method": method.id if method else None}
    return customer


def owned(id: str, customer: str, *, param: str = "default_payment_method") -> Record:
    """A customer's own payment method; anybody else's is refused as Stripe refuses it."""
    method = store.lookup("payment_method", id)
    if method is None or method.data["customer"] != customer:
        error = resource_missing("payment_method", id, param=param, status=400)
        if method is None:
            raise error
        raise StripeError(
            f"The customer does not have a payment method with the ID {id}. The payment method must be attached to "
            "the customer.", code="resource_missing", param=param,
        )  # fmt: skip
    return method


def paying_for(customer: str, *ids: str | None) -> Record | None:
    """The first of these payment methods that there is, and after them the customer's default."""
    owner = store.lookup("customer", customer)
    default = owner.data["invoice_settings"]["default_payment_method"] if owner else None
    for id in (*ids, default):
        method = store.lookup("payment_method", id) if id else None
        if method is not None and method.data["customer"] == customer:
            return method
    return None


def behaviour_of(method: Record) -> cards.Behaviour:
    return cards.card_of(method.private["number"]).behaviour


def _check_expiry(month: int, year: int, now: int) -> None:
    if not 1 <= month <= 12:
        raise card_declined("Your card's expiration month is invalid.", code="invalid_expiry_month", param="exp_month")
    today = datetime.fromtimestamp(now, UTC)
    full = year + 2000 if year < 100 else year
    if not today.year <= full < today.year + 50 or (full, month) < (today.year, today.month):
        raise card_declined("Your card's expiration year is invalid.", code="invalid_expiry_year", param="exp_year")

"""A Checkout Session that is paid, or runs out."""

import secrets
import string
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import cards, discounts, payment_methods, payments, story, subscriptions
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import checkout_session as shape
from stripe_sandbox.shapes import customer as customer_shape


def complete(
    session: Record, *, number: str, exp_month: int, exp_year: int, cvc: str | None = None, name: str | None = None,
    authenticated: bool = False,
) -> Record:  # fmt: skip
    """The customer's card, a subscription that is paid with it, the session complete.

    Raises StripeError (declined, authentication_required, a mistyped card): then nothing of it remains but the open
    session, and the switch that fails the next payment is off again.
    """
    data = session.data
    if data["status"] != "open":
        raise StripeError(f"This Checkout Session is {data['status']}.", code="checkout_session_not_open")
    card = cards.card_of(number)
    if data["amount_total"] and payments.must_fail_once(data["customer"] or ""):
        raise cards.Behaviour(cards.DECLINES, *cards.GENERIC).refusal()
    if card.behaviour.kind == cards.ASKS_3DS and not authenticated:
        raise _asks()
    known = store.lookup("customer", data["customer"] or "")
    email = known.data["email"] if known else data["customer_email"]
    method = payment_methods.create_from_card(
        number, exp_month, exp_year, cvc, name, email=email, clock=session.clock
    )  # fmt: skip
    customer = known or _add_customer(session, name)
    _attach(method, customer)
    method.private["set_up"] = authenticated
    story.keep(method)
    subscription = _subscribe(session, customer, method, authenticated=authenticated)
    with story.changing(session, "checkout.session.completed") as changed:
        changed.update(
            status="complete", payment_status="paid" if data["amount_total"] else "no_payment_required", url=None,
            customer=customer.id, customer_details=shape.customer_details(customer.data),
            subscription=subscription.id, invoice=subscription.data["latest_invoice"],
        )  # fmt: skip
        session.due_at = None
    if session.customer != customer.id:
        session.customer = customer.id
        store.save(session, "customer")
    return session


def expire(session: Record) -> Record:
    with story.changing(session, "checkout.session.expired") as data:
        data.update(status="expired", url=None)
        session.due_at = None
    return session


def _attach(method: Record, customer: Record) -> None:
    try:
        payment_methods.attach(method, customer)
    except StripeError as error:
        error.keeps = False
        raise


def _subscribe(session: Record, customer: Record, method: Record, *, authenticated: bool) -> Record:
    wanted: dict[str, Any] = session.private.get("subscription_data") or {}
    items = store.find("item").filter(private__session=session.id).order_by("position")
    offers = [
        discounts.Offer(coupon=one.get("coupon"), promotion_code=one.get("promotion_code"))
        for one in session.data["discounts"] or []
    ]
    return subscriptions.create(
        customer, prices=[(item.data["price"]["id"], item.data["quantity"]) for item in items],
        default_payment_method=method.id, payment_behavior="error_if_incomplete", offers=offers,
        authenticated=authenticated, checkout_session=session.id, description=wanted.get("description"),
        metadata=wanted.get("metadata") or {},
    )  # fmt: skip


def _asks() -> StripeError:
    error = StripeError(
        "This payment required an authentication action to complete.", code="authentication_required", status=402,
        type="card_error",
    )  # fmt: skip
    error.keeps = False
    return error


def _add_customer(session: Record, name: str | None) -> Record:
    """Who goes by the name on the card."""
    letters = string.ascii_uppercase + string.digits
    made = store.add(
        customer_shape.build(
            id=store.new_id("cus"), created=store.now(session.clock), name=name, email=session.data["customer_email"],
            invoice_prefix="".join(secrets.choice(letters) for _ in range(8)),
        )
    )  # fmt: skip
    story.tell("customer.created", made)
    return made

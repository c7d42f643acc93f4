"""Cards kept for later without a payment: setup intents."""

import secrets
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import cards, payment_methods, story
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import setup_intent as shape

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def create(customer: str | None, **facts: Any) -> Record:
    id = store.new_id("seti")
    created = store.now(store.clock_of(customer or ""))
    secret = f"{id}_secret_{secrets.token_hex(12)}"
    made = store.add(shape.build(id=id, client_secret=secret, created=created, customer=customer, **facts))
    story.tell("setup_intent.created", made)
    return made


def confirm(setup: Record, method: Record, *, authenticated: bool = False) -> Record:
    """Raises StripeError for a card that cannot be kept; 3-D Secure leaves the setup waiting for its answer."""
    refuse_closed(setup)
    behaviour = payment_methods.behaviour_of(method)
    if behaviour.kind == cards.ASKS_3DS and not authenticated:
        action = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "source": method.id}}
        with story.changing(setup, "setup_intent.requires_action") as data:
            data.update(status="requires_action", next_action=action, payment_method=method.id)
        return setup
    if setup.data["customer"]:
        payment_methods.attach(method, store.get("customer", setup.data["customer"]))
    method.private["set_up"] = True
    story.keep(method)
    with story.changing(setup, "setup_intent.succeeded") as data:
        data.update(status="succeeded", next_action=None, payment_method=method.id)
    return setup


def cancel(setup: Record, reason: str | None) -> Record:
    refuse_closed(setup)
    with story.changing(setup, "setup_intent.canceled") as data:
        data.update(status="canceled", cancellation_reason=reason, next_action=None)
    return setup


def refuse_closed(setup: Record) -> None:
    if setup.data["status"] not in OPEN:
        raise StripeError(
            f"This SetupIntent has a status of {setup.data['status']} and cannot be changed any more.",
            code="setup_intent_unexpected_state",
        )

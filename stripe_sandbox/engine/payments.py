"""Money asked of a card: payment intents, their charges, and the link from an invoice to its payment."""

import secrets
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import cards, payment_methods, story
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import charge as charge_shape
from stripe_sandbox.shapes import invoice_payment as link_shape
from stripe_sandbox.shapes import payment_intent as shape

SUCCEEDED, REQUIRES_ACTION, DECLINED = "succeeded", "requires_action", "requires_payment_method"
OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def open_intent(*, customer: str | None, amount: int, currency: str, **facts: Any) -> Record:
    """A payment intent that waits for a card."""
    id = store.new_id("pi")
    clock = store.clock_of(customer or "")
    data = shape.build(
        id=id,
        amount=amount,
        client_secret=f"{id}_secret_{secrets.token_hex(12)}",
        created=store.now(clock),
        currency=currency,
        customer=customer,
        **facts,
    )
    intent = store.add(data)
    story.tell("payment_intent.created", intent)
    return intent


def link(invoice: dict[str, Any], intent: Record) -> Record:
    return store.add(
        {
            **link_shape.build(
                id=store.new_id("inpay"), invoice=invoice["id"], payment_intent=intent.id,
                amount=invoice["amount_due"], currency=invoice["currency"], created=intent.created,
            )
        }
    )  # fmt: skip


def link_of_invoice(invoice: str) -> Record | None:
    return store.find("invoice_payment", invoice=invoice).first()


def invoice_of(intent: str) -> Record | None:
    """The invoice that a payment intent pays, if it pays one."""
    found = store.find("invoice_payment", payment__payment_intent=intent).first()
    return store.get("invoice", found.data["invoice"]) if found else None


def intent_of(invoice: str) -> Record | None:
    found = link_of_invoice(invoice)
    return store.get("payment_intent", found.data["payment"]["payment_intent"]) if found else None


def attempt(intent: Record, method: Record, *, off_session: bool, authenticated: bool = False) -> str:
    """Ask the card once. Returns the intent's new status; the intent, its charge and their events say what happened."""
    behaviour = payment_methods.behaviour_of(method)
    if must_fail_once(intent.customer):
        return _decline(intent, method, cards.Behaviour(cards.DECLINES, *cards.GENERIC), authenticated)
    kept = off_session and method.private["set_up"] and not behaviour.again
    if behaviour.kind == cards.ASKS_3DS and not authenticated and not kept:
        return _ask(intent, method)
    if behaviour.kind in (cards.DECLINES, cards.ATTACHES_THEN_FAILS) or behaviour.decline_code:
        return _decline(intent, method, behaviour, authenticated)
    return _succeed(intent, method, behaviour, authenticated)


def refusal_of(intent: Record) -> StripeError:
    """The error that the API answers with after an attempt that did not succeed."""
    error = intent.data["last_payment_error"]
    if intent.data["status"] == REQUIRES_ACTION:
        return StripeError(
            "This payment required an authentication action to complete.", code="authentication_required",
            status=402, type="card_error", payment_intent=intent.data,
        )  # fmt: skip
    return StripeError(
        error["message"], code=error["code"], decline_code=error.get("decline_code"), status=402, type="card_error",
        charge=intent.data["latest_charge"], payment_intent=intent.data,
    )  # fmt: skip


def cancel(intent: Record, reason: str | None = None) -> Record:
    """Raises StripeError unless the intent still waits."""
    if intent.data["status"] not in OPEN:
        raise StripeError(
            f"You cannot cancel this PaymentIntent because it has a status of {intent.data['status']}. Only a "
            "PaymentIntent with one of the following statuses may be canceled: requires_payment_method, "
            "requires_capture, requires_reauthorization, requires_confirmation, requires_action, processing.",
            code="payment_intent_unexpected_state",
        )
    with story.changing(intent, "payment_intent.canceled") as data:
        moment = store.now(intent.clock)
        data.update(status="canceled", canceled_at=moment, cancellation_reason=reason, next_action=None)
    for found in store.find("invoice_payment", payment__payment_intent=intent.id, status="open"):
        found.data["status"] = "canceled"
        found.data["status_transitions"]["canceled_at"] = store.now(intent.clock)
        store.save(found)
    return intent


def must_fail_once(id: str) -> bool:
    """The switch `fail the next payment`, of the customer or of all; it goes back as it is used."""
    customer = store.lookup("customer", id)
    if customer is not None and customer.private.pop("fail_next_payment", False):
        story.keep(customer)
        return True
    switches = store.main_clock()
    if switches.fail_next_payment:
        switches.fail_next_payment = False
        switches.save(update_fields=["fail_next_payment"])
        return True
    return False


def _ask(intent: Record, method: Record) -> str:
    action = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "source": method.id}}
    with story.changing(intent, "payment_intent.requires_action") as data:
        data.update(status=REQUIRES_ACTION, next_action=action, payment_method=method.id, last_payment_error=None)
    return REQUIRES_ACTION


def _decline(intent: Record, method: Record, behaviour: cards.Behaviour, authenticated: bool) -> str:
    charge = _add_charge(
        intent, method, authenticated, failure_code=behaviour.code, failure_message=behaviour.message,
        outcome=charge_shape.refused(behaviour.decline_code or behaviour.code),
    )  # fmt: skip
    story.tell("charge.failed", charge)
    error = {
        "charge": charge.id,
        "code": behaviour.code,
        "doc_url": f"https://stripe.com/docs/error-codes/{behaviour.code.replace('_', '-')}",
        "message": behaviour.message,
        "payment_method": method.data,
        "type": "card_error",
    } | ({"decline_code": behaviour.decline_code} if behaviour.decline_code else {})
    with story.changing(intent, "payment_intent.payment_failed") as data:
        data.update(status=DECLINED, last_payment_error=error, latest_charge=charge.id, next_action=None)
        data["payment_method"] = None
    return DECLINED


def _succeed(intent: Record, method: Record, behaviour: cards.Behaviour, authenticated: bool) -> str:
    amount = intent.data["amount"]
    charge = _add_charge(
        intent, method, authenticated, amount_captured=amount, captured=True, paid=True, status="succeeded",
        outcome=charge_shape.PAID,
    )  # fmt: skip
    if behaviour.kind == cards.DISPUTES:
        charge.due_at, charge.private = charge.created, {"dispute": behaviour.dispute_reason}
        story.keep(charge)
    if authenticated and not method.private["set_up"]:
        method.private["set_up"] = True
        story.keep(method)
    story.tell("charge.succeeded", charge)
    with story.changing(intent, "payment_intent.succeeded") as data:
        data.update(status=SUCCEEDED, amount_received=amount, latest_charge=charge.id, payment_method=method.id)
        data.update(last_payment_error=None, next_action=None)
    return SUCCEEDED


def _add_charge(intent: Record, method: Record, authenticated: bool, **facts: Any) -> Record:
    data = intent.data
    paid = bool(facts.get("paid"))
    card = charge_shape.card_details(
        method.data["card"], amount=data["amount"] if paid else None, authenticated=authenticated
    )
    return store.add(
        charge_shape.build(
            id=store.new_id("ch"), amount=data["amount"], billing_details=method.data["billing_details"],
            created=store.now(intent.clock), currency=data["currency"], customer=data["customer"],
            description=data["description"], metadata=data["metadata"], payment_intent=intent.id,
            payment_method=method.id, payment_method_details=card, **facts,
        )
    )  # fmt: skip

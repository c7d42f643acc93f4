"""Payment intents, their charges, and what links them to invoices."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.api import invoices as of_invoices
from stripe_sandbox.engine import invoices, payment_methods, payments, story
from stripe_sandbox.errors import StripeError, parameter_invalid
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, expansion, list_of
from stripe_sandbox.shapes.blank import listing

REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")


@endpoint(
    "POST", "/v1/payment_intents",
    takes=("amount", "automatic_payment_methods", "confirm", "currency", "customer", "description", "metadata",
           "off_session", "payment_method", "payment_method_types", "receipt_email", "return_url",
           "setup_future_usage"),
)  # fmt: skip
def create(call: Call) -> dict[str, Any]:
    params = call.params
    amount = params.integer("amount")
    if amount is None or amount < 1:
        raise parameter_invalid("amount", "Invalid positive integer")
    if params.text("customer"):
        store.get("customer", params.needed("customer"), param="customer", status=400)
    method = _method(params, params.text("customer") or "")
    usage = params.choice("setup_future_usage", ("off_session", "on_session"))
    made = payments.open_intent(
        customer=params.text("customer"), amount=amount, currency=params.needed("currency").lower(),
        payment_method=method.id if method else None, setup_future_usage=usage,
        status="requires_confirmation" if method else "requires_payment_method",
        **fields.texts(params, "description", "receipt_email"), **fields.metadata(params),
    )  # fmt: skip
    return _confirm(made, method, params) if params.boolean("confirm") else made.data


@endpoint("GET", "/v1/payment_intents", takes=(*PAGING, "created", "customer"))
def list_intents(call: Call) -> dict[str, Any]:
    return list_of(store.find("payment_intent", **fields.texts(call.params, "customer")), call)


@endpoint("GET", "/v1/payment_intents/{intent}", takes=("client_secret",))
def retrieve(call: Call, intent: str) -> dict[str, Any]:
    return store.get("payment_intent", intent).data


@endpoint("POST", "/v1/payment_intents/{intent}", takes=("description", "metadata", "payment_method", "receipt_email"))
def update(call: Call, intent: str) -> dict[str, Any]:
    found = store.get("payment_intent", intent)
    found.data |= fields.texts(call.params, "description", "receipt_email")
    found.data |= fields.metadata(call.params, found.data["metadata"])
    method = _method(call.params, found.customer)
    if method is not None:
        _refuse_closed(found)
        found.data |= {"payment_method": method.id, "status": "requires_confirmation"}
    return story.keep(found).data


@endpoint("POST", "/v1/payment_intents/{intent}/confirm",
          takes=("client_secret", "off_session", "payment_method", "return_url"))  # fmt: skip
def confirm(call: Call, intent: str) -> dict[str, Any]:
    found = store.get("payment_intent", intent)
    _refuse_closed(found)
    method = _method(call.params, found.customer)
    if method is None and found.data["payment_method"]:
        method = store.get("payment_method", found.data["payment_method"])
    return _confirm(found, method, call.params)


@endpoint("POST", "/v1/payment_intents/{intent}/cancel", takes=("cancellation_reason",))
def cancel(call: Call, intent: str) -> dict[str, Any]:
    found = store.get("payment_intent", intent)
    if payments.invoice_of(intent) is not None:
        raise StripeError("A PaymentIntent that an invoice made is canceled by voiding the invoice.",
                          code="payment_intent_unexpected_state")  # fmt: skip
    return payments.cancel(found, call.params.choice("cancellation_reason", REASONS)).data


@endpoint("GET", "/v1/charges", takes=(*PAGING, "created", "customer", "payment_intent"))
def list_charges(call: Call) -> dict[str, Any]:
    return list_of(store.find("charge", **fields.texts(call.params, "customer", "payment_intent")), call)


@endpoint("GET", "/v1/charges/{charge}")
def retrieve_charge(call: Call, charge: str) -> dict[str, Any]:
    return store.get("charge", charge).data


@endpoint("POST", "/v1/charges/{charge}", takes=("description", "metadata", "receipt_email"))
def update_charge(call: Call, charge: str) -> dict[str, Any]:
    found = store.get("charge", charge)
    with story.changing(found) as data:
        data.update(fields.texts(call.params, "description", "receipt_email"))
        data.update(fields.metadata(call.params, data["metadata"]))
    return found.data


@endpoint("GET", "/v1/invoice_payments", takes=(*PAGING, "created", "invoice", "payment", "status"))
def list_links(call: Call) -> dict[str, Any]:
    params = call.params
    params.choice("status", ("canceled", "open", "paid"))
    found = store.find("invoice_payment", **fields.texts(params, "invoice", "status"))
    if "payment" in params:
        payment = params.inner("payment")
        payment.refuse_unknown(("payment_intent", "type"))
        payment.choice("type", ("payment_intent",))
        found = found.filter(data__payment__payment_intent=payment.needed("payment_intent"))
    return list_of(found, call)


@endpoint("GET", "/v1/invoice_payments/{link}")
def retrieve_link(call: Call, link: str) -> dict[str, Any]:
    return store.get("invoice_payment", link).data


@expansion("charge", "refunds")
def refunds_of(charge: dict[str, Any]) -> dict[str, Any]:
    made = [one.data for one in store.find("refund", charge=charge["id"])]
    return listing(made, f"/v1/charges/{charge['id']}/refunds")


def _confirm(intent: Record, method: Record | None, params: Params) -> dict[str, Any]:
    """Of an invoice's intent: the invoice is paid with it. Raises the card's refusal; a question is no refusal."""
    if method is None:
        raise StripeError(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the "
            "PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a "
            "payment method.", code="payment_intent_unexpected_state",
        )  # fmt: skip
    off_session = params.boolean("off_session")
    invoice = payments.invoice_of(intent.id)
    if invoice is not None:
        outcome = invoices.attempt(invoice, by_clock=False, off_session=off_session, method=method)
    else:
        outcome = payments.attempt(intent, method, off_session=off_session)
    intent.refresh_from_db()
    if outcome == payments.DECLINED or (outcome == payments.REQUIRES_ACTION and off_session):
        raise payments.refusal_of(intent)
    return intent.data


def _method(params: Params, customer: str) -> Record | None:
    id = params.text("payment_method")
    if not id:
        return None
    return of_invoices.method_named(id, customer) if customer else payment_methods.resolve(id)


def _refuse_closed(intent: Record) -> None:
    if intent.data["status"] not in payments.OPEN:
        raise StripeError(
            f"This PaymentIntent's status is {intent.data['status']}: it cannot be changed or confirmed any more.",
            code="payment_intent_unexpected_state",
        )

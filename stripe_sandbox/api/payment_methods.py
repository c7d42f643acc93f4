"""Cards, and setup intents that keep them for later."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import cards, payment_methods, setups, story
from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of

DETAILS = ("address", "email", "name", "phone", "tax_id")
DISPLAY = ("always", "limited", "unspecified")


@endpoint("POST", "/v1/payment_methods", takes=("allow_redisplay", "billing_details", "card", "metadata", "type"))
def create(call: Call) -> dict[str, Any]:
    params = call.params
    if params.needed("type") != "card":
        raise parameter_invalid("type", "The sandbox only has payment methods of type card.")
    card = params.inner("card")
    card.refuse_unknown(("cvc", "exp_month", "exp_year", "number", "token"))
    made = _from_token(card) if card.text("token") else _from_number(card)
    made.data |= _settings(params, made.data)
    return story.keep(made).data


@endpoint("GET", "/v1/payment_methods", takes=(*PAGING, "allow_redisplay", "customer", "type"))
def list_all(call: Call) -> dict[str, Any]:
    wanted = fields.texts(call.params, "customer", "type", "allow_redisplay")
    return list_of(store.find("payment_method", **wanted).exclude(data__customer=None), call)


@endpoint("GET", "/v1/payment_methods/{method}")
def retrieve(call: Call, method: str) -> dict[str, Any]:
    return store.get("payment_method", method).data


@endpoint("POST", "/v1/payment_methods/{method}", takes=("allow_redisplay", "billing_details", "card", "metadata"))
def update(call: Call, method: str) -> dict[str, Any]:
    found = store.get("payment_method", method)
    if found.data["customer"] is None:
        raise StripeError("You must save this PaymentMethod to a customer before you can update it.")
    card = call.params.inner("card")
    card.refuse_unknown(("exp_month", "exp_year"))
    with story.changing(found) as data:
        data.update(_settings(call.params, data))
        data["card"] = {**data["card"], **fields.integers(card, "exp_month", "exp_year")}
    return found.data


@endpoint("POST", "/v1/payment_methods/{method}/attach", takes=("customer",))
def attach(call: Call, method: str) -> dict[str, Any]:
    customer = store.get("customer", call.params.needed("customer"), param="customer", status=400)
    if method in cards.NAMED:
        return payment_methods.attach_named(method, customer).data
    return payment_methods.attach(store.get("payment_method", method), customer).data


@endpoint("POST", "/v1/payment_methods/{method}/detach")
def detach(call: Call, method: str) -> dict[str, Any]:
    return payment_methods.detach(store.get("payment_method", method)).data


@endpoint("GET", "/v1/customers/{customer}/payment_methods", takes=(*PAGING, "allow_redisplay", "type"))
def list_of_customer(call: Call, customer: str) -> dict[str, Any]:
    store.get("customer", customer)
    wanted = fields.texts(call.params, "type", "allow_redisplay")
    return list_of(store.find("payment_method", customer=customer, **wanted), call)


@endpoint("GET", "/v1/customers/{customer}/payment_methods/{method}")
def retrieve_of_customer(call: Call, customer: str, method: str) -> dict[str, Any]:
    found = store.get("payment_method", method)
    if found.data["customer"] != customer:
        raise resource_missing("payment_method", method)
    return found.data


@endpoint(
    "POST", "/v1/setup_intents",
    takes=("automatic_payment_methods", "confirm", "customer", "description", "metadata", "payment_method",
           "payment_method_types", "return_url", "usage"),
)  # fmt: skip
def create_setup(call: Call) -> dict[str, Any]:
    params = call.params
    customer = params.text("customer")
    if customer:
        store.get("customer", customer, param="customer", status=400)
    usage = params.choice("usage", ("off_session", "on_session"), "off_session")
    given = fields.texts(params, "description") | fields.metadata(params)
    made = setups.create(customer, usage=usage, **given)
    return _confirm(made, params) if params.boolean("confirm") else _with_method(made, params).data


@endpoint("GET", "/v1/setup_intents", takes=(*PAGING, "created", "customer", "payment_method"))
def list_setups(call: Call) -> dict[str, Any]:
    return list_of(store.find("setup_intent", **fields.texts(call.params, "customer", "payment_method")), call)


@endpoint("GET", "/v1/setup_intents/{setup}", takes=("client_secret",))
def retrieve_setup(call: Call, setup: str) -> dict[str, Any]:
    return store.get("setup_intent", setup).data


@endpoint("POST", "/v1/setup_intents/{setup}/confirm", takes=("client_secret", "payment_method", "return_url"))
def confirm_setup(call: Call, setup: str) -> dict[str, Any]:
    return _confirm(store.get("setup_intent", setup), call.params)


@endpoint("POST", "/v1/setup_intents/{setup}/cancel", takes=("cancellation_reason",))
def cancel_setup(call: Call, setup: str) -> dict[str, Any]:
    reason = call.params.choice("cancellation_reason", ("abandoned", "duplicate", "requested_by_customer"))
    return setups.cancel(store.get("setup_intent", setup), reason).data


def _confirm(setup: Record, params: Params) -> dict[str, Any]:
    id = params.text("payment_method") or setup.data["payment_method"]
    if not id:
        raise parameter_missing("payment_method")
    return setups.confirm(setup, payment_methods.resolve(id, customer=setup.customer)).data


def _with_method(setup: Record, params: Params) -> Record:
    if params.text("payment_method"):
        method = payment_methods.resolve(params.needed("payment_method"), customer=setup.customer)
        setup.data |= {"payment_method": method.id, "status": "requires_confirmation"}
        story.keep(setup)
    return setup


def _from_token(card: Params) -> Record:
    """tok_visa and its like are the ready-made payment methods under an older name."""
    name = "pm_card_" + card.needed("token").removeprefix("tok_")
    if name not in cards.NAMED:
        raise resource_missing("token", card.needed("token"), param=card.name_of("token"), status=400)
    return payment_methods.create_named(name)


def _from_number(card: Params) -> Record:
    month, year = card.integer("exp_month"), card.integer("exp_year")
    if month is None or year is None:
        raise parameter_missing(card.name_of("exp_month" if month is None else "exp_year"))
    full = year + 2000 if year < 100 else year
    return payment_methods.create_from_card(card.needed("number"), month, full, card.text("cvc"))


def _settings(params: Params, before: dict[str, Any]) -> dict[str, Any]:
    found = fields.metadata(params, before["metadata"])
    if "allow_redisplay" in params:
        found["allow_redisplay"] = params.choice("allow_redisplay", DISPLAY)
    if "billing_details" in params:
        given = params.inner("billing_details")
        given.refuse_unknown(DETAILS)
        texts = fields.texts(given, "email", "name", "phone", "tax_id")
        found["billing_details"] = {**before["billing_details"], **texts, **fields.address(given)}
    return found

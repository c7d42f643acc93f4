from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import refunds as engine
from stripe_sandbox.engine import story
from stripe_sandbox.errors import StripeError, parameter_invalid
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of

REASONS = ("duplicate", "fraudulent", "requested_by_customer")


@endpoint("POST", "/v1/refunds", takes=("amount", "charge", "metadata", "payment_intent", "reason"))
def create(call: Call) -> dict[str, Any]:
    fields.must_be_one_of(call.params, "charge", "payment_intent")
    return _refund(_charge(call.params), call.params)


@endpoint("GET", "/v1/refunds", takes=(*PAGING, "charge", "created", "payment_intent"))
def list_all(call: Call) -> dict[str, Any]:
    return list_of(store.find("refund", **fields.texts(call.params, "charge", "payment_intent")), call)


@endpoint("GET", "/v1/refunds/{refund}")
def retrieve(call: Call, refund: str) -> dict[str, Any]:
    return store.get("refund", refund).data


@endpoint("POST", "/v1/refunds/{refund}", takes=("metadata",))
def update(call: Call, refund: str) -> dict[str, Any]:
    found = store.get("refund", refund)
    with story.changing(found, "refund.updated") as data:
        data.update(fields.metadata(call.params, data["metadata"]))
    return found.data


@endpoint("GET", "/v1/charges/{charge}/refunds", takes=PAGING)
def list_of_charge(call: Call, charge: str) -> dict[str, Any]:
    return list_of(store.find("refund", charge=store.get("charge", charge).id), call)


@endpoint("POST", "/v1/charges/{charge}/refunds", takes=("amount", "metadata", "reason"))
def create_of_charge(call: Call, charge: str) -> dict[str, Any]:
    return _refund(charge, call.params)


def _refund(charge: str, params: Params) -> dict[str, Any]:
    return engine.refund(
        store.get("charge", charge, param="charge", status=400), params.integer("amount"),
        params.choice("reason", REASONS), metadata=fields.metadata(params).get("metadata"),
    ).data  # fmt: skip


def _charge(params: Params) -> str:
    if params.text("charge"):
        return params.needed("charge")
    if not params.text("payment_intent"):
        raise parameter_invalid("charge", "One of the following params should be provided for this request: "
                                "payment_intent or charge.")  # fmt: skip
    intent = store.get("payment_intent", params.needed("payment_intent"), param="payment_intent", status=400)
    if intent.data["status"] != "succeeded":
        raise StripeError("This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
    return str(intent.data["latest_charge"])

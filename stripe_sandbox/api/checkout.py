"""Checkout Sessions, hosted by the sandbox itself, in mode subscription."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import checkout_items, fields
from stripe_sandbox.engine import checkout as engine
from stripe_sandbox.errors import StripeError, parameter_invalid, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, expansion, list_of
from stripe_sandbox.shapes import checkout_session as shape

OBJECT, BREAKDOWN = "checkout.session", "total_details.breakdown"
TAKES = (
    "allow_promotion_codes", "billing_address_collection", "cancel_url", "client_reference_id", "currency", "customer",
    "customer_email", "customer_update", "discounts", "expires_at", "line_items", "locale", "metadata", "mode",
    "payment_method_collection", "payment_method_types", "subscription_data", "success_url", "ui_mode",
)  # fmt: skip
SOONEST, LATEST = 30 * 60, 24 * 3600
STATES = ("complete", "expired", "open")


@endpoint("POST", "/v1/checkout/sessions", takes=TAKES)
def create(call: Call) -> dict[str, Any]:
    params = call.params
    _refuse_other_modes(params)
    customer = _customer(params)
    basket = checkout_items.read(params, customer)
    now = store.now(customer.clock if customer else "")
    id = store.new_id("cs_test")
    data = shape.build(
        id=id,
        created=now,
        expires_at=_expiry(params, now),
        url=f"{call.host}/pay/{id}",
        success_url=fields.url(params, "success_url"),
        currency=basket.currency,
        amount_subtotal=basket.subtotal,
        amount_discount=basket.discount,
        **{**_fields(params), **_of_customer(customer, params), "discounts": basket.discounts},
    )
    subscription = _subscription_data(params.inner("subscription_data"))
    made = store.add(data, private={"subscription_data": subscription}, due_at=data["expires_at"])
    checkout_items.add(made, basket)
    return _shown(made.data, call, BREAKDOWN)


@endpoint(
    "GET",
    "/v1/checkout/sessions",
    takes=(*PAGING, "created", "customer", "customer_details", "payment_intent", "status", "subscription"),
)
def list_all(call: Call) -> dict[str, Any]:
    call.params.choice("status", STATES)
    found = store.find(OBJECT, **fields.texts(call.params, "customer", "payment_intent", "status", "subscription"))
    details = call.params.inner("customer_details")
    details.refuse_unknown(("email",))
    if "email" in details:
        found = found.filter(data__customer_details__email=details.text("email"))
    return list_of(found, call, show=lambda session: _shown(session.data, call, f"data.{BREAKDOWN}"))


@endpoint("GET", "/v1/checkout/sessions/{session}")
def retrieve(call: Call, session: str) -> dict[str, Any]:
    return _shown(store.get(OBJECT, session).data, call, BREAKDOWN)


@endpoint("POST", "/v1/checkout/sessions/{session}", takes=("metadata",))
def update(call: Call, session: str) -> dict[str, Any]:
    found = store.get(OBJECT, session)
    found.data |= fields.metadata(call.params, found.data["metadata"])
    return _shown(store.save(found).data, call, BREAKDOWN)


@endpoint("POST", "/v1/checkout/sessions/{session}/expire")
def expire(call: Call, session: str) -> dict[str, Any]:
    found = store.get(OBJECT, session)
    if found.data["status"] != "open":
        raise StripeError(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of '
            f"`{found.data['status']}`.",
            param="session",
        )
    engine.expire(found)
    return _shown(store.get(OBJECT, session).data, call, BREAKDOWN)


@endpoint("GET", "/v1/checkout/sessions/{session}/line_items", takes=PAGING)
def list_items(call: Call, session: str) -> dict[str, Any]:
    """In the order in which they were given, so not by `list_of`, which puts the newest first."""
    items = [item.data for item in checkout_items.of(store.get(OBJECT, session).id)]
    ids = [item["id"] for item in items]
    after, before = call.params.text("starting_after"), call.params.text("ending_before")
    for id, param in ((after, "starting_after"), (before, "ending_before")):
        if id and id not in ids:
            raise resource_missing("item", id, param=param, status=400)
    items = items[ids.index(after) + 1 if after else 0 : ids.index(before) if before else None]
    limit = call.params.integer("limit", 10) or 0
    shown = items[-limit:] if before else items[:limit]
    return {"object": "list", "data": shown, "has_more": len(items) > limit, "url": call.path}


def _shown(session: dict[str, Any], call: Call, breakdown: str) -> dict[str, Any]:
    """With what the discounts took off, if that is asked for: the key sits in an object that has no name."""
    if breakdown not in call.params.items("expand"):
        return session
    taken = checkout_items.taken_off(session, session["total_details"]["amount_discount"])
    return {**session, "total_details": {**session["total_details"], "breakdown": {"discounts": taken, "taxes": []}}}


@expansion(OBJECT, "line_items")
def line_items(session: dict[str, Any]) -> dict[str, Any]:
    items = [item.data for item in checkout_items.of(session["id"])]
    return {
        "object": "list",
        "data": items,
        "has_more": False,
        "url": f"/v1/checkout/sessions/{session['id']}/line_items",
    }


def _refuse_other_modes(params: Params) -> None:
    mode = params.choice("mode", ("payment", "setup", "subscription")) or params.needed("mode")
    if mode != "subscription":
        raise parameter_invalid("mode", f"The sandbox does not have Checkout in mode {mode}, only subscription.")
    if params.choice("ui_mode", ("elements", "embedded_page", "hosted_page"), "hosted_page") != "hosted_page":
        raise parameter_invalid("ui_mode", "The sandbox only has hosted Checkout pages.")
    if any(kind != "card" for kind in params.items("payment_method_types")):
        raise parameter_invalid("payment_method_types", "The sandbox only has cards.")


def _customer(params: Params) -> Record | None:
    fields.must_be_one_of(params, "customer", "customer_email")
    update = params.inner("customer_update")
    update.refuse_unknown(("address", "name", "shipping"))
    for name in update:
        update.choice(name, ("auto", "never"))
    id = params.text("customer")
    return store.get("customer", id, param="customer", status=400) if id else None


def _of_customer(customer: Record | None, params: Params) -> dict[str, Any]:
    if customer is None:
        return {"customer_creation": "always", **fields.texts(params, "customer_email")}
    return {"customer": customer.id, "customer_details": shape.customer_details(customer.data)}


def _fields(params: Params) -> dict[str, Any]:
    found = fields.texts(params, "client_reference_id", "locale") | fields.booleans(params, "allow_promotion_codes")
    if "cancel_url" in params:
        found["cancel_url"] = fields.url(params, "cancel_url")
    if "billing_address_collection" in params:
        found["billing_address_collection"] = params.choice("billing_address_collection", ("auto", "required"))
    if "payment_method_collection" in params:
        found["payment_method_collection"] = params.choice("payment_method_collection", ("always", "if_required"))
    return found | fields.metadata(params)


def _subscription_data(params: Params) -> dict[str, Any]:
    """What the subscription is to have when it is paid."""
    params.refuse_unknown(("description", "metadata"))
    return {"description": None, "metadata": {}, **fields.texts(params, "description"), **fields.metadata(params)}


def _expiry(params: Params, now: int) -> int:
    moment = params.integer("expires_at")
    if moment is None:
        return now + LATEST
    if not now + SOONEST - 60 <= moment <= now + LATEST:
        raise parameter_invalid(
            "expires_at", "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours in the future."
        )
    return moment

"""Coupons and the promotion codes that customers type for them."""

import secrets
import string
from typing import Any

from stripe_sandbox import events, store
from stripe_sandbox.api import fields
from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, expansion, list_of
from stripe_sandbox.shapes import coupon as shape
from stripe_sandbox.shapes import promotion_code as code_shape

LETTERS = string.ascii_uppercase + string.digits
DURATIONS = ("forever", "once", "repeating")


@endpoint(
    "POST",
    "/v1/coupons",
    takes=("amount_off", "currency", "duration", "duration_in_months", "id", "max_redemptions", "metadata", "name",
           "percent_off", "redeem_by"),
)  # fmt: skip
def create(call: Call) -> dict[str, Any]:
    params = call.params
    id = params.text("id") or "".join(secrets.choice(LETTERS) for _ in range(8))
    if Record.objects.filter(id=id, deleted_at=None).exists():
        raise StripeError("Coupon already exists.", code="resource_already_exists", param="id")
    given = _worth(params) | _length(params) | fields.texts(params, "name") | fields.metadata(params)
    given |= fields.integers(params, "max_redemptions", "redeem_by")
    if given.get("redeem_by") is not None and given["redeem_by"] <= store.now():
        raise parameter_invalid("redeem_by", "The redeem_by must be in the future.")
    Record.objects.filter(id=id).delete()  # an earlier one of that name, which was deleted
    coupon = store.add(shape.build(id=id, created=store.now(), **given))
    events.emit("coupon.created", coupon)
    return coupon.data


@endpoint("GET", "/v1/coupons", takes=(*PAGING, "created"))
def list_all(call: Call) -> dict[str, Any]:
    return list_of(store.find("coupon"), call, show=present)


@endpoint("GET", "/v1/coupons/{coupon}")
def retrieve(call: Call, coupon: str) -> dict[str, Any]:
    return present(store.get("coupon", coupon))


@endpoint("POST", "/v1/coupons/{coupon}", takes=("metadata", "name"))
def update(call: Call, coupon: str) -> dict[str, Any]:
    found = store.get("coupon", coupon)
    given = fields.texts(call.params, "name") | fields.metadata(call.params, found.data["metadata"])
    fields.change(found, given, event="coupon.updated")
    return present(found)


@endpoint("DELETE", "/v1/coupons/{coupon}")
def delete(call: Call, coupon: str) -> dict[str, Any]:
    """Who has its discount already keeps it."""
    found = store.get("coupon", coupon)
    events.emit("coupon.deleted", found)
    found.deleted_at = store.now()
    store.save(found, "deleted_at")
    return {"id": coupon, "object": "coupon", "deleted": True}


@endpoint(
    "POST",
    "/v1/promotion_codes",
    takes=("active", "code", "customer", "expires_at", "max_redemptions", "metadata", "promotion", "restrictions"),
)
def create_code(call: Call) -> dict[str, Any]:
    params = call.params
    coupon = _promoted(params)
    customer = params.text("customer") or None
    if customer:
        store.get("customer", customer, param="customer", status=400)
    code = params.text("code") or "".join(secrets.choice(LETTERS) for _ in range(8))
    if not code.replace("-", "").isalnum():
        raise parameter_invalid("code", "Promotion codes may only contain letters, digits and dashes.")
    if store.find("promotion_code", active=True, code__iexact=code, customer=customer).exists():
        raise StripeError(f"An active promotion code with `code: {code}` already exists.", param="code")
    given = fields.booleans(params, "active") | fields.integers(params, "expires_at", "max_redemptions")
    given |= fields.metadata(params) | _restrictions(params)
    promotion = store.add(
        code_shape.build(
            id=store.new_id("promo"), created=store.now(), code=code, coupon=coupon.id, customer=customer, **given
        )
    )
    events.emit("promotion_code.created", promotion)
    return promotion.data


@endpoint("GET", "/v1/promotion_codes", takes=(*PAGING, "active", "code", "coupon", "created", "customer"))
def list_codes(call: Call) -> dict[str, Any]:
    found = store.find("promotion_code", **fields.texts(call.params, "customer"))
    if "active" in call.params:
        found = found.filter(data__active=call.params.boolean("active"))
    if "code" in call.params:
        found = found.filter(data__code__iexact=call.params.text("code"))
    if "coupon" in call.params:
        found = found.filter(data__promotion__coupon=call.params.text("coupon"))
    return list_of(found, call)


@endpoint("GET", "/v1/promotion_codes/{code}")
def retrieve_code(call: Call, code: str) -> dict[str, Any]:
    return store.get("promotion_code", code).data


@endpoint("POST", "/v1/promotion_codes/{code}", takes=("active", "metadata"))
def update_code(call: Call, code: str) -> dict[str, Any]:
    found = store.get("promotion_code", code)
    given = fields.booleans(call.params, "active") | fields.metadata(call.params, found.data["metadata"])
    return fields.change(found, given, event="promotion_code.updated")


@expansion("coupon", "applies_to")
def applies_to(coupon: dict[str, Any]) -> dict[str, Any]:
    """No product in particular: the sandbox's coupons are for everything."""
    return {"products": []}


def present(coupon: Record) -> dict[str, Any]:
    """Whether it is valid is a matter of the moment."""
    return {**coupon.data, "valid": shape.is_valid(coupon.data, store.now())}


def _worth(params: Params) -> dict[str, Any]:
    fields.must_be_one_of(params, "percent_off", "amount_off")
    if "percent_off" in params:
        return {"percent_off": _percent(params)}
    amount = params.integer("amount_off")
    if amount is None:
        raise StripeError("You must pass either percent_off or amount_off.", code="parameter_missing")
    if amount <= 0:
        raise parameter_invalid("amount_off", "This value must be greater than or equal to 1.")
    return {"amount_off": amount, "currency": params.needed("currency").lower()}


def _percent(params: Params) -> float:
    text = params.needed("percent_off")
    try:
        percent = float(text)
    except ValueError:
        raise parameter_invalid("percent_off", f"Invalid decimal: {text}") from None
    if not 0 < percent <= 100:
        raise parameter_invalid("percent_off", "Invalid percent_off: must be greater than 0 and at most 100.")
    return percent


def _length(params: Params) -> dict[str, Any]:
    duration = params.choice("duration", DURATIONS, "once")
    months = params.integer("duration_in_months")
    if duration == "repeating" and not months:
        raise parameter_missing("duration_in_months")
    if duration != "repeating" and months:
        raise parameter_invalid("duration_in_months", "Only a repeating coupon has a duration in months.")
    return {"duration": duration, "duration_in_months": months}


def _promoted(params: Params) -> Record:
    promotion = params.inner("promotion")
    promotion.refuse_unknown(("type", "coupon"))
    promotion.choice("type", ("coupon",))
    promotion.needed("type")
    return store.get("coupon", promotion.needed("coupon"), param="promotion[coupon]", status=400)


def _restrictions(params: Params) -> dict[str, Any]:
    given = params.inner("restrictions")
    given.refuse_unknown(("first_time_transaction", "minimum_amount", "minimum_amount_currency"))
    none = {"first_time_transaction": False, "minimum_amount": None, "minimum_amount_currency": None}
    known = fields.booleans(given, "first_time_transaction") | fields.integers(given, "minimum_amount")
    return {"restrictions": {**none, **known, **fields.texts(given, "minimum_amount_currency")}}

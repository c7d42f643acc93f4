from typing import Any

from stripe_sandbox import events, store
from stripe_sandbox.api import fields
from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, expansion, list_of
from stripe_sandbox.shapes import price as shape
from stripe_sandbox.shapes import product as product_shape

CHANGES = ("active", "lookup_key", "metadata", "nickname", "tax_behavior", "transfer_lookup_key")
AMOUNTS = ("unit_amount", "unit_amount_decimal")
LONGEST = {"day": 1095, "week": 156, "month": 36, "year": 3}
BEHAVIOURS = ("exclusive", "inclusive", "unspecified")


@endpoint(
    "POST",
    "/v1/prices",
    takes=(*CHANGES, *AMOUNTS, "billing_scheme", "currency", "product", "product_data", "recurring"),
)
def create(call: Call) -> dict[str, Any]:
    call.params.choice("billing_scheme", ("per_unit",))
    fields.must_be_one_of(call.params, "product", "product_data")
    if "product_data" in call.params:
        return add(call.params, product=_new_product(call.params.inner("product_data"))).data
    product = store.get("product", call.params.needed("product"), param="product", status=400)
    return add(call.params, product=product.id).data


@endpoint(
    "GET", "/v1/prices", takes=(*PAGING, "active", "created", "currency", "lookup_keys", "product", "recurring", "type")
)
def list_all(call: Call) -> dict[str, Any]:
    equal = fields.booleans(call.params, "active") | fields.texts(call.params, "currency", "product", "type")
    recurring = call.params.inner("recurring")
    recurring.refuse_unknown(("interval", "meter", "usage_type"))
    equal |= {f"recurring__{name}": recurring.text(name) for name in recurring}
    found = store.find("price", **equal)
    if "lookup_keys" in call.params:
        found = found.filter(data__lookup_key__in=call.params.items("lookup_keys"))
    return list_of(found, call)


@endpoint("GET", "/v1/prices/{price}")
def retrieve(call: Call, price: str) -> dict[str, Any]:
    return store.get("price", price).data


@endpoint("POST", "/v1/prices/{price}", takes=CHANGES)
def update(call: Call, price: str) -> dict[str, Any]:
    found = store.get("price", price)
    given = _changes(call.params, found.id) | fields.metadata(call.params, found.data["metadata"])
    return fields.change(found, given, event="price.updated")


@expansion("price", "currency_options")
def currency_options(price: dict[str, Any]) -> dict[str, Any]:
    names = ("custom_unit_amount", "tax_behavior", "unit_amount", "unit_amount_decimal")
    return {price["currency"]: {name: price[name] for name in names}}


@expansion("price", "tiers")
def tiers(price: dict[str, Any]) -> list[dict[str, Any]]:
    return []


def add(params: Params, *, product: str) -> Record:
    id = store.new_id("price")
    given = _changes(params, id) | fields.metadata(params)
    currency = params.needed("currency").lower()
    if len(currency) != 3 or not currency.isalpha():
        raise parameter_invalid(params.name_of("currency"), f"Invalid currency: {currency}.")
    price = store.add(
        shape.build(
            id=id,
            created=store.now(),
            product=product,
            currency=currency,
            unit_amount=_amount(params),
            recurring=_recurring(params),
            **given,
        )
    )
    events.emit("price.created", price)
    return price


def _changes(params: Params, id: str) -> dict[str, Any]:
    found = fields.texts(params, "nickname", "lookup_key") | fields.booleans(params, "active")
    if "tax_behavior" in params:
        found["tax_behavior"] = params.choice("tax_behavior", BEHAVIOURS)
    if found.get("lookup_key"):
        _claim_lookup_key(found["lookup_key"], id, transfer=params.boolean("transfer_lookup_key"))
    return found


def _claim_lookup_key(key: str, id: str, *, transfer: bool) -> None:
    for holder in store.find("price", lookup_key=key).exclude(id=id):
        if not transfer:
            raise StripeError(f"A price (`{holder.id}`) already uses that lookup key.", param="lookup_key")
        fields.change(holder, {"lookup_key": None}, event="price.updated")


def _amount(params: Params) -> int:
    fields.must_be_one_of(params, *AMOUNTS)
    given = [name for name in AMOUNTS if name in params]
    if not given:
        raise parameter_missing(params.name_of("unit_amount"))
    amount = params.integer(given[0])  # of unit_amount_decimal too: the sandbox has no parts of a cent
    if amount is None or amount < 0:
        raise parameter_invalid(params.name_of(given[0]), "This value must be greater than or equal to 0.")
    return amount


def _recurring(params: Params) -> dict[str, Any] | None:
    if "recurring" not in params:
        return None
    given = params.inner("recurring")
    given.refuse_unknown(("interval", "interval_count", "usage_type"))
    given.choice("usage_type", ("licensed",))
    interval = given.choice("interval", tuple(LONGEST)) or given.needed("interval")
    count = given.integer("interval_count", 1) or 0
    if not 1 <= count <= LONGEST[interval]:
        raise parameter_invalid(given.name_of("interval_count"), "The interval may be three years at most.")
    return shape.recurring(interval, count)


def _new_product(params: Params) -> str:
    params.refuse_unknown(("active", "id", "metadata", "name", "statement_descriptor", "tax_code", "unit_label"))
    texts = fields.texts(params, "statement_descriptor", "tax_code", "unit_label")
    given = {**texts, **fields.booleans(params, "active"), **fields.metadata(params), "name": params.needed("name")}
    product = store.add(product_shape.build(id=params.text("id") or store.new_id("prod"), created=store.now(), **given))
    events.emit("product.created", product)
    return product.id

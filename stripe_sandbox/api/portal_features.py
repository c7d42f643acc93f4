"""`features` of a portal configuration, read against those there before."""

from collections.abc import Iterable
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.errors import parameter_invalid, parameter_missing
from stripe_sandbox.params import Params
from stripe_sandbox.shapes.portal_configuration import REASONS

CUSTOMER_UPDATES = ("address", "email", "name", "phone", "shipping", "tax_id")
SUBSCRIPTION_UPDATES = ("price", "promotion_code", "quantity")
PRORATIONS = ("always_invoice", "create_prorations", "none")
CONDITIONS = ("decreasing_item_amount", "shortening_interval")


def read(params: Params, before: dict[str, Any]) -> dict[str, Any]:
    params.refuse_unknown(before)
    read_one = {
        "customer_update": _customer_update,
        "subscription_cancel": _subscription_cancel,
        "subscription_update": _subscription_update,
    }
    return {
        name: {**old, **read_one.get(name, _switch)(params.inner(name), old)} if name in params else old
        for name, old in before.items()
    }


def _switch(params: Params, old: dict[str, Any]) -> dict[str, Any]:
    params.refuse_unknown(("enabled",))
    return fields.booleans(params, "enabled")


def _customer_update(params: Params, old: dict[str, Any]) -> dict[str, Any]:
    params.refuse_unknown(("enabled", "allowed_updates"))
    return fields.booleans(params, "enabled") | _several(params, "allowed_updates", CUSTOMER_UPDATES)


def _subscription_cancel(params: Params, old: dict[str, Any]) -> dict[str, Any]:
    params.refuse_unknown(("enabled", "mode", "proration_behavior", "cancellation_reason"))
    found = fields.booleans(params, "enabled")
    if "mode" in params:
        found["mode"] = params.choice("mode", ("at_period_end", "immediately"))
    if "proration_behavior" in params:
        found["proration_behavior"] = params.choice("proration_behavior", PRORATIONS)
    if "cancellation_reason" in params:
        reason = params.inner("cancellation_reason")
        reason.refuse_unknown(("enabled", "options"))
        asked = fields.booleans(reason, "enabled") | _several(reason, "options", REASONS)
        found["cancellation_reason"] = {**old["cancellation_reason"], **asked}
    return found


def _subscription_update(params: Params, old: dict[str, Any]) -> dict[str, Any]:
    params.refuse_unknown(
        ("enabled", "default_allowed_updates", "products", "proration_behavior", "schedule_at_period_end")
    )
    found = fields.booleans(params, "enabled")
    found |= _several(params, "default_allowed_updates", SUBSCRIPTION_UPDATES)
    if "proration_behavior" in params:
        found["proration_behavior"] = params.choice("proration_behavior", PRORATIONS)
    if "products" in params:
        found["products"] = [_product(row) for row in params.inners("products")]
    if "schedule_at_period_end" in params:
        schedule = params.inner("schedule_at_period_end")
        schedule.refuse_unknown(("conditions",))
        found["schedule_at_period_end"] = {"conditions": [_condition(row) for row in schedule.inners("conditions")]}
    if {**old, **found}["enabled"] and not {**old, **found}["products"]:
        raise parameter_missing(params.name_of("products"))
    return found


def _product(params: Params) -> dict[str, Any]:
    params.refuse_unknown(("product", "prices"))
    product = store.get("product", params.needed("product"), param=params.name_of("product"), status=400)
    prices = fields.lists(params, "prices").get("prices", [])
    for price in prices:
        if store.get("price", price, param=params.name_of("prices"), status=400).data["product"] != product.id:
            raise parameter_invalid(params.name_of("prices"), f"The price {price} is not of the product {product.id}.")
    adjustable = {"enabled": False, "maximum": None, "minimum": 1}
    return {"adjustable_quantity": adjustable, "prices": prices, "product": product.id}


def _condition(params: Params) -> dict[str, Any]:
    params.refuse_unknown(("type",))
    return {"type": params.choice("type", CONDITIONS) or params.needed("type")}


def _several(params: Params, name: str, choices: Iterable[str]) -> dict[str, Any]:
    found = fields.lists(params, name)
    for one in found.get(name, ()):
        if one not in choices:
            raise parameter_invalid(params.name_of(name), f"Invalid {params.name_of(name)}: {one}")
    return found

"""Items of subscriptions by themselves; a change of one is a change of its subscription."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import subscriptions as whole
from stripe_sandbox.engine import changes
from stripe_sandbox.errors import StripeError, resource_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import Call, endpoint

SHARED = ("metadata", "payment_behavior", "price", "proration_behavior", "proration_date", "quantity")


@endpoint("POST", "/v1/subscription_items", takes=(*SHARED, "subscription"))
def create(call: Call) -> dict[str, Any]:
    id = call.params.needed("subscription")
    subscription = store.get("subscription", id, param="subscription", status=400)
    before = {item["id"] for item in subscription.data["items"]["data"]}
    _apply(subscription, call.params, {"price": call.params.needed("price")})
    return next(item for item in subscription.data["items"]["data"] if item["id"] not in before)


@endpoint("GET", "/v1/subscription_items", takes=("subscription", "limit", "starting_after", "ending_before"))
def list_all(call: Call) -> dict[str, Any]:
    id = call.params.needed("subscription")
    items = store.get("subscription", id, param="subscription", status=400).data["items"]["data"]
    return {"object": "list", "data": items, "has_more": False, "url": call.path}


@endpoint("GET", "/v1/subscription_items/{item}")
def retrieve(call: Call, item: str) -> dict[str, Any]:
    return _item(_subscription_with(item), item)


@endpoint("POST", "/v1/subscription_items/{item}", takes=(*SHARED, "off_session"))
def update(call: Call, item: str) -> dict[str, Any]:
    subscription = _subscription_with(item)
    _apply(subscription, call.params, {"id": item})
    return _item(subscription, item)


@endpoint("DELETE", "/v1/subscription_items/{item}", takes=("payment_behavior", "proration_behavior", "proration_date"))
def delete(call: Call, item: str) -> dict[str, Any]:
    _apply(_subscription_with(item), call.params, {"id": item, "deleted": "true"})
    return {"id": item, "object": "subscription_item", "deleted": True}


def _apply(subscription: Record, params: Params, row: dict[str, Any]) -> None:
    row |= {name: params.values[name] for name in ("metadata", "price", "quantity") if name in params}
    try:
        changes.apply(
            subscription, [whole.change_of(subscription, Params(row))],
            proration_behavior=params.choice("proration_behavior", whole.PRORATIONS, "create_prorations") or "",
            payment_behavior=params.choice("payment_behavior", whole.BEHAVIOURS, "allow_incomplete") or "",
            proration_date=params.integer("proration_date"),
        )  # fmt: skip
    except StripeError as error:
        raise whole.said_of_subscription(error) from None


def _subscription_with(item: str) -> Record:
    found = store.find("subscription").filter(data__items__data__contains=[{"id": item}]).first()
    if found is None:
        raise resource_missing("subscription_item", item, param="item")
    return found


def _item(subscription: Record, id: str) -> dict[str, Any]:
    return next(item for item in subscription.data["items"]["data"] if item["id"] == id)

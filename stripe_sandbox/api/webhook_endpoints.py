import re
from typing import Any
from urllib.parse import urlsplit

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of
from stripe_sandbox.shapes import webhook_endpoint as shape
from stripe_sandbox.shapes.event import VERSION

EVENT = re.compile(r"\*|[a-z0-9_]+(\.[a-z0-9_]+)+")


@endpoint("POST", "/v1/webhook_endpoints", takes=("api_version", "description", "enabled_events", "metadata", "url"))
def create(call: Call) -> dict[str, Any]:
    """The only answer that shows the secret."""
    version = call.params.choice("api_version", (VERSION,))
    given = {**_fields(call.params), **fields.metadata(call.params), "api_version": version}
    for name in ("url", "enabled_events"):
        if not given.get(name):
            raise parameter_missing(name)
    secret = store.new_id("whsec").replace("whsec_", "whsec_sandbox")
    made = store.add(shape.build(id=store.new_id("we"), created=store.now(), **given), private={"secret": secret})
    return {**made.data, "secret": secret}


@endpoint("GET", "/v1/webhook_endpoints", takes=PAGING)
def list_all(call: Call) -> dict[str, Any]:
    return list_of(store.find("webhook_endpoint"), call)


@endpoint("GET", "/v1/webhook_endpoints/{webhook_endpoint}")
def retrieve(call: Call, webhook_endpoint: str) -> dict[str, Any]:
    return store.get("webhook_endpoint", webhook_endpoint).data


@endpoint(
    "POST",
    "/v1/webhook_endpoints/{webhook_endpoint}",
    takes=("description", "disabled", "enabled_events", "metadata", "url"),
)
def update(call: Call, webhook_endpoint: str) -> dict[str, Any]:
    found = store.get("webhook_endpoint", webhook_endpoint)
    found.data |= _fields(call.params) | fields.metadata(call.params, found.data["metadata"])
    if "disabled" in call.params:
        found.data["status"] = "disabled" if call.params.boolean("disabled") else "enabled"
    return store.save(found).data


@endpoint("DELETE", "/v1/webhook_endpoints/{webhook_endpoint}")
def delete(call: Call, webhook_endpoint: str) -> dict[str, Any]:
    """What is on its way there is no longer sent."""
    store.get("webhook_endpoint", webhook_endpoint).delete()
    return {"id": webhook_endpoint, "object": "webhook_endpoint", "deleted": True}


def _fields(params: Params) -> dict[str, Any]:
    found = fields.texts(params, "description", "url") | fields.lists(params, "enabled_events")
    if "url" in found and not _is_address(found["url"] or ""):
        raise StripeError(
            "Invalid URL: it must begin with http:// or https:// and name a host.", code="url_invalid", param="url"
        )
    for number, name in enumerate(found.get("enabled_events", ())):
        if not EVENT.fullmatch(name):
            raise parameter_invalid(f"enabled_events[{number}]", f"Invalid enabled_events[{number}]: {name}")
    return found


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)

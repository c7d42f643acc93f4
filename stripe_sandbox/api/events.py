from typing import Any

from django.db.models import Exists, OuterRef

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.models import Delivery
from stripe_sandbox.router import PAGING, Call, endpoint, list_of


@endpoint("GET", "/v1/events", takes=(*PAGING, "created", "delivery_success", "type", "types"))
def list_all(call: Call) -> dict[str, Any]:
    """`delivery_success`: all its deliveries arrived, or not all; what no endpoint wanted counts as delivered."""
    fields.must_be_one_of(call.params, "type", "types")
    found = store.find("event")
    if "type" in call.params:
        name = call.params.needed("type")
        found = found.filter(data__type__startswith=name[:-1]) if name.endswith(".*") else found.filter(data__type=name)
    if "types" in call.params:
        found = found.filter(data__type__in=call.params.items("types"))
    if "delivery_success" in call.params:
        missing = Exists(Delivery.objects.filter(event=OuterRef("pk")).exclude(state=Delivery.State.DELIVERED))
        found = found.filter(~missing if call.params.boolean("delivery_success") else missing)
    return list_of(found, call)


@endpoint("GET", "/v1/events/{event}")
def retrieve(call: Call, event: str) -> dict[str, Any]:
    return store.get("event", event).data

"""Test clocks: time that stands still for their customers until it is moved on."""

from typing import Any

from stripe_sandbox import events, store
from stripe_sandbox.api import customers
from stripe_sandbox.engine import clock as engine
from stripe_sandbox.errors import StripeError, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of
from stripe_sandbox.shapes import test_clock as shape

OBJECT = "test_helpers.test_clock"


@endpoint("POST", "/v1/test_helpers/test_clocks", takes=("frozen_time", "name"))
def create(call: Call) -> dict[str, Any]:
    """Made in real time: `created` is by the main clock, `frozen_time` any moment."""
    data = shape.build(
        id=store.new_id("clock"), created=store.now(), frozen_time=_moment(call.params), name=call.params.text("name")
    )
    made = store.add(data)
    Record.objects.filter(pk=made.pk).update(clock=made.pk)
    made.clock = made.pk
    events.emit("test_helpers.test_clock.created", made)
    return made.data


@endpoint("GET", "/v1/test_helpers/test_clocks", takes=PAGING)
def list_all(call: Call) -> dict[str, Any]:
    return list_of(store.find(OBJECT), call)


@endpoint("GET", "/v1/test_helpers/test_clocks/{test_clock}")
def retrieve(call: Call, test_clock: str) -> dict[str, Any]:
    return store.get(OBJECT, test_clock).data


@endpoint("POST", "/v1/test_helpers/test_clocks/{test_clock}/advance", takes=("frozen_time",))
def advance(call: Call, test_clock: str) -> dict[str, Any]:
    """All that falls due on the way is done before the answer, so the clock is ready again at once."""
    found, target = store.get(OBJECT, test_clock), _moment(call.params)
    if target <= found.data["frozen_time"]:
        raise StripeError("The frozen_time must be later than the clock's present time.", param="frozen_time")
    found.data |= {"status": "advancing", "status_details": {"advancing": {"target_frozen_time": target}}}
    store.save(found)
    events.emit("test_helpers.test_clock.advancing", found, {"status": "ready", "status_details": {}})
    engine.advance(test_clock, target)
    found.refresh_from_db()
    found.data |= {"frozen_time": target, "status": "ready", "status_details": {}}
    store.save(found)
    events.emit("test_helpers.test_clock.ready", found)
    return found.data


@endpoint("DELETE", "/v1/test_helpers/test_clocks/{test_clock}")
def delete(call: Call, test_clock: str) -> dict[str, Any]:
    """With its customers and all that is theirs. Their events stay: they tell of it."""
    found = store.get(OBJECT, test_clock)
    for customer in store.find("customer", test_clock=test_clock):
        customers.remove(customer)
    events.emit("test_helpers.test_clock.deleted", found)
    gone = Record.objects.filter(clock=test_clock, deleted_at=None).exclude(object="event")
    gone.update(deleted_at=found.data["frozen_time"], due_at=None)
    return {"id": test_clock, "object": OBJECT, "deleted": True}


def _moment(params: Params) -> int:
    moment = params.integer("frozen_time")
    if moment is None:
        raise parameter_missing("frozen_time")
    return moment

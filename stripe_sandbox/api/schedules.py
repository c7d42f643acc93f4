"""Subscription schedules: made from a subscription, given further phases, released or canceled."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.api import fields
from stripe_sandbox.engine import catalogue, endings, periods
from stripe_sandbox.engine import schedules as engine
from stripe_sandbox.errors import parameter_invalid, parameter_missing
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of
from stripe_sandbox.shapes import subscription_schedule as shape

ENDS = ("cancel", "release")
PRORATIONS = ("always_invoice", "create_prorations", "none")


@endpoint("POST", "/v1/subscription_schedules", takes=("from_subscription", "metadata"))
def create(call: Call) -> dict[str, Any]:
    id = call.params.text("from_subscription")
    if not id:
        raise parameter_invalid("from_subscription", "The sandbox only makes schedules from a subscription.")
    subscription = store.get("subscription", id, param="from_subscription", status=400)
    return engine.create_from(subscription, **fields.metadata(call.params)).data


@endpoint("GET", "/v1/subscription_schedules", takes=(*PAGING, "created", "customer"))
def list_all(call: Call) -> dict[str, Any]:
    return list_of(store.find("subscription_schedule", **fields.texts(call.params, "customer")), call)


@endpoint("GET", "/v1/subscription_schedules/{schedule}")
def retrieve(call: Call, schedule: str) -> dict[str, Any]:
    return store.get("subscription_schedule", schedule).data


@endpoint(
    "POST", "/v1/subscription_schedules/{schedule}", takes=("end_behavior", "metadata", "phases", "proration_behavior")
)  # fmt: skip
def update(call: Call, schedule: str) -> dict[str, Any]:
    """A first phase that differs from the subscription as it is now is not put into effect: change the subscription."""
    found, params = store.get("subscription_schedule", schedule), call.params
    settings = fields.metadata(params, found.data["metadata"])
    if "end_behavior" in params:
        settings["end_behavior"] = params.choice("end_behavior", ENDS)
    phases = _phases(params.inners("phases"), found) if "phases" in params else found.data["phases"]
    return engine.set_phases(found, phases, **settings).data


@endpoint("POST", "/v1/subscription_schedules/{schedule}/release", takes=("preserve_cancel_date",))
def release(call: Call, schedule: str) -> dict[str, Any]:
    found = store.get("subscription_schedule", schedule)
    engine.refuse_ended(found)
    engine.release(store.get("subscription", found.data["subscription"]))
    return store.get("subscription_schedule", schedule).data


@endpoint("POST", "/v1/subscription_schedules/{schedule}/cancel", takes=("invoice_now", "prorate"))
def cancel(call: Call, schedule: str) -> dict[str, Any]:
    """Its subscription ends with it, at once."""
    found = store.get("subscription_schedule", schedule)
    engine.refuse_ended(found)
    endings.end(store.get("subscription", found.data["subscription"]), reason="cancellation_requested")
    return store.get("subscription_schedule", schedule).data


def _phases(rows: list[Params], schedule: Record) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for row in rows:
        row.refuse_unknown(
            ("duration", "end_date", "items", "metadata", "proration_behavior", "start_date")
        )  # fmt: skip
        start = made[-1]["end_date"] if made else schedule.data["phases"][0]["start_date"]
        made.append(_phase(row, row.integer("start_date", start) or 0))
    if not made:
        raise parameter_missing("phases")
    return made


def _phase(row: Params, start: int) -> dict[str, Any]:
    items = []
    for item in row.inners("items"):
        item.refuse_unknown(("metadata", "price", "quantity"))
        price = catalogue.subscribable(item.needed("price"), param=item.name_of("price"))
        items.append(shape.phase_item(price["id"], item.integer("quantity", 1) or 0))
    if not items:
        raise parameter_missing(row.name_of("items"))
    return shape.phase(
        currency=price["currency"], start_date=start, end_date=_end(row, start, price), items=items,
        proration_behavior=row.choice("proration_behavior", PRORATIONS, "create_prorations"), **fields.metadata(row),
    )  # fmt: skip


def _end(row: Params, start: int, price: dict[str, Any]) -> int:
    """An end date, a duration, or else one period of the price."""
    if row.text("end_date"):
        return row.integer("end_date") or 0
    duration = row.inner("duration")
    duration.refuse_unknown(("interval", "interval_count"))
    if not duration.values:
        return periods.end_of(start, price["recurring"], start)
    interval = duration.choice("interval", ("day", "month", "week", "year")) or "month"
    count = duration.integer("interval_count", 1) or 1
    return periods.end_of(start, {"interval": interval, "interval_count": count}, start)

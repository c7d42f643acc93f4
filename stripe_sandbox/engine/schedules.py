"""Subscription schedules: what a subscription will be billed for, phase after phase."""

import copy
import itertools
from dataclasses import dataclass
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import catalogue, periods, reckoning, story
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import subscription_schedule as shape


@dataclass(frozen=True, slots=True)
class Turn:
    """What a phase's end brings: the next phase, or with none the schedule's `end_behavior`."""

    phase: dict[str, Any] | None
    end_behavior: str


def create_from(subscription: Record, *, metadata: dict[str, str] | None = None) -> Record:
    """A schedule of one phase: the subscription as it is, until its period ends."""
    data = subscription.data
    if data["schedule"]:
        raise StripeError(
            f"You cannot migrate a subscription that is already attached to a schedule: {data['schedule']}."
        )
    start, end = reckoning.period_of(data["items"]["data"])
    phase = {**phase_of(data, start=start, end=end), "proration_behavior": "create_prorations"}
    schedule = store.add(
        shape.build(
            id=store.new_id("sub_sched"),
            created=store.now(subscription.clock),
            current_phase={"start_date": start, "end_date": end},
            customer=data["customer"],
            metadata=metadata or {},
            phases=[phase],
            subscription=subscription.id,
            test_clock=data["test_clock"],
        ),
        due_at=end,
    )
    story.tell("subscription_schedule.created", schedule)
    with story.changing(subscription) as changed:
        changed["schedule"] = schedule.id
    return schedule


def phase_of(subscription: dict[str, Any], *, start: int, end: int) -> dict[str, Any]:
    items = [shape.phase_item(item["price"]["id"], item["quantity"]) for item in subscription["items"]["data"]]
    return shape.phase(currency=subscription["currency"], start_date=start, end_date=end, items=items)


def add_phase(schedule: Record, *, price: str, quantity: int) -> Record:
    """One more phase after the last, for one period of its price; what comes then is the `end_behavior`."""
    data = catalogue.subscribable(price)
    start = schedule.data["phases"][-1]["end_date"]
    phase = shape.phase(
        currency=data["currency"], start_date=start, end_date=periods.end_of(start, data["recurring"], start),
        items=[shape.phase_item(price, quantity)], proration_behavior="none",
    )  # fmt: skip
    return set_phases(schedule, [*schedule.data["phases"], phase])


def set_phases(schedule: Record, phases: list[dict[str, Any]], **fields: Any) -> Record:
    """Phases in order, without gaps. Raises StripeError otherwise, or when the schedule is over."""
    refuse_ended(schedule)
    now = store.now(schedule.clock)
    for before, after in itertools.pairwise(phases):
        if before["end_date"] != after["start_date"]:
            raise StripeError("Phases must follow each other without gaps: each begins when the one before it ends.")
    if any(phase["end_date"] <= phase["start_date"] for phase in phases) or phases[-1]["end_date"] <= now:
        raise StripeError("The end date of a phase must be after its start date and in the future.", param="phases")
    current = next(phase for phase in phases if phase["end_date"] > now)
    with story.changing(schedule) as data:
        data.update(phases=phases, **fields)
        data["current_phase"] = {"start_date": current["start_date"], "end_date": current["end_date"]}
        schedule.due_at = current["end_date"]
    return schedule


def refuse_ended(schedule: Record) -> None:
    status = schedule.data["status"]
    if status != "active":
        raise StripeError(
            f"You cannot update a subscription schedule that is in the `{status}` status. It must be `active`."
        )


def release(subscription: Record) -> None:
    """Let go of the subscription's schedule, if there is one: the subscription goes on as it is."""
    schedule = store.lookup("subscription_schedule", subscription.data["schedule"] or "")
    if schedule is None:
        return
    _finish(schedule, "released", released_at=store.now(schedule.clock), released_subscription=subscription.id)
    with story.changing(subscription) as data:
        data["schedule"] = None


def close(subscription: Record) -> None:
    """The subscription has ended, and its schedule with it."""
    schedule = store.lookup("subscription_schedule", subscription.data["schedule"] or "")
    if schedule is not None and schedule.data["status"] == "active":
        _finish(schedule, "canceled", canceled_at=store.now(schedule.clock))


def turn(schedule: Record, at: int) -> Turn:
    """Move to the phase that begins at this moment. Past the last one the caller does what `end_behavior` says."""
    following = next((phase for phase in schedule.data["phases"] if phase["start_date"] == at), None)
    if following is None:
        schedule.due_at = None
        story.keep(schedule)
        return Turn(None, schedule.data["end_behavior"])
    with story.changing(schedule) as data:
        data["current_phase"] = {"start_date": at, "end_date": following["end_date"]}
        schedule.due_at = following["end_date"]
    return Turn(copy.deepcopy(following), schedule.data["end_behavior"])


def complete(schedule: Record) -> None:
    _finish(schedule, "completed", completed_at=store.now(schedule.clock))


def _finish(schedule: Record, status: str, **facts: Any) -> None:
    schedule.due_at = None
    with story.changing(schedule, f"subscription_schedule.{status}") as data:
        data.update(status=status, current_phase=None, **facts)
        if status == "released":
            data["subscription"] = None

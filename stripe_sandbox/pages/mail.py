"""Events and their way to the endpoints: what the panel shows of it, and what its buttons do to it."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone

from stripe_sandbox import events, store
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Delivery, MainClock, Record
from stripe_sandbox.pages import words

PAGE = 40
LATE_SECONDS = (5, 30, 120, 600)
STOPPABLE = (Delivery.State.WAITING, Delivery.State.HELD)
FILTERS = {
    "": "Sent to endpoints", "waiting": "On their way", "held": "Held", "failed": "Not delivered", "all": "All events",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    state: words.State
    where: str
    says: str
    answer: str


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    type: str
    about: str
    day: str
    who: str
    deliveries: list[Sent]
    can_send: bool
    can_drop: bool
    body: str
    position: int


def events_for(*, wanted: str, customer: str = "", before: int | None = None) -> tuple[list[Event], int | None]:
    """A page, newest first, and where the next one begins."""
    found = store.find("event")
    if customer:
        found = found.filter(customer=customer)
    if before:
        found = found.filter(position__lt=before)
    if wanted == "":
        found = found.filter(deliveries__isnull=False).distinct()
    elif wanted == "failed":
        bad = (Delivery.State.FAILED, Delivery.State.DROPPED)
        found = (found.filter(deliveries__state__in=bad) | found.filter(
            deliveries__state=Delivery.State.WAITING, deliveries__attempts__gt=0)).distinct()  # fmt: skip
    elif wanted in STOPPABLE:
        found = found.filter(deliveries__state=wanted).distinct()
    newest = Prefetch("deliveries", Delivery.objects.select_related("endpoint").order_by("-id"))
    page = list(found.prefetch_related(newest)[: PAGE + 1])
    has_endpoints = store.find("webhook_endpoint").exists()
    shown = [_event(one, can_send=has_endpoints) for one in page[:PAGE]]
    return shown, page[PAGE - 1].position if len(page) > PAGE else None


def counts() -> dict[str, int]:
    """How many deliveries are in each state."""
    return dict(Delivery.objects.values_list("state").annotate(Count("id")).order_by())


def send(event: str, *, times: int = 1, after_seconds: int = 0) -> int:
    """Once more to every endpoint that it went to, or to all that are enabled. Returns how many go."""
    record = store.get("event", event)
    with store.acting():
        endpoints = {one.endpoint_id: one.endpoint for one in record.deliveries.select_related("endpoint")}
        chosen = list(endpoints.values()) or list(store.find("webhook_endpoint", status="enabled"))
        for endpoint in chosen * times:
            events.send(record, endpoint, after_seconds=after_seconds)
    return len(chosen) * times


def send_late(event: str, seconds: int) -> int:
    """What is still on its way is put off; what has arrived goes again, later."""
    if seconds not in LATE_SECONDS:
        raise StripeError("Choose one of the delays.")
    due = timezone.now() + timedelta(seconds=seconds)
    waiting = Delivery.objects.filter(event=event, state__in=STOPPABLE)
    return waiting.update(state=Delivery.State.WAITING, due_at=due) or send(event, after_seconds=seconds)


def drop(event: str | None = None) -> int:
    """Never deliver what is still on its way: of one event, or all that is held."""
    found = Delivery.objects.filter(event=event, state__in=STOPPABLE) if event else _held()
    return found.update(state=Delivery.State.DROPPED)


def hold() -> None:
    store.main_clock()
    MainClock.objects.filter(pk=1).update(hold_deliveries=True)


def release(*, newest_first: bool) -> int:
    """Deliver what is held, in order or against it, and hold no more."""
    with store.acting():
        MainClock.objects.filter(pk=1).update(hold_deliveries=False)
        held = list(_held().order_by("-event__position" if newest_first else "event__position"))
        now = timezone.now()
        for number, one in enumerate(held):
            one.state, one.due_at = Delivery.State.WAITING, now + timedelta(milliseconds=number)
        Delivery.objects.bulk_update(held, ["state", "due_at"])
    events.rung.set()
    return len(held)


def _held() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=Delivery.State.HELD)


def _event(record: Record, *, can_send: bool) -> Event:
    subject = record.data["data"]["object"]
    customer = store.lookup("customer", record.customer) if record.customer else None
    return Event(
        id=record.id, type=record.data["type"], about=str(subject.get("id", "")), day=words.minute(record.created),
        who=str(customer.data["email"] or customer.data["name"] or "") if customer else "",
        deliveries=[_sent(one) for one in record.deliveries.all()],
        can_send=can_send, can_drop=any(one.state in STOPPABLE for one in record.deliveries.all()),
        body=json.dumps(record.data, indent=2), position=record.position,
    )  # fmt: skip


def _sent(delivery: Delivery) -> Sent:
    state = words.DELIVERY_STATES[delivery.state]
    if delivery.state == Delivery.State.WAITING and delivery.attempts:
        state = words.State("Failed, will be retried", "again", "warn")
    said = []
    if delivery.attempts:
        tries = "1 try" if delivery.attempts == 1 else f"{delivery.attempts} tries"
        said.append(f"{tries}, {f'HTTP {delivery.status}' if delivery.status else 'no answer'}")
    if delivery.state == Delivery.State.WAITING:
        left = (delivery.due_at - timezone.now()).total_seconds()
        said.append(f"goes in {_wait(left)}" if left > 1 else "goes now")
    return Sent(state, delivery.endpoint.data["url"], ", ".join(said), delivery.answer)


def _wait(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else words.distance(0, int(seconds))

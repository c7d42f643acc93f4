"""Events: written with the change they tell of, delivered after it, signed, again and again until they arrive."""

import copy
import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from stripe_sandbox import store
from stripe_sandbox.models import Delivery, Record
from stripe_sandbox.shapes import event as event_shape

RETRY_SECONDS = (2, 10, 60, 300, 1800, 7200, 21600)
PATIENCE_SECONDS = 10
CAUSE: ContextVar[tuple[str | None, str | None]] = ContextVar("cause", default=(None, None))
rung = threading.Event()


@contextmanager
def caused_by(request_id: str | None, idempotency_key: str | None) -> Iterator[None]:
    """Events written inside name this request."""
    before = CAUSE.set((request_id, idempotency_key))
    try:
        yield
    finally:
        CAUSE.reset(before)


def emit(type: str, record: Record, previous: dict[str, Any] | None = None) -> Record:
    """Write an event with the object as it is now, and a delivery for each endpoint that wants it.

    `previous`: for *.updated, the old values of what changed. Nothing is written for an update of nothing.
    """
    endpoints = [endpoint for endpoint in store.find("webhook_endpoint", status="enabled") if wants(endpoint, type)]
    data: dict[str, Any] = {"object": copy.deepcopy(record.data)}
    if previous is not None:
        data["previous_attributes"] = previous
    request, key = CAUSE.get()
    event = store.add(
        event_shape.build(
            id=store.new_id("evt"), type=type, data=data, created=store.now(record.clock), request=request,
            idempotency_key=key, pending_webhooks=len(endpoints),
        )
    )  # fmt: skip
    Record.objects.filter(pk=event.pk).update(customer=record.customer, clock=record.clock)
    event.customer, event.clock = record.customer, record.clock
    for endpoint in endpoints:
        send(event, endpoint)
    return event


def wants(endpoint: Record, type: str) -> bool:
    names = endpoint.data["enabled_events"]
    return "*" in names or type in names


def send(event: Record, endpoint: Record, *, after_seconds: float = 0) -> Delivery:
    """Put an event on its way to an endpoint, once more if it went there before."""
    held = store.main_clock().hold_deliveries
    state = Delivery.State.HELD if held else Delivery.State.WAITING
    delivery = Delivery.objects.create(
        event=event, endpoint=endpoint, state=state, due_at=Now() + timedelta(seconds=after_seconds)
    )
    transaction.on_commit(rung.set)
    return delivery


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """`previous_attributes`: the old values of the keys that differ."""
    return {name: value for name, value in before.items() if after.get(name) != value}


def signature(body: bytes, secret: str, *, at: int | None = None) -> str:
    """The value of Stripe-Signature."""
    moment = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def deliver_due(*, limit: int = 200) -> int:
    """Deliver what is due, in the order in which it fell due. Returns how many were tried."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=Now()).order_by("due_at", "id")
    ids = list(waiting.values_list("id", flat=True)[:limit])
    for id in ids:
        _try(Delivery.objects.select_related("event", "endpoint").get(pk=id))
    return len(ids)


def _try(delivery: Delivery) -> None:
    body = json.dumps(delivery.event.data, indent=2).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (sandbox)",
        "Stripe-Signature": signature(body, delivery.endpoint.private["secret"]),
    }
    request = urllib.request.Request(delivery.endpoint.data["url"], data=body, headers=headers, method="POST")  # noqa: S310  (http or https: checked when the endpoint is made)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            status, text = answer.status, answer.read(500).decode(errors="replace")
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read(500).decode(errors="replace")
    except OSError as error:
        status, text = None, str(error)
    _record(delivery, status, text)


def _record(delivery: Delivery, status: int | None, text: str) -> None:
    fields: dict[str, Any] = {"attempts": delivery.attempts + 1, "status": status, "answer": text[:500]}
    if status is not None and 200 <= status < 300:
        fields |= {"state": Delivery.State.DELIVERED, "delivered_at": Now()}
    elif delivery.attempts < len(RETRY_SECONDS):
        fields["due_at"] = Now() + timedelta(seconds=RETRY_SECONDS[delivery.attempts])
    else:
        fields["state"] = Delivery.State.FAILED
    with transaction.atomic():
        event = Record.objects.select_for_update().get(pk=delivery.event_id)
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING).update(**fields)
        undelivered = event.deliveries.exclude(state=Delivery.State.DELIVERED).values("endpoint").distinct().count()
        event.data["pending_webhooks"] = undelivered
        store.save(event)

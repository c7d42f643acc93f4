"""Changing objects and telling of it: an engine function changes a record inside `changing`, and events follow."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from stripe_sandbox import events, store
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record

FAMILY = {"subscription": "customer.subscription", "dispute": "charge.dispute"}
Told = tuple[str, Record, dict[str, Any] | None]
# Stripe's order where one act does all of this: what is not named comes where the name before it put it.
FIRST_PURCHASE = (
    "payment_intent.created", "payment_intent.requires_action", "charge.failed", "payment_intent.payment_failed",
    "charge.succeeded", "payment_intent.succeeded", "customer.subscription.created", "invoice.created",
    "invoice.finalized", "invoice_payment.paid", "invoice.paid", "invoice.payment_succeeded", "invoice.payment_failed",
    "invoice.payment_action_required", "customer.subscription.updated",
)  # fmt: skip
_waiting: ContextVar[list[Told] | None] = ContextVar("waiting", default=None)


def tell(type: str, record: Record, previous: dict[str, Any] | None = None) -> None:
    waiting = _waiting.get()
    if waiting is None:
        events.emit(type, record, previous)
        return
    snapshot = Record(
        id=record.id, object=record.object, customer=record.customer, clock=record.clock, created=record.created,
        data=copy.deepcopy(record.data),
    )  # fmt: skip
    waiting.append((type, snapshot, previous))


@contextmanager
def in_order_of_purchase() -> Iterator[None]:
    """Events told inside are written at the end, in Stripe's order, each with its object as it was when told."""
    if _waiting.get() is not None:
        yield
        return
    waiting: list[Told] = []
    token = _waiting.set(waiting)
    try:
        yield
    except StripeError as error:
        _waiting.reset(token)
        if error.keeps:
            _tell_in_order(waiting)
        raise
    except BaseException:
        _waiting.reset(token)
        raise
    _waiting.reset(token)
    _tell_in_order(waiting)


def _tell_in_order(waiting: list[Told]) -> None:
    place, placed = 0, []
    for told in waiting:
        place = FIRST_PURCHASE.index(told[0]) if told[0] in FIRST_PURCHASE else place
        placed.append((place, told))
    for _, told in sorted(placed, key=lambda one: one[0]):
        events.emit(*told)


@contextmanager
def changing(record: Record, *types: str) -> Iterator[dict[str, Any]]:
    """Save what the block changes in the record and tell of it, by default as the object's `updated`.

    An `updated` carries the old values of what changed, and is not told when nothing did.
    """
    before = copy.deepcopy(record.data)
    yield record.data
    keep(record)
    previous = differences(before, record.data)
    for type in types or (f"{FAMILY.get(record.object, record.object)}.updated",):
        if not type.endswith(".updated"):
            tell(type, record)
        elif previous:
            tell(type, record, previous)


def keep(record: Record) -> Record:
    """Save without telling."""
    return store.save(record, "private", "due_at")


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """`previous_attributes`: old values of what changed; of an object in it only the keys that changed."""
    found: dict[str, Any] = {}
    for name, value in before.items():
        now = after.get(name)
        if value == now:
            continue
        nested = isinstance(value, dict) and isinstance(now, dict) and name != "metadata"
        found[name] = differences(value, now) if nested else value  # type: ignore[arg-type]
    return found

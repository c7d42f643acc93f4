"""Stripe's objects, kept and found. Every write happens inside `acting`, one at a time."""

import secrets
import string
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from stripe_sandbox.errors import StripeError, resource_missing
from stripe_sandbox.models import MainClock, Record

ONE_WRITER = 7_240_411  # any number of our own, for the advisory lock
LETTERS = string.digits + string.ascii_letters


@contextmanager
def acting() -> Iterator[None]:
    """A transaction that is alone in writing. A StripeError that keeps what was written is raised after the commit."""
    kept = None
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_WRITER])
        try:
            yield
        except StripeError as error:
            if not error.keeps:
                raise
            kept = error
    if kept is not None:
        raise kept


def main_clock() -> MainClock:
    return MainClock.objects.get_or_create(pk=1)[0]


def now(clock: str = "") -> int:
    """Unix time by a test clock, or by the main one."""
    if clock:
        return int(get("test_helpers.test_clock", clock).data["frozen_time"])
    offset = MainClock.objects.filter(pk=1).values_list("offset_seconds", flat=True).first()
    return int(time.time()) + (offset or 0)


def clock_of(customer: str) -> str:
    """The test clock that a customer lives by, "" for the main one."""
    return Record.objects.filter(id=customer).values_list("clock", flat=True).first() or ""


def new_id(prefix: str) -> str:
    """Like Stripe's: a prefix and 24 letters, the first of which rise with time."""
    rest, moment = time.time_ns() // 1000, ""
    while rest:
        rest, digit = divmod(rest, len(LETTERS))
        moment = LETTERS[digit] + moment
    return f"{prefix}_{moment.rjust(10, '0')}{''.join(secrets.choice(LETTERS) for _ in range(14))}"


def add(data: dict[str, Any], *, private: dict[str, Any] | None = None, due_at: int | None = None) -> Record:
    """Keep a new object; `data` has its id and object name. Its customer's clock is its own."""
    customer = data["id"] if data["object"] == "customer" else _id_of(data.get("customer")) or ""
    clock = _id_of(data.get("test_clock")) or clock_of(customer)
    return Record.objects.create(
        id=data["id"], object=data["object"], customer=customer, clock=clock, due_at=due_at,
        created=data.get("created") or now(clock), data=data, private=private or {},
    )  # fmt: skip


def save(record: Record, *fields: str) -> Record:
    """Write a record back, `data` with any other fields named."""
    record.save(update_fields={"data", *fields})
    return record


def lookup(object: str, id: str) -> Record | None:
    return Record.objects.filter(id=id, object=object, deleted_at=None).first()


def get(object: str, id: str, *, param: str = "id", status: int = 404) -> Record:
    """Raises StripeError resource_missing; as a parameter of another call, Stripe answers that with 400."""
    record = lookup(object, id)
    if record is None:
        raise resource_missing(object.rpartition(".")[2], id, param=param, status=status)
    return record


def find(object: str, **equal: Any) -> QuerySet[Record]:
    """Newest first; `equal` compares keys of the JSON."""
    where = {f"data__{name}": value for name, value in equal.items()}
    return Record.objects.filter(object=object, deleted_at=None, **where).order_by("-position")


def _id_of(value: Any) -> str | None:
    return value.get("id") if isinstance(value, dict) else value

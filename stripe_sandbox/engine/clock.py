"""Time in the sandbox: whatever falls due until a moment is done in order, each thing at its own moment."""

import time
from typing import Any

from django.db.models import QuerySet

from stripe_sandbox import store
from stripe_sandbox.engine import agenda, checkout, disputes, periods, renewals, story
from stripe_sandbox.models import MainClock, Record

ORDER = ("subscription", "subscription_schedule", "invoice", "checkout.session")
RENEWING = ("trialing", "active", "past_due", "unpaid")


def advance(clock: str, to: int) -> None:
    """Do all that is due on a clock until `to`, and leave the clock there; "" is the main one.

    A clock never goes back. Doing it again for the same moment does nothing.
    """
    if not clock and to <= store.now() and not _due("", to).exists() and not _disputed().exists():
        return
    with store.acting():
        before = store.main_clock().offset_seconds
        moves = to > store.now(clock)
        for charge in _disputed():
            _dispute(charge)
        while (at := _due(clock, to).order_by("due_at").values_list("due_at", flat=True).first()) is not None:
            _set(clock, at)
            for record in _at(clock, at):
                _step(record, at)
            for charge in _disputed().filter(clock=clock):
                _dispute(charge)
        if moves:
            _set(clock, to)
        elif not clock:
            MainClock.objects.filter(pk=1).update(offset_seconds=before)


def next_moment(clock: str) -> int | None:
    """When something will happen by itself on a clock."""
    return _agenda(clock).order_by("due_at").values_list("due_at", flat=True).first()


def next_renewal(clock: str, customer: str = "") -> int | None:
    """When the next renewal is paid: at a period's end, and the hour for which its invoice is a draft."""
    found = store.find("subscription").filter(clock=clock, data__status__in=RENEWING)
    found = found.filter(customer=customer) if customer else found
    ends = [one.data["items"]["data"][0]["current_period_end"] for one in found if one.data["cancel_at"] is None]
    return min(ends) + renewals.DRAFT_SECONDS if ends else None


def a_month_on(clock: str) -> int:
    """A month from now and two hours more, so that what renews in a month from now is also paid."""
    return periods.add_months(store.now(clock), 1) + 2 * agenda.HOUR


def _agenda(clock: str) -> QuerySet[Record]:
    return Record.objects.filter(clock=clock, due_at__isnull=False, deleted_at=None, object__in=ORDER)


def _due(clock: str, to: int) -> QuerySet[Record]:
    return _agenda(clock).filter(due_at__lte=to)


def _at(clock: str, at: int) -> list[Record]:
    return sorted(_agenda(clock).filter(due_at=at), key=lambda one: (ORDER.index(one.object), one.position))


def _disputed() -> QuerySet[Record]:
    return Record.objects.filter(object="charge", due_at__isnull=False, deleted_at=None)


def _dispute(charge: Record) -> None:
    if charge.due_at is not None and charge.due_at <= store.now(charge.clock):
        disputes.step(charge)


def _step(record: Record, at: int) -> None:
    record.refresh_from_db()
    if record.due_at != at:
        return
    steps: dict[str, Any] = {
        "subscription": renewals.step,
        "subscription_schedule": renewals.step_schedule,
        "invoice": renewals.step_invoice,
        "checkout.session": lambda session, _: checkout.expire(session),
    }
    steps[record.object](record, at)
    record.refresh_from_db()
    if record.due_at == at:
        raise RuntimeError(f"{record.id} fell due at {at} and still is: the clock would never move on.")


def _set(clock: str, at: int) -> None:
    if clock:
        record = store.get("test_helpers.test_clock", clock)
        record.data["frozen_time"] = max(at, record.data["frozen_time"])
        story.keep(record)
    else:
        store.main_clock()
        MainClock.objects.filter(pk=1).update(offset_seconds=at - int(time.time()))

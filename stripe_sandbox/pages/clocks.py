"""The clocks on the panel, and winding them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from stripe_sandbox import store
from stripe_sandbox.api import clocks as api
from stripe_sandbox.engine import clock as engine
from stripe_sandbox.engine import periods
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.pages import words
from stripe_sandbox.params import Params
from stripe_sandbox.router import Call

MOST_MONTHS = 36
NOON = 12 * 60 * 60  # where in a chosen day a clock is wound to


@dataclass(frozen=True, slots=True)
class Clock:
    """`id` is "" for the main one."""

    id: str
    name: str
    now: str
    first: str
    latest: str
    ahead: str
    customers: int
    renewal: str
    moment: str


def main_clock() -> Clock:
    now, real = store.now(), int(time.time())
    ahead = f"{words.distance(real, now)} ahead of real time" if now - real > 60 else "Runs with real time"
    return _clock("", "Main clock", ahead)


def test_clocks() -> list[Clock]:
    found = store.find(api.OBJECT)
    return [_clock(one.id, one.data["name"] or one.id, "Stands still until it is wound") for one in found]


def target_of(clock: str, move: str, until: int | None) -> int:
    """The moment that a button means. Raises StripeError in words for a person."""
    now = store.now(clock)
    moves: dict[str, Callable[[str], int | None]] = {
        "month": engine.a_month_on, "renewal": engine.next_renewal, "moment": engine.next_moment,
    }  # fmt: skip
    target = moves[move](clock) if move in moves else until
    if target is None:
        raise StripeError("Nothing is due on this clock, so there is nowhere to wind it.")
    if target <= now:
        raise StripeError("A clock never goes back: choose a later day.")
    if target > periods.add_months(now, MOST_MONTHS):
        raise StripeError(f"At most {MOST_MONTHS} months at a time.")
    return target


def wind(clock: str, to: int) -> str:
    """All that is due on the way is done. Returns what happened, in a sentence."""
    began, before = time.monotonic(), store.now(clock)
    first = time.time_ns()
    with store.acting():
        if clock:
            call = Call("POST", reverse("panel"), Params({"frozen_time": str(to)}), "", store.new_id("req"), None)
            api.advance(call, clock)
        else:
            engine.advance("", to)
    happened = Record.objects.filter(object="event", position__gte=first).count()
    events = f"{happened} event{'s' if happened != 1 else ''}" if happened else "nothing happened"
    seconds = time.monotonic() - began
    took = f" It took {seconds:.1f} seconds." if seconds > 2 else ""
    return f"Wound {words.distance(before, to)} on, to {words.minute(to)}: {events}.{took}"


def _clock(id: str, name: str, ahead: str) -> Clock:
    now, renewal, moment = store.now(id), engine.next_renewal(id), engine.next_moment(id)
    return Clock(
        id=id, name=name, now=words.minute(now), ahead=ahead,
        first=f"{words.at(now + NOON):%Y-%m-%d}", latest=f"{words.at(periods.add_months(now, MOST_MONTHS)):%Y-%m-%d}",
        customers=store.find("customer").filter(clock=id).count(),
        renewal=words.short_day(renewal), moment=words.minute(moment),
    )  # fmt: skip

"""What subscriptions bring, from the flows of people between plans. Money is integer cents a month, by the price list.

A subscription counts while Stripe bills it and it is active or past due: one that was canceled counts until its period
ends, a trial not yet, a plan that an operator gave never.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from billing.plans import PLANS, RANK
from metrics.selectors import Flow

ONE_DAY = timedelta(days=1)
PAID_PLANS = RANK[1:]
GAINS = ("new", "reactivated", "expansion")
LOSSES = ("contraction", "churned")


day_of = attrgetter("day")


def price_of(plan: str) -> int:
    return PLANS[plan].price_cents if plan else 0


@dataclass(slots=True)
class Level:
    """At the end of a day: people by the plan that they are on, and by the plan that is billed."""

    on: Counter[str] = field(default_factory=Counter)
    paying: Counter[str] = field(default_factory=Counter)

    def add(self, flow: Flow) -> None:
        self.on[flow.plan_after] += flow.users
        self.paying[flow.paid_after] += flow.users
        if flow.plan_before:
            self.on[flow.plan_before] -= flow.users
            self.paying[flow.paid_before] -= flow.users

    def copy(self) -> "Level":
        return Level(self.on.copy(), self.paying.copy())

    @property
    def subscribers(self) -> int:
        return sum(self.paying[plan] for plan in PAID_PLANS)

    @property
    def mrr(self) -> int:
        return sum(self.mrr_of(plan) for plan in PAID_PLANS)

    def mrr_of(self, plan: str) -> int:
        return self.paying[plan] * price_of(plan)


@dataclass(slots=True)
class Movement:
    """What changed the MRR in a span of days, by kind: cents, never negative, and customers. One a person and day."""

    start: Level
    end: Level
    cents: Counter[str]
    customers: Counter[str]

    @property
    def net(self) -> int:
        return self.end.mrr - self.start.mrr

    @property
    def lost(self) -> int:
        """Gross: what left and what stepped down."""
        return sum(self.cents[kind] for kind in LOSSES)


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in UTC; the present one ends today."""

    first: date
    last: date
    moved: Movement


def kind_of(flow: Flow) -> str | None:
    before, after = price_of(flow.paid_before), price_of(flow.paid_after)
    if before == after:
        return None
    if not before:
        return "reactivated" if flow.paid_ever else "new"
    if not after:
        return "churned"
    return "expansion" if after > before else "contraction"


def levels_at(flows: Iterable[Flow], days: Iterable[date]) -> dict[date, Level]:
    """At the end of each of these days. Flows come oldest first."""
    found: dict[date, Level] = {}
    level, coming = Level(), iter(flows)
    flow = next(coming, None)
    for day in sorted(days):
        while flow is not None and flow.day <= day:
            level.add(flow)
            flow = next(coming, None)
        found[day] = level.copy()
    return found


def moved_between(flows: list[Flow], first: date, last: date) -> Movement:
    levels = levels_at(flows, [first - ONE_DAY, last])
    return movement_of(flows, levels[first - ONE_DAY], levels[last], first, last)


def movement_of(flows: list[Flow], start: Level, end: Level, first: date, last: date) -> Movement:
    cents: Counter[str] = Counter()
    customers: Counter[str] = Counter()
    for flow in flows[bisect_left(flows, first, key=day_of) : bisect_right(flows, last, key=day_of)]:
        if kind := kind_of(flow):
            cents[kind] += abs(price_of(flow.paid_after) - price_of(flow.paid_before)) * flow.users
            customers[kind] += flow.users
    return Movement(start, end, cents, customers)


def months_until(today: date, count: int) -> Iterator[tuple[date, date]]:
    """So many calendar months, oldest first; the last one ends today."""
    firsts = [today.replace(day=1)]
    while len(firsts) < count:
        firsts.append((firsts[-1] - ONE_DAY).replace(day=1))
    last = today
    spans = []
    for first in firsts:
        spans.append((first, last))
        last = first - ONE_DAY
    return reversed(spans)


def months_of(flows: list[Flow], today: date, count: int) -> list[Month]:
    spans = list(months_until(today, count))
    levels = levels_at(flows, [spans[0][0] - ONE_DAY, *(last for _, last in spans)])
    return [
        Month(first, last, movement_of(flows, levels[first - ONE_DAY], levels[last], first, last))
        for first, last in spans
    ]

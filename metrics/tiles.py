"""The first four figures of the page: today, and against a month of thirty days before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from metrics import revenue, tables
from metrics.figures import MONTH, ONE_DAY, Figures, ends_between
from metrics.revenue import Level


@dataclass(frozen=True, slots=True)
class Tile:
    """`change` is None where there was nothing to compare with; `better` is None for no change."""

    label: str
    value: str
    change: str | None
    better: bool | None
    means: str


def tiles_of(figures: Figures) -> Iterator[Tile]:
    today = figures.period.today
    before = today - MONTH * ONE_DAY
    levels = revenue.levels_at(figures.flows, [before - MONTH * ONE_DAY, before, today])
    yield mrr_tile(levels[today], levels[before])
    yield subscribers_tile(levels[today], levels[before])
    yield churn_tile(figures, levels, today, before)
    yield success_tile(figures, today, before)


def mrr_tile(now: Level, then: Level) -> Tile:
    moved = tables.share_of(now.mrr - then.mrr, then.mrr)
    change = (
        None if moved is None else f"{signed(now.mrr - then.mrr, tables.dollars)} ({signed(moved, tables.percent)})"
    )
    means = "Monthly prices of the subscriptions that Stripe bills, active or past due; canceled ones until they end."
    return Tile("MRR", tables.dollars(now.mrr), change, better(now.mrr - then.mrr), means)


def subscribers_tile(now: Level, then: Level) -> Tile:
    moved = now.subscribers - then.subscribers
    change = signed(moved, tables.count) if then.subscribers else None
    means = "People whose subscription counts in the MRR; trials and plans that an operator gave do not."
    return Tile("Active subscribers", tables.count(now.subscribers), change, better(moved), means)


def churn_tile(figures: Figures, levels: dict[date, Level], today: date, before: date) -> Tile:
    now, then = (
        tables.share_of(
            revenue.moved_between(figures.flows, day - (MONTH - 1) * ONE_DAY, day).customers["churned"],
            levels[day - MONTH * ONE_DAY].subscribers,
        )
        for day in (today, before)
    )
    means = "Subscribers who stopped paying in 30 days, of those there were at their start."
    return rate_tile("Customer churn, 30 days", now, then, means, less_is_better=True)


def success_tile(figures: Figures, today: date, before: date) -> Tile:
    rates = []
    for day in (today, before):
        ends = ends_between(figures.ends, day - (MONTH - 1) * ONE_DAY, day)
        rates.append(tables.share_of(ends.completed, ends.completed + ends.failed))
    means = "Runs of 30 days that delivered, of those that delivered or failed; canceled ones are neither."
    return rate_tile("Success rate, 30 days", rates[0], rates[1], means)


def rate_tile(label: str, now: int | None, then: int | None, means: str, *, less_is_better: bool = False) -> Tile:
    value = tables.NOTHING if now is None else tables.percent(now)
    if now is None or then is None:
        return Tile(label, value, None, None, means)
    moved = now - then
    points = signed(moved, tables.percent).removesuffix(" %")
    return Tile(label, value, f"{points} points", better(-moved if less_is_better else moved), means)


def better(moved: int) -> bool | None:
    return moved > 0 if moved else None


def signed(value: int, shown: tables.Shown) -> str:
    return f"+{shown(value)}" if value > 0 else shown(value)

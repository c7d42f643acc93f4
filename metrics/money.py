"""The sections of the page about subscriptions: revenue, its movement, subscribers, conversion, churn."""

from collections.abc import Iterator
from datetime import date

from billing.plans import RANK
from metrics import charts, revenue, tables
from metrics.charts import Point, Series
from metrics.figures import ONE_DAY, Figures
from metrics.revenue import GAINS, LOSSES, PAID_PLANS, Month
from metrics.sections import Section
from metrics.tables import COUNT, MONEY, PERCENT, TEXT, Column, Table

PLAN_SERIES = [Series(plan, plan.lower()) for plan in PAID_PLANS]
MOVES = (
    ("new", "New", "first payments"),
    ("reactivated", "Reactivated", "of people who had paid before and stopped"),
    ("expansion", "Expansion", "steps to a dearer plan"),
    ("contraction", "Contraction", "steps to a cheaper plan"),
    ("churned", "Churned", "of people who stopped paying"),
)
DOLLAR = 100


def sections_of(figures: Figures) -> Iterator[Section]:
    yield mrr_section(figures)
    yield movement_section(figures)
    yield subscribers_section(figures)
    yield conversion_section(figures)
    yield churn_section(figures)


def name_of(month: Month, today: date) -> str:
    return f"{month.first:%b %Y}{' so far' if month.last == today else ''}"


def mrr_section(figures: Figures) -> Section:
    today = figures.period.today
    points, rows = [], []
    for month in figures.months:
        end = month.moved.end
        parts = tuple(end.mrr_of(plan) for plan in PAID_PLANS)
        points.append(Point(f"{month.first:%b}", f"{name_of(month, today)}: {tables.dollars(end.mrr)}", parts))
        rows.append((name_of(month, today), *parts, end.mrr))
    return Section(
        "mrr", "MRR by plan",
        "Monthly prices, at the end of each month, of the subscriptions that Stripe bills and that are active or past "
        "due; a canceled one counts until its period ends, a trial or a plan that an operator gave does not.",
        charts.columns(points, PLAN_SERIES, tables.short_dollars, unit=DOLLAR, summary="MRR by month and plan"),
        Table([Column("Month", TEXT), *(Column(plan, MONEY) for plan in PAID_PLANS), Column("MRR", MONEY)], rows[::-1]),
    )  # fmt: skip


def movement_section(figures: Figures) -> Section:
    today = figures.period.today
    points, rows = [], []
    for month in figures.months:
        moved = month.moved
        values = tuple(moved.cents[kind] if kind in GAINS else -moved.cents[kind] for kind, _, _ in MOVES)
        title = f"{name_of(month, today)}: {tables.dollars(moved.net)}"
        points.append(Point(f"{month.first:%b}", title, values))
        rows.append((name_of(month, today), *values, moved.net))
    return Section(
        "movement", "Movement of the MRR",
        "What each customer's part of the MRR was at the end of a day (UTC), against the end of the day before.",
        charts.columns(
            points, [Series(label, kind) for kind, label, _ in MOVES], tables.short_dollars, unit=DOLLAR,
            summary="What raised and lowered the MRR, by month",
        ),
        Table(
            [Column("Month", TEXT), *(Column(label, MONEY, means) for _, label, means in MOVES),
             Column("Net", MONEY, "the change of the MRR in the month")],
            rows[::-1],
        ),
    )  # fmt: skip


def subscribers_section(figures: Figures) -> Section:
    period = figures.period
    levels = revenue.levels_at(figures.flows, [period.first - ONE_DAY, *(last for _, last in period.spans)])
    points = []
    for _, last in period.spans:
        level = levels[last]
        title = f"{last.day} {last:%b}: {level.subscribers:,}"
        points.append(Point(f"{last.day} {last:%b}", title, tuple(level.paying[plan] for plan in PAID_PLANS)))
    now, then = levels[period.today], levels[period.first - ONE_DAY]
    rows = [
        (plan, now.paying[plan], now.paying[plan] - then.paying[plan], now.on[plan], now.mrr_of(plan))
        for plan in RANK
    ]  # fmt: skip
    return Section(
        "subscribers", "Active subscriptions by plan",
        "People whose subscription counts in the MRR, at the end of each day (UTC), by the plan that Stripe bills.",
        charts.columns(points, PLAN_SERIES, tables.short_count, unit=4, summary="Subscriptions by day and plan"),
        Table([
            Column("Plan", TEXT), Column("Paying", COUNT, "active or past due, billed by Stripe"),
            Column("Change", COUNT, f"against the beginning of these {period.days} days"),
            Column("On the plan", COUNT, "whoever pays: FREE, on trial, unpaid, or given by an operator as well"),
            Column("MRR", MONEY),
        ], rows),
    )  # fmt: skip


def conversion_section(figures: Figures) -> Section:
    known = {one.month: one for one in figures.signups}
    points, rows = [], []
    for month in figures.months:
        one = known.get(month.first)
        signups, converted = (one.signups, one.converted) if one else (0, 0)
        rate = tables.share_of(converted, signups)
        still = " so far" if month.last >= figures.period.today - 30 * ONE_DAY else ""
        title = f"{month.first:%b %Y}{still}: {tables.percent(rate or 0)}"
        points.append(Point(f"{month.first:%b}", title, (rate or 0,)))
        rows.append((f"{month.first:%b %Y}{still}", signups, converted, rate))
    return Section(
        "conversion", "Conversion, FREE to paid",
        "Of the people who signed up in a month, how many paid within 30 days of it; \u201cso far\u201d where these "
        "are not over for all.",
        charts.columns(
            points, [Series("Paid within 30 days", "pro")], whole_percent, unit=40, summary="Conversion by month"
        ),
        Table([
            Column("Signed up in", TEXT), Column("Sign-ups", COUNT), Column("Paid within 30 days", COUNT),
            Column("Conversion", PERCENT),
        ], rows[::-1]),
    )  # fmt: skip


def churn_section(figures: Figures) -> Section:
    today = figures.period.today
    points, rows = [], []
    for month in figures.months:
        moved, start = month.moved, month.moved.start
        left = moved.customers["churned"]
        rates = (tables.share_of(left, start.subscribers), tables.share_of(moved.lost, start.mrr))
        shown = [tables.NOTHING if rate is None else tables.percent(rate) for rate in rates]
        title = f"{name_of(month, today)}: {shown[0]} of customers, {shown[1]} of revenue"
        points.append(Point(f"{month.first:%b}", title, tuple(rate or 0 for rate in rates)))
        rows.append((name_of(month, today), start.subscribers, left, rates[0], start.mrr, moved.lost, rates[1]))
    lost = " and ".join(kind for kind in LOSSES)
    return Section(
        "churn", "Churn by month",
        "What a month lost of what it began with: customers who stopped paying, and revenue that left or stepped down.",
        charts.columns(
            points, [Series("Customers", "churned"), Series("Revenue", "contraction")], whole_percent, unit=40,
            summary="Churn of customers and of revenue by month", beside=True,
        ),
        Table([
            Column("Month", TEXT), Column("Paying at its start", COUNT), Column("Stopped", COUNT),
            Column("Customer churn", PERCENT, "stopped, of those paying at its start"),
            Column("MRR at its start", MONEY), Column("Lost", MONEY, f"{lost} MRR, gross of what was won"),
            Column("Revenue churn", PERCENT, "lost, of the MRR at its start"),
        ], rows[::-1]),
    )  # fmt: skip


def whole_percent(thousandths: int) -> str:
    return f"{thousandths / 10:g} %"

"""The sections of the page about runs: allowances used, agents, how runs ended and how long they took, margins."""

from collections.abc import Iterator

from agents.registry import name_of
from billing.plans import RANK
from metrics import charts, tables, work
from metrics.charts import Point, Series
from metrics.figures import Figures, ends_between
from metrics.sections import Section
from metrics.tables import COUNT, PERCENT, SMALL_MONEY, TEXT, TIME, Column, Table

MOST_MARGINS = 10
DRAWN = 3
FULL = 1000


def sections_of(figures: Figures) -> Iterator[Section]:
    yield utilisation_section(figures)
    yield success_section(figures)
    yield agents_section(figures)
    yield times_section(figures)
    yield margins_section(figures)


def utilisation_section(figures: Figures) -> Section:
    spent = work.spent_by_plan(figures.work)
    bars, rows = [], []
    for plan in RANK:
        granted = figures.allowances.get(plan, 0)
        share = tables.share_of(spent[plan], granted) if granted > 0 else None
        rows.append((plan, granted, spent[plan], share))
        text = tables.NOTHING if share is None else tables.percent(share)
        bars.append((plan, text, (share or 0,)))
    return Section(
        "utilisation", "Credit utilisation by plan",
        f"Credits spent on runs that ended in these {figures.period.days} days, of the monthly ones granted in them.",
        charts.bars(bars, [Series("Spent of granted", "pro")], summary="Credits spent of credits granted", most=FULL),
        Table([
            Column("Plan", TEXT),
            Column("Granted", COUNT, "monthly allowances, less what was taken back of them; no bonuses"),
            Column("Spent", COUNT, "charges of runs less refunds, whichever credits paid them"),
            Column("Utilisation", PERCENT, "spent, of granted: above 100 % where bonuses or earlier grants were spent"),
        ], rows),
    )  # fmt: skip


def agents_section(figures: Figures) -> Section:
    top = work.top_agents(figures.work)
    uses = [use for plan in RANK for use in top[plan]]
    bars = [
        (f"{use.plan} \u00b7 {name_of(use.agent_id)}", f"{use.credits:,}", (use.credits,))
        for plan in RANK for use in top[plan][:DRAWN]
    ]  # fmt: skip
    rows = [(use.plan, name_of(use.agent_id), use.runs, use.credits) for use in uses]
    return Section(
        "agents", "Top agents by tier",
        f"The agents on which the people of each plan spent most credits, net of refunds: {DRAWN} drawn, "
        f"{work.MOST_AGENTS} in the table.",
        charts.bars(bars, [Series("Credits", "pro")], summary="Credits by plan and agent"),
        Table([
            Column("Plan", TEXT, "the plan at the moment of the run"), Column("Agent", TEXT),
            Column("Runs", COUNT, "jobs and the steps of plans that ended, however they ended"),
            Column("Credits", COUNT, "a step carries its share, its plan the rest"),
        ], rows),
    )  # fmt: skip


def success_section(figures: Figures) -> Section:
    points = []
    for first, last in figures.period.spans:
        ends = ends_between(figures.ends, first, last)
        rate = tables.share_of(ends.completed, ends.completed + ends.failed)
        title = f"{last.day} {last:%b}: {tables.NOTHING if rate is None else tables.percent(rate)}"
        points.append(Point(f"{last.day} {last:%b}", title, (ends.completed, ends.failed)))
    rows = [
        (name_of(pace.agent_id), pace.completed, pace.failed,
         tables.share_of(pace.completed, pace.completed + pace.failed))
        for pace in work.paces_of(figures.work, ())
    ]  # fmt: skip
    return Section(
        "success", "Success rate of runs",
        "Runs that delivered, of those that delivered or failed, on the day they ended; canceled ones are neither.",
        charts.columns(
            points, [Series("Delivered", "new"), Series("Failed", "churned")], tables.short_count, unit=4,
            summary="Runs delivered and failed by day",
        ),
        Table([
            Column("Agent", TEXT), Column("Delivered", COUNT), Column("Failed", COUNT),
            Column("Success rate", PERCENT),
        ], rows),
    )  # fmt: skip


def times_section(figures: Figures) -> Section:
    paces = [pace for pace in work.paces_of(figures.work, figures.times) if pace.run[0] is not None]
    bars = [
        (name_of(pace.agent_id), f"{tables.duration(pace.run[0] or 0)} \u00b7 {tables.duration(pace.run[1] or 0)}",
         (pace.run[0] or 0, pace.run[1] or 0))
        for pace in paces
    ]  # fmt: skip
    rows = [(name_of(pace.agent_id), *pace.run, *pace.wait) for pace in paces]
    return Section(
        "times", "Time of runs by agent",
        f"From start to finish of runs that delivered in the last {figures.timed_days} days: half took no longer than "
        "the p50, one in twenty longer than the p95, to within a tenth.",
        charts.bars(bars, [Series("p50", "pro"), Series("p95", "enterprise")], summary="Times of runs by agent"),
        Table([
            Column("Agent", TEXT), Column("Run p50", TIME), Column("Run p95", TIME),
            Column("Wait p50", TIME, "from order to start, of delivered jobs; not of steps, which wait for others"),
            Column("Wait p95", TIME),
        ], rows),
    )  # fmt: skip


def margins_section(figures: Figures) -> Section:
    margins = work.margins_of(figures.work)
    bars = [
        (f"{name_of(one.agent_id)} \u00b7 {one.operation}",
         f"{tables.small_dollars(one.revenue)} \u2212 {tables.small_dollars(one.provider_cost)}",
         (one.revenue, one.provider_cost))
        for one in margins[:MOST_MARGINS]
    ]  # fmt: skip
    rows = [
        (name_of(one.agent_id), one.operation, one.runs, one.credits, one.revenue, one.provider_cost, one.left,
         tables.share_of(one.left, one.revenue) if one.revenue > 0 else None)
        for one in margins
    ]  # fmt: skip
    return Section(
        "margins", "Provider cost against credit revenue",
        "Revenue is the credits of paying people, net of refunds, at their plan's price by its monthly credits.",
        charts.bars(
            bars, [Series("Credit revenue", "new"), Series("Provider cost", "churned")],
            summary="Credit revenue and provider cost by operation",
        ),
        Table([
            Column("Agent", TEXT), Column("Operation", TEXT), Column("Runs", COUNT),
            Column("Credits", COUNT, "everybody's, net of refunds"),
            Column("Revenue", SMALL_MONEY, "of those whom Stripe billed for it: a credit of PRO is worth 2.9 cents"),
            Column("Provider cost", SMALL_MONEY, "what providers took for all runs, failed and unpaid ones too"),
            Column("Left", SMALL_MONEY, "revenue less provider cost"),
            Column("Margin", PERCENT, "left, of the revenue"),
        ], rows),
    )  # fmt: skip

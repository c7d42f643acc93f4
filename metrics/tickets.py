"""The section of the page about support: tickets by tier, and how soon they were answered."""

from billing.plans import RANK
from metrics import charts, tables
from metrics.charts import Point, Series
from metrics.figures import Figures
from metrics.sections import Section
from metrics.tables import COUNT, PERCENT, TEXT, TIME, Column, Table
from support.models import Ticket

SERIES = [Series(plan, plan.lower()) for plan in RANK]


def tickets_section(figures: Figures) -> Section:
    period, answering = figures.period, figures.answering
    points = []
    for first, last in period.spans:
        inside = [(tier, count) for (day, tier), count in figures.opened.items() if first <= day <= last]
        values = tuple(sum(count for tier, count in inside if tier == plan) for plan in RANK)
        points.append(Point(f"{last.day} {last:%b}", f"{last.day} {last:%b}: {sum(values):,}", values))
    rows = []
    for plan in RANK:
        opened = sum(count for (_, tier), count in figures.opened.items() if tier == plan)
        waiting = figures.tickets.get((plan, Ticket.State.OPEN), 0)
        told = answering.get(plan)
        answered, in_time, late = (told.answered, told.in_time, told.late) if told else (0, 0, 0)
        median = round(told.median.total_seconds() * 1000) if told and told.median is not None else None
        rows.append((plan, opened, waiting, answered, tables.share_of(in_time, answered + late), late, median))
    return Section(
        "tickets", "Support tickets by tier",
        f"Tickets opened in these {period.days} days, by the plan that their person was on then.",
        charts.columns(points, SERIES, tables.short_count, unit=4, summary="Tickets opened by day and plan"),
        Table([
            Column("Plan", TEXT), Column("Opened", COUNT),
            Column("Waiting now", COUNT, "whenever they were opened: an answer of ours is awaited"),
            Column("Answered", COUNT, "of those opened in these days, how many had a first answer"),
            Column("In time", PERCENT, "first answers within what the plan promises, of those given and those overdue"),
            Column("Overdue", COUNT, "not answered, though the promise has passed"),
            Column("Median answer", TIME, "from opening to the first answer, weekends too"),
        ], rows),
    )  # fmt: skip

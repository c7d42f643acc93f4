"""What the page says of the story: every figure was worked out by hand from story.py and the jobs of conftest.py."""

from decimal import Decimal

import pytest

from metrics import rollup, tiles, views
from metrics.figures import Figures, Period, figures_for
from metrics.sections import Section
from support.models import Ticket
from tests.metrics.story import NOW, TODAY, at, grant, on

MINUS = "\u2212"


@pytest.fixture
def figures(jobs) -> Figures:
    return figures_for(Period(30, TODAY))


def section(figures: Figures, slug: str) -> Section:
    return next(one for one in views.sections_of(figures) if one.slug == slug)


def rows(figures: Figures, slug: str) -> list[list]:
    """As a spreadsheet gets them; money as text, with its places."""
    table = section(figures, slug).table
    return [[str(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.plain_rows]


def test_tiles_are_today_against_thirty_days_ago(figures):
    # 14 February: ann and hal pay 29, cat 99, which is 157; today 186. 29 of 157 is 18.5 %. Subscribers: 4, then 3.
    # Churn: eve, of 3; in the thirty days before that ben, of ann and hal on 15 January. 33.3 % after 50 %.
    # Success: 7 of 9 runs from 15 February on; 1 of 1 before, one second before midnight.
    assert [(one.value, one.change, one.better) for one in tiles.tiles_of(figures)] == [
        ("$186", "+$29 (+18.5 %)", True),
        ("4", "+1", True),
        ("33.3 %", f"{MINUS}16.7 points", True),
        ("77.8 %", f"{MINUS}22.2 points", False),
    ]


def test_mrr_by_plan(figures):
    assert section(figures, "mrr").table.plain_head == [
        "Month", "PRO (USD)", "PREMIUM (USD)", "ENTERPRISE (USD)", "MRR (USD)",
    ]  # fmt: skip
    assert rows(figures, "mrr") == [
        ["Mar 2101 so far", "87.00", "99.00", "0.00", "186.00"],
        ["Feb 2101", "58.00", "198.00", "0.00", "256.00"],
        ["Jan 2101", "87.00", "0.00", "0.00", "87.00"],
    ]


def test_movement(figures):
    # New, reactivated, expansion, contraction, churned, net.
    assert rows(figures, "movement") == [
        ["Mar 2101 so far", "29.00", "0.00", "0.00", "-70.00", "-29.00", "-70.00"],
        ["Feb 2101", "99.00", "29.00", "70.00", "0.00", "-29.00", "169.00"],
        ["Jan 2101", "87.00", "0.00", "0.00", "0.00", "0.00", "87.00"],
    ]


def test_subscribers(figures):
    # On 14 February ann and hal were billed for PRO and cat for PREMIUM; ben had left.
    assert rows(figures, "subscribers") == [
        ["FREE", 0, 0, 2, "0.00"], ["PRO", 3, 1, 3, "87.00"], ["PREMIUM", 1, 0, 2, "99.00"],
        ["ENTERPRISE", 0, 0, 1, "0.00"],
    ]  # fmt: skip


def test_conversion_says_where_thirty_days_are_not_over(figures):
    assert rows(figures, "conversion") == [
        ["Mar 2101 so far", 2, 1, 50.0], ["Feb 2101 so far", 2, 1, 50.0], ["Jan 2101", 4, 3, 75.0],
    ]  # fmt: skip


@pytest.mark.parametrize(("today", "label"), [("03-02", "Jan 2101 so far"), ("03-03", "Jan 2101")])
def test_conversion_of_january_is_over_thirty_days_after_its_last_one(jobs, today, label):
    # Who signs up in the last minute of 31 January has until the last minute of 2 March.
    assert rows(figures_for(Period(30, on(today))), "conversion")[2][0] == label


def test_churn(figures):
    # March: 1 of 4, and 99 of 256 is 38.7 %. February: 1 of 3, and 29 of 87. January began with nobody.
    assert rows(figures, "churn") == [
        ["Mar 2101 so far", 4, 1, 25.0, "256.00", "99.00", 38.7],
        ["Feb 2101", 3, 1, 33.3, "87.00", "29.00", 33.3],
        ["Jan 2101", 0, 0, "", "0.00", "0.00", ""],
    ]


def test_utilisation(jobs, people, owner_connection):
    # PREMIUM spent 74 of 5,000, FREE 1 of 100; PRO 1 of nothing granted; dan 8 of 50,000, which rounds to nothing.
    grant(owner_connection, people["ann"], "03-01 00:00", 5_000)
    grant(owner_connection, people["gus"], "03-03 08:00", 100)
    grant(owner_connection, people["dan"], "03-03 08:00", 50_000)
    rollup.refresh(now=at("03-16 12:30"))

    assert rows(figures_for(Period(30, TODAY)), "utilisation") == [
        ["FREE", 100, 1, 1.0], ["PRO", 0, 1, ""], ["PREMIUM", 5_000, 74, 1.5], ["ENTERPRISE", 50_000, 8, 0.0],
    ]  # fmt: skip


def test_top_agents(figures):
    assert rows(figures, "agents") == [
        ["FREE", "Chat", 1, 1], ["FREE", "Image Creator", 1, 0], ["PRO", "Chat", 2, 1], ["PREMIUM", "Avatar G", 1, 50],
        ["PREMIUM", "Image Creator", 3, 24], ["PREMIUM", "Music Studio", 1, 0], ["ENTERPRISE", "Image Creator", 1, 8],
    ]  # fmt: skip


def test_success_by_agent(figures):
    assert rows(figures, "success") == [
        ["Image Creator", 4, 0, 100.0], ["Chat", 2, 1, 66.7], ["Avatar G", 1, 0, 100.0], ["Music Studio", 0, 1, 0.0],
    ]  # fmt: skip


def test_times_by_agent_in_seconds(figures):
    assert rows(figures, "times") == [
        ["Image Creator", 0.939, 0.939, 0.939, 3.158], ["Chat", 1.878, 3.756, 0.939, 0.939],
        ["Avatar G", 30.048, 30.048, 0.939, 0.939],
    ]  # fmt: skip


def test_margins(figures):
    # chat: 29,000 earned and 3,000 paid, 26,000 left, 89.7 %.
    assert rows(figures, "margins") == [
        ["Chat", "message", 3, 2, "0.029000", "0.003000", "0.026000", 89.7],
        ["Avatar G", "orchestrate", 1, 50, "0.990000", "0.000000", "0.990000", 100.0],
        ["Image Creator", "generate", 5, 32, "0.475200", "0.000000", "0.475200", 100.0],
        ["Music Studio", "generate", 1, 0, "0.000000", "0.000000", "0.000000", ""],
    ]


@pytest.mark.parametrize(
    ("days", "months", "columns", "first"), [(30, 3, 30, "02-15"), (90, 6, 30, None), (365, 12, 29, None)]
)
def test_a_period_has_its_months_and_about_thirty_columns(jobs, days, months, columns, first):
    period = Period(days, TODAY)
    drawn = {one.slug: one.chart for one in views.sections_of(figures_for(period))}

    assert len(drawn["mrr"].columns) == months
    assert len(drawn["success"].columns) == columns
    assert (period.spans[0][0], period.spans[-1][1]) == (period.first, TODAY)
    assert sum((last - start).days + 1 for start, last in period.spans) == days
    assert first is None or period.first == on(first)


@pytest.mark.parametrize("days", [30, 90, 365])
def test_longer_periods_say_the_same_of_the_same_month(jobs, days):
    assert rows(figures_for(Period(days, TODAY)), "movement")[:3] == rows(figures_for(Period(30, TODAY)), "movement")


def ticket(people, name: str, tier: str, *moments: str, state: str = "open") -> None:
    """`moments`: opened, due and, where it was, first answered."""
    opened, due, answered = (*moments, *(None,) * (3 - len(moments)))
    Ticket.objects.create(
        user=people[name], subject="Planted", topic="other", tier=tier, state=state, created_at=at(opened),
        due_at=at(due), answer_due_at=at(due) if state == "open" else None, key=f"{name} {opened}",
        first_answered_at=answered and at(answered), closed_at=at("03-15 00:00") if state == "closed" else None,
    )  # fmt: skip


def test_tickets(jobs, people):
    # PRO: ben in time after 2 hours, cat late after 30, which is 16 hours at the middle; eve overdue. 1 of 3 is 33.3 %.
    # ENTERPRISE: dan was answered, asked again and waits, which is not overdue. FREE: gus waits since February, and fay
    # is not due yet. Of 14 February's last second nothing is told but that it waits.
    ticket(people, "ben", "PRO", "03-01 10:00", "03-02 10:00", "03-01 12:00", state="closed")
    ticket(people, "cat", "PRO", "03-02 10:00", "03-03 10:00", "03-03 16:00", state="answered")
    ticket(people, "eve", "PRO", "03-03 10:00", "03-04 10:00")
    ticket(people, "dan", "ENTERPRISE", "02-15 00:00", "02-15 04:00", "02-15 04:00")
    ticket(people, "gus", "FREE", "02-14 23:59:59", "02-17 23:59:59")
    ticket(people, "fay", "FREE", "03-16 11:00", "03-19 11:00")
    figures = figures_for(Period(30, TODAY), now=NOW)

    # Opened, waiting, answered, in time, overdue, median in seconds.
    assert rows(figures, "tickets") == [
        ["FREE", 1, 2, 0, "", 0, ""], ["PRO", 3, 1, 2, 33.3, 1, 57_600.0], ["PREMIUM", 0, 0, 0, "", 0, ""],
        ["ENTERPRISE", 1, 1, 1, 100.0, 0, 14_400.0],
    ]  # fmt: skip
    drawn = section(figures, "tickets").chart.columns
    assert [column.title for column in drawn if column.pieces] == [
        "15 Feb: 1", "1 Mar: 1", "2 Mar: 1", "3 Mar: 1", "16 Mar: 1",
    ]  # fmt: skip


def test_without_anything_every_section_says_so(db):
    figures = figures_for(Period(30, NOW.date()))

    assert [one.value for one in tiles.tiles_of(figures)] == ["$0", "0", "\u2013", "\u2013"]
    assert [one.change for one in tiles.tiles_of(figures)] == [None] * 4
    empty = {one.slug for one in views.sections_of(figures) if one.chart.is_empty}
    assert empty == {one.slug for one in views.sections_of(figures)} - {"utilisation"}

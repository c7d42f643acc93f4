"""Counts over all tickets, for those who look at the business."""

from datetime import UTC, date, datetime, timedelta

from support import selectors
from support.selectors import Answering
from tests.jobs import acts
from tests.support import desk


def day(number: int, hour: int = 9) -> datetime:
    """Of November 2026: the 2nd is a Monday."""
    return datetime(2026, 11, number, hour, 0, tzinfo=UTC)


def test_tickets_are_counted_by_tier_and_state(alice, bob, operator):
    assert selectors.counts_by_tier_and_state() == {}
    acts.put_on(bob, "PRO")
    desk.opened(alice)
    desk.closed(desk.opened(alice))
    desk.answered(desk.opened(bob), operator)
    desk.answered(desk.opened(bob), operator)

    assert selectors.counts_by_tier_and_state() == {
        ("FREE", "open"): 1, ("FREE", "closed"): 1, ("PRO", "answered"): 2,
    }  # fmt: skip


def test_those_opened_are_counted_by_day_and_tier(alice, bob):
    acts.put_on(bob, "PRO")
    for moment in (day(1), day(2, 0), day(2, 23), day(3), day(5, 0)):
        desk.opened(alice, at=moment)
    desk.opened(bob, at=day(3))

    assert selectors.opened_by_day(day(2, 0), day(5, 0)) == {
        (date(2026, 11, 2), "FREE"): 2, (date(2026, 11, 3), "FREE"): 1, (date(2026, 11, 3), "PRO"): 1,
    }  # fmt: skip


def test_the_time_to_the_first_answer_is_told_by_tier(alice, bob, operator):
    acts.put_on(bob, "PRO")
    for hours in (1, 2, 100):
        desk.answered(desk.opened(alice, at=day(2)), operator, at=day(2) + timedelta(hours=hours))
    desk.opened(bob, at=day(2))
    desk.opened(bob, at=day(10))
    desk.closed(desk.opened(bob, at=day(2)))
    desk.opened(alice, at=day(20))

    assert selectors.answering_by_tier(day(1), day(15), now=day(10, 10)) == {
        "FREE": Answering("FREE", answered=3, in_time=2, late=0, median=timedelta(hours=2)),
        "PRO": Answering("PRO", answered=0, in_time=0, late=1, median=None),
    }


def test_a_span_of_days_is_found_by_the_index(explain):
    plan = explain(selectors.ANSWERING, {"since": day(1), "until": day(2), "now": day(2)})

    assert "ticket_opened" in plan
    assert "Seq Scan" not in plan

"""When answers are due: hours of each plan, counted on business days in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.plans import RANK
from support import sla
from tests.jobs import acts
from tests.support import desk

MONDAY = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)


def day(number: int, hour: int = 10, minute: int = 15) -> datetime:
    """Of November 2026: the 23rd is a Monday."""
    return datetime(2026, 11, number, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tier", "asked", "due"),
    [
        ("FREE", day(23), day(26)),
        ("PRO", day(23), day(24)),
        ("PREMIUM", day(23), day(23, 22)),
        ("ENTERPRISE", day(23), day(23, 14)),
        ("FREE", day(19), day(24)),  # Thursday: Friday, Monday, Tuesday
        ("PRO", day(20), day(23)),  # Friday morning: Monday morning
        ("PREMIUM", day(20, 18), day(23, 6)),
        ("ENTERPRISE", day(20, 22), day(23, 2)),
        ("ENTERPRISE", day(20, 20, 0), day(21, 0, 0)),  # to the last second of Friday
        ("PRO", day(21), day(24, 0, 0)),  # on Saturday and Sunday the time stands still
        ("PRO", day(22, 23), day(24, 0, 0)),
        ("ENTERPRISE", day(21, 0, 0), day(23, 4, 0)),
    ],
)
def test_an_answer_is_due_after_the_hours_of_the_plan_without_weekends(tier, asked, due):
    assert sla.due_at(tier, asked) == due


def test_the_clock_of_the_person_does_not_matter():
    tokyo = timezone(timedelta(hours=9))
    asked = datetime(2026, 11, 21, 8, 0, tzinfo=tokyo)  # Saturday there, Friday 23:00 in UTC
    assert sla.due_at("ENTERPRISE", asked) == day(23, 3, 0)


def working(start: datetime, end: datetime) -> timedelta:
    """The plain way to count: every minute that is no weekend's."""
    minutes = int((end - start).total_seconds() // 60)
    return timedelta(minutes=sum((start + timedelta(minutes=one)).weekday() < 5 for one in range(minutes)))


@given(st.sampled_from(RANK), st.integers(0, 60 * 24 * 14))
def test_whenever_it_was_asked_just_the_promised_hours_of_business_days_lie_between(tier, minutes):
    asked = MONDAY + timedelta(minutes=minutes)
    assert working(asked, sla.due_at(tier, asked)) == timedelta(hours=sla.PROMISES[tier].hours)


def test_every_plan_has_its_promise_and_a_higher_one_is_never_slower():
    assert tuple(sla.PROMISES) == RANK
    hours = [sla.PROMISES[plan].hours for plan in RANK]
    assert hours == sorted(hours, reverse=True)


def test_the_promise_is_told_in_a_sentence():
    assert [sla.sentence(plan) for plan in RANK] == [
        "On FREE we aim to answer within 3 business days.",
        "On PRO we answer within 24 hours on business days.",
        "On PREMIUM we answer within 12 hours on business days.",
        "On ENTERPRISE we answer within 4 hours on business days.",
    ]


@pytest.mark.parametrize("plan", RANK)
def test_a_ticket_has_the_plan_and_the_due_time_of_the_moment_it_was_opened(alice, plan):
    if plan != "FREE":
        acts.put_on(alice, plan)
    ticket = desk.again(desk.opened(alice, at=MONDAY))
    due = MONDAY + timedelta(hours=sla.PROMISES[plan].hours)

    assert (ticket.tier, ticket.created_at, ticket.due_at, ticket.answer_due_at) == (plan, MONDAY, due, due)


def test_a_later_plan_changes_neither(alice):
    ticket = desk.opened(alice, at=MONDAY)
    acts.put_on(alice, "ENTERPRISE")

    assert (desk.again(ticket).tier, desk.again(ticket).due_at) == ("FREE", day(26))


def test_who_writes_after_an_answer_waits_anew_and_the_first_due_time_stays(alice, operator):
    ticket = desk.opened(alice, at=MONDAY)
    assert desk.replied(ticket, at=day(24)).answer_due_at == day(26)  # nobody answered: not a minute later

    ticket = desk.answered(ticket, operator, at=day(25))
    assert (ticket.answer_due_at, ticket.first_answered_at) == (None, day(25))

    ticket = desk.replied(ticket, at=day(26))
    assert (ticket.answer_due_at, ticket.due_at) == (day(26) + timedelta(days=5), day(26))

    ticket = desk.answered(ticket, operator, at=day(27))
    assert (ticket.answer_due_at, ticket.first_answered_at) == (None, day(25))


def test_it_is_overdue_from_the_moment_after_its_due_time_and_only_while_it_waits(alice, operator):
    ticket = desk.opened(alice, at=MONDAY)

    assert [ticket.is_overdue(day(26) + timedelta(seconds=more)) for more in (-1, 0, 1)] == [False, False, True]
    assert not desk.answered(ticket, operator, at=day(30)).is_overdue(day(30))

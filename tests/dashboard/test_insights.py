"""What the next plan would have changed: hand-counted ledgers, read as the billing page reads them.

A ledger cannot be written into the past, so these begin today: day 0 is the day of the sign-up, and the page is opened
on a later one.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.plans import ENTERPRISE, FREE, PREMIUM, PRO
from credits import ledger, selectors
from dashboard import insights, upgrades
from jobs import usage
from jobs.usage import MonthOfAgent, Refill, Spending
from tests.jobs import acts


def at(day: int, hour: int = 12) -> datetime:
    """An hour of a day of the story. Noon keeps clear of the sign-up, whatever the time is now."""
    return (datetime.now(UTC) + timedelta(days=day)).replace(hour=hour, minute=0, second=0, microsecond=0)


def on(day: int) -> date:
    return at(day).date()


def ran(user, day: int, cost: int, agent_id: str = "image-creator", hour: int = 12) -> UUID:
    job_id = uuid4()
    ledger.deduct(
        user_id=user.pk, amount=cost, job_id=job_id, agent_id=agent_id, description="A job", now=at(day, hour)
    )
    return job_id


def came_back(user, day: int, job_id: UUID, amount: int | None = None) -> None:
    ledger.refund(user_id=user.pk, job_id=job_id, amount=amount, description="Back", now=at(day, 13))


def month_begins(user, day: int, plan=FREE) -> None:
    ledger.start_period(
        user_id=user.pk, allowance=plan.credits, renewal="invoice", source=f"{user.pk}:{day}", started_at=at(day, 0),
        ends_at=at(day + 30, 0), description="Monthly credits", now=at(day, 0),
    )  # fmt: skip


def card(user, day: int, plan=FREE) -> upgrades.UpgradeCard:
    return upgrades.upgrade_card(user.pk, plan, on(day))


def test_a_quarter_on_free_counted_by_hand(alice):
    """100 credits at days 0, 30 and 60; jobs of 8, mostly. Short from day 5 to 29, and from day 65 on."""
    for day in range(1, 5):
        ran(alice, day, 20)
    ran(alice, 5, 15)
    month_begins(alice, 30)
    for day in range(31, 36):
        ran(alice, day, 8)
    came_back(alice, 35, ran(alice, 35, 8, hour=11))
    month_begins(alice, 60)
    for day in range(61, 65):
        ran(alice, day, 8)
    ran(alice, 65, 62)
    told = card(alice, 89)

    assert [(one.first, one.last, one.spent, one.short) for one in told.insight.windows] == [
        (on(0), on(29), 95, 25), (on(30), on(59), 40, 0), (on(60), on(89), 94, 24),
    ]  # fmt: skip
    assert told.insight.usual == 8
    assert told.title == "PRO would have covered all of your last 90 days"
    assert told.sentences == [
        "You spent 229 credits in 90 days; PRO gives 3,000 in that time.",
        "You ran out twice: 49 days ended with less than the 8 credits of your usual job. "
        f"You have been short since {on(65).day} {on(65):%B}.",
        "Its 900 more credits a month make 112 more of your usual jobs.",
    ]


def test_a_dearth_that_ended_says_how_long_it_was_to_new_credits(alice):
    ran(alice, 1, 50)
    ran(alice, 25, 45)
    month_begins(alice, 30)
    [sentence] = [one for one in card(alice, 40).sentences if one.startswith("You ran out")]

    assert sentence.endswith(f"The last time was on {on(25).day} {on(25):%B}, 5 days before new credits came.")
    assert sentence.startswith("You ran out once: 5 days ended with less than the 45 credits")


def test_a_refund_of_the_same_day_leaves_no_short_day(alice):
    came_back(alice, 1, ran(alice, 1, 95))
    ran(alice, 2, 95, hour=14)
    came_back(alice, 3, ran(alice, 3, 5, hour=9), 5)
    told = card(alice, 4).insight

    assert [one.spent for one in told.windows] == [95]
    assert [one.first for one in told.dearths] == [on(2)]


def test_today_is_not_counted_before_it_has_ended(alice):
    ran(alice, 3, 100)

    assert card(alice, 3).insight.dearths == []
    assert card(alice, 4).insight.short == 1


def test_who_never_ran_anything_is_told_nothing_about_themselves(alice):
    told = card(alice, 0)

    assert (told.insight, told.sentences) == (None, [])
    assert told.title == "900 more credits a month with PRO"


def test_a_plan_that_was_enough_is_said_to_have_been(alice):
    ran(alice, 1, 8)
    assert card(alice, 10).title == "900 more credits a month with PRO"

    assert card(alice, 40).title == "FREE was enough for your last 41 days"
    assert card(alice, 40).sentences[0] == "You spent 8 credits in 41 days; PRO gives 1,000 a month."


def test_what_another_plan_was_short_of_does_not_count_for_this_one(alice):
    ran(alice, 1, 100)
    month_begins(alice, 20, PRO)
    ran(alice, 25, 100)
    month_begins(alice, 50, PRO)
    told = card(alice, 70, PRO).insight

    assert (told.since, told.days, told.spent, told.next) == (on(20), 51, 100, PREMIUM)
    assert told.was_enough


def test_credits_beyond_the_plan_are_no_praise_of_it(alice):
    acts.give(alice, 200)
    for hour in range(3):
        ran(alice, 1, 50, hour=hour)

    assert card(alice, 40).title == "900 more credits a month with PRO"


def test_an_allowance_made_larger_within_its_month_begins_the_plan(alice):
    month_begins(alice, 10, PRO)
    ledger.resize_allowance(user_id=alice.pk, source=f"{alice.pk}:10", allowance=5_000, reason="Upgrade", now=at(20, 9))
    ran(alice, 21, 15)

    assert card(alice, 30, PREMIUM).insight.since == on(20)


def test_bought_credits_beyond_the_next_plan_are_not_said_to_be_covered(alice):
    ledger.grant(user_id=alice.pk, amount=1_500, type="purchase", source="p1", description="Bought", now=at(1, 1))
    ran(alice, 1, 1_595)
    month_begins(alice, 30)
    ran(alice, 31, 10)
    ran(alice, 32, 10)
    told = card(alice, 45)

    assert [one.spent for one in told.insight.windows] == [1_595, 20]
    assert told.title == "PRO would have covered 1 of your last 2 months"


def test_quotas_used_up_are_counted_by_the_month(alice):
    for number in range(5):
        ran(alice, 1, 2, "video-studio", hour=number)
    month_begins(alice, 30)
    came_back(alice, 31, ran(alice, 31, 2, "music-studio"))
    for number in range(4):
        ran(alice, 32, 2, "music-studio", hour=number)
    told = card(alice, 50)

    assert [(one.noun, one.limit, one.months) for one in told.insight.quotas] == [("videos", 5, 1)]
    assert "In one month you used all 5 videos of FREE. PRO has no such limit." in told.sentences


def test_an_orchestrated_job_counts_once_and_at_what_it_paid(alice):
    month_begins(alice, 1, PREMIUM)
    came_back(alice, 3, ran(alice, 3, 120, "avatar-g-agent"), 30)
    spending = usage.spending_since(alice.pk, on(0))

    assert spending.by_day == {on(3): 90}
    assert spending.months == [MonthOfAgent("avatar-g-agent", 0, on(3), 1)]


def test_what_an_operator_took_back_was_not_spent(alice):
    acts.leave(alice, 40)
    ran(alice, 1, 8)

    assert card(alice, 2).insight.spent == 8


def test_only_the_newest_rows_are_read_and_the_story_begins_where_they_do(alice, monkeypatch):
    monkeypatch.setattr(usage, "MOST_ROWS", 4)
    for day in range(1, 8):
        ran(alice, day, 8)
    spending = usage.spending_since(alice.pk, on(0))

    assert spending.since == on(5)
    assert spending.by_day == {on(5): 8, on(6): 8, on(7): 8}
    assert card(alice, 9).insight.days == 5


def test_it_takes_one_statement_and_the_index(alice, explain):
    ran(alice, 0, 8, hour=23)
    with CaptureQueriesContext(connection) as asked:
        card(alice, 1)
    facts = {"user_id": alice.pk, "since": on(0), "most": usage.MOST_ROWS}
    plan = explain(usage.SPENDING, facts, in_order=True)

    assert len(asked) == 1
    assert "Index Scan using transaction_of_account" in plan
    assert selectors.account_of(alice.pk).balance == 92


@pytest.mark.parametrize(
    ("refills", "since"),
    [
        ([], date(2026, 9, 1)),
        ([Refill(date(2026, 8, 20), 100)], date(2026, 9, 1)),
        ([Refill(date(2026, 8, 20), 1_000), Refill(date(2026, 9, 20), 100)], date(2026, 9, 20)),
        ([Refill(date(2026, 8, 20), 100), Refill(date(2026, 9, 20), 1_000)], date(2026, 9, 1)),
    ],
)
def test_the_story_of_a_plan_begins_with_its_first_refill(refills, since):
    spending = Spending(
        since=date(2026, 9, 1), by_day={date(2026, 10, 1): 8}, closing={date(2026, 8, 1): 50}, refills=refills,
        months=[], usual=8,
    )  # fmt: skip

    assert insights.insight_of(spending, FREE, PRO, date(2026, 10, 2)).since == since


def test_plans_are_compared_by_agents_that_work():
    def agents(current, target):
        return [(one.now, one.then) for one in upgrades.changes(current, target) if one.what == "Agents"]

    assert (agents(FREE, PRO), agents(PRO, PREMIUM)) == ([("5", "8")], [("8", "9")])


def test_all_that_enterprise_adds_is_named():
    assert [one.what for one in upgrades.changes(PREMIUM, ENTERPRISE) if one.gained] == [
        "Dedicated queue", "Single sign-on", "Outgoing webhooks",
    ]  # fmt: skip

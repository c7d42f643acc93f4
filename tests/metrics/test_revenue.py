"""MRR, its movement, subscribers and churn: every figure here was worked out by hand from tests/metrics/story.py."""

import pytest

from metrics import revenue, rollup, selectors
from metrics.revenue import Month
from tests.metrics.story import NOW, TODAY, at, on, record

PRO, PREMIUM = 2_900, 9_900


@pytest.fixture
def months(people) -> list[Month]:
    rollup.refresh(now=NOW)
    return months_now()


def months_now() -> list[Month]:
    return revenue.months_of(selectors.flows_since(on("01-01")), TODAY, 3)


def cents(month: Month) -> dict[str, int]:
    return dict(month.moved.cents)


def test_mrr_at_the_end_of_each_month_is_the_prices_of_what_is_billed(months):
    # January: ann, ben (one second before midnight) and hal pay for PRO. cat pays from midnight on, in February.
    # February: ann PREMIUM (one second before midnight), ben PRO again, cat PREMIUM, hal PRO whatever he was given.
    # March: cat has stepped down to PRO and is past due, which counts; eve, unpaid, and dan, a gift, do not.
    assert [(month.first, month.last) for month in months] == [
        (on("01-01"), on("01-31")), (on("02-01"), on("02-28")), (on("03-01"), on("03-16")),
    ]  # fmt: skip
    assert [month.moved.end.mrr for month in months] == [3 * PRO, 2 * PRO + 2 * PREMIUM, 3 * PRO + PREMIUM]
    assert [month.moved.end.mrr for month in months] == [8_700, 25_600, 18_600]


def test_january_is_new_customers_only(months):
    # ann on the 10th, hal on the 12th, ben on the 31st.
    assert cents(months[0]) == {"new": 3 * PRO}
    assert dict(months[0].moved.customers) == {"new": 3}


def test_who_cancels_and_returns_churned_and_is_reactivated(months):
    # cat is new at 9,900; ben leaves on the 10th with 2,900 and is back on the 20th; ann goes from 2,900 to 9,900.
    assert cents(months[1]) == {"new": 9_900, "churned": 2_900, "reactivated": 2_900, "expansion": 7_000}
    assert dict(months[1].moved.customers) == {"new": 1, "churned": 1, "reactivated": 1, "expansion": 1}


def test_a_trial_is_new_when_it_is_paid_and_churned_when_it_is_not(months):
    # eve: new on 1 March, not on 16 February; unpaid on the 10th. cat: from 9,900 to 2,900. fay came and went in a day.
    assert cents(months[2]) == {"new": 2_900, "churned": 2_900, "contraction": 7_000}
    assert dict(months[2].moved.customers) == {"new": 1, "churned": 1, "contraction": 1}


def test_the_kinds_of_movement_add_up_to_the_change_of_mrr(months):
    assert [month.moved.net for month in months] == [8_700, 16_900, -7_000]
    for month in months:
        gained = sum(month.moved.cents[kind] for kind in revenue.GAINS)
        assert gained - month.moved.lost == month.moved.net


def test_churn_is_what_is_lost_of_what_a_month_began_with(months):
    # February began with 3 customers and 8,700; March with 4 and 25,600, and lost 2,900 of eve and 7,000 of cat.
    began = [(month.moved.start.subscribers, month.moved.start.mrr) for month in months]
    lost = [(month.moved.customers["churned"], month.moved.lost) for month in months]

    assert began == [(0, 0), (3, 8_700), (4, 25_600)]
    assert lost == [(0, 0), (1, 2_900), (1, 9_900)]


def test_subscribers_are_those_who_are_billed_by_their_billed_plan(months):
    # On PRO are ben, cat and eve; on PREMIUM ann and hal; hal pays for PRO, and eve for nothing.
    now = months[-1].moved.end

    assert {plan: now.on[plan] for plan in ("FREE", "PRO", "PREMIUM", "ENTERPRISE")} == {
        "FREE": 2, "PRO": 3, "PREMIUM": 2, "ENTERPRISE": 1,
    }  # fmt: skip
    assert {plan: now.paying[plan] for plan in revenue.PAID_PLANS} == {"PRO": 3, "PREMIUM": 1, "ENTERPRISE": 0}
    assert now.subscribers == 4
    assert selectors.paying_by_plan() == {"PRO": 3, "PREMIUM": 1}


def test_conversion_is_of_a_months_sign_ups_within_30_days_of_each(months):
    # January: ann after 7 days, cat after 12, hal at once; ben after 30 days and 23:59:59, which is too late.
    # February: eve after 14 days; dan was given his plan. March: fay, on the day that she left again; gus not.
    assert [(one.month, one.signups, one.converted) for one in selectors.signups_since(on("01-01"))] == [
        (on("01-01"), 4, 3), (on("02-01"), 2, 1), (on("03-01"), 2, 1),
    ]  # fmt: skip


def test_who_paid_between_two_midnights_only_has_never_paid(months, people, owner_connection):
    # fay came and went on 4 March. When she pays again on the 12th she is new, beside eve.
    record(owner_connection, people["fay"], "03-12 09:00", "PRO", "PRO")
    rollup.refresh(now=at("03-16 13:00"))

    assert cents(months_now()[2]) == {"new": 5_800, "churned": 2_900, "contraction": 7_000}


def test_what_was_before_the_first_day_asked_for_is_in_its_level(months):
    flows = selectors.flows_since(on("03-01"))

    assert min(flow.day for flow in flows) == on("02-28")
    assert revenue.moved_between(flows, on("03-01"), TODAY) == months[2].moved


def test_a_change_that_is_recorded_late_reaches_its_day_and_its_cohort(months, people, owner_connection):
    record(owner_connection, people["gus"], "03-15 22:00", "PRO", "PRO")
    rollup.refresh(now=at("03-16 13:00"))
    march = months_now()[2]

    assert cents(march) == {"new": 5_800, "churned": 2_900, "contraction": 7_000}
    assert march.moved.end.mrr == 21_500
    assert selectors.signups_since(on("03-01"))[0].converted == 2

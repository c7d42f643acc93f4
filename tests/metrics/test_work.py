"""Runs: how they ended, what they brought, cost and took. Every figure was worked out by hand from the runs below.

ann pays for PREMIUM (a credit is worth 9,900 / 5,000 = 1.98 cents = 19,800 millionths of a dollar), ben for PRO
(2,900 / 1,000 = 2.9 cents = 29,000); gus is on FREE, dan was given ENTERPRISE. Days are of 2101, in UTC.
"""

import pytest

from metrics import rollup, selectors, work
from metrics.selectors import Ends, Work
from metrics.work import Margin, Pace, Use
from tests.metrics.story import CHAT, NOW, at, grant, on, plant_job, refund_later

FIRST, LAST = on("02-15"), on("03-16")


def found() -> list[Work]:
    return selectors.work_between(FIRST, LAST)


def test_runs_and_credits_by_plan_and_operation(jobs):
    # ann's pictures: two jobs and a step, 8 each. Her goal took 73 and gave 15 back; 8 of the 58 are the picture's.
    # Of FREE chats, only the one at midnight ended in these days. Nobody pays for what FREE and dan run.
    assert found() == [
        Work("ENTERPRISE", "image-creator", "generate", 1, 0, 0, 8, 0, 0, 0),
        Work("FREE", "chat", "message", 1, 0, 0, 1, 0, 0, 0),
        Work("FREE", "image-creator", "generate", 0, 0, 1, 0, 0, 0, 0),
        Work("PREMIUM", "avatar-g-agent", "orchestrate", 1, 0, 0, 50, 50, 0, 0),
        Work("PREMIUM", "image-creator", "generate", 3, 0, 0, 24, 24, 0, 0),
        Work("PREMIUM", "music-studio", "generate", 0, 1, 0, 0, 0, 0, 0),
        Work("PRO", "chat", "message", 1, 1, 0, 1, 1, 3_000, 2),
    ]


def test_all_that_people_spent_is_in_the_sums_once(jobs):
    # 1 + 1 + 8 + 8 + 8 + (73 - 15): gus, ben, ann twice, dan, ann's goal.
    assert sum(row.credits for row in found()) == 84


def test_a_later_refund_changes_the_day_of_its_job(jobs, owner_connection):
    refund_later(owner_connection, jobs["refunded later"], "03-16 12:30")
    rollup.refresh(now=at("03-16 13:00"))

    assert [(row.credits, row.paid_credits, row.completed) for row in found() if row.plan == "PREMIUM"] == [
        (50, 50, 1), (16, 16, 3), (0, 0, 0),
    ]  # fmt: skip


def test_a_job_that_ends_late_counts_on_the_day_it_ends(jobs, people):
    late = plant_job(people["ben"], "PRO", CHAT, "03-16 12:10", cost=1, provider_cost=5_000, took=14 * 86_400)
    assert late.created_at < at("03-03 00:00")
    rollup.refresh(now=at("03-16 12:15"))

    assert selectors.ends_by_day(FIRST, LAST)[on("03-16")] == Ends(1, 0)
    assert found()[-1] == Work("PRO", "chat", "message", 2, 1, 0, 2, 2, 8_000, 3)


def test_how_runs_ended_by_day(jobs):
    # The goal and its failed step ended after midnight, its delivered step one second before.
    assert selectors.ends_by_day(FIRST, LAST) == {
        on("02-15"): Ends(1, 0), on("03-01"): Ends(1, 1), on("03-02"): Ends(2, 0), on("03-03"): Ends(2, 0),
        on("03-04"): Ends(1, 1),
    }  # fmt: skip


def test_revenue_is_credits_of_payers_at_the_price_of_their_plan(jobs):
    # chat: 1 x 29,000 of ben, none of gus; providers took 2,000 and, for the run that failed, 1,000.
    # goal: 50 x 19,800; pictures: 24 x 19,800 of ann, none of dan.
    assert work.margins_of(found()) == [
        Margin("chat", "message", 3, 2, 29_000, 3_000),
        Margin("avatar-g-agent", "orchestrate", 1, 50, 990_000, 0),
        Margin("image-creator", "generate", 5, 32, 475_200, 0),
        Margin("music-studio", "generate", 1, 0, 0, 0),
    ]


def test_top_agents_by_plan(jobs):
    assert work.top_agents(found()) == {
        "FREE": [Use("FREE", "chat", 1, 1), Use("FREE", "image-creator", 1, 0)],
        "PRO": [Use("PRO", "chat", 2, 1)],
        "PREMIUM": [
            Use("PREMIUM", "avatar-g-agent", 1, 50), Use("PREMIUM", "image-creator", 3, 24),
            Use("PREMIUM", "music-studio", 1, 0),
        ],
        "ENTERPRISE": [Use("ENTERPRISE", "image-creator", 1, 8)],
    }  # fmt: skip


def test_times_of_runs_that_delivered_and_waits_of_jobs(jobs):
    # chat ran 2 s and 4 s (the failed minute does not count); pictures 1 s four times; the goal 30 s. All waited 1 s,
    # but one picture 3 s; the step waited for nothing that counts. A bucket is told by its middle, to within a tenth:
    # 1 s is 938 ms, 2 s is 1,878 ms, 3 s is 3,158 ms, 4 s is 3,756 ms, 30 s is 30,048 ms.
    paces = work.paces_of(found(), selectors.times_between(FIRST, LAST))

    assert paces == [
        Pace("image-creator", 4, 0, (939, 939), (939, 3_158)),
        Pace("chat", 2, 1, (1_878, 3_756), (939, 939)),
        Pace("avatar-g-agent", 1, 0, (30_048, 30_048), (939, 939)),
        Pace("music-studio", 0, 1, (None, None), (None, None)),
    ]


@pytest.mark.parametrize(
    ("counts", "half", "most"),
    [({}, None, None), ({0: 1}, 1, 1), ({40: 19, 50: 1}, 1_117, 1_117), ({40: 18, 50: 2}, 1_117, 6_317)],
)
def test_percentiles_go_by_the_nearest_rank(counts, half, most):
    assert work.both(counts) == (half, most)


def test_allowances_are_what_was_granted_less_what_was_taken_back(people, owner_connection):
    # ann was on PRO one second before her upgrade and on PREMIUM at it; a bonus taken back is none of it.
    ann, gus = people["ann"], people["gus"]
    grant(owner_connection, ann, "02-28 23:59:58", 1_000)
    grant(owner_connection, ann, "02-28 23:59:59", 4_000, '{"resized_to": 5000}')
    grant(owner_connection, ann, "03-02 09:00", -500, '{"taken_back_of": "in_1"}')
    grant(owner_connection, ann, "03-02 10:00", -70, '{"reason": "a bonus too many"}')
    grant(owner_connection, gus, "03-03 08:00", 100)
    grant(owner_connection, gus, "01-03 08:00", 100)
    rollup.refresh(now=NOW)

    assert selectors.allowances_between(FIRST, LAST) == {"FREE": 100, "PREMIUM": 3_500, "PRO": 1_000}


def test_credits_spent_by_plan_are_net_of_refunds(jobs):
    assert work.spent_by_plan(found()) == {"FREE": 1, "PRO": 1, "PREMIUM": 74, "ENTERPRISE": 8}

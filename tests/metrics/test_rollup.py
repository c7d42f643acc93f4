"""The sums are made again and again, late, twice and at once, and are always those of a rebuild."""

from datetime import timedelta
from io import StringIO
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from jobs import upkeep
from jobs.models import Job
from metrics import rollup, selectors, tasks
from metrics.models import AllowanceDay, Cohort, JobDay, JobTime, RollupState, Transition
from metrics.rollup import Rolled
from tests.jobs import acts
from tests.metrics.story import NOW, at, grant, on, plant_job, record, refund_later

TABLES = (AllowanceDay, Cohort, JobDay, JobTime, Transition)
PICTURE = "image-creator generate"


def sums() -> dict[str, list]:
    return {
        table.__name__: sorted(map(str, table.objects.values_list(*(field.name for field in table._meta.fields))))
        for table in TABLES
    }


def picture(user, ended: str, **facts) -> Job:
    return plant_job(user, "PREMIUM", PICTURE, ended, cost=8, **facts)


@pytest.fixture
def history(people, owner_connection) -> dict[str, Job]:
    """Some weeks that were summed on the 16th of March at noon."""
    ann = people["ann"]
    made = {day: picture(ann, f"{day} 10:00", provider_cost=1_000) for day in ("02-27", "03-01", "03-15", "03-16")}
    grant(owner_connection, ann, "03-01 00:10", 5_000)
    rollup.refresh(now=NOW)
    return made


def live_on(people, owner, history) -> None:
    """A night and a morning in small steps, each summed: a refund, jobs, an upgrade, a first payment, a grant."""
    refund_later(owner, history["03-01"], "03-16 12:20")
    rollup.refresh(now=at("03-16 12:30"))
    picture(people["ann"], "03-16 23:59:59", provider_cost=7)
    record(owner, people["ben"], "03-16 23:58", "PREMIUM", "PREMIUM")
    rollup.refresh(now=at("03-17 00:00"))
    picture(people["ann"], "03-17 00:00", status="failed", refunded=8)
    record(owner, people["gus"], "03-17 00:01", "PRO", "PRO")
    grant(owner, people["gus"], "03-17 00:01", 1_000)
    rollup.refresh(now=at("03-17 09:00"))


def test_step_by_step_comes_to_the_same_as_a_rebuild(people, history, owner_connection):
    live_on(people, owner_connection, history)
    step_by_step = sums()
    rollup.rebuild(now=at("03-17 09:00"))

    assert step_by_step == sums()
    assert [len(rows) for rows in step_by_step.values()] == [2, 8, 5, 8, 22]


def test_the_first_time_reaches_back_a_month_and_a_rebuild_all_the_way(people):
    for ended in ("01-05 00:00", "02-12 23:59:59", "02-13 00:00"):
        picture(people["ann"], ended)
    rollup.refresh(now=NOW)
    assert sorted(selectors.ends_by_day(on("01-01"), on("03-16"))) == [on("02-13")]
    assert RollupState.objects.get().rolled_up_at == NOW

    rollup.rebuild(now=NOW)
    assert sorted(selectors.ends_by_day(on("01-01"), on("03-16"))) == [on("01-05"), on("02-12"), on("02-13")]


def test_twice_is_once(people, history, owner_connection):
    live_on(people, owner_connection, history)
    once = sums()
    for _ in range(2):
        rollup.refresh(now=at("03-17 09:00"))

    assert sums() == once


def test_only_days_that_something_happened_to_are_made_anew(people, history, owner_connection):
    refund_later(owner_connection, history["02-27"], "03-16 12:20")

    # Today, and the day of the refunded job; the grant and the people of before are settled.
    assert rollup.refresh(now=at("03-16 12:30")) == Rolled(days=2, kept=0)


def test_an_outage_is_caught_up_from_where_it_began(people, history):
    picture(people["ann"], "03-16 18:00")
    picture(people["ann"], "03-18 18:00")
    rollup.refresh(now=at("03-20 01:00"))

    assert sorted(selectors.ends_by_day(on("03-16"), on("03-20"))) == [on("03-16"), on("03-18")]
    assert sum(one.completed for one in selectors.ends_by_day(on("03-16"), on("03-20")).values()) == 3


def test_what_a_long_transaction_shows_late_is_looked_at_again(people, history):
    rollup.refresh(now=at("03-16 23:59"))
    rollup.refresh(now=at("03-17 00:30"))
    picture(people["ann"], "03-16 23:58")
    rollup.refresh(now=at("03-17 00:35"))

    assert selectors.ends_by_day(on("03-16"), on("03-16"))[on("03-16")].completed == 2


def test_days_whose_jobs_were_pruned_keep_their_sums(people, history):
    before = sums()
    Job.objects.filter(pk__in=[history["02-27"].pk, history["03-16"].pk]).delete()

    assert rollup.refresh(now=at("03-16 12:30")) == Rolled(days=1, kept=1)
    rollup.rebuild(now=at("03-16 13:00"))
    assert sums() == before


def test_a_day_with_some_jobs_pruned_is_told_and_kept(people, history):
    second = picture(people["ann"], "03-01 11:00")
    rollup.rebuild(now=NOW)
    Job.objects.filter(pk=second.pk).delete()

    assert rollup.rebuild(now=NOW).kept == 1
    assert selectors.work_between(on("03-01"), on("03-01"))[0].completed == 2


def test_retention_leaves_the_sums_alone(alice, quick_runners):
    acts.finished(alice)
    rollup.rebuild()
    before = sums()
    Job.objects.update(finished_at=Job.objects.get().finished_at - timedelta(seconds=1))

    assert upkeep.prune(days=0) == 1
    assert rollup.rebuild() is not None
    assert sums() == before


def test_a_run_that_meets_another_leaves_it_to_that_one(people):
    answers: list[Rolled | None] = []

    def meet() -> None:
        answers.append(rollup.refresh())
        connections.close_all()

    with transaction.atomic():
        assert rollup.refresh(now=NOW) is not None
        other = Thread(target=meet)
        other.start()
        other.join()

    assert answers == [None]
    assert RollupState.objects.get().rolled_up_at == NOW


def test_many_at_once_come_to_the_sums_of_one(people, history, owner_connection):
    refund_later(owner_connection, history["03-01"], "03-16 12:20")
    picture(people["ann"], "03-16 12:10")

    def run() -> None:
        rollup.refresh(now=at("03-16 12:30"))
        rollup.rebuild(now=at("03-16 12:30"))
        connections.close_all()

    crowd = [Thread(target=run) for _ in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    together = sums()
    rollup.rebuild(now=at("03-16 12:30"))

    assert together == sums()


def test_a_run_that_breaks_leaves_what_there_was(people, history, monkeypatch):
    before = sums()
    picture(people["ann"], "03-16 12:10")
    monkeypatch.setattr(rollup.statements, "REMEMBER", "SELECT 1 / 0")
    with pytest.raises(Exception, match="division by zero"):
        rollup.refresh(now=at("03-16 12:30"))

    assert sums() == before
    assert RollupState.objects.get().rolled_up_at == NOW


def test_beat_asks_for_what_came_since(alice, quick_runners):
    acts.finished(alice)
    tasks.refresh()

    assert JobDay.objects.values_list("agent_id", "completed").get() == ("chat", 1)
    assert Transition.objects.values_list("plan_before", "plan_after", "users").get() == ("", "FREE", 1)


@pytest.mark.parametrize("options", [(), ("--since-last",)])
def test_the_command_says_what_it_did(alice, options):
    told = StringIO()
    call_command("rollup_metrics", *options, stdout=told)

    assert told.getvalue() == "Sums made of days: 1.\n"


def test_a_day_is_found_by_the_index_of_ends(explain):
    day = "finished_at >= '2101-03-01' AND finished_at < '2101-03-02'"

    assert "job_ended" in explain(f"SELECT count(*) FROM jobs_job WHERE {day}")


def test_unfinished_jobs_are_counted_live(alice, bob, quick_runners):
    acts.queued(alice)
    acts.finished(bob)

    assert selectors.unfinished_jobs() == {("standard", "queued"): 1}
    assert selectors.rolled_up_at() is None

"""What a person's jobs of a period came to: read from sums that the database keeps, and the same as of the jobs."""

import importlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from embedded.postgres import APP
from jobs import lifecycle, upkeep, usage
from jobs.models import Job, UsageDay
from tests import law
from tests.dashboard import scenes
from tests.jobs import acts, plans
from tests.jobs.plans import troupe  # noqa: F401 a fixture
from tests.together import at_once

NOW = datetime.now(UTC)
START = datetime(2026, 3, 3, 15, 30, tzinfo=UTC)
RULE = "a person's use of a day is what their jobs of it came to"


def begun(job: Job, moment: datetime) -> Job:
    """The job, as if it had been submitted then."""
    Job.objects.filter(pk=job.pk).update(created_at=moment)
    return acts.again(job)


def days_of(user) -> list[tuple[date, str, tuple[int, int, int], int, int]]:
    """Day, agent, completed, failed and canceled jobs, credits spent and returned."""
    sums = UsageDay.objects.filter(user=user).order_by("day", "agent_id")
    return [(one.day, one.agent_id, (one.completed, one.failed, one.canceled), one.spent, one.returned) for one in sums]


def week(user) -> None:
    """One of each end on each of seven days, from hour to hour, and one that still waits on the last two."""
    acts.put_on(user, "PREMIUM")
    for day in range(7):
        for hour, make in enumerate((scenes.delivered, scenes.failed, scenes.canceled, acts.finished)):
            begun(make(user), START + timedelta(days=day, hours=hour * 3))
        if day > 4:
            begun(acts.queued(user), START + timedelta(days=day))


def read_plainly(user, since: datetime) -> usage.Usage:
    """The same, job by job."""
    jobs = list(Job.objects.filter(user=user, parent=None, created_at__gte=since))
    states = [job.status for job in jobs]
    days: Counter[date] = Counter()
    credits: Counter[str] = Counter()
    runs = Counter(job.agent_id for job in jobs)
    for job in jobs:
        days[job.created_at.astimezone(UTC).date()] += job.cost - job.refunded
        credits[job.agent_id] += job.cost - job.refunded
    return usage.Usage(
        jobs=len(jobs), active=sum(job.is_active for job in jobs), completed=states.count("completed"),
        failed=states.count("failed"), canceled=states.count("canceled"),
        spent=credits.total(), returned=sum(job.refunded for job in jobs), by_day=dict(days),
        by_agent=[usage.AgentUse(name, net, runs[name]) for name, net in credits.most_common()],
    )  # fmt: skip


def test_an_end_of_each_kind_is_in_the_sum_of_its_day(alice):
    acts.put_on(alice, "PRO")
    for make in (scenes.delivered, scenes.delivered, scenes.failed, scenes.canceled):
        begun(make(alice), START)

    assert days_of(alice) == [(START.date(), "image-creator", (2, 1, 1), 16, 16)]


def test_what_is_unfinished_is_in_no_sum_and_counts_all_the_same(alice):
    job = acts.queued(alice)
    assert days_of(alice) == []
    assert usage.usage_since(alice.pk, NOW - timedelta(days=3)).active == 1

    acts.worked(job)
    assert usage.usage_since(alice.pk, NOW - timedelta(days=3)).active == 0


def test_a_refund_by_an_operator_moves_spent_to_returned(alice):
    job = scenes.delivered(alice)
    lifecycle.give_back(job_id=job.pk, told={"reason": "It was blue."})

    assert [row[2:] for row in days_of(alice)] == [((1, 0, 0), 0, 8)]


def test_a_plan_counts_once_and_its_steps_do_not(alice, troupe):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    plan = plans.work_off(plans.start(alice))

    assert [(row[1], row[2], row[3]) for row in days_of(alice)] == [(plan.agent_id, (1, 0, 0), plans.kept(plan))]


@pytest.mark.parametrize("hours", [0, 1, 3, 8, 9, 24 * 3, 24 * 6, 24 * 6 + 9, 24 * 9])
def test_a_period_that_begins_at_any_hour_is_what_its_jobs_came_to(alice, bob, hours):
    week(alice)
    begun(acts.finished(bob), START)
    since = START + timedelta(hours=hours)

    assert usage.usage_since(alice.pk, since) == read_plainly(alice, since)


def test_forgotten_jobs_leave_their_sum_and_an_empty_one_goes(alice):
    old, young = begun(scenes.delivered(alice), START), begun(scenes.delivered(alice), START + timedelta(days=1))
    Job.objects.filter(pk=old.pk).update(finished_at=START)
    upkeep.prune(days=1)

    assert [row[0] for row in days_of(alice)] == [young.created_at.date()]


def test_only_the_first_day_is_read_job_by_job(alice, unlawful):
    for day in range(2):
        begun(acts.finished(alice), START + timedelta(days=day))
    UsageDay.objects.update(spent=999)

    first = START.date()
    assert usage.usage_since(alice.pk, START).by_day == {first: 1, first + timedelta(days=1): 999}


class TestOfBefore:
    """Jobs that ended before the sums were kept."""

    @pytest.fixture(autouse=True)
    def asleep(self, transactional_db, alice, bob, owner_connection) -> None:
        week(alice)
        begun(acts.finished(bob), START)
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            owner_connection.execute("DELETE FROM jobs_usageday")

    def migrate(self) -> None:
        with connection.schema_editor(atomic=False) as editor:
            importlib.import_module("jobs.migrations.0009_usage_of_before").recount(apps, editor)

    def test_a_migration_sums_them_up_and_again_is_the_same(self, alice, monkeypatch):
        monkeypatch.setattr("jobs.migrations.0009_usage_of_before.BATCH", 1)
        self.migrate()
        whole = days_of(alice)
        self.migrate()

        assert days_of(alice) == whole
        assert usage.usage_since(alice.pk, START) == read_plainly(alice, START)
        law.assert_lawful()

    def test_a_job_ends_while_the_role_of_the_application_may_not_touch_them_yet(self, alice, owner_connection):
        job = acts.queued(alice)
        owner_connection.execute(f"REVOKE ALL ON jobs_usageday FROM {APP}")
        try:
            assert acts.worked(job).status == "completed"
        finally:
            owner_connection.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON jobs_usageday TO {APP}")

        assert usage.usage_since(alice.pk, job.created_at).completed == 1
        self.migrate()

    def test_what_changes_before_it_runs_is_counted_once(self, alice):
        one, two, three = Job.objects.filter(user=alice, status="completed", agent_id="image-creator")[:3]
        lifecycle.give_back(job_id=one.pk, told={"reason": "It was blue."})
        Job.objects.filter(pk=two.pk).update(finished_at=START)
        upkeep.prune(days=1)
        begun(three, START + timedelta(days=20))
        self.migrate()

        assert usage.usage_since(alice.pk, START) == read_plainly(alice, START)
        law.assert_lawful()

    def test_a_sum_that_was_bent_is_named_and_counted_anew(self, alice):
        self.migrate()
        UsageDay.objects.filter(user=alice).update(spent=999, failed=0)
        with connection.cursor() as cursor:
            assert list(law.broken_rules(cursor)) == [RULE]
            cursor.execute("SELECT recount_usage(ARRAY[%s])", [alice.pk])

        assert usage.usage_since(alice.pk, START) == read_plainly(alice, START)


@pytest.mark.usefixtures("transactional_db")
class TestAtOnce:
    def test_jobs_that_end_together_are_all_in_the_sum(self, alice):
        acts.put_on(alice, "PREMIUM")
        jobs = [acts.queued(alice) for _ in range(8)]

        assert at_once([lambda job=job: acts.worked(job).status for job in jobs]) == ["completed"] * 8
        assert [row[2] for row in days_of(alice)] == [(8, 0, 0)]

    def test_refunds_and_failures_of_one_day_do_not_wait_for_each_other_forever(self, alice):
        acts.put_on(alice, "PREMIUM")
        for _ in range(5):
            done, going = scenes.delivered(alice), scenes.claimed(alice)
            calls = [
                lambda job=done: lifecycle.give_back(job_id=job.pk, told={"reason": "It was blue."}).amount,
                lambda job=going: lifecycle.fail(job, code="TEST", message="no"),
            ]
            assert at_once(calls) == [8, True]

        assert [row[2:] for row in days_of(alice)] == [((5, 5, 0), 0, 80)]

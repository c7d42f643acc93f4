"""Reads of the sums, one short statement each, whatever the number of jobs and people: for pages and for monitors.

Nothing here reads jobs but `unfinished_jobs`, which reads the index of those.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from django.db.models import Count, F, Sum, Value
from django.db.models.functions import Greatest, TruncMonth

from jobs.models import ACTIVE, Job
from metrics.models import AllowanceDay, Cohort, JobDay, JobTime, RollupState, Transition

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Flow:
    """People who began `day` on one plan and ended it on another; see `Transition`."""

    day: date
    plan_before: str
    plan_after: str
    paid_before: str
    paid_after: str
    paid_ever: bool
    users: int


@dataclass(frozen=True, slots=True)
class Work:
    """Runs of one operation by people of one plan. Credits net of refunds; `provider_cost` as in `JobDay`."""

    plan: str
    agent_id: str
    operation: str
    completed: int
    failed: int
    canceled: int
    credits: int
    paid_credits: int
    provider_cost: int
    provider_runs: int

    @property
    def runs(self) -> int:
        return self.completed + self.failed + self.canceled


@dataclass(frozen=True, slots=True)
class Ends:
    """How the runs of a day ended; canceled ones are neither."""

    completed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Signups:
    """Who signed up in a month, and how many of them paid within 30 days."""

    month: date
    signups: int
    converted: int


@dataclass(frozen=True, slots=True)
class Times:
    """So many delivered runs of an agent took a time of this bucket, so many jobs waited one; see `JobTime`."""

    agent_id: str
    bucket: int
    runs: int
    waits: int


def rolled_up_at() -> datetime | None:
    """What is later is not in the sums."""
    return RollupState.objects.values_list("rolled_up_at", flat=True).first()


def flows_since(first: date) -> list[Flow]:
    """Oldest first. What was before stands on the day before, summed: levels are sums of all flows until a day."""
    rows = Transition.objects.values_list(
        Greatest(F("day"), Value(first - ONE_DAY)), "plan_before", "plan_after", "paid_before", "paid_after",
        "paid_ever",
    )  # fmt: skip
    return sorted((Flow(*row) for row in rows.annotate(Sum("users")).order_by()), key=attrgetter("day"))


def work_between(first: date, last: date) -> list[Work]:
    rows = JobDay.objects.filter(day__range=(first, last)).values_list("plan", "agent_id", "operation")
    sums = ("completed", "failed", "canceled", "credits", "paid_credits", "provider_cost", "provider_runs")
    totals = {f"sum_{name}": Sum(name) for name in sums}
    return [Work(*row) for row in rows.annotate(**totals).order_by("plan", "agent_id", "operation")]


def ends_by_day(first: date, last: date) -> dict[date, Ends]:
    rows = JobDay.objects.filter(day__range=(first, last)).values_list("day")
    return {day: Ends(*sums) for day, *sums in rows.annotate(Sum("completed"), Sum("failed")).order_by("day")}


def times_between(first: date, last: date) -> list[Times]:
    rows = JobTime.objects.filter(day__range=(first, last)).values_list("agent_id", "bucket")
    return [Times(*row) for row in rows.annotate(Sum("runs"), Sum("waits")).order_by("agent_id", "bucket")]


def allowances_between(first: date, last: date) -> dict[str, int]:
    """Monthly credits granted, by plan."""
    rows = AllowanceDay.objects.filter(day__range=(first, last)).values_list("plan")
    return dict(rows.annotate(Sum("credits")).order_by("plan"))


def signups_since(first: date) -> list[Signups]:
    rows = Cohort.objects.filter(day__gte=first).values_list(TruncMonth("day"))
    return [Signups(*row) for row in rows.annotate(Sum("signups"), Sum("converted")).order_by(TruncMonth("day"))]


def paying_by_plan() -> dict[str, int]:
    """Subscribers who count as revenue now, by the plan that is billed."""
    levels: dict[str, int] = {}
    for before, after, users in Transition.objects.values_list("paid_before", "paid_after").annotate(Sum("users")):
        levels[before] = levels.get(before, 0) - users
        levels[after] = levels.get(after, 0) + users
    return {plan: count for plan, count in levels.items() if plan}


def unfinished_jobs() -> dict[tuple[str, str], int]:
    """Jobs queued and running now, by queue and status: live, from the index of unfinished jobs."""
    rows = Job.objects.filter(status__in=ACTIVE).values_list("queue", "status").annotate(Count("id")).order_by()
    return {(queue, status): count for queue, status, count in rows}

"""What the next plan would have changed, told from a person's own last 90 days and from nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from billing.plans import Plan
from jobs import quotas
from jobs.usage import Spending

DAYS, MONTH = 90, 30
MONTHLY = {agent_id: f"{noun}_a_month" for agent_id, noun in quotas.PERIOD_WORDS.items()}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Up to 30 days. `short` are the days of it that ended with less than a usual job costs."""

    first: date
    last: date
    spent: int
    short: int


@dataclass(frozen=True, slots=True)
class Dearth:
    """Days in a row that ended with less than a usual job costs; `back` when credits came again before today."""

    first: date
    days: int
    back: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit of the plan that was used up in so many months, and that the next plan does not have."""

    noun: str
    limit: int
    months: int


@dataclass(frozen=True, slots=True)
class Insight:
    """What a ledger says of the days since `since` that were spent on the present plan; `usual` is a job's price."""

    current: Plan
    next: Plan
    since: date
    days: int
    windows: list[Window]
    usual: int
    dearths: list[Dearth]
    quotas: list[Quota]

    @property
    def spent(self) -> int:
        return sum(window.spent for window in self.windows)

    @property
    def given(self) -> int:
        """What the next plan gives in as many months."""
        return self.next.credits * len(self.windows)

    @property
    def short(self) -> int:
        return sum(window.short for window in self.windows)

    @property
    def most(self) -> int:
        """What the bars are drawn against."""
        return max([self.current.credits, *(window.spent for window in self.windows)])

    @property
    def covered(self) -> int:
        """Windows that a month's credits of the next plan hold."""
        return sum(window.spent <= self.next.credits for window in self.windows)

    @property
    def fell_short(self) -> bool:
        return bool(self.dearths or self.quotas)

    @property
    def was_enough(self) -> bool:
        """Said only of a month or more, and not where credits beyond the plan's helped."""
        held = all(window.spent <= self.current.credits for window in self.windows)
        return held and not self.fell_short and self.days >= MONTH


def insight_of(spending: Spending, current: Plan, target: Plan, today: date) -> Insight | None:
    """None where nothing has run on this plan."""
    since = max(spending.since, min(spending.closing, default=spending.since), on_plan_since(spending, current))
    if spending.usual is None or not any(day >= since for day in spending.by_day):
        return None
    short = short_days(spending, since, today)
    return Insight(
        current=current, next=target, since=since, days=(today - since).days + 1, usual=spending.usual,
        windows=windows(spending.by_day, short, since, today), dearths=dearths(short, today),
        quotas=quotas_reached(spending, current, target, since),
    )  # fmt: skip


def on_plan_since(spending: Spending, plan: Plan) -> date:
    """The first of the latest refills that were this plan's; before it, another plan was at work, or nobody here."""
    since = spending.since
    for refill in reversed(spending.refills):
        if refill.allowance != plan.credits:
            break
        since = refill.day
    return since


def short_days(spending: Spending, since: date, today: date) -> list[date]:
    """Days before today that ended with less than a usual job costs. A day without rows ends as the one before it."""
    short, left = [], None
    days = sorted(spending.closing)
    for number, day in enumerate(days):
        left = spending.closing[day]
        until = days[number + 1] if number + 1 < len(days) else today
        if left < (spending.usual or 0):
            short += [one for one in days_between(day, until) if since <= one < today]
    return short


def days_between(first: date, end: date) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range((end - first).days))


def windows(by_day: dict[date, int], short: Iterable[date], since: date, today: date) -> list[Window]:
    """Months of 30 days, counted back from today; the first one begins where the story does."""
    short, found = set(short), []
    last = today
    while last >= since:
        first = max(since, last - (MONTH - 1) * ONE_DAY)
        days = list(days_between(first, last + ONE_DAY))
        found.append(Window(first, last, sum(by_day.get(day, 0) for day in days), sum(day in short for day in days)))
        last = first - ONE_DAY
    return found[::-1]


def dearths(short: list[date], today: date) -> list[Dearth]:
    """Runs of short days, the latest last."""
    runs: list[list[date]] = []
    for day in short:
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [Dearth(run[0], len(run), run[-1] < today - ONE_DAY) for run in runs]


def quotas_reached(spending: Spending, current: Plan, target: Plan, since: date) -> list[Quota]:
    reached = []
    for agent_id, name in MONTHLY.items():
        limit = getattr(current, name)
        if limit is None or getattr(target, name) is not None:
            continue
        used = [one for one in spending.months if one.agent_id == agent_id and one.since >= since]
        if months := sum(one.jobs >= limit for one in used):
            reached.append(Quota(quotas.PERIOD_WORDS[agent_id], limit, months))
    return reached

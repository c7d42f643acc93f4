"""What the next plan would have changed, told from a person's own last 90 days and from nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from billing.plans import Plan, next_plan
from dashboard import words
from jobs import quotas, usage
from jobs.usage import Spending

DAYS, MONTH = 90, 30
MONTHLY = {agent_id: f"{noun}_a_month" for agent_id, noun in quotas.PERIOD_WORDS.items()}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the upgrade card."""

    what: str
    now: str
    then: str
    gained: bool


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

    @property
    def span(self) -> str:
        return f"last {self.days} days" if self.days > 1 else "first day"


@dataclass(frozen=True, slots=True)
class UpgradeCard:
    current: Plan
    next: Plan
    changes: list[Change]
    insight: Insight | None
    title: str
    sentences: list[str]


def upgrade_card(user_id: UUID, current: Plan, today: date) -> UpgradeCard | None:
    """What the next plan would bring, and what it would have brought; None at the top."""
    if next_plan(current.id) is None:
        return None
    return card_for(usage.spending_since(user_id, today - (DAYS - 1) * ONE_DAY), current, today)


def card_for(spending: Spending, current: Plan, today: date) -> UpgradeCard | None:
    target = next_plan(current.id)
    if target is None:
        return None
    insight = insight_of(spending, current, target, today)
    title = title_of(insight) if insight else more_title(current, target)
    sentences = list(sentences_of(insight)) if insight else []
    return UpgradeCard(current, target, changes(current, target), insight, title, sentences)


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


def title_of(insight: Insight) -> str:
    current, target = insight.current, insight.next
    if insight.was_enough:
        return f"{current.name} was enough for your {insight.span}"
    if not insight.fell_short:
        return more_title(current, target)
    if insight.covered == len(insight.windows):
        return f"{target.name} would have covered all of your {insight.span}"
    return f"{target.name} would have covered {insight.covered} of your last {len(insight.windows)} months"


def more_title(current: Plan, target: Plan) -> str:
    return f"{target.credits - current.credits:,} more credits a month with {target.name}"


def sentences_of(insight: Insight) -> Iterator[str]:
    current, target = insight.current.name, insight.next.name
    spent, days = words.counted(insight.spent, "credit"), words.counted(insight.days, "day")
    gives = f"{insight.given:,} in that time" if insight.days == DAYS else f"{insight.next.credits:,} a month"
    yield f"You spent {spent} in {days}; {target} gives {gives}."
    if insight.dearths:
        yield dearth_sentence(insight)
    for quota in insight.quotas:
        months = "one month" if quota.months == 1 else f"{quota.months} months"
        yield f"In {months} you used all {quota.limit} {quota.noun} of {current}. {target} has no such limit."
    more = (insight.next.credits - insight.current.credits) // max(1, insight.usual)
    if more:
        jobs = "one more of your usual jobs" if more == 1 else f"{more:,} more of your usual jobs"
        yield f"Its {insight.next.credits - insight.current.credits:,} more credits a month make {jobs}."


def dearth_sentence(insight: Insight) -> str:
    last, usual = insight.dearths[-1], words.counted(insight.usual, "credit")
    times = {1: "once", 2: "twice"}.get(len(insight.dearths), f"{len(insight.dearths)} times")
    days = words.counted(insight.short, "day")
    text = f"You ran out {times}: {days} ended with less than the {usual} of your usual job."
    if not last.back:
        return f"{text} You have been short since {said(last.first)}."
    early = words.counted(last.days, "day")
    return f"{text} The last time was on {said(last.first)}, {early} before new credits came."


def said(day: date) -> str:
    return f"{day.day} {day:%B}"


def changes(current: Plan, target: Plan) -> list[Change]:
    pairs = [
        ("Credits a month", f"{current.credits:,}", f"{target.credits:,}"),
        ("Jobs at once", str(current.concurrent_jobs), str(target.concurrent_jobs)),
        ("Artifact storage", f"{current.storage_gb} GB", f"{target.storage_gb} GB"),
        ("Avatars kept", amount(current.avatars), amount(target.avatars)),
        ("Videos a month", amount(current.videos_a_month), amount(target.videos_a_month)),
        ("Tracks a month", amount(current.tracks_a_month), amount(target.tracks_a_month)),
        ("Voice slots", amount(current.voice_slots), amount(target.voice_slots)),
        ("Agents", str(len(current.agents)), str(len(target.agents))),
        ("Multi-agent orchestration", yes_no(current.orchestration), yes_no(target.orchestration)),
        ("API access", yes_no(current.api_access), yes_no(target.api_access)),
        ("Dedicated queue", yes_no(current.dedicated_queue), yes_no(target.dedicated_queue)),
    ]
    return [Change(what, now, then, then == "Yes") for what, now, then in pairs if now != then]


def amount(limit: int | None) -> str:
    return "Unlimited" if limit is None else str(limit)


def yes_no(value: bool) -> str:
    return "Yes" if value else "No"

"""All that one page of metrics is made of, read once: the period, and the sums of it and of the one before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from metrics import revenue, selectors
from metrics.revenue import Month
from metrics.selectors import Ends, Flow, Signups, Times, Work
from support import selectors as support
from support.selectors import Answering

ONE_DAY = timedelta(days=1)
MONTH = 30
MONTHS = {30: 3, 90: 6, 365: 12}
POINTS = 30
TIMED = 90


@dataclass(frozen=True, slots=True)
class Period:
    """So many days that end today, in UTC, and the calendar months that go with them."""

    days: int
    today: date

    @property
    def first(self) -> date:
        return self.today - (self.days - 1) * ONE_DAY

    @property
    def months(self) -> int:
        return MONTHS[self.days]

    @property
    def first_month(self) -> date:
        return next(iter(revenue.months_until(self.today, self.months)))[0]

    @property
    def spans(self) -> list[tuple[date, date]]:
        """The days in about thirty parts, oldest first, for the columns of a chart; the first may be shorter."""
        size = -(-self.days // POINTS)
        ends = [self.today - number * size * ONE_DAY for number in range(-(-self.days // size))]
        return [(max(self.first, end - (size - 1) * ONE_DAY), end) for end in reversed(ends)]


@dataclass(frozen=True, slots=True)
class Figures:
    """`until` is when the sums were made: None before the first time."""

    period: Period
    until: datetime | None
    flows: list[Flow]
    months: list[Month]
    signups: list[Signups]
    work: list[Work]
    times: list[Times]
    ends: dict[date, Ends]
    allowances: dict[str, int]
    tickets: dict[tuple[str, str], int]
    opened: dict[tuple[date, str], int]
    answering: dict[str, Answering]

    @property
    def timed_days(self) -> int:
        return min(self.period.days, TIMED)


def figures_for(period: Period, *, now: datetime | None = None) -> Figures:
    """`now` is for tests: what is overdue is so at a moment."""
    first, today = period.first, period.today
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, today + ONE_DAY))
    flows = selectors.flows_since(min(period.first_month, today - 2 * MONTH * ONE_DAY, first))
    return Figures(
        period=period,
        until=selectors.rolled_up_at(),
        flows=flows,
        months=revenue.months_of(flows, today, period.months),
        signups=selectors.signups_since(period.first_month),
        work=selectors.work_between(first, today),
        times=selectors.times_between(max(first, today - (TIMED - 1) * ONE_DAY), today),
        ends=selectors.ends_by_day(min(first, today - (2 * MONTH - 1) * ONE_DAY), today),
        allowances=selectors.allowances_between(first, today),
        tickets=support.counts_by_tier_and_state(),
        opened=support.opened_by_day(begin, end),
        answering=support.answering_by_tier(begin, end, now=now or datetime.now(UTC)),
    )


def ends_between(ends: dict[date, Ends], first: date, last: date) -> Ends:
    inside = [one for day, one in ends.items() if first <= day <= last]
    return Ends(sum(one.completed for one in inside), sum(one.failed for one in inside))


def today_in_utc() -> date:
    return datetime.now(UTC).date()

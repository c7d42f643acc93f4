"""Charts of credits as plain numbers; templates draw them as SVG in percent, so labels keep their size."""

from dataclasses import dataclass
from datetime import date, timedelta

LEFT, TOP, BASE = 5.5, 7.0, 88.0
STEPS = (1, 2, 3, 5)
ROW = 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One day. Places and sizes are percent of the chart's box; a narrow one has no room for a `minor` label."""

    day: date
    credits: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: bool
    minor: bool
    today: bool
    future: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """`average` is credits a day so far and where its line runs, None while nothing was spent."""

    bars: list[Bar]
    lines: list[tuple[int, float]]
    total: int
    peak: Bar | None
    average: tuple[int, float] | None

    @property
    def first(self) -> Bar:
        return self.bars[0]

    @property
    def last(self) -> Bar:
        return self.bars[-1]


def ceiling(most: int) -> int:
    """The least of 4, 8, 12, 20, 40, 60, 80, 100, 120, 200 … that holds the tallest bar: four even lines below it."""
    size = 1
    while True:
        for step in STEPS:
            if most <= 4 * step * size:
                return 4 * step * size
        size *= 10


def by_day(credits: dict[date, int], first: date, last: date, today: date) -> Chart:
    """Bars from `first` to `last`, the days after `today` as empty places."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    top = ceiling(max([*credits.values(), 1]))
    slot = (100 - LEFT) / len(days)
    every = max(1, len(days) // 5)
    bars = []
    for number, day in enumerate(days):
        amount = max(0, credits.get(day, 0))
        height = (BASE - TOP) * amount / top
        x = LEFT + slot * number
        bars.append(
            Bar(
                day, amount, x + slot * 0.2, BASE - height, slot * 0.6, height, x + slot / 2,
                label=day == today or (number % every == 0 and abs((today - day).days) > 2),
                minor=day != today and number // every % 2 == 1, today=day == today, future=day > today,
            )
        )  # fmt: skip
    lines = [(top * part // 4, BASE - (BASE - TOP) * part / 4) for part in range(5)]
    peak = max(bars, key=lambda bar: bar.credits)
    total = sum(bar.credits for bar in bars)
    pace = total / max(1, sum(not bar.future for bar in bars))
    average = (round(pace), BASE - (BASE - TOP) * pace / top) if total else None
    return Chart(bars, lines, total, peak if peak.credits else None, average)


@dataclass(frozen=True, slots=True)
class Share:
    """One agent's part. `percent` is of all credits, None while there are none."""

    name: str
    credits: int
    jobs: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class AgentBar:
    """One row: places down are pixels, `width` is percent of the longest bar's."""

    share: Share
    text_y: int
    bar_y: int
    width: float


@dataclass(frozen=True, slots=True)
class AgentChart:
    bars: list[AgentBar]
    height: int


def shares(used: list[tuple[str, int, int]]) -> list[Share]:
    total = sum(credits for _, credits, _ in used)
    return [
        Share(name, credits, jobs, round(100 * credits / total) if total > 0 else None) for name, credits, jobs in used
    ]


def by_agent(rows: list[Share]) -> AgentChart:
    """A row each, its name and numbers above its bar."""
    most = max([row.credits for row in rows] + [1])
    bars = [
        AgentBar(row, ROW * number + 14, ROW * number + 24, 100 * max(0, row.credits) / most)
        for number, row in enumerate(rows)
    ]
    return AgentChart(bars, max(1, ROW * len(rows) - 10))

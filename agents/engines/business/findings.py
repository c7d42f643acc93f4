"""What a table says: totals, trends, outliers, the largest groups. Counted, never guessed."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from agents.engines.business.columns import Column, figures_of

TOP = 8
MOST_POINTS = 60
FENCE = 3.0
STEADY = 0.02
MOST_CELL = 120


@dataclass(frozen=True, slots=True)
class Picture:
    """What the chart is to show."""

    kind: Literal["bars", "line"]
    title: str
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """`sentences` are the main points, in order of weight; `sections` are headings with Markdown below them."""

    title: str
    sentences: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    picture: Picture | None
    facts: dict[str, Any] = field(default_factory=dict)


def of_table(columns: list[Column], rows: int, wish: str = "") -> Findings:
    """`wish` are the person's words: columns that they name go first."""
    numbers = [one for one in columns if one.kind == "number" and not one.is_id]
    measures = wished(numbers, wish) or [one for one in columns if one.kind == "number"]
    groups = wished([one for one in columns if one.kind == "category"], wish)
    when = next((one for one in columns if one.kind == "date"), None)
    measure, group = next(iter(measures), None), best_group(groups)
    sentences = [f"The table has {rows:,} rows and {len(columns)} columns."]
    sentences += [totals(one) for one in measures[:3]]
    trend = trend_of(measure, when) if measure and when else ()
    if trend and measure and when:
        sentences.append(trend_words(measure, trend))
    top = ranking(group, measure) if group else ()
    if top and group:
        sentences.append(top_words(group, measure, top))
    odd = [sentence for one in measures[:4] for sentence in outliers(one)]
    sentences += odd[:2]
    sections = [("Columns", columns_table(columns))]
    if measures:
        sections.append(("Figures", figures_table(measures)))
    if top and group:
        sections.append((group_title(group, measure), ranking_table(group, measure, top)))
    if len(trend) > 1 and when:
        sections.append((f"{measure.name if measure else ''} over time", points_table(when, trend)))
    sections.append(("Out of line", listed(odd) or "Nothing stands far from the rest."))
    sections.append(("Gaps", listed(gaps(columns, rows)) or "Every cell is filled."))
    facts = {"rows": rows, "columns": len(columns), "numbers": [one.name for one in measures]}
    return Findings("Findings", tuple(sentences), tuple(sections), picture_of(group, measure, top, trend), facts)


def wished(columns: list[Column], wish: str) -> list[Column]:
    low = wish.lower()
    return sorted(columns, key=lambda one: one.name.lower() not in low) if low else columns


def best_group(groups: list[Column]) -> Column | None:
    """The first whose values repeat, else the first."""
    return next((one for one in groups if len(set(one.cells)) < one.filled), next(iter(groups), None))


def totals(column: Column) -> str:
    sums = figures_of(column)
    return (
        f"{column.name} adds up to {told(sums.total)}: {told(sums.mean)} on average, from {told(sums.low)} "
        f"to {told(sums.high)}."
    )


def trend_of(measure: Column, when: Column) -> tuple[tuple[str, float], ...]:
    """The measure's sum by day, by month where there are many days, by year where there are many months."""
    pairs = [
        (day, one) for day, one in zip(when.dates, measure.numbers, strict=True) if day is not None and one is not None
    ]
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        sums = summed((day.strftime(form), one) for day, one in pairs)
        if len(sums) <= MOST_POINTS:
            return plain_years(sums, [day for day, _ in pairs])
    return ()


def plain_years(sums: dict[str, float], days: list[date]) -> tuple[tuple[str, float], ...]:
    """In order; 2024-01-01 is 2024 where every day is the first of a year, 2024-03 where it is the first of a month."""
    cut = 4 if all((day.month, day.day) == (1, 1) for day in days) else 7 if all(day.day == 1 for day in days) else 10
    return tuple((name[:cut], sums[name]) for name in sorted(sums))


def summed(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for name, number in pairs:
        sums[name] += number
    return sums


def trend_words(measure: Column, trend: tuple[tuple[str, float], ...]) -> str:
    (first, begun), (last, ended) = trend[0], trend[-1]
    if first == last:
        return f"All of {measure.name} is from {first}."
    change = (ended - begun) / abs(begun) if begun else 0.0
    word = "rose" if ended > begun else "fell"
    share = f", {abs(change):.0%}" if begun else ""
    if abs(change) < STEADY and begun:
        return f"{measure.name} is about the same in {last} as in {first}: {told(ended)}."
    best = max(trend, key=lambda point: point[1])
    return (
        f"{measure.name} {word} from {told(begun)} in {first} to {told(ended)} in {last}{share}; "
        f"it was highest in {best[0]} with {told(best[1])}."
    )


def ranking(group: Column, measure: Column | None) -> tuple[tuple[str, float], ...]:
    """Groups by the measure's sum, or by how often they occur; the largest first."""
    numbers: Iterable[float | None] = measure.numbers if measure else (1.0 for _ in group.cells)
    sums = summed(
        (name, number) for name, number in zip(group.cells, numbers, strict=True) if name and number is not None
    )
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def top_words(group: Column, measure: Column | None, top: tuple[tuple[str, float], ...]) -> str:
    name, amount = top[0]
    whole = sum(one for _, one in top)
    share = f", {amount / whole:.0%} of all" if whole > 0 and min(one for _, one in top) >= 0 else ""
    what = measure.name if measure else "Rows"
    return f"Of {len(top)} values of {group.name}, {name} leads with {told(amount)} in {what}{share}."


def outliers(column: Column) -> list[str]:
    """Values more than three quartile ranges away from the middle half."""
    numbers = [one for one in column.numbers if one is not None]
    if len(numbers) < 8:
        return []
    low, _, high = statistics.quantiles(numbers, n=4, method="inclusive")
    reach = FENCE * (high - low)
    odd = [(row, one) for row, one in enumerate(column.numbers, 1) if one is not None and beyond(one, low, high, reach)]
    return [
        f"{column.name} is {told(one)} in row {row}, far from the middle half ({told(low)} to {told(high)})."
        for row, one in sorted(odd, key=lambda pair: -abs(pair[1] - (low + high) / 2))[:3]
    ]


def beyond(number: float, low: float, high: float, reach: float) -> bool:
    return reach > 0 and not low - reach <= number <= high + reach


def gaps(columns: list[Column], rows: int) -> list[str]:
    missing = [(one.name, rows - one.filled) for one in columns if one.filled < rows]
    return [f"{name}: {count:,} of {rows:,} cells are empty." for name, count in missing]


def picture_of(
    group: Column | None, measure: Column | None, top: tuple[tuple[str, float], ...],
    trend: tuple[tuple[str, float], ...],
) -> Picture | None:  # fmt: skip
    if len(trend) > 2 and measure:
        return Picture("line", f"{measure.name} over time", trend)
    if len(top) > 1 and group:
        return Picture("bars", group_title(group, measure), top[:TOP])
    numbers = [one for one in measure.numbers if one is not None][:MOST_POINTS] if measure else []
    if len(numbers) > 1 and measure:
        return Picture("line", f"{measure.name} by row", tuple((str(row), one) for row, one in enumerate(numbers, 1)))
    return None


def group_title(group: Column, measure: Column | None) -> str:
    return f"{measure.name if measure else 'Rows'} by {group.name}"


def columns_table(columns: list[Column]) -> str:
    body = [(one.name, one.kind, f"{one.filled:,}", f"{len(set(filter(None, one.cells))):,}") for one in columns[:60]]
    return table(("Column", "Holds", "Filled", "Distinct"), body)


def figures_table(columns: list[Column]) -> str:
    body = []
    for one in columns[:30]:
        sums = figures_of(one)
        body.append((one.name, *map(told, (sums.total, sums.mean, sums.median, sums.low, sums.high, sums.spread))))
    return table(("Column", "Total", "Average", "Median", "Least", "Most", "Deviation"), body)


def ranking_table(group: Column, measure: Column | None, top: tuple[tuple[str, float], ...]) -> str:
    return table((group.name, measure.name if measure else "Rows"), [(name, told(one)) for name, one in top[:TOP]])


def points_table(when: Column, trend: tuple[tuple[str, float], ...]) -> str:
    return table((when.name, "Sum"), [(name, told(one)) for name, one in trend[-12:]])


def table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heading, tuple("---" for _ in heading), *rows]
    return "\n".join(f"| {' | '.join(escaped(clipped(cell)) for cell in line)} |" for line in lines)


def clipped(cell: str) -> str:
    """A cell that is not too long, cut between words."""
    return cell if len(cell) <= MOST_CELL else cell[: MOST_CELL - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(one)}" for one in sentences)


def escaped(cell: str) -> str:
    """A text as words: nothing in it is Markdown."""
    plain = " ".join(cell.split())
    return plain if plain == "---" else "".join(f"\\{sign}" if sign in "\\`*_[]<>|#~" else sign for sign in plain)


def told(number: float) -> str:
    """1,234,567 and 12.35: as many decimals as say something."""
    if abs(number) >= 1e15:
        return f"{number:.3e}"
    decimals = 0 if float(number).is_integer() or abs(number) >= 10_000 else 2 if abs(number) >= 1 else 4
    return f"{number:,.{decimals}f}"

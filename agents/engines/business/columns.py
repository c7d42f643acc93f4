"""A table's columns: what each holds, and its figures."""

import math
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["number", "date", "category", "text", "empty"]
NUMBER = re.compile(r"^\(?[-+\N{MINUS SIGN}]?\s*[$€£¥]?\s*[-+]?[\d.,'\s]*\d[\d.,'\s]*\s*[%$€£¥]?\)?$")
DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y-%m", "%b %Y", "%B %Y", "%d %b %Y", "%d %B %Y",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
)  # fmt: skip
MOSTLY = 0.8
SAMPLE = 50
FEW_VALUES = 40
ID_WORDS = re.compile(r"(^|[\s_-])(id|no|nr|number|code|zip|postcode|phone|sku)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """`numbers` and `dates` are by row, None where a cell has none."""

    name: str
    kind: Kind
    cells: tuple[str, ...]
    numbers: tuple[float | None, ...] = ()
    dates: tuple[date | None, ...] = ()

    @property
    def filled(self) -> int:
        return sum(map(bool, self.cells))

    @property
    def is_id(self) -> bool:
        return bool(ID_WORDS.search(self.name))


@dataclass(frozen=True, slots=True)
class Figures:
    count: int
    total: float
    mean: float
    median: float
    low: float
    high: float
    spread: float


def columns_of(rows: list[list[str]]) -> list[Column]:
    heading, *body = rows
    names = named(heading)
    return [
        column_of(name, tuple(row[place] if place < len(row) else "" for row in body))
        for place, name in enumerate(names)
    ]


def named(heading: list[str]) -> list[str]:
    """A name for every column, and no name twice."""
    seen: Counter[str] = Counter()
    names = []
    for place, given in enumerate(heading, 1):
        name = " ".join(given.split())[:60] or f"Column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def column_of(name: str, cells: tuple[str, ...]) -> Column:
    filled = [cell for cell in cells if cell]
    if not filled:
        return Column(name, "empty", cells)
    comma = decimal_comma(filled)
    numbers = tuple(number_in(cell, comma) for cell in cells)
    if sum(one is not None for one in numbers) >= MOSTLY * len(filled) and not looks_like_years(name, numbers):
        return Column(name, "number", cells, numbers=numbers)
    dates = dates_in(cells, filled)
    if dates:
        return Column(name, "date", cells, dates=dates)
    distinct = len(set(filled))
    is_category = distinct <= FEW_VALUES and (distinct < len(filled) or len(filled) <= 12)
    return Column(name, "category" if is_category else "text", cells)


def looks_like_years(name: str, numbers: tuple[float | None, ...]) -> bool:
    whole = [one for one in numbers if one is not None]
    return name.strip().lower() in {"year", "years", "jahr"} and all(1800 <= one <= 2200 for one in whole)


def decimal_comma(cells: list[str]) -> bool:
    """Whether 1.234,5 is meant: some cell ends in a comma and one, two or more than three digits."""
    votes = 0
    for cell in cells[:500]:
        votes += bool(re.search(r"\d,(\d{1,2}|\d{4,})\D*$", cell)) - bool(re.search(r"\d\.(\d{1,2}|\d{4,})\D*$", cell))
    return votes > 0


def number_in(cell: str, comma: bool = False) -> float | None:
    if not cell or len(cell) > 40 or not NUMBER.match(cell):
        return None
    is_negative = cell.startswith("(") or "-" in cell or "\N{MINUS SIGN}" in cell
    digits = re.sub(r"[^\d.,]", "", cell)
    digits = digits.replace(".", "").replace(",", ".") if comma else digits.replace(",", "")
    try:
        number = float(digits)
    except ValueError:
        return None
    return None if math.isinf(number) else -number if is_negative else number


def dates_in(cells: tuple[str, ...], filled: list[str]) -> tuple[date | None, ...]:
    """By the one form that fits most cells; empty when none fits."""
    forms = ("%Y",) if all(re.fullmatch(r"(1[89]|2[01])\d\d", cell) for cell in filled) else DATES
    for form in forms:
        if sum(date_in(cell, form) is not None for cell in filled[:SAMPLE]) < MOSTLY * len(filled[:SAMPLE]):
            continue
        found = tuple(date_in(cell, form) for cell in cells)
        if sum(one is not None for one in found) >= MOSTLY * len(filled):
            return found
    return ()


def date_in(cell: str, form: str) -> date | None:
    try:
        return datetime.strptime(cell[:40], form).date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return None


def figures_of(column: Column) -> Figures:
    numbers = [one for one in column.numbers if one is not None]
    spread = statistics.pstdev(numbers) if len(numbers) > 1 else 0.0
    return Figures(
        len(numbers), math.fsum(numbers), statistics.fmean(numbers), statistics.median(numbers), min(numbers),
        max(numbers), spread,
    )  # fmt: skip

"""Tables of figures: what a cell shows a person, and what it is in a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from metrics.work import CENT

NOTHING = "\u2013"
MINUS = "\u2212"
MINUTE, HOUR = 60_000, 3_600_000

Value = Any
Shown = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """`plain` is for spreadsheets, in the unit that `suffix` adds to the column's name there."""

    shown: Callable[[Any], str]
    plain: Callable[[Any], Any]
    suffix: str = ""
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """`means` is the definition of a number, in one short sentence."""

    label: str
    kind: Kind
    means: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Table:
    columns: list[Column]
    rows: list[tuple[Value, ...]]

    @property
    def shown(self) -> list[list[Cell]]:
        return [
            [
                Cell(NOTHING if value is None else column.kind.shown(value), column.kind.numeric)
                for column, value in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    @property
    def plain_head(self) -> list[str]:
        return [f"{column.label}{column.kind.suffix}" for column in self.columns]

    @property
    def plain_rows(self) -> list[list[Any]]:
        return [
            ["" if value is None else column.kind.plain(value) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]

    @property
    def meanings(self) -> list[Column]:
        return [column for column in self.columns if column.means]


def count(value: int) -> str:
    return f"{MINUS if value < 0 else ''}{abs(value):,}"


def dollars(cents: int) -> str:
    """Whole dollars without their cents."""
    whole, rest = divmod(abs(cents), 100)
    return f"{MINUS if cents < 0 else ''}${whole:,}{f'.{rest:02}' if rest else ''}"


def short_dollars(cents: int) -> str:
    """For an axis."""
    amount, sign = abs(cents) // 100, MINUS if cents < 0 else ""
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if amount >= size:
            return f"{sign}${amount / size:g}{letter}"
    return f"{sign}${amount}"


def short_count(value: int) -> str:
    """For an axis."""
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{letter}"
    return str(value)


def small_dollars(millionths: int) -> str:
    """Four places below a cent, for one run may cost less."""
    amount = abs(millionths)
    text = f"{amount / 1_000_000:.4f}" if 0 < amount < CENT else f"{amount / 1_000_000:,.2f}"
    return f"{MINUS if millionths < 0 else ''}${text}"


def share_of(part: int, whole: int) -> int | None:
    """Thousandths, None of nothing."""
    return round(1000 * part / whole) if whole else None


def percent(thousandths: int) -> str:
    sign = MINUS if thousandths < 0 else ""
    return f"{sign}{abs(thousandths) / 10:.1f} %"


def duration(milliseconds: int) -> str:
    if milliseconds < 1_000:
        return f"{milliseconds} ms"
    if milliseconds < 2 * MINUTE:
        return f"{milliseconds / 1_000:.1f} s"
    return f"{milliseconds / MINUTE:.0f} min" if milliseconds < 2 * HOUR else f"{milliseconds / HOUR:.1f} h"


TEXT = Kind(str, str, numeric=False)
COUNT = Kind(count, int)
MONEY = Kind(dollars, lambda cents: Decimal(cents).scaleb(-2), " (USD)")
SMALL_MONEY = Kind(small_dollars, lambda millionths: Decimal(millionths).scaleb(-6), " (USD)")
PERCENT = Kind(percent, lambda thousandths: thousandths / 10, " (%)")
TIME = Kind(duration, lambda milliseconds: milliseconds / 1_000, " (s)")

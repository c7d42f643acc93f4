"""Charts as plain numbers: places and sizes are percent of a box, so that labels keep their size at any width."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

LEFT, TOP, BASE = 10.0, 6.0, 88.0
STEPS = (1, 2, 3, 5)
LABELS = 6
ROW, BAR = 26, 12

Shown = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Series:
    """What a colour stands for; `tone` is the name of the colour in the style sheet."""

    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Point:
    """One column: a value for each series; negative ones hang below the line."""

    label: str
    title: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    tone: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """`minor` labels have no room on a phone."""

    title: str
    label: str
    middle: float
    anchor: str
    minor: bool
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Columns:
    """`lines` are values as text and how far down they run, the one of nothing marked."""

    shape = "columns"
    series: list[Series]
    columns: list[Column]
    lines: list[tuple[str, float, bool]]
    summary: str

    @property
    def is_empty(self) -> bool:
        return not any(column.pieces for column in self.columns)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values between `least` (nothing, or below) and `most`, as places in the box."""

    least: int
    most: int

    def down(self, value: int) -> float:
        return round(BASE - (BASE - TOP) * (value - self.least) / (self.most - self.least), 2)


def ceiling(most: int) -> int:
    """The least of 4, 8, 12, 20, 40, 80 … that holds a value: four even lines below it."""
    size = 1
    while True:
        for step in STEPS:
            if most <= 4 * step * size:
                return 4 * step * size
        size *= 10


def scale_for(highest: int, lowest: int, unit: int) -> tuple[Scale, list[int]]:
    """The scale, and the values of its lines; `unit` is what a whole step may not be less than."""
    step = ceiling(-(-max(highest, -lowest, 1) // unit)) * unit // 4
    above, below = -(-max(highest, 0) // step) or (0 if lowest < 0 else 1), -(-max(-lowest, 0) // step)
    return Scale(-below * step, above * step), [step * number for number in range(-below, above + 1)]


def columns(
    points: list[Point], series: list[Series], shown: Shown, *, summary: str, unit: int = 1, beside: bool = False
) -> Columns:
    """Values of a point stand on each other, or `beside` each other."""
    if beside:
        highest = max((max(point.values) for point in points), default=0)
        lowest = 0
    else:
        highest = max((sum(value for value in point.values if value > 0) for point in points), default=0)
        lowest = min((sum(value for value in point.values if value < 0) for point in points), default=0)
    scale, marks = scale_for(highest, lowest, unit)
    slot = (100 - LEFT) / max(1, len(points))
    every = -(-len(points) // LABELS)
    place = side_by_side if beside else stacked
    drawn = []
    for number, point in enumerate(points):
        labelled, skipped = divmod(len(points) - 1 - number, every)
        x = LEFT + slot * number
        drawn.append(
            Column(
                title=point.title, label="" if skipped else point.label, middle=round(x + slot / 2, 2),
                minor=labelled % 2 == 1 and len(points) > LABELS,
                anchor="end" if number == len(points) - 1 and len(points) > LABELS else "middle",
                pieces=list(place(point.values, series, scale, x, slot)),
            )
        )  # fmt: skip
    return Columns(series, drawn, [(shown(mark), scale.down(mark), mark == 0) for mark in marks], summary)


def stacked(values: tuple[int, ...], series: list[Series], scale: Scale, x: float, slot: float) -> Iterable[Piece]:
    above = below = 0
    for value, one in zip(values, series, strict=True):
        if value > 0:
            above += value
            top = scale.down(above)
        elif value < 0:
            top = scale.down(below)
            below += value
        else:
            continue
        height = round((BASE - TOP) * abs(value) / (scale.most - scale.least), 2)
        yield Piece(one.tone, round(x + slot * 0.18, 2), top, round(slot * 0.64, 2), height)


def side_by_side(values: tuple[int, ...], series: list[Series], scale: Scale, x: float, slot: float) -> Iterable[Piece]:
    width = slot * 0.7 / len(series)
    for number, (value, one) in enumerate(zip(values, series, strict=True)):
        if value:
            top = scale.down(value)
            yield Piece(
                one.tone,
                round(x + slot * 0.15 + width * number, 2),
                top,
                round(width, 2),
                round(scale.down(0) - top, 2),
            )


@dataclass(frozen=True, slots=True)
class Strip:
    """One bar, so many percent wide."""

    tone: str
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """Places down are pixels."""

    label: str
    text: str
    text_y: int
    strips: list[Strip]
    title: str


@dataclass(frozen=True, slots=True)
class Bars:
    shape = "bars"
    series: list[Series]
    rows: list[Row]
    height: int
    summary: str

    @property
    def is_empty(self) -> bool:
        return not self.rows


def bars(
    rows: Sequence[tuple[str, str, tuple[int, ...]]], series: list[Series], *, summary: str, most: int | None = None
) -> Bars:
    """Rows of a label, what is written at its end, and a value for each series; a full bar stands for `most`."""
    full = most or max((max(values) for _, _, values in rows), default=0) or 1
    each = ROW + BAR * len(series)
    drawn = [
        Row(label, text, each * number + 15, [
            Strip(one.tone, each * number + 22 + BAR * place, min(100.0, round(100 * max(0, value) / full, 2)))
            for place, (one, value) in enumerate(zip(series, values, strict=True))
        ], f"{label}: {text}")
        for number, (label, text, values) in enumerate(rows)
    ]  # fmt: skip
    return Bars(series, drawn, max(1, each * len(rows)), summary)

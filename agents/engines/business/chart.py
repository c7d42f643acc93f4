"""A chart as a picture: bars for groups, a line for what changes over time. Drawn twice as large, then made small."""

import math

from PIL import Image, ImageDraw, ImageFont

from agents.engines import fonts
from agents.engines.business.findings import Picture, told

WIDTH, HEIGHT, SCALE = 1200, 720, 2
PAPER, INK, SOFT, GRID = "#ffffff", "#0b1524", "#5a687e", "#dfe6ef"
BAR, LINE, NEGATIVE = "#0e7490", "#1d4ed8", "#be1840"
LEFT, TOP, RIGHT, BOTTOM = 110, 110, 1140, 630
LABEL_WIDTH = 250


class Sheet:
    """A drawing in points of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self, place: tuple[float, float], words: str, size: int, *, colour: str = INK, anchor: str = "la",
        is_bold: bool = False, width: float = 0,
    ) -> None:  # fmt: skip
        font = ImageFont.truetype(fonts.BOLD if is_bold else fonts.REGULAR, size * SCALE)
        while width and len(words) > 2 and font.getlength(words) > width * SCALE:
            words = f"{words.rstrip('…')[:-1]}…"
        self.draw.text((place[0] * SCALE, place[1] * SCALE), words, fill=colour, font=font, anchor=anchor)

    def line(self, points: list[tuple[float, float]], colour: str, width: int) -> None:
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=colour, width=width * SCALE, joint="curve")

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        box = [one * SCALE for one in (min(left, right), top, max(left, right), bottom)]
        self.draw.rounded_rectangle(box, radius=4 * SCALE, fill=colour)

    def dot(self, x: float, y: float, colour: str) -> None:
        self.draw.ellipse([one * SCALE for one in (x - 5, y - 5, x + 5, y + 5)], fill=colour)

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def draw(picture: Picture) -> Image.Image:
    sheet = Sheet()
    sheet.text((60, 38), picture.title, 30, is_bold=True, width=WIDTH - 120)
    if picture.kind == "bars":
        draw_bars(sheet, picture.points)
    else:
        draw_line(sheet, picture.points)
    return sheet.finished()


def draw_bars(sheet: Sheet, points: tuple[tuple[str, float], ...]) -> None:
    low, high = min(0.0, *(one for _, one in points)), max(0.0, *(one for _, one in points))
    begin, end = 60 + LABEL_WIDTH + 20, RIGHT - 110
    span = (high - low) or 1.0
    row = (BOTTOM + 30 - TOP) / len(points)
    zero = begin + (end - begin) * -low / span
    for place, (name, amount) in enumerate(points):
        top = TOP + place * row
        middle, reach = top + row / 2, zero + (end - begin) * amount / span
        sheet.text((60 + LABEL_WIDTH, middle), " ".join(name.split()), 20, colour=SOFT, anchor="rm", width=LABEL_WIDTH)
        sheet.bar(zero, top + row * 0.18, reach, top + row * 0.82, BAR if amount >= 0 else NEGATIVE)
        sheet.text((max(zero, reach) + 12, middle), told(amount), 20, anchor="lm")
    sheet.line([(zero, TOP), (zero, BOTTOM + 30)], SOFT, 1)


def draw_line(sheet: Sheet, points: tuple[tuple[str, float], ...]) -> None:
    steps = steps_for([one for _, one in points])
    low, span = steps[0], (steps[-1] - steps[0]) or 1.0
    widest = max(len(told(one)) for one in steps)
    left = LEFT + max(0, widest - 6) * 10

    def across(place: int) -> float:
        return left + (RIGHT - left) * place / max(1, len(points) - 1)

    def up(amount: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (amount - low) / span

    for step in steps:
        sheet.line([(left, up(step)), (RIGHT, up(step))], GRID, 1)
        sheet.text((left - 14, up(step)), told(step), 18, colour=SOFT, anchor="rm")
    sheet.line([(across(place), up(amount)) for place, (_, amount) in enumerate(points)], LINE, 3)
    if len(points) <= 40:
        for place, (_, amount) in enumerate(points):
            sheet.dot(across(place), up(amount), LINE)
    every = math.ceil(len(points) / 8)
    for place in range(0, len(points), every):
        sheet.text((across(place), BOTTOM + 22), points[place][0], 18, colour=SOFT, anchor="ma", width=130)


def steps_for(amounts: list[float]) -> list[float]:
    """Round numbers below, between and above; from zero where that is not far."""
    low, high = min(amounts), max(amounts)
    if low > 0 and low < 0.6 * high:
        low = 0.0
    rough = (high - low) / 5 or abs(high) / 5 or 1.0
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(one * unit for one in (1, 2, 2.5, 5, 10) if one * unit >= rough)
    begin, end = math.floor(low / step), math.ceil(high / step)
    return [place * step for place in range(begin, max(end, begin + 1) + 1)]

"""Draws the art: short lines of `fill shape numbers` become SVG in the light of the scene."""

from dataclasses import dataclass
from random import Random

from agents.engines.scene import colours
from agents.engines.scene.light import Light

WARM = "#ffd27a"
PANE = "#7e9bb3"


class Sheet:
    """Definitions (gradients and the like) that the drawing refers to, each under its own id."""

    def __init__(self, light: Light, width: float, height: float, seed: int) -> None:
        self.light, self.width, self.height, self.seed = light, width, height, seed
        self.definitions: list[str] = []
        self.prefix, self.body = "d", ""

    def chance(self, purpose: str) -> Random:
        return Random(f"{self.seed}:{purpose}")

    def define(self, markup: str) -> str:
        """`markup` holds {id}; returns that id."""
        name = f"{self.prefix}{len(self.definitions)}"
        self.definitions.append(markup.replace("{id}", name))
        return name

    def gradient(self, *stops: tuple[float, str, float], across: bool = False) -> str:
        """A linear gradient, downwards or across; stops are (offset, colour, opacity). Returns a fill."""
        ends = 'x1="0" y1="0" x2="1" y2="0"' if across else 'x1="0" y1="0" x2="0" y2="1"'
        name = self.define(f'<linearGradient id="{{id}}" {ends}>{_stops(stops)}</linearGradient>')
        return f"url(#{name})"

    def radial(self, *stops: tuple[float, str, float]) -> str:
        name = self.define(f'<radialGradient id="{{id}}">{_stops(stops)}</radialGradient>')
        return f"url(#{name})"


def _stops(stops: tuple[tuple[float, str, float], ...]) -> str:
    return "".join(f'<stop offset="{at:g}" stop-color="{c}" stop-opacity="{o:g}"/>' for at, c, o in stops)


@dataclass
class Pen:
    """One thing's colours, as they look where it stands."""

    sheet: Sheet
    main: str
    trim: str
    depth: float = 0.0
    named: bool = False
    trim_named: bool = False

    def __post_init__(self) -> None:
        light = self.sheet.light
        self.fills = {
            "main": light.on(self.main, depth=self.depth, named=self.named, subject=True),
            "trim": light.on(self.trim, depth=self.depth, named=self.named or self.trim_named, subject=True),
        }
        main, trim = self.fills["main"], self.fills["trim"]
        self.fills |= {
            "dark": colours.shade(main, -0.24),
            "light": colours.shade(main, 0.3),
            "trimdark": colours.shade(trim, -0.24),
            "glow": colours.mix(WARM, light.haze, self.depth * 0.4) if light.dark else light.on(PANE, depth=self.depth),
        }
        self.round = {
            name: self.sheet.gradient(
                (0, colours.shade(self.fills[name], 0.12), 1),
                (0.55, self.fills[name], 1),
                (1, colours.shade(self.fills[name], -0.16), 1),
                across=True,
            )
            for name in ("main", "trim")
        }

    def fill(self, paint: str) -> str:
        if paint.startswith("#"):
            return self.sheet.light.on(paint[:7], depth=self.depth, subject=True)
        return self.fills[paint]

    def draw(self, art: str) -> str:
        return "".join(self._line(line.split(None, 2)) for line in art.strip().splitlines())

    def _line(self, parts: list[str]) -> str:
        paint, shape, numbers = parts
        if paint in {"halo", "beam"}:
            return self._light(paint, shape, numbers)
        plain = self.fill(paint)
        opacity = f' opacity="{int(paint[7:9], 16) / 255:.2f}"' if paint.startswith("#") and len(paint) == 9 else ""
        return SHAPES[shape](numbers, self.round.get(paint, plain), plain, opacity)

    def _light(self, paint: str, shape: str, numbers: str) -> str:
        if paint == "halo":
            if not self.sheet.light.dark:
                return ""
            fill = self.sheet.radial((0, WARM, 0.75), (0.35, WARM, 0.3), (1, WARM, 0))
        else:
            fill = self.sheet.gradient((0, "#f4ffd8", 0.75), (1, "#f4ffd8", 0.05))
        return SHAPES[shape](numbers, fill, fill, "")


def _poly(numbers: str, fill: str, _plain: str, opacity: str) -> str:
    return f'<polygon points="{numbers}" fill="{fill}"{opacity}/>'


def _box(numbers: str, fill: str, _plain: str, opacity: str) -> str:
    x, y, width, height, *corner = numbers.split()
    round_by = f' rx="{corner[0]}"' if corner else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}"{round_by} fill="{fill}"{opacity}/>'


def _oval(numbers: str, fill: str, _plain: str, opacity: str) -> str:
    x, y, rx, *ry = numbers.split()
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry[0] if ry else rx}" fill="{fill}"{opacity}/>'


def _path(numbers: str, fill: str, _plain: str, opacity: str) -> str:
    return f'<path d="{numbers}" fill="{fill}"{opacity}/>'


def _line(numbers: str, _fill: str, plain: str, opacity: str) -> str:
    width, points = numbers.split(None, 1)
    return f'<polyline points="{points}" {_stroke(width, plain)}{opacity}/>'


def _arcs(numbers: str, _fill: str, plain: str, opacity: str) -> str:
    width, path = numbers.split(None, 1)
    return f'<path d="{path}" {_stroke(width, plain)}{opacity}/>'


def _ring(numbers: str, _fill: str, plain: str, opacity: str) -> str:
    width, x, y, radius = numbers.split()
    return f'<circle cx="{x}" cy="{y}" r="{radius}" {_stroke(width, plain)}{opacity}/>'


def _flower(numbers: str, fill: str, plain: str, _opacity: str) -> str:
    x, y, radius = (float(number) for number in numbers.split())
    petals = ((0, -1), (0.95, -0.31), (0.59, 0.81), (-0.59, 0.81), (-0.95, -0.31))
    drawn = "".join(
        f'<circle cx="{x + dx * radius * 0.6:.1f}" cy="{y + dy * radius * 0.6:.1f}" '
        f'r="{radius * 0.52:.1f}" fill="{plain}"/>'
        for dx, dy in petals
    )
    return f'{drawn}<circle cx="{x:g}" cy="{y:g}" r="{radius * 0.36:.1f}" fill="#f7d774"/>'


def _stroke(width: str, colour: str) -> str:
    return f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'


SHAPES = {
    "poly": _poly,
    "box": _box,
    "oval": _oval,
    "path": _path,
    "line": _line,
    "arcs": _arcs,
    "ring": _ring,
    "flower": _flower,
}

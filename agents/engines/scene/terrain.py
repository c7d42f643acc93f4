"""Landforms: ridges of hills and mountains, dunes, water, city skylines."""

from itertools import pairwise
from math import pi, sin
from random import Random

from agents.engines.scene import colours
from agents.engines.scene.parse import Scene
from agents.engines.scene.pen import Sheet

GROUND = {"spring": "#7fb254", "summer": "#5f9a4a", "autumn": "#b98a3e", "winter": "#eaf1f6"}
HILLS = {"spring": "#5c9a63", "summer": "#417d5c", "autumn": "#a8683a", "winter": "#c9d9e6"}
WATER, ROCK, SAND = "#2f86a8", "#6d7482", "#e3c690"


def ridge(chance: Random, width: float, base: float, swing: float, *, sharp: bool = False) -> list[tuple[float, float]]:
    """Points of a skyline, left to right: rolling, or jagged by midpoint displacement."""
    if not sharp:
        waves = [(chance.uniform(0.6, 1.6), chance.uniform(0, 6.3)) for _ in range(3)]
        return [
            (
                width * at / 40,
                base
                - swing * sum(sin(at / 40 * 2 * pi * f * (n + 1) + p) / (n + 1.4) for n, (f, p) in enumerate(waves)),
            )
            for at in range(41)
        ]
    summits = chance.randint(3, 4)
    points = []
    for at in range(-1, 2 * summits + 2):
        rise = chance.uniform(0.7, 1.35) if at % 2 else chance.uniform(0.12, 0.4)
        points.append((width * (at + chance.uniform(-0.25, 0.25)) / (2 * summits), base - swing * rise))
    for rough in (0.16, 0.09, 0.05):
        finer = []
        for (x1, y1), (x2, y2) in pairwise(points):
            finer += [(x1, y1), ((x1 + x2) / 2, (y1 + y2) / 2 + chance.uniform(-1, 1) * swing * rough)]
        points = [*finer, points[-1]]
    return points


def land(points: list[tuple[float, float]], bottom: float, fill: str) -> str:
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polygon points="{points[0][0]:.1f},{bottom:.0f} {outline} {points[-1][0]:.1f},{bottom:.0f}" fill="{fill}"/>'
    )


def band(
    sheet: Sheet, points: list[tuple[float, float]], bottom: float, colour: str, *, depth: float, named: bool
) -> str:
    """One layer of land, hazier at its foot."""
    light = sheet.light
    top = light.on(colour, depth=depth, named=named)
    foot = colours.mix(top, light.haze, 0.35 * depth + 0.06)
    return land(points, bottom, sheet.gradient((0, colours.shade(top, 0.06), 1), (1, foot, 1)))


def hills(sheet: Sheet, horizon: float, colour: str, *, named: bool, tall: float = 1.0) -> str:
    chance = sheet.chance("hills")
    parts = []
    for depth, lift, swing in ((0.8, 70, 34), (0.55, 38, 30), (0.32, 10, 22)):
        points = ridge(chance, sheet.width, horizon - lift * tall, swing * tall)
        parts.append(band(sheet, points, horizon + 60, colour, depth=depth, named=named))
    return "".join(parts)


def mountains(sheet: Sheet, horizon: float, colour: str, *, named: bool, snow: bool) -> str:
    chance = sheet.chance("mountains")
    parts = []
    for depth, share in ((0.74, 0.56), (0.42, 0.4)):
        points = ridge(chance, sheet.width, horizon - 10, horizon * share, sharp=True)
        parts.append(band(sheet, points, horizon + 50, colour, depth=depth, named=named))
        tone = sheet.light.on(colour, depth=depth, named=named)
        white = sheet.light.on("#f8fbff", depth=depth * 0.35, named=True)
        parts.append(_flanks(points, horizon, tone=tone, snow=white if snow else None))
    return "".join(parts)


def _flanks(points: list[tuple[float, float]], horizon: float, *, tone: str, snow: str | None) -> str:
    """The shaded side of each summit, and its snow."""
    parts = []
    shadow = colours.shade(tone, -0.22)
    for at in range(4, len(points) - 4):
        x, y = points[at]
        if y > min(points[at + n][1] for n in (-4, -3, -2, -1, 1, 2, 3, 4)) or horizon - y < 60:
            continue
        tall = horizon - y
        parts.append(
            f'<polygon points="{x:.0f},{y:.0f} {points[at + 1][0]:.0f},{points[at + 1][1]:.0f} '
            f"{points[at + 2][0]:.0f},{points[at + 2][1]:.0f} "
            f"{points[at + 4][0]:.0f},{horizon + 10:.0f} {x - tall * 0.02:.0f},{horizon + 10:.0f} "
            f"{x + tall * 0.07:.0f},{y + tall * 0.55:.0f} "
            f'{x - tall * 0.05:.0f},{y + tall * 0.3:.0f}" '
            f'fill="{shadow}" opacity=".5"/>'
        )
        if snow:
            left, right = points[at - 2], points[at + 2]
            cap = (
                f"{x:.0f},{y:.0f} {points[at + 1][0]:.0f},{points[at + 1][1]:.0f} "
                f"{right[0]:.0f},{right[1]:.0f} {x + tall * 0.09:.0f},{y + tall * 0.24:.0f} "
                f"{x + tall * 0.02:.0f},{y + tall * 0.18:.0f} "
                f"{x - tall * 0.05:.0f},{y + tall * 0.3:.0f} {left[0]:.0f},{left[1]:.0f} "
                f"{points[at - 1][0]:.0f},{points[at - 1][1]:.0f}"
            )
            parts.append(f'<polygon points="{cap}" fill="{snow}" opacity=".94"/>')
    return "".join(parts)


def volcano(sheet: Sheet, horizon: float, colour: str | None) -> str:
    light = sheet.light
    x, top = sheet.width * sheet.chance("volcano").choice((0.34, 0.6)), horizon * 0.42
    body = light.on(colour or "#5b4a4e", depth=0.25, named=bool(colour))
    fill = sheet.gradient(
        (0, colours.shade(body, 0.1), 1), (0.5, body, 1), (1, colours.shade(body, -0.25), 1), across=True
    )
    glow = sheet.radial((0, "#ffb14a", 0.85), (0.4, "#ff6a2b", 0.35), (1, "#ff6a2b", 0))
    smoke = "".join(
        f'<circle cx="{x + dx:.0f}" cy="{top - dy:.0f}" r="{r}" fill="{light.on("#6f6a70", depth=0.3)}" opacity="{o}"/>'
        for dx, dy, r, o in ((4, 44, 34, 0.75), (34, 92, 46, 0.6), (80, 134, 58, 0.42), (140, 160, 66, 0.25))
    )
    return (
        f'<circle cx="{x:.0f}" cy="{top:.0f}" r="150" fill="{glow}"/>{smoke}'
        f'<path d="M{x - 360:.0f} {horizon + 30:.0f}Q{x - 110:.0f} {horizon - 60:.0f} '
        f"{x - 48:.0f} {top:.0f}L{x - 20:.0f} {top + 9:.0f} {x + 18:.0f} {top + 6:.0f} "
        f"{x + 48:.0f} {top:.0f}"
        f'Q{x + 120:.0f} {horizon - 50:.0f} {x + 380:.0f} {horizon + 30:.0f}Z" fill="{fill}"/>'
        f'<path d="M{x - 22:.0f} {top + 8:.0f}Q{x - 14:.0f} {top + 70:.0f} {x - 34:.0f} '
        f"{top + 150:.0f}Q{x - 6:.0f} {top + 90:.0f} {x + 4:.0f} {top + 40:.0f}Q{x + 22:.0f} "
        f"{top + 90:.0f} {x + 46:.0f} {top + 120:.0f}Q{x + 30:.0f} {top + 60:.0f} {x + 20:.0f} "
        f'{top + 6:.0f}Z" fill="#ff7a30"/>'
    )


def dunes(sheet: Sheet, horizon: float, colour: str, *, named: bool) -> str:
    chance = sheet.chance("dunes")
    parts = []
    height = sheet.height - horizon
    for depth, share in ((0.6, -0.06), (0.4, 0.1), (0.2, 0.32), (0.0, 0.6)):
        base = horizon + height * share
        points = ridge(chance, sheet.width, base, 26 + 26 * (1 - depth))
        tone = sheet.light.on(colour, depth=depth, named=True)
        parts.append(
            land(
                points,
                sheet.height,
                sheet.gradient((0, colours.shade(tone, 0.16), 1), (1, colours.shade(tone, -0.18), 1)),
            )
        )
        shade = [
            (x, y + 80 * max(0.0, sin(pi * (at - 8) / 21)) * (0.7 + 0.3 * sin(at + depth * 9)))
            for at, (x, y) in enumerate(points)
        ]
        crest = " ".join(f"{x:.0f},{y:.0f}" for x, y in [*points[8:30], *reversed(shade[8:30])])
        parts.append(f'<polygon points="{crest}" fill="{colours.shade(tone, -0.3)}" opacity=".28"/>')
    return "".join(parts)


def ground(sheet: Sheet, top: float, colour: str, *, named: bool, steps: int = 3) -> str:
    """The near land, in a few waves from `top` to the bottom edge."""
    chance = sheet.chance("ground")
    parts = []
    for step in range(steps):
        base = top + (sheet.height - top) * step / steps
        depth = 0.22 * (1 - step / max(1, steps - 1)) if steps > 1 else 0.04
        tone = colours.shade(sheet.light.on(colour, depth=depth, named=named), -0.05 * step)
        fill = sheet.gradient((0, colours.shade(tone, 0.1), 1), (1, colours.shade(tone, -0.16), 1))
        parts.append(land(ridge(chance, sheet.width, base, 12 + 6 * step), sheet.height, fill))
    return "".join(parts)


def city(sheet: Sheet, horizon: float, colour: str | None) -> str:
    chance = sheet.chance("city")
    parts = []
    for depth, tallest, low in ((0.72, 0.62, 0.25), (0.45, 0.5, 0.16), (0.2, 0.36, 0.08)):
        x = -20.0
        while x < sheet.width + 10:
            wide = chance.uniform(38, 84)
            tall = horizon * chance.uniform(low, tallest) * (0.6 + 0.4 * sin(pi * max(0.0, min(1.0, x / sheet.width))))
            base = colour or chance.choice(("#5a6784", "#6d7a96", "#7f8197", "#8a7f8e"))
            parts.append(_block(sheet, chance, (x, horizon + 26, wide, tall), base, depth=depth, named=bool(colour)))
            x += wide + chance.uniform(-4, 14)
    return "".join(parts)


def _block(
    sheet: Sheet, chance: Random, box: tuple[float, float, float, float], colour: str, *, depth: float, named: bool
) -> str:
    """One high-rise: `box` is left, foot, width and height."""
    x, foot, wide, tall = box
    light = sheet.light
    body = light.on(colour, depth=depth, named=named)
    fill = sheet.gradient((0, colours.shade(body, 0.08), 1), (1, colours.mix(body, light.haze, 0.3), 1))
    parts = [f'<rect x="{x:.0f}" y="{foot - tall:.0f}" width="{wide:.0f}" height="{tall:.0f}" fill="{fill}"/>']
    if chance.random() < 0.35:
        parts.append(
            f'<rect x="{x + wide * 0.45:.0f}" y="{foot - tall - 34:.0f}" width="3" height="36" fill="{body}"/>'
        )
    elif chance.random() < 0.3:
        parts.append(
            f'<rect x="{x + wide * 0.2:.0f}" y="{foot - tall - 16:.0f}" width="{wide * 0.6:.0f}" '
            f'height="18" fill="{body}"/>'
        )
    lit, share = ("#ffd98a", 0.5) if light.dark else (colours.shade(body, 0.35), 0.55)
    panes = []
    for row in range(int((tall - 14) // 17)):
        for column in range(int((wide - 8) // 12)):
            if chance.random() < share:
                panes.append(f"M{x + 6 + column * 12:.0f} {foot - tall + 10 + row * 17:.0f}h6v9h-6z")
    parts.append(f'<path d="{"".join(panes)}" fill="{colours.mix(lit, light.haze, depth * 0.5)}" opacity=".85"/>')
    return "".join(parts)


def ground_colour(scene: Scene) -> tuple[str, bool]:
    named = scene.colour("field") or scene.colour("hill")
    return named or GROUND[scene.season], bool(named)

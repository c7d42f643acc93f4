"""What falls or drifts before everything else: rain, snow, fog, leaves, fireflies."""

from agents.engines.scene import colours
from agents.engines.scene.parse import Scene
from agents.engines.scene.pen import Sheet


def draw_weather(sheet: Sheet, scene: Scene, horizon: float) -> str:
    """In front of everything."""
    parts = []
    if scene.weather & {"rain", "storm"}:
        parts.append(_rain(sheet))
    if "snow" in scene.weather:
        parts.append(_snow(sheet))
    if "fog" in scene.weather:
        parts.append(f'<g opacity=".38">{draw_fog(sheet, horizon)}</g>')
    if scene.has("firefly"):
        parts.append(_fireflies(sheet, scene.colour("firefly") or "#f6ff8a"))
    return "".join(parts)


def _rain(sheet: Sheet) -> str:
    chance = sheet.chance("rain")
    drops = []
    for _ in range(240):
        x, y, long = chance.uniform(-40, sheet.width), chance.uniform(-40, sheet.height), chance.uniform(18, 46)
        drops.append(f"M{x:.0f} {y:.0f}l{-long * 0.22:.1f} {long:.1f}")
    return f'<path d="{"".join(drops)}" stroke="#dbe8f5" stroke-width="1.7" stroke-linecap="round" opacity=".42"/>'


def _snow(sheet: Sheet) -> str:
    chance = sheet.chance("snow")
    return "".join(
        f'<circle cx="{chance.uniform(0, sheet.width):.0f}" cy="{chance.uniform(0, sheet.height):.0f}" '
        f'r="{chance.choice((1.6, 2.2, 3.0, 4.6)):.1f}" fill="#ffffff" opacity="{chance.uniform(0.5, 0.95):.2f}"/>'
        for _ in range(230)
    )


def draw_fog(sheet: Sheet, horizon: float) -> str:
    chance = sheet.chance("fog")
    tone = colours.mix(sheet.light.haze, "#ffffff", 0.12 if sheet.light.dark else 0.4)
    parts = []
    for at in range(7):
        y = horizon + (at - 2) * 52 + chance.uniform(-14, 14)
        fill = sheet.radial((0, tone, 0.62), (0.6, tone, 0.34), (1, tone, 0))
        x, wide = sheet.width * chance.uniform(0.1, 0.9), sheet.width * chance.uniform(0.55, 0.9)
        parts.append(
            f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{wide:.0f}" ry="{chance.uniform(34, 64):.0f}" fill="{fill}"/>'
        )
    return "".join(parts)


def _fireflies(sheet: Sheet, colour: str) -> str:
    chance = sheet.chance("fireflies")
    glow = sheet.radial((0, colour, 1), (0.25, colour, 0.6), (1, colour, 0))
    return "".join(
        f'<circle cx="{chance.uniform(0, sheet.width):.0f}" '
        f'cy="{chance.uniform(sheet.height * 0.45, sheet.height * 0.95):.0f}" '
        f'r="{chance.uniform(8, 20):.0f}" fill="{glow}"/>'
        for _ in range(46)
    )

"""What is overhead: sky, sun and moons, stars, clouds, aurora and the rest."""

from math import cos, pi, sin
from random import Random

from agents.engines.scene import colours
from agents.engines.scene.parse import Item, Scene
from agents.engines.scene.pen import Sheet


def draw_sky(sheet: Sheet, scene: Scene, horizon: float) -> str:
    light = sheet.light
    last = len(light.sky) - 1
    fill = sheet.gradient(*((at / last, stop, 1) for at, stop in enumerate(light.sky)))
    parts = [f'<rect width="{sheet.width:g}" height="{horizon + 40:.0f}" fill="{fill}"/>']
    if light.stars or scene.has("star"):
        parts.append(stars(sheet, max(light.stars, 130 if scene.has("star") else 0), horizon))
    for kind, draw in LAYERS.items():
        item = scene.item(kind)
        if item is not None:
            parts.append(draw(sheet, item, horizon))
    parts.append(_lights(sheet, scene, horizon))
    if "storm" in scene.weather:
        parts.append(_lightning(sheet, Item("lightning"), horizon))
    parts.append(_clouds(sheet, scene, horizon))
    return "".join(parts)


def stars(sheet: Sheet, count: int, horizon: float) -> str:
    chance = sheet.chance("stars")
    dots = []
    for _ in range(count):
        x, y = chance.uniform(0, sheet.width), horizon * chance.random() ** 1.4
        size = chance.choice((0.8, 1.0, 1.2, 1.6, 2.4))
        opacity = chance.uniform(0.35, 1) * (1 - 0.6 * y / horizon)
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="#fffbe8" opacity="{opacity:.2f}"/>')
    return "".join(dots)


def _lights(sheet: Sheet, scene: Scene, horizon: float) -> str:
    """Sun or moons: those asked for, else the one that the hour brings."""
    moon, sun = scene.item("moon"), scene.item("sun")
    if scene.weather & {"rain", "storm", "overcast"} and not (moon or sun):
        return ""
    parts = []
    if sun or (not sheet.light.dark and not moon):
        parts.append(discs(sheet, sun or Item("sun"), horizon, moon=False))
    if moon or (sheet.light.dark and not sun and not scene.has("aurora", "firework", "planet")):
        parts.append(discs(sheet, moon or Item("moon"), horizon, moon=True))
    return "".join(parts)


def light_at(sheet: Sheet, horizon: float) -> tuple[float, float]:
    """Where sun or moon stands."""
    chance = sheet.chance("sun")
    side = chance.choice((0.24, 0.36, 0.64, 0.76))
    height = sheet.light.sun_at * 1.55 if sheet.light.sun_at > 0.4 else sheet.light.sun_at * 1.5
    return sheet.width * side, max(95.0, horizon * min(0.86, height))


def discs(sheet: Sheet, item: Item, horizon: float, *, moon: bool) -> str:
    x, y = light_at(sheet, horizon)
    chance = sheet.chance("discs")
    parts = []
    radius = (62.0 if moon else 66.0) if sheet.light.sun_at > 0.15 or moon else 52.0
    for at in range(item.count):
        colour = item.colours[at % len(item.colours)] if item.colours else None
        parts.append(_disc(sheet, x, y, radius, colour, crescent=moon and item.word == "crescent"))
        x = (x + sheet.width * chance.uniform(0.24, 0.38)) % (sheet.width * 0.84) + sheet.width * 0.08 * (at % 2)
        y = max(70.0, y * chance.uniform(0.62, 1.05))
        radius *= chance.uniform(0.55, 0.8)
    return "".join(parts)


def _disc(sheet: Sheet, x: float, y: float, radius: float, colour: str | None, *, crescent: bool) -> str:
    body = colour or sheet.light.sun
    glow = sheet.radial((0, body, 0.75), (0.3, body, 0.28), (1, body, 0))
    face = sheet.radial((0, colours.shade(body, 0.4), 1), (0.75, body, 1), (1, colours.shade(body, -0.06), 1))
    parts = [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius * 3.6:.0f}" fill="{glow}"/>']
    if crescent:
        r = radius
        path = (
            f"M{x:.1f} {y - r:.1f}A{r:.1f} {r:.1f} 0 1 0 {x + r:.1f} "
            f"{y + r * 0.3:.1f}A{r * 0.86:.1f} {r * 0.86:.1f} 0 0 1 {x:.1f} {y - r:.1f}Z"
        )
        parts.append(f'<path d="{path}" fill="{face}"/>')
        return "".join(parts)
    parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" fill="{face}"/>')
    if sheet.light.dark:
        for dx, dy, share in ((-0.3, -0.25, 0.2), (0.28, 0.1, 0.26), (-0.15, 0.42, 0.14)):
            parts.append(
                f'<circle cx="{x + dx * radius:.1f}" cy="{y + dy * radius:.1f}" r="{share * radius:.1f}" '
                f'fill="{colours.shade(body, -0.2)}" opacity=".28"/>'
            )
    return "".join(parts)


def _clouds(sheet: Sheet, scene: Scene, horizon: float) -> str:
    item = scene.item("cloud")
    heavy = bool(scene.weather & {"rain", "storm", "overcast", "snow"})
    chance = sheet.chance("clouds")
    if item is None and (scene.has("space") or "clear" in scene.weather):
        return ""
    count = max(item.count if item else 0, 9 if heavy else 0) or (2 if sheet.light.dark else 4)
    low, high = sheet.light.sky[-1], sheet.light.sky[len(sheet.light.sky) // 2]
    colour = colours.mix(low, "#ffffff", 0.1 if sheet.light.dark else 0.45)
    if sheet.light.dark:
        colour = colours.mix(high, low, 0.6)
    if heavy:
        colour = colours.mix(high, "#1b212c" if "storm" in scene.weather else "#6d7783", 0.35)
    if item and item.colours:
        colour = sheet.light.on(item.colours[0], named=True)
    strong = 0.9 if item or heavy else 0.5
    return "".join(_cloud(sheet, chance, horizon, colour, strong=strong, heavy=heavy) for _ in range(count))


def _cloud(sheet: Sheet, chance: Random, horizon: float, colour: str, *, strong: float, heavy: bool) -> str:
    x, y = chance.uniform(-40, sheet.width + 40), horizon * chance.uniform(0.05, 0.3 if heavy else 0.62)
    width = chance.uniform(150, 330) * (1.5 if heavy else 1)
    height = width * chance.uniform(0.16, 0.26)
    lit = colours.shade(colour, 0.3)
    puffs = []
    for at in range(7):
        share = (at + 0.5) / 7
        radius = height * (0.32 + 0.5 * sin(pi * share)) * chance.uniform(0.8, 1.15)
        cx, cy = x + (share - 0.5) * width * 0.86, y - radius * 0.45
        puffs.append((cx, cy, radius))
    body = "".join(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{r:.1f}"/>' for cx, cy, r in puffs)
    shine = "".join(
        f'<circle cx="{cx - r * 0.12:.1f}" cy="{cy - r * 0.16:.1f}" r="{r * 0.8:.1f}"/>' for cx, cy, r in puffs
    )
    clip = sheet.define(
        f'<clipPath id="{{id}}"><rect x="{x - width:.0f}" y="{y - width:.0f}" '
        f'width="{2 * width:.0f}" height="{width:.0f}"/></clipPath>'
    )
    return (
        f'<g clip-path="url(#{clip})" opacity="{strong * chance.uniform(0.75, 1):.2f}"><g fill="{colour}">{body}</g>'
        f'<g fill="{lit}">{shine}</g></g>'
    )


def _aurora(sheet: Sheet, item: Item, horizon: float) -> str:
    chance = sheet.chance("aurora")
    hues = item.colours or ["#4df0a8", "#38d6c8", "#a06bf0"]
    parts = []
    for at in range(5):
        colour = hues[at % len(hues)]
        base = horizon * chance.uniform(0.45, 0.85)
        tall = horizon * chance.uniform(0.35, 0.6)
        phase, swing = chance.uniform(0, 6), chance.uniform(20, 60)
        wide = sheet.width / 70
        xs = [wide * step for step in range(70)]
        low = [(x, base + swing * sin(x / 130 + phase) + swing * 0.4 * sin(x / 47 + phase * 2)) for x in xs]
        fill = sheet.gradient(
            (0, colour, 0), (0.6, colour, 0.22), (0.9, colours.shade(colour, 0.3), 0.42), (1, colour, 0)
        )
        for x, y in low:
            rise = tall * chance.uniform(0.75, 1.15)
            parts.append(f'<rect x="{x:.1f}" y="{y - rise:.1f}" width="{wide:.1f}" height="{rise:.1f}" fill="{fill}"/>')
    return "".join(parts)


def _rainbow(sheet: Sheet, _item: Item, horizon: float) -> str:
    x, radius = sheet.width * sheet.chance("rainbow").uniform(0.35, 0.65), sheet.width * 0.46
    return "".join(
        f'<circle cx="{x:.0f}" cy="{horizon + 20:.0f}" r="{radius - at * 12:.0f}" fill="none" stroke="{colour}" '
        f'stroke-width="12.5" opacity=".62"/>'
        for at, colour in enumerate(colours.MANY[:6])
    )


def _comets(sheet: Sheet, item: Item, horizon: float) -> str:
    chance = sheet.chance("comets")
    colour = item.colours[0] if item.colours else "#fdf6d8"
    parts = []
    for _ in range(item.count):
        x, y = chance.uniform(sheet.width * 0.25, sheet.width * 0.9), chance.uniform(50, horizon * 0.5)
        length = chance.uniform(150, 300)
        fill = sheet.gradient((0, colour, 0.95), (1, colour, 0), across=True)
        parts.append(
            f'<g transform="translate({x:.0f} {y:.0f}) rotate(-24)"><path d="M0 -7Q{length:.0f} -3 {length:.0f} 0'
            f'Q{length:.0f} 3 0 7A7 7 0 0 1 0 -7Z" fill="{fill}"/><circle r="9" fill="#ffffff"/></g>'
        )
    return "".join(parts)


def _planets(sheet: Sheet, item: Item, horizon: float) -> str:
    chance = sheet.chance("planets")
    hues = item.colours or ["#d99a5b", "#6fa8d6", "#b77ac0", "#8fc29a"]
    parts = []
    radius = 128.0
    x, y = sheet.width * chance.choice((0.28, 0.7)), horizon * 0.34
    for at in range(item.count):
        colour = hues[at % len(hues)]
        ring = item.word.startswith("saturn") or (at == 0 and item.word.startswith("planet"))
        parts.append(_planet(sheet, x, y, radius, colour, ring=ring))
        x, y = sheet.width - x + chance.uniform(-60, 60), chance.uniform(70, horizon * 0.75)
        radius *= 0.5
    return "".join(parts)


def _planet(sheet: Sheet, x: float, y: float, r: float, colour: str, *, ring: bool) -> str:
    face = sheet.gradient(
        (0, colours.shade(colour, 0.4), 1), (0.5, colour, 1), (1, colours.shade(colour, -0.6), 1), across=True
    )
    clip = sheet.define(f'<clipPath id="{{id}}"><circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}"/></clipPath>')
    bands = "".join(
        f'<ellipse cx="{x:.0f}" cy="{y + share * r:.0f}" rx="{r * 1.1:.0f}" ry="{r * 0.09:.0f}" '
        f'fill="{colours.shade(colour, tone)}" opacity=".45"/>'
        for share, tone in ((-0.5, 0.3), (-0.15, -0.25), (0.22, 0.25), (0.55, -0.3))
    )
    back = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{face}"/><g clip-path="url(#{clip})">{bands}</g>'
    if not ring:
        return back
    band = colours.shade(colour, 0.45)
    turn = f'transform="rotate(-18 {x:.0f} {y:.0f})"'
    hoop = f'fill="none" stroke="{band}" stroke-width="{r * 0.13:.1f}"'
    rx, ry = r * 1.75, r * 0.42
    return (
        f'<g {turn}><path d="M{x - rx:.1f} {y:.1f}A{rx:.1f} {ry:.1f} 0 0 1 {x + rx:.1f} '
        f'{y:.1f}" {hoop} opacity=".6"/></g>{back}'
        f'<g {turn}><path d="M{x - rx:.1f} {y:.1f}A{rx:.1f} {ry:.1f} 0 0 0 {x + rx:.1f} '
        f'{y:.1f}" {hoop} opacity=".9"/></g>'
    )


def _fireworks(sheet: Sheet, item: Item, horizon: float) -> str:
    chance = sheet.chance("fireworks")
    hues = item.colours if item.colours and not item.many_coloured else list(colours.MANY)
    parts = []
    for at in range(max(3, item.count)):
        x, y = (
            sheet.width * (0.16 + 0.68 * ((at * 0.37 + chance.random() * 0.2) % 1)),
            chance.uniform(110, horizon * 0.42),
        )
        size, colour = chance.uniform(80, 150), hues[at % len(hues)]
        glow = sheet.radial((0, colour, 0.5), (1, colour, 0))
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size * 1.2:.0f}" fill="{glow}"/>')
        for ray in range(26):
            angle, reach = 2 * pi * ray / 26, size * chance.uniform(0.75, 1.05)
            dx, dy = cos(angle), sin(angle)
            parts.append(
                f'<line x1="{x + dx * size * 0.2:.0f}" y1="{y + dy * size * 0.2:.0f}" x2="{x + dx * reach:.0f}" '
                f'y2="{y + dy * reach:.0f}" stroke="{colour}" stroke-width="2.4" stroke-linecap="round"/>'
                f'<circle cx="{x + dx * reach:.0f}" cy="{y + dy * reach:.0f}" r="3.2" fill="#fff7df"/>'
            )
    return "".join(parts)


def _lightning(sheet: Sheet, _item: Item, horizon: float) -> str:
    chance = sheet.chance("lightning")
    x, y = sheet.width * chance.uniform(0.25, 0.75), 30.0
    points = [(x, y)]
    while y < horizon - 10:
        x, y = x + chance.uniform(-46, 46), y + chance.uniform(28, 70)
        points.append((x, min(y, horizon)))
    path = " ".join(f"{px:.0f},{py:.0f}" for px, py in points)
    stroke = 'fill="none" stroke-linejoin="round"'
    return (
        f'<polyline points="{path}" {stroke} stroke="#cfe0ff" stroke-width="18" opacity=".25"/>'
        f'<polyline points="{path}" {stroke} stroke="#fffbe6" stroke-width="4.5"/>'
    )


LAYERS = {
    "aurora": _aurora,
    "rainbow": _rainbow,
    "planet": _planets,
    "comet": _comets,
    "firework": _fireworks,
    "lightning": _lightning,
}

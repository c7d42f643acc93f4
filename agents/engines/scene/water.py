"""Water: base colour, the mirrored picture, ripples, waves, and the path of light."""

from math import sin

from agents.engines.scene import colours, terrain
from agents.engines.scene.parse import Scene
from agents.engines.scene.pen import Sheet


def surface(sheet: Sheet, top: float, colour: str | None, sun_at: tuple[float, float] | None, *, sea: bool) -> str:
    """From `top` down to the bottom edge; mirrors the group with id `far`."""
    light = sheet.light
    base = light.on(colour or terrain.WATER, named=bool(colour))
    near = colours.shade(base, -0.28)
    far = colours.mix(base, light.sky[-1], 0.25 if colour else 0.5)
    fill = sheet.gradient((0, far, 1), (0.35, base, 1), (1, near, 1))
    deep = sheet.height - top
    clip = sheet.define(
        f'<clipPath id="{{id}}"><rect y="{top:.0f}" width="{sheet.width:g}" height="{deep:.0f}"/></clipPath>'
    )
    mirror = 0.12 if sea else 0.34
    parts = [
        f'<rect y="{top:.0f}" width="{sheet.width:g}" height="{deep:.0f}" fill="{fill}"/>',
        f'<g clip-path="url(#{clip})" opacity="{mirror}"><use href="#far" '
        f'transform="translate(0 {2 * top:.0f}) scale(1 -1)"/></g>',
        _ripples(sheet, top, base, far),
    ]
    if sea:
        parts.append(_waves(sheet, top, base))
    if sun_at:
        parts.append(_glitter(sheet, top, sun_at[0]))
    return "".join(parts)


def _ripples(sheet: Sheet, top: float, base: str, far: str) -> str:
    chance = sheet.chance("ripples")
    parts = []
    for _ in range(90):
        near = chance.random() ** 1.6
        y = top + 4 + near * (sheet.height - top)
        wide, x = 20 + 120 * near * chance.random(), chance.uniform(-40, sheet.width)
        tone = chance.choice((colours.shade(base, 0.3), far, colours.shade(base, -0.3)))
        parts.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{1.2 + 2.4 * near:.1f}" '
            f'rx="2" fill="{tone}" opacity=".34"/>'
        )
    return "".join(parts)


def _waves(sheet: Sheet, top: float, base: str) -> str:
    chance = sheet.chance("waves")
    parts = []
    deep = sheet.height - top
    for step in range(1, 6):
        y = top + deep * (step / 6) ** 1.5
        phase, long = chance.uniform(0, 6), 60 + step * 26
        rise = 1.5 + step * 2.1
        crest = [
            (sheet.width * at / 60, y + rise * sin(sheet.width * at / 60 / long * 6.28 + phase)) for at in range(61)
        ]
        tone = colours.shade(base, -0.07 * step)
        parts.append(
            terrain.land(
                crest,
                sheet.height,
                sheet.gradient((0, colours.shade(tone, 0.12), 0.75), (0.3, tone, 0.35), (1, tone, 0.2)),
            )
        )
    return "".join(parts)


def _glitter(sheet: Sheet, top: float, x: float) -> str:
    chance = sheet.chance("glitter")
    parts = []
    for step in range(34):
        near = step / 34
        y = top + 3 + near**1.3 * (sheet.height - top) * 0.85
        wide = chance.uniform(26, 90) * (0.5 + near)
        left = x - wide / 2 + chance.uniform(-1, 1) * (14 + 60 * near)
        opacity = chance.uniform(0.35, 0.85) * (1 - near * 0.7)
        parts.append(
            f'<rect x="{left:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{1.6 + 2.6 * near:.1f}" '
            f'rx="2" fill="{sheet.light.sun}" opacity="{opacity:.2f}"/>'
        )
    return "".join(parts)


def river(sheet: Sheet, top: float, colour: str | None) -> str:
    """A bend of water from the horizon to the bottom edge."""
    light = sheet.light
    w, h = sheet.width, sheet.height
    x = w * sheet.chance("river").choice((0.42, 0.58))
    base = light.on(colour or terrain.WATER, named=bool(colour))
    deep = h - top
    fill = sheet.gradient(
        (0, colours.mix(base, light.sky[-1], 0.5), 1), (0.4, base, 1), (1, colours.shade(base, -0.2), 1)
    )
    path = (
        f"M{x:.0f} {top:.0f}C{x + w * 0.2:.0f} {top + deep * 0.18:.0f} {x - w * 0.22:.0f} "
        f"{top + deep * 0.3:.0f} {x - w * 0.1:.0f} {top + deep * 0.5:.0f}"
        f"C{x:.0f} {top + deep * 0.68:.0f} {x - w * 0.12:.0f} {top + deep * 0.85:.0f} "
        f"{x - w * 0.2:.0f} {h:.0f}H{x + w * 0.34:.0f}"
        f"C{x + w * 0.3:.0f} {top + deep * 0.75:.0f} {x + w * 0.2:.0f} {top + deep * 0.66:.0f} "
        f"{x + w * 0.09:.0f} {top + deep * 0.48:.0f}"
        f"C{x - w * 0.02:.0f} {top + deep * 0.3:.0f} {x + w * 0.24:.0f} {top + deep * 0.18:.0f} {x + 14:.0f} {top:.0f}Z"
    )
    clip = sheet.define(f'<clipPath id="{{id}}"><path d="{path}"/></clipPath>')
    shine = _ripples(sheet, top, base, light.sky[-1])
    return f'<path d="{path}" fill="{fill}"/><g clip-path="url(#{clip})">{shine}</g>'


def colour_of(scene: Scene) -> str | None:
    return next((c for kind in ("sea", "lake", "river", "pond") if (c := scene.colour(kind))), None)

"""Where there is no horizon: space, under water, and a pond from above."""

from agents.engines.scene import colours, sky, terrain, water
from agents.engines.scene.layout import UNIT
from agents.engines.scene.parse import Item, Scene
from agents.engines.scene.pen import Sheet
from agents.engines.scene.sprites import Place
from agents.engines.scene.sprites import draw as draw_sprite
from agents.engines.scene.stage import Stage


def space(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    chance = sheet.chance("nebula")
    asked = [scene.sky, scene.colour("space"), *scene.palette]
    hues = [colour for colour in asked if colour] or chance.choice(
        (["#7b3fd0", "#1f6fd0"], ["#c23f8f", "#4a3fd0"], ["#1f9aa0", "#5a3fd0"])
    )
    base = colours.mix("#070a1c", hues[0], 0.28)
    fill = sheet.gradient((0, colours.shade(base, -0.4), 1), (0.6, base, 1), (1, colours.shade(base, -0.2), 1))
    clouds = "".join(
        f'<ellipse cx="{chance.uniform(0, sheet.width):.0f}" '
        f'cy="{chance.uniform(0, sheet.height * 0.8):.0f}" rx="{chance.uniform(160, 420):.0f}" '
        f'ry="{chance.uniform(90, 240):.0f}" '
        f'fill="{sheet.radial((0, hues[at % len(hues)], 0.5), (1, hues[at % len(hues)], 0))}"/>'
        for at in range(8)
    )
    parts = [
        f'<rect width="{sheet.width:g}" height="{sheet.height:g}" fill="{fill}"/>',
        clouds,
        sky.stars(sheet, 320, sheet.height),
    ]
    for kind, draw in sky.LAYERS.items():
        if (item := scene.item(kind)) is not None:
            parts.append(draw(sheet, item, stage.horizon))
    for kind in ("sun", "moon"):
        if (item := scene.item(kind)) is not None:
            parts.append(sky.discs(sheet, item, stage.horizon, moon=kind == "moon"))
    if any(item.place in {"land", "table"} for item in scene.items):
        parts.append(_moonscape(sheet, stage, scene.colour("hill")))
    return "".join(parts)


def _moonscape(sheet: Sheet, stage: Stage, colour: str | None) -> str:
    tone = colour or "#8f93a3"
    w, top = sheet.width, stage.land[0] - 50
    fill = sheet.gradient((0, colours.shade(tone, 0.2), 1), (1, colours.shade(tone, -0.5), 1))
    craters = "".join(
        f'<ellipse cx="{w * x:.0f}" cy="{top + y:.0f}" rx="{r}" ry="{r * 0.3:.0f}" '
        f'fill="{colours.shade(tone, -0.3)}" opacity=".6"/>'
        for x, y, r in ((0.15, 70, 50), (0.4, 50, 26), (0.7, 90, 64), (0.88, 56, 30), (0.52, 120, 44))
    )
    return (
        f'<path d="M0 {top + 40:.0f}Q{w / 2:.0f} {top - 40:.0f} {w:g} '
        f'{top + 40:.0f}V{sheet.height:g}H0Z" fill="{fill}"/>{craters}'
    )


def underwater(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    tone = (
        water.colour_of(scene)
        or scene.colour("underwater")
        or scene.sky
        or (scene.palette[0] if scene.palette else "#1d86b0")
    )
    tone = colours.mix(tone, colours.multiply(tone, sheet.light.tint), sheet.light.strength * 0.8)
    w, h = sheet.width, sheet.height
    fill = sheet.gradient((0, colours.shade(tone, 0.42), 1), (0.45, tone, 1), (1, colours.shade(tone, -0.6), 1))
    beam = sheet.gradient((0, "#ffffff", 0.28), (1, "#ffffff", 0))
    chance = sheet.chance("beams")
    rays = "".join(
        f'<polygon points="{x:.0f},-10 {x + 60:.0f},-10 {x + 60 + lean:.0f},{h * 0.8:.0f} '
        f'{x - 60 + lean:.0f},{h * 0.8:.0f}" fill="{beam}"/>'
        for x, lean in ((chance.uniform(0, w), chance.uniform(-140, 140)) for _ in range(6))
    )
    bubbles = "".join(
        f'<circle cx="{chance.uniform(0, w):.0f}" cy="{chance.uniform(h * 0.1, h * 0.9):.0f}" '
        f'r="{chance.uniform(2, 9):.1f}" fill="#ffffff" opacity=".28"/>'
        for _ in range(34)
    )
    floor = terrain.ground(sheet, stage.land[0] - 30, colours.mix("#cdb98a", tone, 0.45), named=True, steps=2)
    weed = "".join(
        f'<path d="M{x:.0f} {h * 0.95:.0f}q{-24} {-tall * 0.3:.0f} 0 {-tall * 0.5:.0f}t0 '
        f'{-tall * 0.5:.0f}" fill="none" stroke="{colours.mix("#2f8a5a", tone, 0.35)}" '
        f'stroke-width="11" stroke-linecap="round"/>'
        for x, tall in ((chance.uniform(0, w), chance.uniform(90, 260)) for _ in range(13))
    )
    return f'<rect width="{w:g}" height="{h:g}" fill="{fill}"/>{rays}{bubbles}{floor}{weed}'


def pond(sheet: Sheet, scene: Scene, _stage: Stage) -> str:
    base = sheet.light.on(water.colour_of(scene) or (scene.palette[0] if scene.palette else "#1f6f74"), named=True)
    w, h = sheet.width, sheet.height
    fill = sheet.radial((0, colours.shade(base, 0.2), 1), (1, colours.shade(base, -0.45), 1))
    chance = sheet.chance("pond")
    rings = "".join(
        f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{r * k:.0f}" ry="{r * k * 0.8:.0f}" '
        f'fill="none" stroke="#ffffff" stroke-width="2" opacity="{0.34 / k:.2f}"/>'
        for x, y, r in ((chance.uniform(0, w), chance.uniform(0, h), chance.uniform(30, 70)) for _ in range(6))
        for k in (1, 1.6, 2.3)
    )
    pads = Item("waterlily", 9)
    lilies = "".join(
        draw_sprite(sheet, Place(pads, at, w * x, h * y, UNIT * size, 0.0, at % 2 == 0), scene.season)
        for at, (x, y, size) in enumerate(
            (
                (0.08, 0.14, 0.07),
                (0.24, 0.08, 0.05),
                (0.92, 0.12, 0.08),
                (0.95, 0.5, 0.05),
                (0.06, 0.9, 0.08),
                (0.2, 0.97, 0.06),
                (0.84, 0.95, 0.08),
                (0.97, 0.82, 0.06),
            )
        )
    )
    return f'<rect width="{w:g}" height="{h:g}" fill="{fill}"/>{rings}{lilies}'

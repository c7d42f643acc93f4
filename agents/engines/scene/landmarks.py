"""Single features of the land: a waterfall, a road, a headland to build on, tufts of grass."""

from agents.engines.scene import colours, terrain
from agents.engines.scene.parse import Scene
from agents.engines.scene.pen import Sheet
from agents.engines.scene.stage import Stage


def waterfall(sheet: Sheet, stage: Stage, colour: str | None) -> str:
    x, top, foot = sheet.width * 0.5, stage.horizon * 0.42, stage.horizon + 30
    rock = sheet.light.on("#5f6670", depth=0.2)
    fill = sheet.gradient((0, colours.shade(rock, 0.14), 1), (1, colours.shade(rock, -0.15), 1))
    fall = sheet.light.on(colour or "#dff1fa", named=True)
    white = sheet.gradient((0, fall, 1), (0.8, colours.shade(fall, 0.4), 0.95), (1, "#ffffff", 0.55))
    cliffs = (
        f'<path d="M-10 {foot:.0f}V{top - 70:.0f}Q{x * 0.4:.0f} {top - 100:.0f} {x - 70:.0f} '
        f'{top:.0f}L{x - 40:.0f} {foot:.0f}Z" fill="{fill}"/>'
        f'<path d="M{sheet.width + 10:.0f} {foot:.0f}V{top - 40:.0f}Q{x * 1.6:.0f} '
        f'{top - 90:.0f} {x + 70:.0f} {top:.0f}L{x + 40:.0f} {foot:.0f}Z" fill="{fill}"/>'
    )
    lines = "".join(
        f'<path d="M{x + dx:.0f} {top + 4:.0f}Q{x + dx * 1.3:.0f} {(top + foot) / 2:.0f} '
        f'{x + dx * 1.1:.0f} {foot:.0f}" stroke="#ffffff" stroke-width="3" fill="none" '
        f'opacity=".5"/>'
        for dx in (-48, -30, -8, 14, 33, 50)
    )
    mist = sheet.radial((0, "#ffffff", 0.75), (1, "#ffffff", 0))
    return (
        f'{cliffs}<path d="M{x - 72:.0f} {top:.0f}Q{x:.0f} {top + 16:.0f} {x + 72:.0f} '
        f'{top:.0f}L{x + 84:.0f} {foot:.0f}H{x - 84:.0f}Z" fill="{white}"/>{lines}'
        f'<ellipse cx="{x:.0f}" cy="{foot:.0f}" rx="190" ry="52" fill="{mist}"/>'
    )


def road(sheet: Sheet, stage: Stage, colour: str | None) -> str:
    w, h, top = sheet.width, sheet.height, stage.horizon + 24
    tone = sheet.light.on(colour or "#b49b78", named=bool(colour))
    fill = sheet.gradient((0, colours.mix(tone, sheet.light.haze, 0.4), 1), (1, tone, 1))
    return (
        f'<path d="M{w * 0.53:.0f} {top:.0f}Q{w * 0.62:.0f} {top + (h - top) * 0.3:.0f} '
        f"{w * 0.48:.0f} {top + (h - top) * 0.5:.0f}Q{w * 0.3:.0f} {h * 0.88:.0f} "
        f"{w * 0.26:.0f} {h:.0f}"
        f"H{w * 0.72:.0f}Q{w * 0.6:.0f} {h * 0.86:.0f} {w * 0.62:.0f} "
        f"{top + (h - top) * 0.46:.0f}Q{w * 0.66:.0f} {top + (h - top) * 0.28:.0f} "
        f'{w * 0.545:.0f} {top:.0f}Z" fill="{fill}"/>'
    )


def headland(
    sheet: Sheet, x: float, foot: float, colour: str | None, *, tall: float, scene: Scene | None = None
) -> str:
    """Rock to stand on: its flat top is at `foot`, around `x`."""
    light, half = sheet.light, sheet.width * 0.24
    low = foot + (70 + 150 * tall) * min(1.0, sheet.width / 900)
    rock = light.on(colour or "#6a6663", depth=0.08, named=bool(colour))
    fill = sheet.gradient((0, colours.shade(rock, 0.12), 1), (1, colours.shade(rock, -0.35), 1))
    top = light.on(terrain.GROUND[scene.season] if scene else "#7a756b", depth=0.05)
    outline = (
        f"M{x - half * 1.25:.0f} {low:.0f}L{x - half * 1.05:.0f} "
        f"{foot + (low - foot) * 0.5:.0f} {x - half * 0.86:.0f} {foot + 14:.0f}Q{x:.0f} "
        f"{foot - 14:.0f} {x + half * 0.9:.0f} {foot + 12:.0f}"
        f"L{x + half * 1.1:.0f} {foot + (low - foot) * 0.4:.0f} {x + half * 1.3:.0f} {low:.0f}Z"
    )
    turf = (
        f"M{x - half * 0.9:.0f} {foot + 18:.0f}Q{x:.0f} {foot - 20:.0f} {x + half * 0.94:.0f} "
        f"{foot + 16:.0f}Q{x + half * 0.5:.0f} {foot + 38:.0f} {x + half * 0.2:.0f} "
        f"{foot + 24:.0f}Q{x - half * 0.3:.0f} {foot + 44:.0f} {x - half * 0.9:.0f} "
        f"{foot + 18:.0f}Z"
    )
    cracks = "".join(
        f'<path d="M{x + dx * half:.0f} {foot + 34:.0f}l{8 + 14 * dx:.0f} '
        f'{(low - foot) * 0.34:.0f} -12 {(low - foot) * 0.3:.0f}" fill="none" '
        f'stroke="{colours.shade(rock, -0.4)}" stroke-width="4" opacity=".4"/>'
        for dx in (-0.7, -0.35, 0.05, 0.4, 0.75)
    )
    foam = (
        f'<ellipse cx="{x:.0f}" cy="{low:.0f}" rx="{half * 1.4:.0f}" ry="9" fill="#ffffff" opacity=".35"/>'
        if scene
        else ""
    )
    return f'{foam}<path d="{outline}" fill="{fill}"/>{cracks}<path d="{turf}" fill="{top}"/>'


def tufts(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    """Small growth on the near land, so that it is not bare."""
    colour, named = terrain.ground_colour(scene)
    tone = sheet.light.on(colour, named=named)
    chance = sheet.chance("tufts")
    parts = []
    for _ in range(70):
        share = chance.random() ** 0.7
        x, y = chance.uniform(0, sheet.width), stage.horizon + 50 + share * (sheet.height - stage.horizon - 40)
        size = 5 + 13 * share
        blades = (
            f"M{x:.0f} {y:.0f}q{-size * 0.3:.1f} {-size * 0.7:.1f} {-size * 0.7:.1f} "
            f"{-size:.1f}M{x:.0f} {y:.0f}v{-size * 1.3:.1f}M{x:.0f} {y:.0f}q{size * 0.3:.1f} "
            f"{-size * 0.7:.1f} {size * 0.8:.1f} {-size * 0.9:.1f}"
        )
        dark = colours.shade(tone, chance.choice((-0.3, -0.18, 0.22)))
        parts.append(
            f'<path d="{blades}" fill="none" stroke="{dark}" stroke-width="{1.4 + 1.6 * share:.1f}" '
            f'stroke-linecap="round" opacity=".7"/>'
        )
    return "".join(parts)

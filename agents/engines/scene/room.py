"""Indoors: a wall, a window with the world outside, and a table top."""

from agents.engines.scene import colours
from agents.engines.scene.parse import Scene
from agents.engines.scene.pen import Sheet
from agents.engines.scene.stage import Stage

WALLS = {"spring": "#dfe6d6", "summer": "#d3e2e6", "autumn": "#e6d3bd", "winter": "#d5dbe6"}


def draw_room(sheet: Sheet, scene: Scene, stage: Stage, view: Sheet | None) -> str:
    w, h, light = sheet.width, sheet.height, sheet.light
    asked = scene.colour("room") or (scene.palette[0] if scene.palette else None)
    wall = light.on(asked or WALLS[scene.season], named=light.dark)
    table = light.on("#96633d", named=True)
    wall_fill = sheet.gradient((0, colours.shade(wall, 0.1), 1), (1, colours.shade(wall, -0.12), 1))
    table_fill = sheet.gradient((0, colours.shade(table, 0.16), 1), (1, colours.shade(table, -0.3), 1))
    top = stage.land[0] - 46
    lines = "".join(
        f'<path d="M0 {top + 30 + at * 38:.0f}Q{w * 0.5:.0f} {top + 20 + at * 40:.0f} {w:g} '
        f'{top + 34 + at * 38:.0f}" fill="none" stroke="{colours.shade(table, -0.25)}" '
        f'stroke-width="2" opacity=".4"/>'
        for at in range(8)
    )
    return (
        f'<rect width="{w:g}" height="{h:g}" fill="{wall_fill}"/>{_window(sheet, view)}'
        f'<rect y="{top:.0f}" width="{w:g}" height="{h - top:.0f}" fill="{table_fill}"/>{lines}'
        f'<rect y="{top:.0f}" width="{w:g}" height="5" fill="{colours.shade(table, 0.4)}" '
        f'opacity=".7"/>{_lamplight(sheet)}'
    )


def _window(sheet: Sheet, view: Sheet | None) -> str:
    if view is None:
        return ""
    x, y = sheet.width * 0.2, sheet.height * 0.07
    w, h = view.width, view.height
    frame = sheet.light.on("#f3ebdd", named=True)
    clip = sheet.define(f'<clipPath id="{{id}}"><rect width="{w:g}" height="{h:g}"/></clipPath>')
    sheet.definitions.extend(view.definitions)
    bars = f'<path d="M{w / 2:.0f} 0V{h:.0f}M0 {h / 2:.0f}H{w:.0f}" stroke="{frame}" stroke-width="10"/>'
    return (
        f'<g transform="translate({x:.0f} {y:.0f})"><rect x="-16" y="-16" width="{w + 32:.0f}" '
        f'height="{h + 32:.0f}" rx="4" fill="{frame}"/>'
        f'<g clip-path="url(#{clip})">{view.body}</g>{bars}'
        f'<rect x="-34" y="{h + 12:.0f}" width="{w + 68:.0f}" height="18" rx="3" '
        f'fill="{colours.shade(frame, -0.12)}"/></g>'
    )


def _lamplight(sheet: Sheet) -> str:
    if not sheet.light.dark:
        return ""
    glow = sheet.radial((0, "#ffcf87", 0.45), (1, "#ffcf87", 0))
    return (
        f'<ellipse cx="{sheet.width / 2:.0f}" cy="{sheet.height * 0.8:.0f}" '
        f'rx="{sheet.width * 0.62:.0f}" ry="{sheet.height * 0.4:.0f}" fill="{glow}"/>'
    )

"""The scenery of each setting, up to where the things stand."""

from collections.abc import Callable
from math import sin

from agents.engines.scene import colours, elsewhere, landmarks, sky, terrain, water
from agents.engines.scene.parse import TREES, Item, Scene
from agents.engines.scene.pen import Sheet
from agents.engines.scene.sprites import Place
from agents.engines.scene.sprites import draw as draw_sprite
from agents.engines.scene.stage import Stage


def draw_backdrop(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    return SETTINGS.get(stage.setting, _open_land)(sheet, scene, stage)


def _far(sheet: Sheet, scene: Scene, stage: Stage, *, hills: float = 1.0) -> str:
    """Sky and all that stands at the horizon: what water mirrors."""
    parts = [sky.draw_sky(sheet, scene, stage.horizon)]
    if scene.has("mountain"):
        colour = scene.colour("mountain")
        snow = scene.season == "winter" or (colour is None and scene.season != "autumn")
        parts.append(terrain.mountains(sheet, stage.horizon, colour or terrain.ROCK, named=bool(colour), snow=snow))
    if scene.has("volcano"):
        parts.append(terrain.volcano(sheet, stage.horizon, scene.colour("volcano")))
    if hills:
        colour = scene.colour("hill")
        tall = hills * (1.7 if scene.has("hill") else 0.6 if scene.has("mountain", "volcano") else 1.0)
        parts.append(
            terrain.hills(sheet, stage.horizon, colour or terrain.HILLS[scene.season], named=bool(colour), tall=tall)
        )
    if scene.has("city"):
        parts.append(terrain.city(sheet, stage.horizon, scene.colour("city")))
    if scene.has("waterfall"):
        parts.append(landmarks.waterfall(sheet, stage, scene.colour("waterfall")))
    if scene.has("forest"):
        parts.append(_forest(sheet, scene, stage.horizon + 14, far=True))
    return f'<g id="far">{"".join(parts)}</g>'


def _forest(sheet: Sheet, scene: Scene, foot: float, *, far: bool) -> str:
    chance = sheet.chance(f"forest {far}")
    kinds = ("pine", "pine", "tree") if scene.season != "autumn" else ("tree", "birch", "pine")
    parts = []
    rows = ((0.62, 110, 26), (0.45, 150, 20), (0.28, 190, 15)) if far else ((0.1, 300, 10),)
    for depth, tall, count in rows:
        for at in range(count):
            x = sheet.width * (at + chance.uniform(0, 1)) / count
            kind = chance.choice(kinds)
            item = Item(kind, colours=[c] if (c := scene.colour("forest")) else [])
            height = tall * chance.uniform(0.75, 1.2)
            parts.append(draw_sprite(sheet, Place(item, at, x, foot + (1 - depth) * 34, height, depth), scene.season))
    return "".join(parts)


def _open_land(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    colour, named = terrain.ground_colour(scene)
    near = terrain.ground(sheet, stage.horizon + 18, colour, named=named)
    parts = [_far(sheet, scene, stage)]
    if stage.perch:
        parts.append(terrain.ground(sheet, stage.horizon + 10, colour, named=named, steps=1))
        parts.append(landmarks.headland(sheet, *stage.perch, scene.colour("cliff"), tall=1.6, scene=scene))
        near = terrain.ground(sheet, stage.horizon + 150, colour, named=named)
    parts.append(near)
    if scene.has("street"):
        parts.append(landmarks.road(sheet, stage, scene.colour("street")))
    return "".join([*parts, _copse(sheet, scene, stage.horizon + 34), landmarks.tufts(sheet, scene, stage)])


def _copse(sheet: Sheet, scene: Scene, foot: float) -> str:
    """A few far trees, where the words leave the land open."""
    if scene.has("forest", "desert", "wheat", *TREES) or scene.season == "winter":
        return ""
    chance = sheet.chance("copse")
    parts = []
    for _ in range(3):
        x = chance.uniform(0, sheet.width)
        for at in range(chance.randint(2, 5)):
            kind = Item(chance.choice(("tree", "pine")))
            x += chance.uniform(18, 46)
            place = Place(kind, at, x, foot + chance.uniform(-6, 16), chance.uniform(44, 82), 0.5)
            parts.append(draw_sprite(sheet, place, scene.season))
    return "".join(parts)


def _desert(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    colour = scene.colour("desert")
    return _far(sheet, scene, stage, hills=0) + terrain.dunes(
        sheet, stage.horizon, colour or "#dfae68", named=bool(colour)
    )


def _sun(sheet: Sheet, scene: Scene, stage: Stage) -> tuple[float, float] | None:
    hidden = scene.weather & {"rain", "storm", "overcast"} and not scene.has("moon", "sun")
    return None if hidden else sky.light_at(sheet, stage.horizon)


def _sea(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    far = _far(sheet, scene, stage, hills=0.45 if scene.has("hill", "forest", "mountain") else 0)
    parts = [far, water.surface(sheet, stage.horizon, water.colour_of(scene), _sun(sheet, scene, stage), sea=True)]
    if stage.perch:
        x, foot = stage.perch
        colour = scene.colour("island") or scene.colour("cliff")
        parts.append(landmarks.headland(sheet, x, foot, colour, tall=1.0 if scene.has("cliff") else 0.35, scene=scene))
    if stage.shore:
        parts.append(_bank(sheet, scene, stage.shore))
    return "".join(parts)


def _bank(sheet: Sheet, scene: Scene, top: float, *, sand: bool = False) -> str:
    colour, named = terrain.ground_colour(scene)
    if sand:
        asked = scene.colour("beach")
        colour, named = asked or terrain.SAND, bool(asked)
    foam = [(sheet.width * at / 50, top - 9 + 7 * sin(at / 2.3) + 4 * sin(at / 1.1)) for at in range(51)]
    surf = terrain.land(foam, top + 40, sheet.light.on("#ffffff")) if sand else ""
    return f'<g opacity=".7">{surf}</g>' + terrain.ground(sheet, top, colour, named=named, steps=2 if sand else 1)


def _beach(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    far = _far(sheet, scene, stage, hills=0.45 if scene.has("hill", "forest", "mountain") else 0)
    sea = water.surface(sheet, stage.horizon, water.colour_of(scene), _sun(sheet, scene, stage), sea=True)
    return far + sea + _bank(sheet, scene, stage.shore or stage.land[0], sand=True)


def _lake(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    far = _far(sheet, scene, stage)
    lake = water.surface(sheet, stage.horizon, water.colour_of(scene), _sun(sheet, scene, stage), sea=False)
    return far + lake + _bank(sheet, scene, stage.shore or stage.land[0])


def _river(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    colour, named = terrain.ground_colour(scene)
    near = terrain.ground(sheet, stage.horizon + 14, colour, named=named)
    return _far(sheet, scene, stage) + near + water.river(sheet, stage.horizon + 22, water.colour_of(scene))


def _city(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    far = _far(sheet, scene, stage, hills=0.4)
    if stage.water:
        parts = [
            far,
            water.surface(sheet, stage.horizon + 20, water.colour_of(scene), _sun(sheet, scene, stage), sea=False),
        ]
        if stage.shore:
            parts.append(_bank(sheet, scene, stage.shore))
        return "".join(parts)
    tone = sheet.light.on(scene.colour("street") or "#6f747c", named=scene.colour("street") is not None)
    fill = sheet.gradient((0, colours.shade(tone, 0.15), 1), (1, colours.shade(tone, -0.25), 1))
    w, h, top = sheet.width, sheet.height, stage.horizon + 20
    dashes = "".join(
        f'<rect x="{at * w / 6 + 20:.0f}" y="{top + (h - top) * 0.55:.0f}" width="{w / 11:.0f}" '
        f'height="7" rx="3" fill="{colours.shade(tone, 0.5)}" opacity=".7"/>'
        for at in range(6)
    )
    kerb = f'<rect y="{top:.0f}" width="{w:g}" height="12" fill="{colours.shade(tone, 0.35)}"/>'
    return f'{far}<rect y="{top:.0f}" width="{w:g}" height="{h - top:.0f}" fill="{fill}"/>{kerb}{dashes}'


SETTINGS: dict[str, Callable[[Sheet, Scene, Stage], str]] = {
    "land": _open_land,
    "desert": _desert,
    "sea": _sea,
    "beach": _beach,
    "lake": _lake,
    "river": _river,
    "city": _city,
    "space": elsewhere.space,
    "underwater": elsewhere.underwater,
    "pond": elsewhere.pond,
}

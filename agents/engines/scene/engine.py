"""The scene engine: words in, picture out. Drawn as vectors by resvg, finished as pixels."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

import resvg_py
from PIL import Image

from agents.engines.scene import finish, room
from agents.engines.scene.backdrop import draw_backdrop
from agents.engines.scene.layout import CARPET, Layout
from agents.engines.scene.light import light_for
from agents.engines.scene.parse import KINDS, Item, Scene, parse
from agents.engines.scene.pen import Sheet
from agents.engines.scene.sprites import Place
from agents.engines.scene.sprites import draw as draw_sprite
from agents.engines.scene.stage import Stage, stage_for
from agents.engines.scene.weather import draw_fog, draw_weather

ENGINE = "Avatar G illustrative scenes (procedural)"
SIDE = 1024
SHAPES = {"square": (1.0, 1.0), "wide": (1.3125, 0.75), "tall": (0.75, 1.3125)}
Report = Callable[[int, str], None]


@dataclass(frozen=True)
class Picture:
    image: Image.Image
    scene: Scene
    setting: str


def size_of(shape: str, side: int = SIDE) -> tuple[int, int]:
    across, down = SHAPES[shape]
    return round(side * across), round(side * down)


def draw(prompt: str, *, seed: int, style: str, shape: str, report: Report, side: int = SIDE) -> Picture:
    report(5, "Reading the words")
    scene = parse(prompt, seed)
    width, height = size_of(shape, side)
    unit = 1000 / side
    report(15, "Setting the scene")
    markup, setting = markup_of(scene, width * unit, height * unit, seed)
    report(40, "Painting the picture")
    png = resvg_py.svg_to_bytes(svg_string=markup, width=width, height=height, skip_system_fonts=True)
    image = Image.open(BytesIO(bytes(png))).convert("RGB").crop((0, 0, width, height))
    report(65, "Finishing in the chosen style")
    return Picture(finish.STYLES[style](image, seed), scene, setting)


def markup_of(scene: Scene, width: float, height: float, seed: int) -> tuple[str, str]:
    stage = stage_for(scene, width, height)
    light = light_for(scene.time, scene.weather, scene.sky, scene.palette)
    sheet = Sheet(light, width, height, seed)
    if stage.setting == "room":
        body = room.draw_room(sheet, scene, stage, _window(scene, width, height, seed))
    else:
        body = draw_backdrop(sheet, scene, stage)
        if "fog" in scene.weather:
            body += draw_fog(sheet, stage.horizon)
    body += _things(sheet, scene, stage)
    if stage.setting not in {"room", "space", "underwater", "pond"}:
        body += draw_weather(sheet, scene, stage.horizon)
    return _document(sheet, body), stage.setting


def _document(sheet: Sheet, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:g} {sheet.height:g}">'
        f"<defs>{''.join(sheet.definitions)}</defs>{body}</svg>"
    )


def _window(scene: Scene, width: float, height: float, seed: int) -> Sheet | None:
    """The view out of a room's window: the same hour and weather, and whatever belongs outdoors."""
    outside = [
        item
        for item in scene.items
        if KINDS[item.kind].place in {"scenery", "sky", "air", "water"} and item.kind != "room"
    ]
    view = replace(scene, items=outside)
    stage = stage_for(view, width * 0.6, height * 0.6)
    sheet = Sheet(light_for(scene.time, scene.weather, scene.sky, ()), width * 0.6, height * 0.6, seed)
    sheet.prefix = "w"
    sheet.body = (
        draw_backdrop(sheet, view, stage) + _things(sheet, view, stage) + draw_weather(sheet, view, stage.horizon)
    )
    return sheet


def _things(sheet: Sheet, scene: Scene, stage: Stage) -> str:
    inside = stage.setting == "room"
    seen = [item for item in scene.items if not inside or item.place in {"land", "table", "deep"}]
    if inside:
        seen = _arranged(seen)
    places = Layout(sheet, replace(scene, items=seen), stage).places()
    return "".join(_stood(sheet, place, scene, stage) for place in places)


def _arranged(items: list[Item]) -> list[Item]:
    """Flowers go into the vase where there is one; else a few stand by themselves."""
    flowers = [item for item in items if item.kind in CARPET]
    vase = next((item for item in items if item.kind == "vase"), None)
    if vase is None:
        return [replace(item, count=min(item.count, 3)) if item in flowers else item for item in items]
    petals = next((item.colours[0] for item in flowers if item.colours), vase.trim)
    return [replace(vase, trim=petals) if item is vase else item for item in items if item not in flowers]


def _stood(sheet: Sheet, place: Place, scene: Scene, stage: Stage) -> str:
    """A thing with its shadow on land or its mirror image in water."""
    if place.item.kind in {"firefly"}:
        return ""
    drawn = draw_sprite(sheet, place, scene.season)
    where = place.item.place
    if where in {"land", "table"} and place.item.count <= 12:
        wide = place.height * 0.42
        shadow = sheet.radial((0, "#0a0d20", 0.36), (1, "#0a0d20", 0))
        return (
            f'<ellipse cx="{place.x:.0f}" cy="{place.y:.0f}" rx="{wide:.0f}" ry="{wide * 0.16:.0f}" '
            f'fill="{shadow}"/>{drawn}'
        )
    if where == "water" and stage.setting not in {"pond", "underwater", "space"}:
        mirrored = (
            f'<g opacity=".2" transform="translate(0 {2 * place.y + place.height * 0.04:.1f}) scale(1 -1)">{drawn}</g>'
        )
        return mirrored + drawn
    return drawn


def shown(picture: Picture) -> list[str]:
    """What of the words is in the picture, in the words' order."""
    likeness = {kind: word for word, kind in picture.scene.likeness.items()}
    return list(dict.fromkeys(likeness.get(item.kind, item.kind) for item in picture.scene.items))

"""One thing as SVG: its art or growth, in the colours asked for, set where it stands."""

from dataclasses import dataclass

from agents.engines.scene import (
    art_animals,
    art_buildings,
    art_light,
    art_people,
    art_street,
    art_things,
    art_travel,
    art_wild,
    colours,
)
from agents.engines.scene.growth import GROWTH
from agents.engines.scene.parse import Item
from agents.engines.scene.pen import Pen, Sheet

ART = (
    art_buildings.ART
    | art_street.ART
    | art_light.ART
    | art_animals.ART
    | art_wild.ART
    | art_travel.ART
    | art_people.ART
    | art_things.ART
)
FLOWERS = ("#e2557a", "#f4c63a", "#f7f1ea", "#b36bd0", "#ee7a3f")
VARIED = {"house", "flower", "balloon", "tulip", "fish", "stall", "umbrella", "coral", "kite", "butterfly"}
TRIMMED_PINE = "#f4f8fc"


@dataclass
class Place:
    """Where one thing stands: its feet, its height in units, and how far away it is (0 near, 1 the horizon)."""

    item: Item
    index: int
    x: float
    y: float
    height: float
    depth: float = 0.0
    flip: bool = False


def draw(sheet: Sheet, place: Place, season: str) -> str:
    pen = _pen(sheet, place, season)
    kind = place.item.kind
    grow = GROWTH[kind][2] if kind in GROWTH else None
    body = grow(pen, sheet.chance(f"{kind}{place.index}")) if grow else pen.draw(ART[kind][2])
    scale = place.height / 100
    mirror = -scale if place.flip else scale
    return f'<g transform="translate({place.x:.1f} {place.y:.1f}) scale({mirror:.4f} {scale:.4f})">{body}</g>'


def _pen(sheet: Sheet, place: Place, season: str) -> Pen:
    item, kind = place.item, place.item.kind
    main, trim = GROWTH[kind][:2] if kind in GROWTH else ART[kind][:2]
    named = bool(item.colours) or item.many_coloured
    if item.many_coloured:
        main = colours.MANY[place.index % len(colours.MANY)]
        trim = colours.MANY[(place.index + 3) % len(colours.MANY)] if item.trim is None else item.trim
    elif item.colours:
        main, trim = _asked(item, main, trim)
    else:
        main = _seasonal(kind, main, season, place.index)
        if kind in VARIED and item.count > 1:
            main = _varied(sheet, kind, main, place.index)
    if kind == "pine" and season == "winter":
        trim = TRIMMED_PINE
    return Pen(sheet, main, item.trim or trim, depth=place.depth, named=named, trim_named=bool(item.trim))


def _asked(item: Item, main: str, trim: str) -> tuple[str, str]:
    """The first colour is the thing's, the second its trim's; a trim too like the new colour gives way."""
    main = item.colours[0]
    if len(item.colours) > 1:
        return main, item.colours[1]
    distance = sum(abs(a - b) for a, b in zip(colours.rgb_of(main), colours.rgb_of(trim), strict=True))
    if distance < 0.35:
        trim = colours.shade(main, 0.7 if colours.luminance(main) < 0.6 else -0.45)
    return main, trim


def _seasonal(kind: str, main: str, season: str, index: int) -> str:
    if kind in {"tree", "birch"} and season == "autumn":
        return ("#d9762b", "#c2452d", "#e0a33a", "#b5562f")[index % 4]
    if kind in {"tree", "birch"} and season == "winter":
        return ("#dfe8ee", "#cfdbe4")[index % 2]
    if kind == "tree":
        return ("#4f8f4a", "#5f9d4c", "#3f8550")[index % 3]
    return main


def _varied(sheet: Sheet, kind: str, main: str, index: int) -> str:
    if kind == "flower":
        return FLOWERS[index % len(FLOWERS)]
    if kind == "house":
        return ("#efdcc0", "#e8c9b0", "#dcd6c4", "#cfdde0", "#f0d4c4")[index % 5]
    return colours.MANY[(index + sheet.seed) % len(colours.MANY)] if index else main

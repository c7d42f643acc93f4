"""Lines for a story that is of somebody, or of a place, named in the subject: in the past, for one and for many."""

import re
from random import Random

from agents.engines.scene import lexicon, lexicon_land, parse

LIVING = {**lexicon_land.ANIMALS, **lexicon_land.PEOPLE, **lexicon.DEEP}
LIVING |= {name: lexicon.AIR[name] for name in ("bird", "eagle", "butterfly", "bee", "dragon", "owl")}
LIVING |= {name: lexicon.WATER[name] for name in ("swan", "duck", "whale", "dolphin", "shark")}
SWIMS = {*lexicon.DEEP, "whale", "dolphin", "shark"}
WALKING = (
    "Before sunrise the {hero} set out.",
    "The path led through the forest and over a small bridge.",
    "By a quiet lake the {hero} stopped and listened.",
    "Behind the mountain dark clouds were waiting.",
    "Nobody had told the {hero} how far it would be.",
    "On the last hill the {hero} turned around once more.",
    "That night the {hero} slept under a thousand stars.",
)
SWIMMING = (
    "At first light the {hero} rose to the waves.",
    "Far below, the coral glowed in every colour.",
    "A small boat passed and did not notice the {hero}.",
    "Then the sea went quiet, and the {hero} went deeper.",
    "In the evening the moon drew a road across the water.",
    "By morning the {hero} had crossed the whole bay.",
)
STANDING = (
    "In the morning mist the {hero} could hardly be seen.",
    "Then the sun came over the hills and touched the {hero}.",
    "Birds crossed the sky, and nobody counted the hours.",
    "Rain came and went; the {hero} had seen worse.",
    "At sunset everything around the {hero} turned to gold.",
    "At night only the stars kept the {hero} company.",
)
STANDS = {
    *lexicon_land.BUILDINGS,
    *lexicon_land.PLANTS,
    "sea",
    "lake",
    "river",
    "forest",
    "mountain",
    "beach",
    "city",
    "desert",
    "island",
    "volcano",
    "waterfall",
}


def hero_of(subject: str) -> tuple[str, str]:
    """The first thing of the subject that can be drawn and followed, in the goal's own word; and how it moves."""
    head = re.split(r"\b(?:that|who|which|for|with|of)\b", subject)[0]
    items = parse.parse(head, 0).items
    item = next((one for one in items if one.kind in LIVING), None) or next(
        (one for one in items if one.kind in STANDS), None
    )
    if item is None or not re.search(rf"\b{re.escape(item.word)}\b", subject, re.IGNORECASE):
        return "", ""
    if item.kind in SWIMS:
        return item.word, "swims"
    return item.word, "walks" if item.kind in LIVING else "stands"


def lines_for(subject: str, chance: Random) -> tuple[str, ...]:
    """None where the subject names nobody and nothing that can be drawn."""
    hero, moves = hero_of(subject)
    if not hero:
        return ()
    told = {"walks": WALKING, "swims": SWIMMING, "stands": STANDING}[moves]
    dropped = chance.randrange(1, len(told))
    return tuple(line.format(hero=hero) for at, line in enumerate(told) if at != dropped)

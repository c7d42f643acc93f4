"""What a description says about an avatar: traits, colours of parts, and the style it suggests."""

import re
from dataclasses import dataclass, field

from agents.engines.scene import colours

TRAITS = {
    "smile": "smile smiling smiley smiles happy cheerful friendly joyful kind warm grinning",
    "laugh": "laugh laughing laughs grin excited ecstatic",
    "sad": "sad unhappy crying melancholy gloomy upset",
    "angry": "angry mad furious grumpy fierce evil villain",
    "calm": "calm serious neutral stern thoughtful serene quiet professional confident",
    "surprised": "surprised shocked amazed astonished",
    "asleep": "asleep sleepy sleeping tired dreaming",
    "wink": "wink winking cheeky playful",
    "glasses": "glasses spectacles eyeglasses nerd nerdy geek bespectacled librarian",
    "sunglasses": "sunglasses shades cool",
    "eyepatch": "eyepatch pirate",
    "mask": "mask masked surgeon nurse",
    "beard": "beard bearded wizard viking lumberjack santa",
    "moustache": "moustache mustache",
    "freckles": "freckles freckled",
    "earrings": "earring earrings",
    "flowers": "flower flowers",
    "hat": "hat cap beanie helmet hatted",
    "headscarf": "hijab headscarf",
    "turban": "turban",
    "crown": "crown king queen prince princess royal",
    "horns": "horn horns horned devil demon dragon",
    "antenna": "antenna antennae antennas alien",
    "heart": "heart hearts",
    "cyclops": "cyclops one-eyed one-eyes",
    "ears": "cat bunny rabbit bear mouse kitten",
    "spots": "spots spotted dots dotted",
    "stripes": "stripes striped stripy",
    "long": "long long-haired",
    "short": "short short-haired buzzcut cropped",
    "curly": "curly curls wavy",
    "bun": "bun topknot",
    "buns": "buns",
    "ponytail": "ponytail",
    "braids": "braid braids braided pigtails dreadlocks cornrows dreads",
    "spiky": "spiky spikes punk",
    "mohawk": "mohawk",
    "afro": "afro",
    "bob": "bob",
    "bald": "bald shaved hairless",
    "suit": "suit tie businessman businesswoman lawyer banker",
    "dress": "dress gown",
    "hoodie": "hoodie",
}
STYLE_WORDS = {
    "robot": "robot robots bot android cyborg droid mech machine",
    "creature": (
        "monster creature alien critter dragon ghost animal blob cyclops beast demon devil cat bunny rabbit bear "
        "frog fox dog mouse kitten puppy"
    ),
    "pixel": "pixel pixels pixelated 8-bit 8bit retro arcade",
    "block": "voxel block blocky blocks cube 3d minecraft toy lego",
    "peep": "peep peeps sketch comic hand-drawn hijab turban headscarf",
    "portrait": "portrait manga anime line-art lorelei",
}
PARTS = {
    "hair": "hair haired hairs curls bun buns ponytail braids braid mohawk afro bob beard bearded moustache locks",
    "skin": "skin skinned face body fur furred complexion",
    "clothes": "shirt t-shirt tshirt tee jacket sweater jumper hoodie suit dress clothes coat blouse top uniform scarf",
    "background": "background backdrop behind wall sky",
    "hat": "hat cap beanie helmet turban headscarf hijab",
    "glasses": "glasses sunglasses spectacles",
    "eyes": "eyes eye eyed",
}
HAIR_WORDS = {
    "blonde": "#e3bf6f", "blond": "#e3bf6f", "redhead": "#b5472a", "redheaded": "#b5472a", "ginger": "#c1572b",
    "brunette": "#5d3a24", "old": "#c9ccd1", "elderly": "#c9ccd1", "grandmother": "#c9ccd1",
    "grandfather": "#c9ccd1", "grandpa": "#c9ccd1", "grandma": "#c9ccd1", "wizard": "#dcdfe3", "santa": "#f2f2f0",
}  # fmt: skip
HAIR = {
    "black": "#24211f", "brown": "#5d3a24", "blond": "#e3bf6f", "blonde": "#e3bf6f", "red": "#b5472a",
    "grey": "#a9adb3", "gray": "#a9adb3", "white": "#eceae4", "auburn": "#7d3522", "ginger": "#c1572b",
    "silver": "#c4c9cf", "orange": "#dd6d2c",
}  # fmt: skip
SKIN = {
    "light": "#f8d9bd", "pale": "#fae3d0", "fair": "#f3cda6", "tan": "#dba476", "tanned": "#d79d6d",
    "olive": "#c99a6b", "brown": "#a5693f", "dark": "#71452b", "black": "#5a3524", "ebony": "#4d2d20",
}  # fmt: skip
LONG_HAIR = {"woman", "girl", "lady", "mother", "queen", "princess", "witch", "mermaid"}
SHORT_HAIR = {"man", "boy", "gentleman", "father", "king", "prince", "soldier", "businessman"}
WORDS = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")


@dataclass
class Description:
    """What was read out of the words; `style` is None where they suggest none, `implied` traits go without saying."""

    traits: list[str] = field(default_factory=list)
    colours: dict[str, str] = field(default_factory=dict)
    style: str | None = None
    implied: set[str] = field(default_factory=set)


def read(text: str) -> Description:
    words = WORDS.findall(text.lower().replace("one eye", "one-eyed"))
    found = Description(style=_style_of(words))
    for trait, triggers in TRAITS.items():
        wanted = set(triggers.split())
        if any(word in wanted and not _negated(words, at) for at, word in enumerate(words)):
            found.traits.append(trait)
    _add_hair_length(words, found)
    for at in range(len(words)):
        _read_colour(words, at, found)
    return found


def _style_of(words: list[str]) -> str | None:
    for style, triggers in STYLE_WORDS.items():
        if set(triggers.split()) & set(words):
            return style
    return None


def _negated(words: list[str], at: int) -> bool:
    return bool({"no", "without", "not"} & set(words[max(0, at - 2) : at]))


def _add_hair_length(words: list[str], found: Description) -> None:
    cuts = {"long", "short", "curly", "bun", "buns", "ponytail", "braids", "spiky", "mohawk", "afro", "bob", "bald"}
    if (cuts | {"headscarf", "turban"}) & set(found.traits):
        return
    if LONG_HAIR & set(words):
        found.implied.add("long")
    elif SHORT_HAIR & set(words) or {"beard", "moustache"} & set(found.traits):
        found.implied.add("short")
    found.traits.extend(found.implied)


def _read_colour(words: list[str], at: int, found: Description) -> None:
    word, before = words[at], words[at - 1] if at else ""
    if word in HAIR_WORDS:
        found.colours.setdefault("hair", HAIR_WORDS[word])
    part = _part_after(words, at)
    if part == "skin" and word in SKIN:
        found.colours["skin"] = SKIN[word]
        return
    colour, part = _coloured_part(word, before, part)
    if colour is None:
        return
    if part == "hair":
        colour = HAIR.get(word, colour)
    found.colours.setdefault(part or "any", colour)


def _coloured_part(word: str, before: str, part: str | None) -> tuple[str | None, str | None]:
    """`red-haired` names colour and part at once."""
    head, _, tail = word.partition("-")
    own = next((name for name, nouns in PARTS.items() if tail and tail in nouns.split()), None)
    if own:
        return (HAIR.get(head) if own == "hair" else None) or colours.colour_of(head), own
    if part == "hair" and word in HAIR:
        return HAIR[word], part
    return colours.colour_of(word, before), part


def _part_after(words: list[str], at: int) -> str | None:
    for word in words[at + 1 : at + 4]:
        for part, nouns in PARTS.items():
            if word in nouns.split():
                return part
        if colours.colour_of(word) or word in {"with", "and", "in", "on", "wearing"}:
            return None
    return None

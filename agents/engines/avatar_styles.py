"""Which parts of a DiceBear style draw which trait. Every style here is CC0 1.0."""

from dataclasses import dataclass, field

Options = dict[str, object]


@dataclass(frozen=True)
class AvatarStyle:
    """One style: its DiceBear file, and its options for each trait that it can draw."""

    source: str
    label: str
    author: str
    traits: dict[str, Options]
    hair: tuple[str, ...] = ()
    skin: tuple[str, ...] = ()
    clothes: tuple[str, ...] = ()
    hat: tuple[str, ...] = ()
    base: Options = field(default_factory=dict)


def _numbered(prefix: str, *numbers: int) -> list[str]:
    return [f"{prefix}{n:02}" for n in numbers]


def _always(part: str, *variants: str) -> Options:
    return {f"{part}Variant": list(variants), f"{part}Probability": 100}


def _never(part: str) -> Options:
    return {f"{part}Probability": 0}


PORTRAIT = AvatarStyle(
    source="lorelei",
    label="Lorelei",
    author="Lisa Wischofsky",
    hair=("hair", "eyebrows"),
    skin=("skin",),
    base={
        **_never("beard"),
        **_never("glasses"),
        **_never("earrings"),
        "hairVariant": _numbered("variant", *[n for n in range(1, 49) if n not in (25, 28, 34, 27)]),
        "eyesVariant": _numbered("variant", 2, 4, 5, 6, 8, 10, 11, 14, 16, 18, 20, 24),
        "mouthVariant": _numbered("happy", 1, 2, 3, 5, 6),
        "mouthColor": ["#8a3a35"],
    },
    traits={
        "smile": {"mouthVariant": _numbered("happy", 1, 5, 6)},
        "laugh": {"mouthVariant": _numbered("happy", 7, 5, 16)},
        "sad": {"mouthVariant": _numbered("sad", 2, 3, 4, 5)},
        "angry": {"mouthVariant": _numbered("sad", 3, 6), "eyebrowsVariant": _numbered("variant", 10, 12)},
        "calm": {"mouthVariant": _numbered("happy", 2, 3, 1)},
        "surprised": {"mouthVariant": _numbered("sad", 1)},
        "asleep": {"eyesVariant": _numbered("variant", 1, 19, 22)},
        "wink": {"eyesVariant": _numbered("variant", 17, 9)},
        "glasses": _always("glasses", *_numbered("variant", 1, 3, 4, 5)),
        "sunglasses": _always("glasses", "variant02"),
        "beard": _always("beard", "variant01", "variant02"),
        "freckles": _always("freckles", "variant01"),
        "earrings": _always("earrings", *_numbered("variant", 1, 2, 3)),
        "flowers": _always("hairAccessories", "flowers"),
        "long": {"hairVariant": _numbered("variant", 13, 15, 16, 21, 23, 35, 40)},
        "short": {"hairVariant": _numbered("variant", 1, 2, 3, 4, 8, 9, 12, 47)},
        "curly": {"hairVariant": _numbered("variant", 5, 9, 24, 32, 35, 39)},
        "bun": {"hairVariant": _numbered("variant", 14, 38, 46)},
        "buns": {"hairVariant": ["variant26"]},
        "ponytail": {"hairVariant": _numbered("variant", 31, 36, 41)},
        "spiky": {"hairVariant": _numbered("variant", 4, 20, 27)},
        "mohawk": {"hairVariant": ["variant27"]},
        "afro": {"hairVariant": _numbered("variant", 24, 5)},
        "bob": {"hairVariant": _numbered("variant", 17, 19, 10)},
        "bald": {"hairVariant": _numbered("variant", 25, 28)},
    },
)

PEEP = AvatarStyle(
    source="open-peeps",
    label="Open Peeps",
    author="Pablo Stanley",
    hair=("ink",),
    skin=("skin",),
    clothes=("clothing",),
    base={
        **_never("accessories"),
        **_never("facialHair"),
        **_never("mask"),
        "inkColor": ["#1c1a1f"],
        "expressionVariant": ["smile", "calm", "cute", "lovingGrin1", "smileBig", "driven"],
        "headVariant": [
            *("afro", "bangs", "bangs2", "bun", "bun2", "buns", "cornrows", "dreads1", "flatTop", "long", "longBangs"),
            *("longCurly", "medium1", "medium2", "mediumBangs", "mediumStraight", "pomp", "short1", "short2", "short4"),
        ],
    },
    traits={
        "smile": {"expressionVariant": ["smile", "smileBig", "lovingGrin1"]},
        "laugh": {"expressionVariant": ["smileLOL", "smileBig"]},
        "sad": {"expressionVariant": ["concerned", "tired"]},
        "angry": {"expressionVariant": ["rage", "veryAngry"]},
        "calm": {"expressionVariant": ["calm", "serious", "solemn"]},
        "surprised": {"expressionVariant": ["awe", "fear"]},
        "asleep": {"expressionVariant": ["eyesClosed"]},
        "wink": {"expressionVariant": ["cheeky"]},
        "glasses": _always("accessories", "glasses", "glasses2", "glasses3", "glasses4"),
        "sunglasses": _always("accessories", "sunglasses", "sunglasses2"),
        "eyepatch": _always("accessories", "eyepatch"),
        "mask": _always("mask", "medicalMask"),
        "beard": _always("facialHair", "full", "full2", "full3", "full4"),
        "moustache": _always("facialHair", "moustache1", "moustache2", "moustache4", "moustache9"),
        "hat": {"headVariant": ["hatBeanie", "hatHip"]},
        "headscarf": {"headVariant": ["hijab"]},
        "turban": {"headVariant": ["turban"]},
        "long": {"headVariant": ["long", "longBangs", "mediumStraight"]},
        "short": {"headVariant": ["short1", "short2", "short4", "short5"]},
        "curly": {"headVariant": ["longCurly", "afro", "twists"]},
        "bun": {"headVariant": ["bun", "bun2"]},
        "buns": {"headVariant": ["buns"]},
        "braids": {"headVariant": ["cornrows", "dreads1", "dreads2"]},
        "spiky": {"headVariant": ["mohawk2", "pomp"]},
        "mohawk": {"headVariant": ["mohawk", "mohawk2"]},
        "afro": {"headVariant": ["afro", "longAfro"]},
        "bob": {"headVariant": ["mediumBangs", "mediumBangs2", "bangs"]},
        "bald": {"headVariant": ["noHair1", "noHair2", "noHair3"]},
    },
)

SHORT = [number for number in range(1, 25) if number not in (7, 12, 18, 20, 21, 23)]
"""The others leave the head all but bald."""

PIXEL = AvatarStyle(
    source="pixel-art",
    label="Pixel Art",
    author="DiceBear",
    hair=("hair",),
    skin=("skin",),
    clothes=("clothing",),
    hat=("hat",),
    base={
        **_never("beard"),
        **_never("glasses"),
        **_never("hat"),
        **_never("accessories"),
        "mouthVariant": _numbered("happy", 1, 3, 5, 7, 9),
        "hairVariant": [*_numbered("short", *SHORT), *_numbered("long", *range(1, 22))],
    },
    traits={
        "smile": {"mouthVariant": _numbered("happy", 1, 3, 5, 9)},
        "laugh": {"mouthVariant": _numbered("happy", 7, 11, 13)},
        "sad": {"mouthVariant": _numbered("sad", 1, 3, 5)},
        "angry": {"mouthVariant": _numbered("sad", 6, 8)},
        "surprised": {"mouthVariant": _numbered("sad", 9, 10)},
        "glasses": _always("glasses", *_numbered("light", 1, 2, 3, 5)),
        "sunglasses": _always("glasses", *_numbered("dark", 1, 2, 3, 5)),
        "beard": _always("beard", *_numbered("variant", 1, 4, 5, 7)),
        "moustache": _always("beard", *_numbered("variant", 2, 3)),
        "earrings": _always("accessories", *_numbered("variant", 1, 3)),
        "hat": _always("hat", *_numbered("variant", 1, 2, 3, 5, 7)),
        "long": {"hairVariant": _numbered("long", *range(1, 22))},
        "curly": {"hairVariant": _numbered("long", 5, 12, 19)},
        "bob": {"hairVariant": _numbered("long", 2, 3, 8)},
        "short": {"hairVariant": _numbered("short", *SHORT)},
        "bald": _never("hair"),
    },
)

BLOCK = AvatarStyle(
    source="voxel-art",
    label="Voxel Art",
    author="DiceBear",
    hair=("hair",),
    skin=("skin",),
    clothes=("shirt", "jacket"),
    hat=("hat",),
    base={
        "animationVariant": ["none"],
        **_never("beard"),
        **_never("glasses"),
        "mouthVariant": ["smile", "bigSmile", "smirk", "wideSmile", "grin"],
        "eyesVariant": ["open", "soft", "happy"],
        "topVariant": [
            *("short", "spiky", "bowl", "sideSwept", "curly", "buns", "ponytail", "bob", "shoulderLength"),
            *("longStraight", "longWavy", "partedLong", "braids", "twinTails", "afro"),
        ],
        "topProbability": 100,
    },
    traits={
        "smile": {"mouthVariant": ["smile", "bigSmile", "wideSmile"]},
        "laugh": {"mouthVariant": ["laugh", "grin"], "eyesVariant": ["happy"]},
        "sad": {"mouthVariant": ["frown"]},
        "angry": {"mouthVariant": ["frown"], "eyebrowsVariant": ["angry"], "eyebrowsProbability": 100},
        "calm": {"mouthVariant": ["flat"]},
        "surprised": {"mouthVariant": ["ooh"], "eyesVariant": ["wide"]},
        "asleep": {"eyesVariant": ["closed", "sleepy"]},
        "glasses": _always("glasses", "round", "square", "cat"),
        "sunglasses": _always("glasses", "shades", "visor"),
        "beard": _always("beard", "full"),
        "moustache": _always("beard", "mustache"),
        "freckles": _always("cheeks", "freckles"),
        "hat": {"topVariant": ["cap", "beanie"]},
        "ears": {"topVariant": ["animalEars", "bunnyEars"]},
        "long": {"topVariant": ["longStraight", "longWavy", "partedLong"]},
        "short": {"topVariant": ["short", "bowl", "sideSwept"]},
        "curly": {"topVariant": ["curly"]},
        "bun": {"topVariant": ["buns"]},
        "buns": {"topVariant": ["buns"]},
        "ponytail": {"topVariant": ["ponytail"]},
        "braids": {"topVariant": ["braids", "twinTails"]},
        "spiky": {"topVariant": ["spiky"]},
        "mohawk": {"topVariant": ["mohawk"]},
        "afro": {"topVariant": ["afro"]},
        "bob": {"topVariant": ["bob", "shoulderLength"]},
        "bald": _never("top"),
        "suit": {"outfitVariant": ["suit", "tie"]},
        "dress": {"outfitVariant": ["dress"]},
        "hoodie": {"outfitVariant": ["hoodie"]},
    },
)

ROBOT = AvatarStyle(
    source="voxel-bot",
    label="Voxel Bot",
    author="DiceBear",
    skin=("body",),
    clothes=("body",),
    base={"animationVariant": ["none"]},
    traits={
        "smile": {"mouthVariant": ["smile"], "eyesVariant": ["happy"]},
        "laugh": {"mouthVariant": ["smile"], "eyesVariant": ["happy"]},
        "angry": {"mouthVariant": ["zigzag"], "eyesVariant": ["visor"]},
        "sad": {"mouthVariant": ["line"], "eyesVariant": ["sleepy"]},
        "calm": {"mouthVariant": ["line", "grill"], "eyesVariant": ["round", "square"]},
        "asleep": {"eyesVariant": ["sleepy"]},
        "cyclops": {"eyesVariant": ["cyclops"]},
        "antenna": _always("top", "antenna", "twin"),
        "heart": _always("chest", "heart"),
    },
)

CREATURE = AvatarStyle(
    source="critters",
    label="Critters",
    author="DiceBear",
    skin=("body",),
    clothes=("accent",),
    base={"animationVariant": ["none"]},
    traits={
        "smile": {"mouthVariant": ["smile", "grin", "catMouth"]},
        "laugh": {"mouthVariant": ["laugh"], "eyesVariant": ["happy"]},
        "sad": {"mouthVariant": ["sad", "frown"]},
        "angry": {"mouthVariant": ["zigzag", "teeth"], "eyesVariant": ["angry"]},
        "calm": {"mouthVariant": ["line"]},
        "surprised": {"mouthVariant": ["ooh", "open"], "eyesVariant": ["wide"]},
        "asleep": {"eyesVariant": ["sleepy", "closedLine"]},
        "wink": {"eyesVariant": ["wink"]},
        "cyclops": {"eyesVariant": ["mono"]},
        "horns": _always("top", "horns", "hornsIn"),
        "antenna": _always("top", "antenna", "antennae"),
        "ears": _always("top", "earsRound", "earsPointy", "earsDroop"),
        "crown": _always("top", "crown"),
        "spiky": _always("top", "spikes", "spike"),
        "spots": _always("pattern", "dots", "speckles"),
        "stripes": _always("pattern", "stripes", "bars"),
        "freckles": _always("cheeks", "freckles"),
    },
)

STYLES = {
    "portrait": PORTRAIT,
    "peep": PEEP,
    "pixel": PIXEL,
    "block": BLOCK,
    "robot": ROBOT,
    "creature": CREATURE,
}
MOUTHS = {
    "portrait": ("mouth", ("happy01", "happy05", "sad01")),
    "peep": ("expression", ("smile", "explaining", "smileTeethGap")),
    "pixel": ("mouth", ("sad05", "happy02", "happy01")),
    "block": ("mouth", ("flat", "bigSmile", "ooh")),
    "robot": ("mouth", ("line", "grill", "speaker")),
    "creature": ("mouth", ("line", "ooh", "open")),
}
"""The part of a style that speaks, and how it looks closed, half open and open."""

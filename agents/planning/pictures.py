"""Steps that end in pictures and figures."""

import re

from agents.engines.scene import parse
from agents.planning import lexicon, spotting, writing
from agents.planning.brief import Brief
from agents.planning.draft import Draft, file_of
from agents.planning.reading import Want
from agents.planning.subject import modifiers, phrase
from agents.runners.image_creator import Shape
from agents.runners.video_studio import Aspect

PAINTER = ("image-creator", "generate")
BUILDER = ("avatar-builder", "generate")
SHAPES = {shape: lexicon.listed(words) for shape, words in lexicon.SHAPES.items()}
SHAPE_OF: dict[Aspect, Shape] = {"16:9": "wide", "9:16": "tall", "1:1": "square"}
LIGHTS = ("at sunrise", "in bright daylight", "at sunset", "at night under stars", "in morning mist", "after the rain")
LETTERED = {
    "poster", "flyer", "leaflet", "banner", "card", "greeting card", "invitation", "cover", "album cover", "book cover",
    "cover art", "postcard", "thumbnail", "header",
}  # fmt: skip
PHOTOS = {"photo", "photograph"}
ANIMALS = {
    "fox": "orange", "bear": "brown", "cat": "grey", "frog": "green", "rabbit": "white", "robot": "teal",
    "dragon": "purple",
    "mouse": "pink", "dog": "yellow",
}  # fmt: skip
SUITED = {
    "shop": ("fox", "bear", "cat"), "fitness": ("bear", "dragon", "fox"), "software": ("robot",),
    "mobility": ("robot", "fox"), "space": ("robot",),
    "pets": ("dog", "cat", "rabbit"), "bakery": ("bear", "mouse"), "café": ("bear", "cat"),
    "travel": ("frog", "fox", "bear"),
    "wellness": ("frog", "rabbit"), "event": ("cat", "dragon"), "restaurant": ("mouse", "cat"), "tale": ("dragon",),
}  # fmt: skip
LARGE = ("print", "large format", "high resolution", "billboard", "a1", "a2", "a3", "huge", "enlarged")


def pictures(draft: Draft, brief: Brief, want: Want, *, count: int = 0) -> str:
    """So many pictures, each for itself; the key of the last."""
    count = min(count or want.count, 12)
    if not draft.needs(*PAINTER, "the picture" if count == 1 else "what is to be drawn"):
        return ""
    if draft.room < count:
        draft.leave_out(f"There is room for {draft.room} of the {count} pictures in this plan.")
        count = draft.room
    if want.word in LETTERED:
        draft.leave_out(f"Lettering is not drawn into pictures here: the words on the {want.word} are yours to add.")
    if want.word in PHOTOS:
        draft.leave_out("Photographs are not made here: it is an illustration.")
    what = want.word if want.kind == "picture" and want.word in lexicon.listed(lexicon.NOUNS["picture"]) else "picture"
    reason = f"Draws the {what}." if count == 1 else f"Draws {what} {{number}} of {{count}}."
    keys = many(draft, brief, count, shape_for(brief, want), reason, named=key_of(what), own=phrase(want.rest))
    if spotting.spots(brief.text, {"large": LARGE}) and draft.can("image-creator", "upscale"):
        if draft.room < len(keys):
            draft.leave_out(f"There is room to enlarge {draft.room} of the {len(keys)} pictures in this plan.")
        for key in keys[: draft.room]:
            enlarge(draft, key, f"Makes the {what} twice as large, for print.")
    return keys[-1]


def enlarge(draft: Draft, key: str, reason: str) -> str:
    return draft.add(
        f"{key}-large", "image-creator", "upscale", {"image": file_of(key, "image.png"), "factor": 2}, reason
    )


def key_of(word: str) -> str:
    return "-".join(spotting.tokens(word)) if word.isascii() else "picture"


def many(
    draft: Draft,
    brief: Brief,
    count: int,
    shape: Shape,
    reason: str,
    *,
    named: str = "picture",
    own: str = "",
    telling: bool = False,
) -> list[str]:
    chance = brief.chance("pictures")
    lights = chance.sample(LIGHTS, len(LIGHTS))
    keys = []
    for number in range(count):
        words = shown(brief, own, number if count > 1 else None, lights[number % len(lights)], telling=telling)
        name = named if count == 1 else f"{named}-{number + 1}"
        told = reason.format(number=number + 1, count=count)
        keys.append(
            draft.add(
                name, *PAINTER,
                {
                    "prompt": words, "style": brief.style or "painted", "shape": shape,
                    "seed": brief.seed_for(f"picture {number}"),
                },
                told,
            )
        )  # fmt: skip
    return keys


def shown(brief: Brief, own: str, number: int | None, light: str, *, telling: bool) -> str:
    """What a picture shows: the subject itself where it can be drawn, beside what belongs to its topic."""
    subject = own or brief.subject or brief.name or " ".join(brief.text.split())[:120]
    drawable = bool(parse.parse(subject, 0).items)
    told_of = " ".join(brief.facts) if drawable else brief.text
    around = (
        []
        if brief.topic.trade
        else [item.word for item in parse.parse(told_of, 0).items if item.word not in subject.lower()][:4]
    )
    parts = [subject, *around]
    if number is not None and (telling or not drawable):
        stories = (brief.topic.look, *writing.told(brief)) if brief.topic.trade else writing.told(brief)
        parts.append(stories[number % len(stories)].rstrip("."))
    elif not (drawable or around) or (brief.topic.trade and number is None):
        parts.append(brief.topic.look)
    whole = ", ".join(parts)
    lit = any(word in parse.LOWER_TIMES for word in parse.TOKENS.findall(whole.lower())) or parse.parse(whole, 0).has(
        "moon", "star"
    )
    return (whole if lit else f"{whole}, {light}")[:500]


def shape_for(brief: Brief, want: Want) -> Shape:
    told = spotting.spots(f"{want.before} {want.word} {want.rest}", SHAPES)
    if told:
        return told[-1].value  # type: ignore[return-value]
    return SHAPE_OF[brief.aspect] if brief.aspect and not brief.asks("film", "talk") else "square"


def avatar(draft: Draft, brief: Brief, want: Want, *, number: int = 0) -> str:
    if not draft.needs(*BUILDER, "the figure"):
        return ""
    key = "mascot" if want.word == "mascot" else "avatar"
    words = figure_words(brief, want, number)
    return draft.add(
        key, *BUILDER, {"prompt": words, "seed": brief.seed_for(f"avatar {number}")},
        f"Draws the {want.word if want.kind == 'avatar' else 'figure'}: {words[:120]}.",
    )  # fmt: skip


def figure_words(brief: Brief, want: Want, number: int) -> str:
    """The figure in the goal's words where these tell how it looks, else one that suits."""
    chance = brief.chance(f"figure {number}")
    several = [match["figure"] for match in FIGURE.finditer(want.rest)]
    if len(several) > 1:
        return f"{several[number % len(several)]}, friendly, smiling"
    looks_like = want.kind != "talk" or re.match(r"(?:with|in|wearing|who has)\b", want.rest)
    own = " ".join(part for part in (modifiers(want), phrase(want.rest) if looks_like else "") if part)
    looks = set(spotting.tokens(own)) & LOOKS
    if looks:
        return f"{own}, friendly, smiling"[:500]
    named = FIGURE.search(brief.text)
    if named:
        return f"{named['figure']}, friendly, smiling, {chance.choice(GROUNDS)} background"[:500]
    if want.word in ("mascot", "talking mascot", "character") or brief.purpose in ("promo", "greeting"):
        animal = chance.choice(SUITED.get(brief.topic.name, tuple(ANIMALS)))
        return f"Smiling {ANIMALS[animal]} {animal}, friendly, {chance.choice(GROUNDS)} background"
    person = chance.choice(
        ("woman with long brown hair", "man with a short beard", "woman with curly black hair", "man with glasses")
    )
    return f"Smiling {person}, {chance.choice(GROUNDS)} background"


GROUNDS = ("teal", "yellow", "blue", "pink", "purple", "orange")
LOOKS = lexicon.words(
    "robot fox bear cat frog rabbit dragon mouse dog monster alien creature ghost bunny wizard pirate king queen "
    "princess "
    "woman man girl boy lady grandmother grandfather grandma grandpa hair haired bearded beard glasses hat moustache "
    "freckles "
    "smiling red blue green yellow purple orange pink teal knight viking owl panda octopus punk astronaut chef nurse "
    "pixel "
    "voxel lego cyclops doctor teacher businessman businesswoman superhero unicorn turtle lion tiger penguin"
)


FIGURE = re.compile(
    r"\b(?:an?|the|my|our|your)\s+(?P<figure>(?:[\w-]+\s+){0,3}?(?:robot|fox|bear|cat|frog|rabbit|dragon|mouse"
    r"|dog|monster|alien|creature"
    r"|ghost|bunny|wizard|pirate|king|queen|princess|prince|grandmother|grandfather|grandma|grandpa|knight|viking"
    r"|owl|panda"
    r"|octopus|punk|astronaut|chef|nurse|doctor|teacher|superhero|unicorn|turtle|lion|tiger|penguin|witch))\b",
    re.IGNORECASE,
)


def figure_name(brief: Brief) -> str:
    return brief.name if brief.name and len(brief.name) < 30 else brief.chance("name").choice(writing.MASCOTS)


def speaking(draft: Draft, brief: Brief, figure: str, *, aspect: Aspect | None, most: int = 400) -> str:
    """The figure says who it is."""
    if not draft.needs("video-studio", "animate", "the speaking figure"):
        return ""
    what = {
        "text": writing.introduction(brief, figure_name(brief))[:most], "voice": brief.voice, "aspect": aspect or "1:1",
        "avatar": file_of(figure, "avatar.png") if figure else None, "seed": brief.seed_for("speaking"),
        "captions": not brief.refused & {"captions", "subtitles", "text"},
    }  # fmt: skip
    return draft.add(
        "speaking", "video-studio", "animate", what, "Lets the figure speak, with moving mouth and captions."
    )

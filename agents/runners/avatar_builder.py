"""Avatar Builder: an avatar from a description, or one in the colours of a photo."""

from typing import Any, Literal

from pydantic import Field

from agents.engines import avatar, avatar_photo, avatar_words, pictures
from agents.engines.scene import colours
from agents.runners.base import Delivery, MediaReference, Run, RunInput, Runner, Seed

Style = Literal["portrait", "peep", "pixel", "block", "robot", "creature"]
Hair = Literal["black", "brown", "blond", "red", "grey", "white", "blue", "pink", "green", "purple"]
Skin = Literal["pale", "fair", "tan", "brown", "dark"]
Colour = Literal["red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "black", "white"]
Mood = Literal["smile", "laugh", "calm", "surprised", "sad", "angry"]
MOODS = ("smile", "laugh", "calm", "surprised", "sad", "angry")
FILES = ("avatar.png", "avatar.svg")


class GenerateInput(RunInput):
    prompt: str = Field(
        min_length=1,
        max_length=500,
        title="Who should it be?",
        description="Say hair, face, mood, clothes and background: “a smiling woman with red hair and glasses”.",
    )
    style: Style | None = Field(
        default=None,
        title="Style",
        description="Peep is a comic figure, block a toy in 3D. Left open, the words decide.",
    )
    hair: Hair | None = Field(default=None, title="Hair", description="Wins over the colour in the words.")
    skin: Skin | None = Field(default=None, title="Skin", description="Wins over the tone in the words.")
    clothes: Colour | None = Field(default=None, title="Clothes", description="In styles that show clothes.")
    background: Colour | None = Field(default=None, title="Background", description="The colour behind the figure.")
    mood: Mood | None = Field(default=None, title="Mood", description="The look on the face.")
    seed: Seed


class ScanInput(RunInput):
    photo: MediaReference = Field(
        title="Photo",
        description="Head and shoulders, facing the camera. Its colours are measured; the face is not analysed.",
    )
    style: Style | None = Field(default=None, title="Style", description="Left open: peep, a comic figure.")
    seed: Seed


def generate(run: Run, wanted: GenerateInput) -> Delivery:
    run.progress(10, "Reading the description")
    described = avatar_words.read(wanted.prompt)
    _apply_choices(described, wanted)
    return _deliver(run, described, wanted.style, wanted.seed, {})


def _apply_choices(described: avatar_words.Description, wanted: GenerateInput) -> None:
    if wanted.hair:
        described.colours["hair"] = avatar_words.HAIR.get(wanted.hair) or colours.NAMED[wanted.hair]
    if wanted.skin:
        described.colours["skin"] = avatar_words.SKIN[wanted.skin]
    for part in ("clothes", "background"):
        if colour := getattr(wanted, part):
            described.colours[part] = colours.NAMED[colour]
    if wanted.mood:
        described.traits = [trait for trait in described.traits if trait not in MOODS] + [wanted.mood]


def scan(run: Run, wanted: ScanInput) -> Delivery:
    run.progress(5, "Opening the photo")
    photo = pictures.open_picture(run.media(wanted.photo))
    run.progress(30, "Measuring its colours")
    found = avatar_photo.zone_colours(photo)
    described = avatar_words.Description(traits=["smile"], colours=dict(found))
    return _deliver(run, described, wanted.style or "peep", wanted.seed, {"found": found})


def _deliver(
    run: Run, described: avatar_words.Description, style: str | None, seed: int | None, facts: dict[str, Any]
) -> Delivery:
    seed = run.seed if seed is None else seed
    run.progress(45, "Drawing the avatar")
    drawn = avatar.draw(described, seed=seed, style=style)
    run.progress(75, "Painting the pixels")
    image = avatar.rasterise(drawn.svg)
    run.progress(95, "Saving the files")
    output = {
        "style": drawn.style,
        "seed": seed,
        "traits": {"shown": drawn.traits, "colours": drawn.colours},
        "not_drawn": drawn.not_drawn,
        "width": image.width,
        "height": image.height,
        "licence": "CC0 1.0",
        **facts,
    }
    files = (pictures.png_file("avatar.png", image), pictures.svg_file("avatar.svg", drawn.svg))
    return Delivery(files=files, output=output, engine=avatar.ENGINE)


def check(delivery: Delivery) -> None:
    pictures.check_files(delivery, FILES)


EXAMPLES = (
    {"prompt": "A smiling woman with long red hair, freckles and round glasses, teal background"},
    {"prompt": "Friendly robot with an antenna, mint green, on a purple background", "style": "robot"},
    {"prompt": "Bearded man in a blue hoodie, short black hair, calm", "style": "block"},
)

OPERATIONS: dict[str, Runner] = {
    "generate": Runner(input=GenerateInput, run=generate, check=check, examples=EXAMPLES),
    "scan": Runner(input=ScanInput, run=scan, check=check),
}

"""Avatar Builder at work: draws a description, measures a photo."""

from typing import Any

from agents.delivery import Delivery
from agents.engines import avatar, avatar_photo, avatar_words, pictures
from agents.engines.scene import colours
from agents.runners.avatar_builder import MOODS, GenerateInput, ScanInput
from agents.runners.base import Run

FILES = ("avatar.png", "avatar.svg")


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
    notes = {avatar.RECIPE: avatar.recipe_of(described, drawn, seed).model_dump_json()}
    files = (pictures.png_file("avatar.png", image, notes), pictures.svg_file("avatar.svg", drawn.svg))
    return Delivery(files=files, output=output, engine=avatar.ENGINE)


def check(delivery: Delivery) -> None:
    pictures.check_files(delivery, FILES)

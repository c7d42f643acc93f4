"""Image Creator: an illustrative scene from a sentence, and enlarging of pictures."""

from typing import Literal

from pydantic import Field

from agents.engines import pictures
from agents.engines.scene import engine, enlarge
from agents.runners.base import Delivery, MediaReference, Run, RunFailed, RunInput, Runner, Seed

ENLARGER = "Avatar G enlarger (Lanczos, linear light)"
LARGEST_RESULT = 24_000_000
FILES = ("image.png",)

Style = Literal["painted", "flat", "paper-cut", "line-art", "neon", "pixel"]
Shape = Literal["square", "wide", "tall"]


class GenerateInput(RunInput):
    prompt: str = Field(
        min_length=1,
        max_length=500,
        title="What should it show?",
        description="Say the things, the light and the colours: “two red boats on a violet sea at dusk”.",
    )
    style: Style = Field(default="painted", title="Style", description="How the scene is rendered.")
    shape: Shape = Field(default="square", title="Shape", description="1024 by 1024, 1344 by 768, or 768 by 1344.")
    seed: Seed


class UpscaleInput(RunInput):
    image: MediaReference = Field(title="Picture", description="PNG, JPEG, WebP or GIF. The result is a PNG.")
    factor: Literal[2, 4] = Field(
        default=2,
        title="Times larger",
        description="Up to 24 megapixels come out: 6 can go in at twice, 1.5 at four times.",
    )


def generate(run: Run, wanted: GenerateInput) -> Delivery:
    seed = run.seed if wanted.seed is None else wanted.seed
    picture = engine.draw(wanted.prompt, seed=seed, style=wanted.style, shape=wanted.shape, report=run.progress)
    run.progress(90, "Saving the picture")
    scene = picture.scene
    output = {
        "seed": seed,
        "style": wanted.style,
        "shape": wanted.shape,
        "width": picture.image.width,
        "height": picture.image.height,
        "setting": picture.setting,
        "time_of_day": scene.time,
        "weather": sorted(scene.weather),
        "season": scene.season,
        "shown": engine.shown(picture),
        "likeness": scene.likeness,
        "not_drawn": scene.not_drawn,
        "kind_of_picture": "illustrative scene",
    }
    return Delivery(files=(pictures.png_file("image.png", picture.image),), output=output, engine=engine.ENGINE)


def upscale(run: Run, wanted: UpscaleInput) -> Delivery:
    run.progress(5, "Opening the picture")
    image = pictures.open_picture(run.media(wanted.image))
    _refuse_too_large(image.width * image.height, wanted.factor)
    large = enlarge.enlarge(image, wanted.factor, run.progress)
    run.progress(90, "Saving the picture")
    output = {
        "factor": wanted.factor,
        "width": large.width,
        "height": large.height,
        "from_width": image.width,
        "from_height": image.height,
        "plain": pictures.distinct_colours(image) < pictures.FEWEST_COLOURS,
    }
    return Delivery(files=(pictures.png_file("image.png", large),), output=output, engine=ENLARGER)


def _refuse_too_large(pixels: int, factor: int) -> None:
    if pixels * factor**2 > LARGEST_RESULT:
        most = LARGEST_RESULT / factor**2 / 1_000_000
        raise RunFailed(
            f"This picture is too large to make {factor} times larger: at most {most:.1f} megapixels can go in.",
            code="INPUT_TOO_LARGE",
        )


def check(delivery: Delivery) -> None:
    pictures.check_files(delivery, FILES)


EXAMPLES = (
    {"prompt": "A red lighthouse over a violet sea at dusk, two sailing boats", "style": "painted"},
    {"prompt": "Koi pond seen from above, orange and white koi", "style": "paper-cut"},
    {"prompt": "Snow peaks at first light, pine forest, a small cabin with warm windows", "shape": "wide"},
)

OPERATIONS: dict[str, Runner] = {
    "generate": Runner(input=GenerateInput, run=generate, check=check, examples=EXAMPLES),
    "upscale": Runner(input=UpscaleInput, run=upscale, check=check),
}

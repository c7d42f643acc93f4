"""Image Creator at work: draws scenes, enlarges pictures."""

from agents.delivery import Delivery, RunFailed
from agents.engines import pictures
from agents.engines.providers import images, parcel, received
from agents.engines.scene import engine, enlarge
from agents.runners.base import Run
from agents.runners.image_creator import GenerateInput, UpscaleInput

ENLARGER = "Avatar G enlarger (Lanczos, linear light)"
LARGEST_RESULT = 24_000_000
FILES = ("image.png",)
IN_STYLE = {
    "painted": "as a painting", "flat": "as a flat vector illustration", "paper-cut": "as a layered paper cut",
    "line-art": "as line art in ink", "neon": "in glowing neon lines", "pixel": "as pixel art",
}  # fmt: skip


def generate(run: Run, wanted: GenerateInput) -> Delivery:
    seed = run.seed if wanted.seed is None else wanted.seed
    painter = images.painter()
    if painter is not None:
        return painted(run, wanted, painter, seed)
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


def painted(run: Run, wanted: GenerateInput, painter: images.RemotePainter, seed: int) -> Delivery:
    """A provider's picture, in the pixels that were promised."""
    run.progress(5, "Sending the words to the provider")
    size = engine.size_of(wanted.shape)
    made = painter.make(images.Wish(f"{wanted.prompt}, {IN_STYLE[wanted.style]}", size, seed, run.key))
    run.progress(85, "Opening the picture")
    output = {
        "style": wanted.style, "shape": wanted.shape, "width": size[0], "height": size[1],
        "kind_of_picture": "generated picture",
    } | ({"seed": seed} if painter.takes_seed else {})  # fmt: skip
    with parcel.billed(made.cost):
        file = pictures.png_file("image.png", received.picture(made.data, size))
    return Delivery((file,), output, painter.label, made.cost)


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

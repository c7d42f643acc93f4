"""Image Creator: an illustrative scene from a sentence, and enlarging of pictures."""

from typing import Literal

from django.utils.translation import gettext_noop as _
from pydantic import Field

from agents.runners.base import MediaReference, RunInput, Seed, runner_at

Style = Literal["painted", "flat", "paper-cut", "line-art", "neon", "pixel"]
Shape = Literal["square", "wide", "tall"]


class GenerateInput(RunInput):
    prompt: str = Field(
        min_length=1,
        max_length=500,
        title=_("What should it show?"),
        description=_("Say the things, the light and the colours: “two red boats on a violet sea at dusk”."),
    )
    style: Style = Field(default="painted", title=_("Style"), description=_("How the scene is rendered."))
    shape: Shape = Field(
        default="square", title=_("Shape"), description=_("1024 by 1024, 1344 by 768, or 768 by 1344.")
    )
    seed: Seed


class UpscaleInput(RunInput):
    image: MediaReference = Field(title=_("Picture"), description=_("PNG, JPEG, WebP or GIF. The result is a PNG."))
    factor: Literal[2, 4] = Field(
        default=2,
        title=_("Times larger"),
        description=_("Up to 24 megapixels come out: 6 can go in at twice, 1.5 at four times."),
    )


EXAMPLES = (
    {"prompt": "A red lighthouse over a violet sea at dusk, two sailing boats", "style": "painted"},
    {"prompt": "Koi pond seen from above, orange and white koi", "style": "paper-cut"},
    {"prompt": "Snow peaks at first light, pine forest, a small cabin with warm windows", "shape": "wide"},
)

OPERATIONS = {
    "generate": runner_at("agents.runs.image_creator.generate", GenerateInput, EXAMPLES),
    "upscale": runner_at("agents.runs.image_creator.upscale", UpscaleInput),
}

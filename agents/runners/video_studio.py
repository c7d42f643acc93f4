"""Video Studio: a captioned film from a prompt, and a portrait that speaks."""

from typing import Annotated, Literal

from django.utils.translation import gettext_noop as _
from pydantic import AfterValidator, Field

from agents.engines.music.moods import MoodName
from agents.engines.voices import VoiceName
from agents.runners.base import MediaReference, RunInput, Seed, runner_at
from agents.runners.image_creator import Style
from agents.runners.voice_lab import checked_text

Aspect = Literal["16:9", "9:16", "1:1"]


class GenerateInput(RunInput):
    prompt: str = Field(
        min_length=1,
        max_length=500,
        title=_("What should it show?"),
        description=_("Two to five sentences become as many scenes: “A lighthouse at dawn. Two boats sail out.”"),
    )
    seconds: int | None = Field(
        default=None,
        ge=6,
        le=20,
        title=_("Length"),
        description=_("In seconds, 6 to 20. Left empty: as long as your words need."),
    )
    aspect: Aspect = Field(default="16:9", title=_("Format"), description=_("Wide, upright for phones, or square."))
    style: Style = Field(default="painted", title=_("Style"), description=_("How the scenes are rendered."))
    mood: MoodName | None = Field(
        default=None, title=_("Mood"), description=_("Of the music. Unless you choose, your words decide.")
    )
    captions: bool = Field(default=True, title=_("Captions in the picture"))
    voice: bool = Field(default=True, title=_("Voice-over"))
    seed: Seed


class AnimateInput(RunInput):
    text: Annotated[str, AfterValidator(checked_text)] = Field(
        min_length=1, max_length=400, title=_("Text to speak"), description=_("English, up to 400 characters.")
    )
    avatar: MediaReference | None = Field(
        default=None,
        title=_("Avatar"),
        description=_(
            "One made here moves its mouth, any other picture beats with the voice. Without one: a new face."
        ),
    )
    voice: VoiceName = Field(
        default="joe", title=_("Voice"), description=_("One American speaker, Joe, told in five ways.")
    )
    aspect: Aspect = Field(default="1:1", title=_("Format"), description=_("Square, upright for phones, or wide."))
    captions: bool = Field(default=True, title=_("Captions in the picture"))
    seed: Seed


EXAMPLES = (
    {"prompt": "A red lighthouse over a violet sea at dusk. Two sailing boats come home. The moon rises over the bay."},
    {"prompt": "A launch video for a bakery", "seconds": 10, "mood": "happy", "aspect": "9:16"},
    {"prompt": "Snow peaks at first light, a cabin in a pine forest, a fox by the frozen lake", "voice": False},
)

OPERATIONS = {
    "generate": runner_at("agents.runs.video_studio.generate", GenerateInput, EXAMPLES),
    "animate": runner_at("agents.runs.video_studio.animate", AnimateInput),
}

"""Voice Lab: text read aloud, in voices that come along or that follow a sample."""

from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict

from agents.delivery import RunFailed
from agents.engines import voices
from agents.engines.voices import ENGLISH, LANGUAGES, VOICES, LanguageName, VoiceName
from agents.runners.base import MediaReference, RunInput, Seed, VoiceReference, runner_at

CONSENT = _("Please confirm that this is your voice, or that you may use it.")
LABELS: JsonDict = {name: one.label if name == ENGLISH else f"{one.label} (robotic)" for name, one in LANGUAGES.items()}


def checked_text(text: str, language: LanguageName = ENGLISH) -> str:
    try:
        voices.speakable(text, language)
    except RunFailed as error:
        raise ValueError(error.message) from error
    return text


def agreed(consent: bool) -> bool:
    if not consent:
        raise ValueError(CONSENT)
    return consent


def text_first(schema: dict[str, Any]) -> None:
    """The language is read before the text, for it decides what can be said; people are asked for the text first."""
    schema["properties"]["language"] = schema["properties"].pop("language")


class CloneInput(RunInput):
    name: str = Field(min_length=1, max_length=80, title=_("Name of the voice"))
    sample: MediaReference = Field(
        title=_("Recording of the voice"),
        description=_(
            "3 to 120 seconds of one person speaking, where it is quiet. The new voice is a profile matched "
            "in pitch and pace, spoken by Joe: not a copy of the timbre."
        ),
    )
    consent: Annotated[bool, AfterValidator(agreed)] = Field(title=_("This is my voice, or I may use it"), strict=True)
    seed: Seed


class SynthesizeInput(RunInput):
    model_config = ConfigDict(json_schema_extra=text_first)

    language: LanguageName = Field(
        default=ENGLISH, title=_("Language"), json_schema_extra={"labels": LABELS},
        description=_("English is spoken by Joe; the other languages sound like a robot."),
    )  # fmt: skip
    text: str = Field(min_length=1, max_length=1000, title=_("Text to speak"), description=_("Up to 1,000 characters."))
    voice: VoiceName = Field(
        default="joe", title=_("Voice"),
        description=_("One speaker, Joe from America, as he is or in four variations."),
        json_schema_extra={"labels": {name: one.label for name, one in VOICES.items()}},
    )  # fmt: skip
    saved_voice: VoiceReference | None = Field(
        default=None, title=_("Saved voice"), description=_("One of your own is used instead of the voice above.")
    )
    speed: float = Field(default=1.0, ge=0.7, le=1.4, title=_("Speed"), description=_("1 is natural; below is slower."))
    seed: Seed

    @field_validator("text")
    @classmethod
    def is_speakable(cls, text: str, info: ValidationInfo) -> str:
        return checked_text(text, info.data["language"]) if "language" in info.data else text


EXAMPLES = (
    {"text": "Welcome to Avatar G. Your agents are ready when you are."},
    {"text": "Once upon a time, a small robot learned to sing.", "voice": "joe-calm", "speed": 0.9},
    {"text": "Breaking news! The bakery on the corner has just run out of bread.", "voice": "joe-lively"},
)

OPERATIONS = {
    "clone": runner_at("agents.runs.voice_lab.clone", CloneInput),
    "synthesize": runner_at("agents.runs.voice_lab.synthesize", SynthesizeInput, EXAMPLES),
}

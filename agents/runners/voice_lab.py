"""Voice Lab: text read aloud."""

from typing import Annotated

from pydantic import AfterValidator, Field

from agents.delivery import RunFailed
from agents.engines import voices
from agents.engines.voices import VoiceName
from agents.runners.base import RunInput, Seed, runner_at


def checked_text(text: str) -> str:
    try:
        voices.speakable(text)
    except RunFailed as error:
        raise ValueError(error.message) from error
    return text


class SynthesizeInput(RunInput):
    text: Annotated[str, AfterValidator(checked_text)] = Field(
        min_length=1, max_length=1000, title="Text to speak", description="English, up to 1,000 characters."
    )
    voice: VoiceName = Field(
        default="joe", title="Voice", description="One American speaker, Joe, and four ways of telling him differently."
    )
    speed: float = Field(default=1.0, ge=0.7, le=1.4, title="Speed", description="1 is natural; below is slower.")
    seed: Seed


EXAMPLES = (
    {"text": "Welcome to Avatar G. Your agents are ready when you are."},
    {"text": "Once upon a time, a small robot learned to sing.", "voice": "joe-calm", "speed": 0.9},
    {"text": "Breaking news! The bakery on the corner has just run out of bread.", "voice": "joe-lively"},
)

OPERATIONS = {"synthesize": runner_at("agents.runs.voice_lab.synthesize", SynthesizeInput, EXAMPLES)}

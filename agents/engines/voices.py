"""The voices to choose from. Apart from the engine, so that a form can list them without loading it."""

from dataclasses import dataclass
from typing import Literal

VoiceName = Literal["joe", "joe-deep", "joe-bright", "joe-calm", "joe-lively"]


@dataclass(frozen=True, slots=True)
class Voice:
    """The one speaker, told differently: `pitch` resamples (deep below 1), `variation` is how freely he speaks."""

    label: str
    pitch: float = 1.0
    pace: float = 1.0
    variation: float = 1.0


VOICES: dict[VoiceName, Voice] = {
    "joe": Voice("Joe"),
    "joe-deep": Voice("Joe, pitched down", pitch=0.93),
    "joe-bright": Voice("Joe, pitched up", pitch=1.12),
    "joe-calm": Voice("Joe, slower and even", pace=0.88, variation=0.6),
    "joe-lively": Voice("Joe, quicker and freer", pace=1.1, variation=1.25),
}

"""A voice profile: how Joe is told so that he comes near a measured voice, as far as he stays easy to understand."""

from dataclasses import asdict
from typing import Any

from agents.engines.speech.local import JOE_HERTZ
from agents.engines.speech.sample import Measured
from agents.engines.voices import PROFILE, Voice

LOWEST, HIGHEST = 65.0, 270.0
JOE_SYLLABLES, JOE_LOUDNESS, JOE_MELODY = 5.7, 8.0, 4.1
CAUTION = 0.8
"""The pace is measured roughly: it is followed most of the way."""
VOWELS = 0.2
"""Higher voices come from smaller heads: so much of a change of pitch is one of the vowels, too."""


def reachable(pitch: float) -> float:
    return within(pitch, LOWEST, HIGHEST)


def matched(measured: Measured, name: str) -> Voice:
    change = reachable(measured.pitch) / JOE_HERTZ
    pitch = within(change**VOWELS, 0.94, 1.14)
    return Voice(
        name,
        pitch=round(pitch, 4),
        tune=round(change / pitch, 4),
        pace=round(within((measured.syllables / JOE_SYLLABLES) ** CAUTION, 0.8, 1.25), 4),
        variation=round(within(measured.loudness / JOE_LOUDNESS, 0.7, 1.3), 4),
        melody=round(within(measured.melody / JOE_MELODY, 0.6, 1.5), 4),
    )


def saved(voice: Voice, measured: Measured) -> dict[str, Any]:
    """What is kept of a voice: what Joe needs to know, and what was measured. The sample is not kept in it."""
    told = {name: getattr(voice, name) for name in ("pitch", "tune", "pace", "variation", "melody")}
    facts = {name: round(float(value), 3) for name, value in asdict(measured).items()}
    return {"engine": PROFILE, "name": voice.label, **told, "measured": facts}


def within(value: float, low: float, high: float) -> float:
    return max(low, min(high, float(value)))

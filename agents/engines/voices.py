"""The voices to choose from and what they can say. Apart from the engine, so that a form needs not load it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from agents.delivery import RunFailed

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


def speakable(text: str) -> str:
    """The text without what has no sound. Raises RunFailed when too little of it is left to say."""
    plain = unicodedata.normalize("NFKC", text).replace("[[", " ").replace("]]", " ")
    letters = [sign for sign in plain if sign.isalpha()]
    latin = [sign for sign in letters if unicodedata.name(sign, "").startswith("LATIN")]
    if len(latin) < 0.7 * len(letters) or not any(sign.isascii() and sign.isalnum() for sign in plain):
        raise not_speakable()
    kept = "".join(sign if sayable(sign) else " " for sign in plain)
    return re.sub(r"[^\S\n]+", " ", kept).strip()


def sayable(sign: str) -> bool:
    if sign.isalpha():
        return unicodedata.name(sign, "").startswith("LATIN")
    return sign.isspace() or sign.isascii() or unicodedata.category(sign)[0] in "PN" or sign in "€£"


def not_speakable() -> RunFailed:
    return RunFailed(
        "There is nothing here that this English voice can say: write some words in English.", "NOT_SPEAKABLE"
    )

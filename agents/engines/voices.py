"""The voices to choose from and what they can say. Apart from the engines, so that a form needs not load them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from agents.delivery import RunFailed

VoiceName = Literal["joe", "joe-deep", "joe-bright", "joe-calm", "joe-lively"]
LanguageName = Literal[
    "en", "ka", "es", "fr", "de", "it", "pt", "pt-br", "nl", "pl", "cs", "ro", "sv", "tr", "ru", "uk", "el"
]
ENGLISH: LanguageName = "en"
PROFILE = "joe-1"
"""The engine and version that a saved profile is for."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The one speaker, told differently.

    `pitch` resamples, vowels and all (deep below 1); `tune` raises or lowers the voice alone. `variation` is how freely
    he speaks, `melody` how far his voice moves.
    """

    label: str
    pitch: float = 1.0
    pace: float = 1.0
    variation: float = 1.0
    tune: float = 1.0
    melody: float = 1.0


@dataclass(frozen=True, slots=True)
class Language:
    """`script` is how Unicode names its letters."""

    label: str
    script: str = "LATIN"


VOICES: dict[VoiceName, Voice] = {
    "joe": Voice("Joe"),
    "joe-deep": Voice("Joe, pitched down", pitch=0.93),
    "joe-bright": Voice("Joe, pitched up", pitch=1.12),
    "joe-calm": Voice("Joe, slower and even", pace=0.88, variation=0.6),
    "joe-lively": Voice("Joe, quicker and freer", pace=1.1, variation=1.25),
}
LANGUAGES: dict[LanguageName, Language] = {
    "en": Language("English"),
    "ka": Language("Georgian", "GEORGIAN"),
    "es": Language("Spanish"),
    "fr": Language("French"),
    "de": Language("German"),
    "it": Language("Italian"),
    "pt": Language("Portuguese (Portugal)"),
    "pt-br": Language("Portuguese (Brazil)"),
    "nl": Language("Dutch"),
    "pl": Language("Polish"),
    "cs": Language("Czech"),
    "ro": Language("Romanian"),
    "sv": Language("Swedish"),
    "tr": Language("Turkish"),
    "ru": Language("Russian", "CYRILLIC"),
    "uk": Language("Ukrainian", "CYRILLIC"),
    "el": Language("Greek", "GREEK"),
}


def voice_in(profile: dict[str, Any]) -> Voice:
    """The voice of a saved profile. Raises RunFailed for one that is not read any more."""
    if profile.get("engine") != PROFILE:
        raise RunFailed("This saved voice is not there any more. Please choose another one.", "INPUT_GONE")
    told = {name: float(profile[name]) for name in ("pitch", "pace", "variation", "tune", "melody")}
    return Voice(str(profile["name"]), **told)


def speakable(text: str, language: LanguageName = ENGLISH) -> str:
    """The text without what has no sound. Raises RunFailed when too little of it is left to say."""
    script = LANGUAGES[language].script
    plain = unicodedata.normalize("NFKC", text).replace("[[", " ").replace("]]", " ")
    letters = [sign for sign in plain if sign.isalpha()]
    own = [sign for sign in letters if is_of(sign, script)]
    core = [sign for sign in plain if sign.isascii() and sign.isalnum()] if script == "LATIN" else own
    if len(own) < 0.7 * len(letters) or not (core or any(map(str.isdecimal, plain))):
        raise not_speakable(language)
    kept = "".join(sign if sayable(sign, script) else " " for sign in plain)
    return re.sub(r"[^\S\n]+", " ", kept).strip()


def is_of(sign: str, script: str) -> bool:
    return unicodedata.name(sign, "").startswith(script)


def sayable(sign: str, script: str) -> bool:
    if sign.isalpha():
        return is_of(sign, script) or is_of(sign, "LATIN")
    marks = unicodedata.category(sign)[0]
    return sign.isspace() or sign.isascii() or marks in "PN" or sign in "€£" or (marks == "M" and script != "LATIN")


def not_speakable(language: LanguageName = ENGLISH) -> RunFailed:
    if language == ENGLISH:
        words = "There is nothing here that this English voice can say: write some words in English."
    else:
        name = LANGUAGES[language].label.partition(" ")[0]
        words = f"There is nothing here to say in {name}: write some words in {name}, or choose the text's language."
    return RunFailed(words, "NOT_SPEAKABLE")

"""What the words of a prompt ask for. A field that is filled in always wins over a word."""

import re
from dataclasses import dataclass
from typing import TypeVar

from agents.engines.music.genre import GENRE_NAMES, GenreName
from agents.engines.music.instruments import WORDS as INSTRUMENT_WORDS
from agents.engines.music.moods import MOOD_NAMES, MoodName
from agents.engines.music.theory import ModeName, key_of

GENRE_WORDS: dict[str, GenreName] = {
    **{name: name for name in GENRE_NAMES},
    **dict.fromkeys(("lofi", "lo fi", "chillhop", "study", "coffee"), "lo-fi"),
    **dict.fromkeys(("atmospheric", "meditation", "drone", "soundscape", "sleep", "yoga"), "ambient"),
    **dict.fromkeys(("edm", "dance", "club", "disco", "deep house"), "house"),
    **dict.fromkeys(("rave", "trance", "industrial"), "techno"),
    **dict.fromkeys(("metal", "punk", "grunge", "indie rock"), "rock"),
    **dict.fromkeys(("jingle", "radio", "indie", "advert", "k-pop"), "pop"),
    **dict.fromkeys(("swing", "bebop", "big band"), "jazz"),
    **dict.fromkeys(("boogie",), "blues"),
    **dict.fromkeys(("baroque", "sonata", "chamber", "symphony", "waltz", "mozart", "minuet"), "classical"),
    **dict.fromkeys(("country", "celtic", "acoustic", "irish", "bluegrass", "campfire"), "folk"),
    **dict.fromkeys(("hip hop", "hiphop", "rap", "trap", "boom bap", "r&b"), "hip-hop"),
    **dict.fromkeys(("retrowave", "80s", "eighties", "chiptune", "arcade", "neon", "outrun"), "synthwave"),
    **dict.fromkeys(("salsa", "bossa nova", "bossa", "samba", "tango", "cuban", "mambo"), "latin"),
    **dict.fromkeys(("dub", "ska", "dancehall"), "reggae"),
    **dict.fromkeys(("groovy", "soul", "motown"), "funk"),
    **dict.fromkeys(("film", "movie", "trailer", "soundtrack", "orchestral", "score", "battle"), "cinematic"),
}
MOOD_WORDS: dict[str, MoodName] = {
    **{name: name for name in MOOD_NAMES},
    **dict.fromkeys(("relaxed", "relaxing", "peaceful", "gentle", "soft", "quiet", "chill", "serene", "rain"), "calm"),
    **dict.fromkeys(("joyful", "cheerful", "upbeat", "sunny", "uplifting", "bright", "positive"), "happy"),
    **dict.fromkeys(("melancholy", "melancholic", "sorrow", "lonely", "grief", "tears", "blue"), "sad"),
    **dict.fromkeys(("gloomy", "sinister", "horror", "evil", "scary", "gothic", "ominous", "night"), "dark"),
    **dict.fromkeys(("heroic", "triumphant", "majestic", "powerful", "dramatic", "glorious"), "epic"),
    **dict.fromkeys(("dream", "ethereal", "floating", "space", "magical", "fairy", "stars", "sleepy"), "dreamy"),
    **dict.fromkeys(("suspense", "nervous", "urgent", "chase", "anxious", "thriller"), "tense"),
    **dict.fromkeys(("love", "tender", "wedding", "warm", "intimate", "sweet"), "romantic"),
    **dict.fromkeys(("funny", "quirky", "cute", "bouncy", "silly", "children", "cartoon"), "playful"),
    **dict.fromkeys(("energy", "driving", "workout", "party", "pumping", "wild", "aggressive", "sport"), "energetic"),
    **dict.fromkeys(("mystery", "secret", "enigmatic", "spy", "eerie", "strange"), "mysterious"),
    **dict.fromkeys(("memories", "memory", "bittersweet", "childhood", "vintage", "old"), "nostalgic"),
}
PACE_WORDS: dict[str, float] = {
    **dict.fromkeys(("very slow", "slowest"), 0.72),
    **dict.fromkeys(("slow", "slower", "downtempo", "ballad", "lento"), 0.84),
    **dict.fromkeys(("fast", "faster", "quick", "lively", "uptempo", "allegro", "racing"), 1.2),
    **dict.fromkeys(("very fast", "furious", "presto"), 1.35),
}
T = TypeVar("T")
BPM = re.compile(r"\b(\d{2,3})\s*bpm\b", re.IGNORECASE)
KEY = re.compile(r"\b(?:in|key of)\s+([A-Ga-g][#b]?)[ -]?(major|minor|dorian|lydian|mixolydian|phrygian)\b")


@dataclass(frozen=True, slots=True)
class Wishes:
    genre: GenreName | None = None
    mood: MoodName | None = None
    tempo: int | None = None
    pace: float = 1.0
    key: tuple[int, ModeName | None] | None = None
    instruments: tuple[str, ...] = ()
    drums: bool | None = None
    solo: bool = False


def wishes_of(prompt: str) -> Wishes:
    text = prompt.lower()
    bpm, key = BPM.search(text), KEY.search(prompt)
    return Wishes(
        genre=first_named(text, GENRE_WORDS),
        mood=first_named(text, MOOD_WORDS),
        tempo=min(200, max(50, int(bpm[1]))) if bpm else None,
        pace=first_named(text, PACE_WORDS) or 1.0,
        key=key_of(f"{key[1]} {key[2]}") if key else None,
        instruments=tuple(dict.fromkeys(all_named(text, INSTRUMENT_WORDS))),
        drums=drums_asked_for(text),
        solo="solo" in text or "unaccompanied" in text,
    )


def drums_asked_for(text: str) -> bool | None:
    if re.search(r"\b(?:no|without)(?: any)? (?:drums?|percussion|beats?)\b", text):
        return False
    return True if re.search(r"(?<!steel )\b(?:drums?|percussion|beats?)\b", text) else None


def all_named(text: str, words: dict[str, T]) -> list[T]:
    """What the text names, in its order; a longer name hides the shorter ones inside it."""
    found: list[tuple[int, T]] = []
    for word in sorted(words, key=len, reverse=True):
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        found += [(match.start(), words[word]) for match in pattern.finditer(text)]
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return [value for _, value in sorted(found, key=lambda item: item[0])]


def first_named(text: str, words: dict[str, T]) -> T | None:
    named = all_named(text, words)
    return named[0] if named else None

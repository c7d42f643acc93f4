"""A goal understood: what is to be made, about what, and how."""

import re
from dataclasses import dataclass, field
from random import Random
from typing import cast

from agents.engines.music import words as music_words
from agents.engines.music.genre import GenreName
from agents.engines.music.moods import MoodName
from agents.engines.voices import VoiceName
from agents.planning import cleaning, lexicon, reading, spotting, subject
from agents.planning.cleaning import Cleaned
from agents.planning.reading import Want
from agents.planning.topics import Topic
from agents.runners.base import MAX_SEED
from agents.runners.image_creator import Style
from agents.runners.video_studio import Aspect

ASPECTS = {name: lexicon.listed(words) for name, words in lexicon.ASPECTS.items()}
STYLES = {name: lexicon.listed(words) for name, words in lexicon.STYLES.items()}
VOICES: dict[str, list[str]] = {
    "joe-deep": ["deep", "low", "dark"],
    "joe-calm": ["calm", "soothing", "soft", "gentle", "quiet", "slow", "relaxing"],
    "joe-bright": ["bright", "high", "young", "light"],
    "joe-lively": ["lively", "energetic", "excited", "enthusiastic", "upbeat", "cheerful"],
}
PLAIN_GENRES = lexicon.words(
    "lo-fi lofi ambient techno jazz blues classical hip-hop synthwave reggae salsa bossa samba tango swing metal "
    "punk celtic "
    "trance edm orchestral baroque waltz retrowave chiptune rap trap disco ska funk folk pop cinematic bluegrass motown"
)
MUSIC_NOUN = (
    r"(?:[\w-]+\s+){0,2}(?:music|tracks?|songs?|tunes?|beats?|jingles?|soundtracks?|scores?|melod(?:y|ies)|loops?)\b"
)
TALKS = re.compile(
    r"\b(?:let|have|make)\s+(?:it|him|her|them|(?:an?|the|my|our)\s+(?:[\w-]+\s+){0,2}[\w-]+)\s+(?:speak|talk|say"
    r"|introduce|present|explain|greet|tell|welcome|announce)"
    r"|\b(?:it|he|she|that|who|which)\s+(?:\w+\s+)?(?:introduces|speaks|talks|says|greets|welcomes|explains"
    r"|presents|tells)"
    r"|\bintroduc\w+\s+(?:itself|himself|herself|themselves)|\b(?:speaking|talking|speaks|talks)\b|\bto life\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Brief:
    """`seconds` is the length that the goal names first; what is None is left to the agents or to the topic."""

    cleaned: Cleaned
    seed: int
    thorough: bool
    wants: list[Want]
    facts: list[str]
    refused: set[str]
    subject: str
    name: str
    topic: Topic
    purpose: str
    greeting: str
    seconds: float | None
    aspect: Aspect | None
    style: Style | None
    mood: MoodName | None
    genre: GenreName | None
    tempo: int | None
    voice: VoiceName
    talks: bool
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.cleaned.words

    def chance(self, what: str) -> Random:
        return Random(f"{self.seed}:{what}")

    def seed_for(self, what: str) -> int:
        return self.chance(f"seed of {what}").randrange(MAX_SEED)

    def asks(self, *kinds: str) -> bool:
        return any(want.kind in kinds for want in self.wants)


def brief_of(goal: str, *, seed: int, thorough: bool) -> Brief:
    cleaned = cleaning.clean(goal)
    read = reading.read(cleaned.masked)
    about = subject.subject_of(read, cleaned.asides)
    name = subject.name_of(cleaned.masked, cleaned.quotes)
    topic = subject.topic_of(f"{name} {about}", cleaned.words)
    how = re.sub(re.escape(about), " ", cleaned.masked, flags=re.IGNORECASE) if about else cleaned.masked
    lengths = [want.seconds for want in read.wants if want.seconds]
    greeting = greeting_in(cleaned.words)
    return Brief(
        cleaned=cleaned, seed=seed, thorough=thorough, wants=read.wants, facts=read.facts, refused=read.refused,
        subject=about, name=name, topic=topic,
        purpose=purpose_in(cleaned.masked, about, topic, greeting), greeting=greeting,
        seconds=next(iter(lengths), None) or reading.seconds_in(cleaned.masked),
        aspect=cast("Aspect | None", spotting.first_value(how, ASPECTS)),
        style=cast("Style | None", spotting.first_value(how, STYLES)),
        mood=music_words.first_named(how.lower(), music_words.MOOD_WORDS),
        genre=genre_in(cleaned.masked), tempo=music_words.wishes_of(cleaned.masked).tempo,
        voice=voice_in(cleaned.masked), talks=bool(TALKS.search(cleaned.masked)),
    )  # fmt: skip


def greeting_in(text: str) -> str:
    if re.search(r"\binvit(?:ation|e|es|ing)\b", text, re.IGNORECASE):
        return "You are invited"
    if re.search(
        r"\bturns?\s+(?:\d+|[a-z]+teen|[a-z]*ty|one|two|three|four|five|six|seven|eight|nine|ten)\b",
        text,
        re.IGNORECASE,
    ):
        return "Happy birthday"
    found = [(text.lower().find(word), said) for word, said in lexicon.GREETING.items() if word != "welcome"]
    plain = ("Congratulations", "Thank you")
    return next((said for at, said in sorted(found, key=lambda one: (one[1] in plain, one[0])) if at >= 0), "")


def purpose_in(text: str, about: str, topic: Topic, greeting: str) -> str:
    """Why it is made: promo, greeting, explain or story."""
    words = set(spotting.tokens(text))
    if greeting == "You are invited" and not topic.trade:
        return "greeting"
    if greeting and not (topic.trade and served(text, about)):
        return "greeting"
    if words & set(lexicon.PROMOTING.split()):
        return "promo"
    if words & set(lexicon.EXPLAINING.split()):
        return "explain"
    return "promo" if topic.trade and served(text, about) else "story"


def served(text: str, about: str) -> bool:
    """Whether it is made for the subject, or the subject is the person's own."""
    own = re.match(r"(?:my|our)\b", about, re.IGNORECASE)
    return bool(
        about and (own or re.search(rf"\bfor\s+(?:the\s+|launch\s+of\s+)*{re.escape(about)}", text, re.IGNORECASE))
    )


def genre_in(text: str) -> GenreName | None:
    """A genre that is named beyond doubt: a house is one only before `music` or the like."""
    lower = text.lower()
    for match in re.finditer(r"[a-z]+(?:-[a-z]+)*", lower):
        rest = lower[match.start() :]
        word = next((two for two in ("hip hop", "lo fi", "deep house", "boom bap") if rest.startswith(two)), match[0])
        genre = music_words.GENRE_WORDS.get(word)
        if genre and (word in PLAIN_GENRES or re.match(rf"{re.escape(word)}\s+{MUSIC_NOUN}", rest)):
            return genre
    return None


def voice_in(text: str) -> VoiceName:
    match = re.search(r"((?:[\w-]+[\s,]+){1,3})(?:voice|narrator|narration|voice-?over|speaker)\b", text, re.IGNORECASE)
    words = set(spotting.tokens(match[1])) if match else set()
    return cast("VoiceName", next((name for name, told in VOICES.items() if words & set(told)), "joe"))

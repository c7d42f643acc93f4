"""Music Studio: tracks composed from words, played by another genre, or continued."""

from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import AfterValidator, Field

from agents.engines.music.genre import GenreName
from agents.engines.music.moods import MoodName
from agents.engines.music.theory import key_of
from agents.runners.base import MediaReference, RunInput, Seed, runner_at


def checked_key(name: str) -> str:
    key_of(name)
    return name


Genre = Annotated[GenreName | None, Field(title=_("Genre"), description=_("Unless you choose, your words decide."))]
Mood = Annotated[MoodName | None, Field(title=_("Mood"), description=_("Unless you choose, your words decide."))]
Tempo = Annotated[
    int | None,
    Field(ge=50, le=200, title=_("Tempo"), description=_("Beats a minute. Left empty, it suits genre and mood.")),
]
Key = Annotated[str, Field(max_length=16), AfterValidator(checked_key)]


class GenerateInput(RunInput):
    prompt: str = Field(
        min_length=1,
        max_length=500,
        title=_("Describe your track"),
        description=_("Name a genre, a mood, instruments, a tempo: “slow dreamy lo-fi with piano and no drums”."),
    )
    genre: Genre = None
    mood: Mood = None
    tempo: Tempo = None
    key: Key | None = Field(
        default=None, title=_("Musical key"), description=_("Such as C major, A minor, F# or D dorian.")
    )
    duration: int = Field(default=24, ge=10, le=60, title=_("Length"), description=_("In seconds, 10 to 60."))
    seed: Seed


class RemixInput(RunInput):
    track: MediaReference = Field(title=_("Track"), description=_("A track made here, or any MIDI file."))
    genre: Genre = None
    mood: Mood = None
    tempo: Tempo = None
    prompt: str = Field(
        default="",
        max_length=500,
        title=_("Wishes"),
        description=_("Genre, mood, instruments or pace in words, if you like."),
    )
    seed: Seed


class ExtendInput(RunInput):
    track: MediaReference = Field(title=_("Track"), description=_("A track made here, its MP3 or its MIDI file."))
    seconds: int = Field(default=20, ge=5, le=60, title=_("Add"), description=_("How many seconds longer, 5 to 60."))
    seed: Seed


EXAMPLES = (
    {"prompt": "A warm lo-fi beat with electric piano for a rainy evening", "mood": "calm"},
    {"prompt": "An epic film score with horns and strings", "genre": "cinematic", "duration": 40},
    {"prompt": "Cheerful folk tune with fiddle and acoustic guitar", "tempo": 112, "key": "G major"},
)

OPERATIONS = {
    "generate": runner_at("agents.runs.music_studio.generate", GenerateInput, EXAMPLES),
    "remix": runner_at("agents.runs.music_studio.remix", RemixInput),
    "extend": runner_at("agents.runs.music_studio.extend", ExtendInput),
}

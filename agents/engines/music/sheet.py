"""The lead sheet: what a piece is, whoever plays it. It travels inside the MP3 and the MIDI file."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agents.engines.music.genre import GenreName
from agents.engines.music.moods import MoodName
from agents.engines.music.theory import ModeName

STEPS_PER_BAR = 16
STEPS_PER_BEAT = 4
MAX_SECONDS = 180
MAX_BARS = 240
TAG = "avatarg_sheet"

ChordToken = Annotated[str, Field(pattern=r"^[1-7]!?$")]
Small = Annotated[int, Field(ge=0, le=4096)]
MelodyNote = tuple[Small, Annotated[int, Field(ge=1, le=256)], Annotated[int, Field(ge=-40, le=40)], Literal[-1, 0, 1]]
"""Start and length in sixteenths from the section's beginning, scale step, alteration in semitones."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(Frozen):
    """A stretch of bars. Chords change at half bars at most: two tokens a bar."""

    name: str = Field(min_length=1, max_length=24, pattern=r"^[ -~]+$")
    bars: int = Field(ge=1, le=200)
    intensity: int = Field(ge=0, le=3)
    chords: tuple[ChordToken, ...] = Field(min_length=1, max_length=400)
    melody: tuple[MelodyNote, ...] = Field(default=(), max_length=4000)

    def chord_at(self, step: int) -> str:
        return self.chords[min(step * 2 // STEPS_PER_BAR, len(self.chords) - 1)]


class Cast(Frozen):
    """Who plays: instrument names by role, None for a silent role."""

    lead: str | None = Field(max_length=40)
    chords: str | None = Field(max_length=40)
    bass: str | None = Field(max_length=40)
    pad: str | None = Field(max_length=40)
    color: str | None = Field(max_length=40)
    kit: str | None = Field(max_length=40)

    def names(self) -> list[str]:
        return list(dict.fromkeys(name for name in self.model_dump().values() if name))


class Sheet(Frozen):
    version: Literal[1] = 1
    genre: GenreName
    mood: MoodName
    tempo: int = Field(ge=40, le=220)
    tonic: int = Field(ge=0, le=11)
    mode: ModeName
    seed: int = Field(ge=0)
    duration: float = Field(ge=5, le=MAX_SECONDS)
    cast: Cast
    sections: tuple[Section, ...] = Field(min_length=1, max_length=80)

    @model_validator(mode="after")
    def not_endless(self) -> Self:
        if self.bars > MAX_BARS:
            raise ValueError(f"The piece has more than {MAX_BARS} bars.")
        return self

    @property
    def bars(self) -> int:
        return sum(section.bars for section in self.sections)

    @property
    def bar_seconds(self) -> float:
        return 240 / self.tempo

    @property
    def steps(self) -> int:
        """Length without the held last chord."""
        return self.bars * STEPS_PER_BAR

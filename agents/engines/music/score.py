"""The arrangement: notes of every part in seconds, ready for MIDI and for the synthesizer."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    start: float
    length: float
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Part:
    """One player. `volume` and `pan` (-1 to 1) are what the MIDI file says; the mix balances by ear instead."""

    role: str
    name: str
    program: int
    channel: int
    volume: int
    pan: float
    notes: tuple[Note, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Score:
    tempo: int
    seconds: float
    parts: tuple[Part, ...]
    kicks: tuple[float, ...]
    """When the bass drum strikes: the pump follows it."""

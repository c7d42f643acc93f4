"""What there is to say of a genre: tempo, players, patterns, harmony and the sound of the room."""

from dataclasses import dataclass
from typing import Literal, get_args

GenreName = Literal[
    "lo-fi",
    "ambient",
    "house",
    "techno",
    "rock",
    "pop",
    "jazz",
    "blues",
    "classical",
    "folk",
    "hip-hop",
    "synthwave",
    "latin",
    "reggae",
    "funk",
    "cinematic",
]
GENRE_NAMES: tuple[GenreName, ...] = get_args(GenreName)


@dataclass(frozen=True, slots=True)
class Genre:
    """`swing` delays the off-beats by a share of the `grid` (in sixteenths); `cutoff` is the treble limit in Hz."""

    tempo: tuple[int, int]
    lead: tuple[str, ...]
    chords: tuple[str, ...]
    bass: tuple[str, ...]
    pad: tuple[str, ...]
    kits: tuple[str, ...]
    grooves: tuple[str, ...]
    basslines: tuple[str, ...]
    comps: tuple[str, ...]
    cells: str
    harmony: str
    color: str
    swing: float = 0.0
    grid: int = 2
    reverb: float = 0.16
    pump: float = 0.0
    cutoff: int = 18000
    low: float = 0.0
    """Low shelf in dB."""
    fills: bool = True

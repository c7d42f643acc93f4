"""What a mood changes: mode, pace, register, loudness, how busy the melody is, and one added color."""

from dataclasses import dataclass
from typing import Literal, get_args

from agents.engines.music.theory import ModeName

MoodName = Literal[
    "calm",
    "happy",
    "sad",
    "dark",
    "epic",
    "dreamy",
    "tense",
    "romantic",
    "playful",
    "energetic",
    "mysterious",
    "nostalgic",
]
MOOD_NAMES: tuple[MoodName, ...] = get_args(MoodName)


@dataclass(frozen=True, slots=True)
class Mood:
    """`pace` scales the tempo, `lift` moves melodies in scale steps, `force` scales velocities."""

    modes: tuple[ModeName, ...]
    pace: float
    lift: int
    force: float
    density: float
    color: str
    figure: str
    treble: float
    """High shelf in dB."""
    cells: str = ""
    """Melodic rhythms that replace the genre's."""


MOODS: dict[MoodName, Mood] = {
    "calm": Mood(("major", "lydian"), 0.9, 0, 0.78, 0.6, "Harp", "slow arp", -2.5, "lyrical"),
    "happy": Mood(("major",), 1.08, 2, 1.0, 1.0, "Glockenspiel", "eighth arp", 2.0),
    "sad": Mood(("minor",), 0.82, -1, 0.78, 0.6, "Cello", "hold", -3.0, "lyrical"),
    "dark": Mood(("minor", "phrygian"), 0.9, -2, 0.95, 0.7, "Choir", "hold", -5.0),
    "epic": Mood(("minor", "dorian"), 1.02, 1, 1.15, 0.9, "French horns", "halves", 0.5, "grand"),
    "dreamy": Mood(("lydian", "major"), 0.88, 3, 0.8, 0.6, "Crystal", "rolled", 0.5, "floating"),
    "tense": Mood(("phrygian", "minor"), 1.06, 0, 1.0, 0.9, "Tremolo strings", "pulse", -1.0, "syncopated"),
    "romantic": Mood(("major",), 0.86, 0, 0.85, 0.7, "Slow strings", "hold", -1.0, "lyrical"),
    "playful": Mood(("major", "mixolydian"), 1.12, 3, 0.95, 1.2, "Pizzicato strings", "offs", 2.0, "catchy"),
    "energetic": Mood(("mixolydian", "dorian"), 1.15, 1, 1.1, 1.2, "Brass", "hits", 1.5),
    "mysterious": Mood(("dorian", "phrygian"), 0.9, -1, 0.8, 0.6, "Vibraphone", "drops", -2.0, "floating"),
    "nostalgic": Mood(("mixolydian", "major"), 0.92, 0, 0.85, 0.8, "Music box", "picking", -1.5),
}

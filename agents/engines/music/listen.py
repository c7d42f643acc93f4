"""A lead sheet taken down by ear from somebody else's MIDI file: key, chords by the half bar, and the top line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import mido
import numpy as np

from agents.engines.music.harmony import steady
from agents.engines.music.sheet import MAX_BARS, STEPS_PER_BAR, Cast, MelodyNote, Section, Sheet
from agents.engines.music.theory import MODES, ModeName, chord_pitches

DRUM_CHANNEL = 9
SECTION_BARS = 8
MAX_NOTES = 12_000
PROFILES: dict[ModeName, tuple[float, ...]] = {
    "major": (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    "minor": (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
}
"""How much each degree of a key is heard: Krumhansl and Kessler, 1982."""


class Heard(NamedTuple):
    start: int
    length: int
    pitch: int
    channel: int


def take_down(file: mido.MidiFile) -> Sheet | None:
    """The piece as a sheet, None when the file holds no melody to speak of or is endless."""
    notes = from_first_bar(heard_notes(file))
    bars = -(-max((note.start for note in notes), default=0) // STEPS_PER_BAR)
    if not 8 <= len(notes) <= MAX_NOTES or not 1 <= bars <= MAX_BARS:
        return None
    tonic, mode = key_heard(notes)
    tune = [as_step(note, tonic, mode) for note in top_line(notes)]
    chords = [chord_heard(notes, half * 8, tonic, mode) for half in range(bars * 2)]
    return Sheet(
        genre="pop",
        mood="happy" if mode == "major" else "sad",
        tempo=tempo_of(file),
        tonic=tonic,
        mode=mode,
        seed=0,
        duration=10,
        cast=Cast(lead="Grand piano", chords="Grand piano", bass=None, pad=None, color=None, kit=None),
        sections=tuple(sections_of(chords, tune, bars)),
    )


def tempo_of(file: mido.MidiFile) -> int:
    tempi = (message.tempo for track in file.tracks for message in track if message.type == "set_tempo")
    return min(200, max(50, round(float(mido.tempo2bpm(max(1, next(tempi, 500_000)))))))


def heard_notes(file: mido.MidiFile) -> list[Heard]:
    """Every note but the drums', in sixteenths."""
    per_step = max(1, abs(file.ticks_per_beat)) / 4
    sounding: dict[tuple[int, int], float] = {}
    notes, now = [], 0.0
    for message in mido.merge_tracks(file.tracks):
        now += message.time / per_step
        if message.type not in ("note_on", "note_off") or message.channel == DRUM_CHANNEL:
            continue
        start = sounding.pop((message.channel, message.note), None)
        if start is not None:
            notes.append(Heard(round(start), max(1, round(now - start)), message.note, message.channel))
        if message.type == "note_on" and message.velocity:
            sounding[message.channel, message.note] = now
    return sorted(notes)


def from_first_bar(notes: Sequence[Heard]) -> list[Heard]:
    silent = notes[0].start // STEPS_PER_BAR * STEPS_PER_BAR if notes else 0
    return [note._replace(start=note.start - silent) for note in notes]


def key_heard(notes: Iterable[Heard]) -> tuple[int, ModeName]:
    weights = np.zeros(12)
    for note in notes:
        weights[note.pitch % 12] += min(note.length, 16)
    if np.ptp(weights) == 0:  # all twelve alike: no key is heard
        return 0, "major"
    keys: list[tuple[int, ModeName]] = [(tonic, mode) for mode in PROFILES for tonic in range(12)]
    return max(keys, key=lambda key: float(np.corrcoef(np.roll(weights, -key[0]), PROFILES[key[1]])[0, 1]))


def top_line(notes: Sequence[Heard]) -> list[Heard]:
    """The highest voice of the channel that sings highest, each note ending where the next begins."""
    channels = defaultdict(list)
    for note in notes:
        channels[note.channel].append(note)
    enough = [part for part in channels.values() if len(part) >= len(notes) / 12]
    lead = max(enough, key=lambda part: sum(note.pitch for note in part) / len(part))
    highest: dict[int, Heard] = {}
    for note in lead:
        if note.start not in highest or note.pitch > highest[note.start].pitch:
            highest[note.start] = note
    line = [highest[start] for start in sorted(highest)]
    ends = [after.start for _, after in pairwise(line)] + [line[-1].start + 16]
    return [
        note._replace(length=max(1, min(note.length, end - note.start))) for note, end in zip(line, ends, strict=True)
    ]


def as_step(note: Heard, tonic: int, mode: ModeName) -> MelodyNote:
    octave, above = divmod(note.pitch - 60 - tonic, 12)
    scale = MODES[mode]
    alter: Literal[-1, 0] = 0 if above in scale else -1
    index = scale.index(above if alter == 0 else above + 1) if above < 11 or alter == 0 else 7
    return (note.start, min(note.length, 256), max(-40, min(40, octave * 7 + index)), alter)


def chord_heard(notes: Sequence[Heard], start: int, tonic: int, mode: ModeName) -> str:
    """The chord of the key that holds most of what sounds in the half bar; its lowest note counts double."""
    weights: Counter[int] = Counter()
    sounding = [note for note in notes if note.start < start + 8 and note.start + note.length > start]
    for note in sounding:
        weights[note.pitch % 12] += min(note.start + note.length, start + 8) - max(note.start, start)
    if sounding:
        weights[min(note.pitch for note in sounding) % 12] += 6
    tokens = dict.fromkeys(steady(str(degree), mode) for degree in (1, 5, 4, 6, 2, 3, 7))
    if mode == "minor":
        tokens["5!"] = None
    return max(tokens, key=lambda token: fit(weights, chord_pitches(tonic, mode, token, "triad")))


def fit(weights: Counter[int], pitches: Sequence[int]) -> float:
    root, *others = (each % 12 for each in pitches)
    return 1.3 * weights[root] + sum(weights[each] for each in others)


def sections_of(chords: Sequence[str], tune: Sequence[MelodyNote], bars: int) -> Iterable[Section]:
    for index, first in enumerate(range(0, bars, SECTION_BARS)):
        count = min(SECTION_BARS, bars - first)
        begin, end = first * STEPS_PER_BAR, (first + count) * STEPS_PER_BAR
        melody = tuple(
            (start - begin, length, step, alter) for start, length, step, alter in tune if begin <= start < end
        )
        yield Section(
            name=f"Part {index + 1}",
            bars=count,
            intensity=3 if index % 2 else 2,
            chords=tuple(chords[first * 2 : (first + count) * 2]),
            melody=melody,
        )

"""Melodies: a motif of rhythm and contour, developed over the chords; the best of many tries is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from agents.engines.music.grid import Hit, hits_of
from agents.engines.music.patterns import CADENCES, CELLS
from agents.engines.music.sheet import STEPS_PER_BAR, MelodyNote
from agents.engines.music.theory import ModeName, chord_degree, pitch

TRIES = 40
MOVES = (-3, -2, -2, -1, -1, -1, -1, 1, 1, 1, 1, 1, 2, 2, 3, 0)


@dataclass(frozen=True, slots=True)
class Motif:
    """One bar: strokes, and the step from each note to the next."""

    hits: tuple[Hit, ...]
    moves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What to sing: over half-bar `chords`, near scale step `around`; a closing melody ends on the tonic."""

    chords: Sequence[str]
    bars: int
    cells: str
    density: float
    around: int
    closing: bool
    mode: ModeName
    color: str

    def tones_at(self, step: int) -> frozenset[int]:
        """Degrees to rest on: not the root of a chord with a major seventh, which would rub against it."""
        chord = self.chords[min(step // 8, len(self.chords) - 1)]
        root = chord_degree(chord)
        if self.color not in ("seventh", "ninth"):
            return frozenset((root + third) % 7 for third in (0, 2, 4))
        major_seventh = pitch(0, self.mode, root + 6) - pitch(0, self.mode, root) == 11
        return frozenset((root + third) % 7 for third in ((2, 4) if major_seventh else (0, 2, 4, 6)))


def compose_melody(rng: Random, task: Task) -> tuple[MelodyNote, ...]:
    return max((draw_melody(rng, task) for _ in range(TRIES)), key=lambda notes: beauty(notes, task))


def draw_melody(rng: Random, task: Task) -> tuple[MelodyNote, ...]:
    a, b = (draw_motif(rng, cell, task.density) for cell in rng.sample(CELLS[task.cells], 2))
    cadence = draw_motif(rng, rng.choice(CADENCES), 1.0)
    order = rng.choice(((a, b, a, cadence), (a, a, b, cadence), (a, b, b, cadence)))
    notes: list[MelodyNote] = []
    place = opening = step_near(task.around + rng.choice((-1, 0, 1, 2)), task.tones_at(0))
    for bar in range(task.bars):
        if bar % 4 in (0, 2) and bar:
            place = (place + opening) // 2
        last = bar == task.bars - 1
        notes += sing_bar(cadence if last else order[bar % 4], task, bar=bar, place=place)
        place = notes[-1][2] if notes else place
    if task.closing and notes:
        start, length, step, alter = notes[-1]
        notes[-1] = (start, length, octave_near(0, step), alter)
    return tuple(notes)


def draw_motif(rng: Random, cell: str, density: float) -> Motif:
    hits = [hit for hit in hits_of(cell) if hit.start % 4 == 0 or hit.length >= 4 or rng.random() < density]
    if density > 1:
        hits = [part for hit in hits for part in divided(hit, rng.random() < density - 1)]
    moves, drift = [], 0
    for _ in hits:
        move = rng.choice(MOVES)
        if abs(drift + move) > 5:
            move = -move
        drift += move
        moves.append(move)
    return Motif(tuple(hits), tuple(moves))


def divided(hit: Hit, wanted: bool) -> list[Hit]:
    if not wanted or hit.length < 4 or hit.length > 6:
        return [hit]
    return [Hit(hit.start, 2, hit.symbol), Hit(hit.start + 2, hit.length - 2, hit.symbol)]


def sing_bar(motif: Motif, task: Task, *, bar: int, place: int) -> list[MelodyNote]:
    notes: list[MelodyNote] = []
    leap = 0
    for hit, move in zip(motif.hits, motif.moves, strict=True):
        start = bar * STEPS_PER_BAR + hit.start
        wanted = place + (-1 if leap > 0 else 1) if abs(leap) > 2 else place + move
        if not task.around - 4 <= wanted <= task.around + 5:
            wanted = place - move
        if hit.start % 8 == 0 or hit.length >= 4:
            wanted = step_near(wanted, task.tones_at(start))
        leap, place = wanted - place, wanted
        notes.append((start, hit.length, place, 0))
    return notes


def step_near(step: int, tones: Collection[int]) -> int:
    """The scale step nearest to the wanted one whose degree is among the tones; the upper one of two."""
    return min((step + way for way in (0, 1, -1, 2, -2, 3)), key=lambda near: (near % 7 not in tones, abs(near - step)))


def octave_near(degree: int, step: int) -> int:
    return degree + 7 * round((step - degree) / 7)


def beauty(notes: Sequence[MelodyNote], task: Task) -> float:
    """Singable melodies score high: mostly steps, a few thirds, one peak past the middle, little repetition."""
    if len(notes) < 3:
        return -10.0
    steps = [note[2] for note in notes]
    jumps = [abs(after - before) for before, after in pairwise(steps)]
    span, peak = max(steps) - min(steps), max(steps)
    repeats = sum(jump == 0 for jump in jumps) / len(jumps)
    score = 2.0 * sum(jump == 1 for jump in jumps) / len(jumps) + sum(jump == 2 for jump in jumps) / len(jumps)
    score -= 1.5 * sum(jump > 4 for jump in jumps) / len(jumps) + 2.0 * max(0.0, repeats - 0.15)
    score -= 0.25 * abs(span - min(8, 4 + task.bars // 2))
    score -= 0.2 * (steps.count(peak) - 1)
    where = notes[steps.index(peak)][0] / (task.bars * STEPS_PER_BAR)
    score -= abs(where - 0.62) + 0.25 * abs(sum(steps) / len(steps) - task.around - 0.5)
    ends_well = step_near(steps[-1], task.tones_at(notes[-1][0])) == steps[-1]
    return score + 0.5 * ends_well


def varied(rng: Random, notes: Sequence[MelodyNote], bars: int) -> tuple[MelodyNote, ...]:
    """The same melody told again: some long notes get a neighbor, the last bar stays."""
    retold: list[MelodyNote] = []
    for start, length, step, alter in notes:
        decorate = length in (4, 6, 8) and start < (bars - 1) * STEPS_PER_BAR and rng.random() < 0.5
        if decorate:
            half = length // 2
            retold.append((start, length - half, step, alter))
            retold.append((start + length - half, half, step + rng.choice((1, -1)), 0))
        else:
            retold.append((start, length, step, alter))
    return tuple(retold)


def cut(notes: Sequence[MelodyNote], bars: int) -> tuple[MelodyNote, ...]:
    """The notes that begin within the first bars, none sounding past them."""
    end = bars * STEPS_PER_BAR
    return tuple((start, min(length, end - start), step, alter) for start, length, step, alter in notes if start < end)

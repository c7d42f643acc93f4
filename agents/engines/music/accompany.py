"""What the players beside the melody do, a section at a time, in sixteenths."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import NamedTuple

from agents.engines.music.grid import Hit, hits_of
from agents.engines.music.patterns import BASS, COMP, DRUM_PITCH, GROOVES, LIGHT
from agents.engines.music.sheet import STEPS_PER_BAR, Section
from agents.engines.music.theory import ModeName, chord_degree, chord_pitches, chord_steps, leading_alter, pitch

LOUDNESS = {"X": 1.0, "x": 0.82, "o": 0.52}
FILLS = ("....xxX.x.x.X.X.", "........X.x.XxXx", "..........X.XxXX", "............XxXX")
FILL_DRUMS = ("snare", "high tom", "tom", "low tom")


class Beat(NamedTuple):
    """A note on the grid: `force` is relative to the player's own loudness."""

    step: float
    length: float
    pitch: int
    force: float


class Tonality(NamedTuple):
    tonic: int
    mode: ModeName
    color: str


def pattern_hits(section: Section, pattern: str) -> Iterator[Hit]:
    """The pattern over every bar of the section, struck anew wherever the chord changes under a held note."""
    for bar in range(section.bars):
        for hit in hits_of(pattern):
            start, end = bar * STEPS_PER_BAR + hit.start, bar * STEPS_PER_BAR + hit.start + hit.length
            change = next((step for step in range(start + 1, end) if changes_at(section, step)), end)
            yield Hit(start, change - start, hit.symbol)
            if end - change >= 2:
                yield Hit(change, end - change, hit.symbol)


def changes_at(section: Section, step: int) -> bool:
    return step % 8 == 0 and section.chord_at(step) != section.chord_at(step - 1)


def voicing(previous: Sequence[int], token: str, key: Tonality, center: int) -> tuple[int, ...]:
    """The inversion that moves least from the chord before and stays around `center`."""
    pitches = chord_pitches(key.tonic, key.mode, token, key.color)
    if key.color == "power":
        root = fold(pitches[0], center - 10)
        return (root, root + pitches[1] - pitches[0], root + 12)
    classes = [each % 12 for each in (pitches[1:] if len(pitches) == 5 else pitches)]
    candidates = []
    for low in range(center - 10, center + 1):
        candidates.append(tuple(sorted(fold(each, low) for each in classes)))
    return min(candidates, key=lambda voices: movement(previous, voices, center))


def movement(previous: Sequence[int], voices: Sequence[int], center: int) -> float:
    pull = abs(sum(voices) / len(voices) - center)
    crowded = sum(high - low < 2 for low, high in pairwise(voices)) * 3 + (voices[-1] - voices[0] < 6) * 4
    if not previous:
        return pull + crowded
    travel = sum(min(abs(voice - other) for other in previous) for voice in voices)
    return travel + 0.4 * pull + crowded


def fold(pitch_or_class: int, low: int) -> int:
    """The pitch of that class in the octave that begins at `low`."""
    return low + (pitch_or_class - low) % 12


def voicings(section: Section, key: Tonality, center: int) -> dict[str, tuple[int, ...]]:
    known: dict[str, tuple[int, ...]] = {}
    previous: tuple[int, ...] = ()
    for token in section.chords:
        if token not in known:
            known[token] = voicing(previous, token, key, center)
        previous = known[token]
    return known


def play_chords(section: Section, style: str, key: Tonality, center: int) -> Iterator[Beat]:
    voiced = voicings(section, key, center)
    for hit in pattern_hits(section, COMP[style]):
        voices = voiced[section.chord_at(hit.start)]
        if hit.symbol.isdigit():
            octave, index = divmod(int(hit.symbol), len(voices))
            accent = 0.95 if hit.start % 4 == 0 else 0.82
            yield Beat(hit.start, hit.length + 1.5, voices[index] + 12 * octave, accent)
        else:
            yield from strummed(voices, hit)


def strummed(voices: Sequence[int], hit: Hit) -> Iterator[Beat]:
    for order, voice in enumerate(voices):
        delay = 0.06 * order
        yield Beat(hit.start + delay, hit.length * 0.94 - delay, voice, LOUDNESS[hit.symbol] * (1 - 0.03 * order))


def play_pad(section: Section, key: Tonality, center: int) -> Iterator[Beat]:
    """Chords held for as long as they last."""
    voiced = voicings(section, key, center)
    end = section.bars * STEPS_PER_BAR
    starts = [step for step in range(0, end, 8) if step == 0 or changes_at(section, step)]
    for start, stop in pairwise([*starts, end]):
        for voice in voiced[section.chord_at(start)]:
            yield Beat(start, stop - start, voice, 0.8)


def play_bass(section: Section, style: str, key: Tonality, following: str) -> Iterator[Beat]:
    for hit in pattern_hits(section, BASS[style]):
        token = section.chord_at(hit.start)
        note = bass_pitch(hit, token, key, next_chord(section, hit.start, following))
        yield Beat(hit.start, hit.length * 0.92, note, 1.0 if hit.start % 8 == 0 else 0.86)


def next_chord(section: Section, step: int, following: str) -> str:
    later = (step // 8 + 1) * 8
    return section.chord_at(later) if later < section.bars * STEPS_PER_BAR else following


def bass_pitch(hit: Hit, token: str, key: Tonality, following: str) -> int:
    root = low_root(token, key)
    degree = chord_degree(token)
    if hit.symbol == "a":
        target = low_root(following, key)
        return target - 1 if target > root else target + 2
    if hit.symbol in "R8":
        return root + (12 if hit.symbol == "8" else 0)
    step = degree + int(hit.symbol) - 1
    rise = pitch(key.tonic, key.mode, step, leading_alter(token, key.mode, step)) - pitch(key.tonic, key.mode, degree)
    return root + rise


def low_root(token: str, key: Tonality) -> int:
    return fold(chord_pitches(key.tonic, key.mode, token, "triad")[0], 29)


def play_counterline(section: Section, style: str, key: Tonality, center: int) -> Iterator[Beat]:
    """The added color: its figure over the chords, or with `hold` one guide tone a chord, moving little."""
    if style not in ("hold", "halves"):
        yield from play_chords(section, style, key._replace(color="triad"), center)
        return
    place = center
    for hit in pattern_hits(section, COMP["hold"]):
        token = section.chord_at(hit.start)
        tones = chord_steps(token, key.mode, "triad")[1:]
        pitches = [pitch(key.tonic, key.mode, step, leading_alter(token, key.mode, step)) for step in tones]
        place = guide_tone(pitches, place, center)
        yield Beat(hit.start, hit.length * 0.97, place, 0.9)
        if style == "halves":
            yield Beat(hit.start, hit.length * 0.97, place - 12, 0.8)


def guide_tone(pitches: Sequence[int], place: int, center: int) -> int:
    near = [fold(each, place - 6) for each in pitches]
    return min(near, key=lambda each: abs(each - center) + abs(each - place))


def play_drums(section: Section, groove: str, rng: Random, *, fill: bool) -> Iterator[Beat]:
    """The groove, only its light instruments in quiet sections; a crash to begin a loud one, a fill to leave it."""
    drums = GROOVES[groove]
    quiet = section.intensity < 2
    filled = rng.choice(FILLS) if fill and not quiet and section.bars >= 2 else ""
    cut = section.bars * STEPS_PER_BAR - STEPS_PER_BAR + len(filled) - len(filled.lstrip("."))
    for drum, pattern in drums.items():
        if quiet and drum not in LIGHT:
            continue
        for hit in pattern_hits(section, pattern):
            if not filled or hit.start < cut or drum == "kick":
                yield Beat(hit.start, 1, DRUM_PITCH[drum], LOUDNESS[hit.symbol])
    if section.intensity >= 3 or (section.intensity == 2 and section.name == "A"):
        yield Beat(0, 4, DRUM_PITCH["crash"], 0.7)
    yield from play_fill(hits_of(filled), (section.bars - 1) * STEPS_PER_BAR)


def play_fill(hits: Iterable[Hit], offset: int) -> Iterator[Beat]:
    for hit in hits:
        drum = FILL_DRUMS[min(hit.start // 4, len(FILL_DRUMS) - 1)]
        yield Beat(offset + hit.start, 1, DRUM_PITCH[drum], LOUDNESS[hit.symbol] * (0.85 if drum == "snare" else 0.6))

"""A score as sound: every player of the soundfont on a stem of its own, block by block."""

from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tinysoundfont

from agents.engines.music.score import Part, Score

RATE = 44100
BLOCK = 4 * RATE
GRID = 64
"""Events fall on multiples of this many samples, 1.5 ms, the synthesizer's own step."""


class Event(NamedTuple):
    sample: int
    velocity: int
    pitch: int


@lru_cache(maxsize=1)
def soundfont() -> bytes:
    """TimGM6mb, from the pretty_midi wheel, which is not imported: it warns."""
    spec = find_spec("pretty_midi")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The soundfont is missing: install pretty_midi.")
    return Path(spec.origin).with_name("TimGM6mb.sf2").read_bytes()


def render(score: Score, progress: Callable[[float], None]) -> Iterator[tuple[str, np.ndarray]]:
    """Role and stereo samples, one player after the other; progress gets the share of the playing that is done."""
    samples = round(score.seconds * RATE)
    done, total = 0, samples * len(score.parts)
    for part in score.parts:
        blocks = []
        for block in play(part, samples):
            blocks.append(block)
            done += len(block)
            progress(done / total)
        yield part.role, np.concatenate(blocks)


def play(part: Part, samples: int) -> Iterator[np.ndarray]:
    """The part in blocks of a few seconds."""
    synth, events = seated(part), deque(events_of(part))
    for begin in range(0, samples, BLOCK):
        end = min(begin + BLOCK, samples)
        block = np.zeros((end - begin, 2), dtype=np.float32)
        fill(block, begin, synth, events, part.channel)
        yield block


def fill(block: np.ndarray, begin: int, synth: tinysoundfont.Synth, events: deque[Event], channel: int) -> None:
    target, now = memoryview(block.data).cast("B"), 0
    while now < len(block):
        upcoming = events[0].sample - begin if events else len(block)
        stop = min(max(upcoming, now), len(block))
        if stop > now:
            synth.generate_simple(stop - now, buffer=target[now * 8 : stop * 8])
            now = stop
        while events and events[0].sample - begin <= now < len(block):
            event = events.popleft()
            if event.velocity:
                synth.noteon(channel, event.pitch, event.velocity)
            else:
                synth.noteoff(channel, event.pitch)


def seated(part: Part) -> tinysoundfont.Synth:
    synth = tinysoundfont.Synth(gain=-9, samplerate=RATE)
    font = synth.sfload(soundfont(), max_voices=96)
    drums = part.role == "kit"
    synth.program_select(part.channel, font, 128 if drums else 0, part.program, is_drums=drums)
    synth.control_change(part.channel, 10, round(64 + 63 * part.pan))
    return synth


def events_of(part: Part) -> list[Event]:
    """Note ends (velocity 0) sort before note starts of the same moment."""
    starts = [Event(on_grid(note.start), note.velocity, note.pitch) for note in part.notes]
    ends = [Event(on_grid(note.start + note.length), 0, note.pitch) for note in part.notes]
    return sorted(starts + ends)


def on_grid(seconds: float) -> int:
    return round(seconds * RATE / GRID) * GRID

"""The balance: every stem is brought to the loudness its role should be heard at, whatever the soundfont made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from agents.engines.music.render import RATE

WINDOW = 16384


@dataclass(frozen=True, slots=True)
class Strip:
    """A role's channel strip: heard loudness in dB below the lead, share sent to the room, width in ms."""

    loudness: float
    send: float
    pumped: bool = True
    width: float = 0.0


STRIPS: dict[str, Strip] = {
    "lead": Strip(loudness=0, send=1.0, pumped=False),
    "chords": Strip(loudness=-4.5, send=0.8),
    "bass": Strip(loudness=-7.5, send=0.05),
    "pad": Strip(loudness=-9, send=1.0, width=17),
    "color": Strip(loudness=-8, send=1.0, width=9),
    "kit": Strip(loudness=-2.5, send=0.18, pumped=False),
}


@dataclass(slots=True)
class Buses:
    """What ducks under the kick is on `wet`, what does not on `dry`; `send` feeds the room."""

    dry: np.ndarray
    wet: np.ndarray
    send: np.ndarray


def mix(stems: Iterable[tuple[str, np.ndarray]], seconds: float) -> Buses:
    """Takes the stems one at a time, for they are large."""
    shape = (round(seconds * RATE), 2)
    buses = Buses(*(np.zeros(shape, dtype=np.float32) for _ in range(3)))
    for role, stem in stems:
        strip = STRIPS[role]
        level = heard_loudness(stem)
        if level <= 0:
            continue
        sound = widened(stem * np.float32(10 ** (strip.loudness / 20) / level), strip.width)
        bus = buses.wet if strip.pumped else buses.dry
        bus += sound
        buses.send += strip.send * sound
    return buses


def heard_loudness(stem: np.ndarray) -> float:
    """Level of the louder moments, weighted as the ear does: little below 150 Hz, more around 3 kHz."""
    mono = stem.mean(axis=1)
    starts = np.linspace(0, max(0, len(mono) - WINDOW), 24).astype(int)
    frames = np.stack([mono[start : start + WINDOW] for start in starts if start + WINDOW <= len(mono)])
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)
    low = frequencies**2 / (frequencies**2 + 150.0**2)
    ear = low * (1 + 0.6 * frequencies**2 / (frequencies**2 + 1500.0**2))
    power = ((np.abs(np.fft.rfft(frames * np.hanning(WINDOW), axis=1)) * ear) ** 2).sum(axis=1) / WINDOW**2
    loud = power[power > power.max() / 12]
    return float(np.sqrt(loud.mean())) if power.max() > 0 else 0.0


def widened(sound: np.ndarray, milliseconds: float) -> np.ndarray:
    """The right ear a little later, which spreads a player over the room."""
    late = round(milliseconds * RATE / 1000)
    if late:
        sound[late:, 1] = sound[:-late, 1].copy()
        sound[:late, 1] = 0
    return sound

"""The pitch of a voice: heard in its sound, and changed without changing its vowels."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

LOWEST, HIGHEST = 60.0, 420.0
HOP = 0.01
CERTAIN = 0.15
VOICED = 0.3
BLOCK = 512
QUIET = 0.004
SOFTENED, GRID = 0.0012, 0.006
"""Seconds: what the peaks of a voice are looked for after, and the step where there is no pitch."""
SHORTEST, LEAST_WEIGHT = 16.0, 0.4


@dataclass(frozen=True, slots=True)
class Melody:
    """One value each hundredth of a second: the fundamental in Hz, 0 where there is none, and the loudness."""

    pitch: np.ndarray
    level: np.ndarray

    @property
    def sung(self) -> np.ndarray:
        """The pitches of voiced moments, without slips of an octave."""
        found = self.pitch[self.pitch > 0]
        if not found.size:
            return found
        middle = float(np.median(found))
        return np.asarray(found[(found > middle / 1.75) & (found < middle * 1.75)])

    @property
    def median(self) -> float:
        """In Hz; 0 where nothing is voiced."""
        return float(np.median(self.sung)) if self.sung.size else 0.0

    @property
    def spread(self) -> float:
        """How far the voice moves, in semitones: half of it lies within."""
        if not self.sung.size:
            return 0.0
        low, high = np.percentile(12 * np.log2(self.sung), (25, 75))
        return float(high - low)


def melody_of(sound: np.ndarray, rate: int) -> Melody:
    """By YIN: the first lag at which the sound repeats itself well enough."""
    longest, hop = round(rate / LOWEST), round(rate * HOP)
    width = 2 * longest
    padded = np.pad(np.asarray(sound, dtype=np.float64), (longest, width + longest))
    frames = sliding_window_view(padded, width + longest)[: len(sound) : hop]
    pitch, level = np.zeros(len(frames)), np.zeros(len(frames))
    for start in range(0, len(frames), BLOCK):
        block = frames[start : start + BLOCK]
        level[start : start + BLOCK] = np.sqrt(np.mean(block[:, :width] ** 2, axis=1))
        pitch[start : start + BLOCK] = pitches_in(block, width, rate)
    pitch[level < QUIET] = 0.0
    return Melody(pitch, level)


def pitches_in(frames: np.ndarray, width: int, rate: int) -> np.ndarray:
    unlike = differences(frames, width)
    shortest = int(rate / HIGHEST)
    unlike[:, :shortest] = 1.0
    sure = np.argmax(unlike < CERTAIN, axis=1)
    lags = np.where(sure > 0, sure, np.argmin(unlike, axis=1))
    rows, last = np.arange(len(lags)), unlike.shape[1] - 1
    for _ in range(shortest):  # down to the bottom of the dip that was entered
        ahead = np.minimum(lags + 1, last)
        deeper = unlike[rows, ahead] < unlike[rows, lags]
        if not deeper.any():
            break
        lags = np.where(deeper, ahead, lags)
    inner = np.clip(lags, 1, last - 1)
    before, here, after = (unlike[rows, inner + step] for step in (-1, 0, 1))
    bend = before - 2 * here + after
    shift = np.where(np.abs(bend) > 1e-9, 0.5 * (before - after) / np.where(np.abs(bend) > 1e-9, bend, 1), 0.0)
    found = rate / (inner + np.clip(shift, -0.5, 0.5))
    return np.asarray(np.where(unlike[rows, lags] < VOICED, found, 0.0))


def differences(frames: np.ndarray, width: int) -> np.ndarray:
    """YIN's normalised difference for each lag, computed over the spectrum."""
    longest = frames.shape[1] - width
    size = 1 << (frames.shape[1] + width - 1).bit_length()
    whole = np.fft.rfft(frames, size, axis=1)
    head = np.fft.rfft(frames[:, :width], size, axis=1)
    alike = np.fft.irfft(whole * np.conj(head), size, axis=1)[:, : longest + 1]
    powers = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    energy = powers[:, width : width + longest + 1] - powers[:, : longest + 1]
    unlike = np.maximum(energy[:, :1] + energy - 2 * alike, 0.0)
    sums = np.cumsum(unlike[:, 1:], axis=1)
    normal = np.ones_like(unlike)
    normal[:, 1:] = unlike[:, 1:] * np.arange(1, longest + 1) / np.maximum(sums, 1e-12)
    return np.asarray(normal)


def retuned(sound: np.ndarray, rate: int, *, tune: float, melody: float = 1.0) -> np.ndarray:
    """The voice higher or lower by `tune`, moving more or less by `melody`; its vowels and its pace stay.

    Pitch-synchronous overlap and add: each period of the voice is laid down anew, nearer together or further apart.
    """
    heard = melody_of(sound, rate)
    if (tune == 1.0 and melody == 1.0) or not heard.sung.size:
        return sound
    periods = periods_of(sound, rate, heard)
    centres = np.array([one.centre for one in periods])
    out, weight = np.zeros(len(sound) + rate), np.zeros(len(sound) + rate)
    place = float(centres[0])
    while place < len(sound):
        one = periods[int(nearest(centres, place))]
        lay(out, weight, sound, one, int(place))
        bent = tune * (rate / one.length / heard.median) ** (melody - 1) if one.is_voiced else 1.0
        place += max(one.length / bent, SHORTEST)
    return np.asarray((out / np.maximum(weight, LEAST_WEIGHT))[: len(sound)], dtype=np.float32)


def nearest(places: np.ndarray, place: float) -> int:
    after = int(np.clip(np.searchsorted(places, place), 1, max(1, len(places) - 1)))
    return after - 1 if len(places) == 1 or place - places[after - 1] < places[after] - place else after


def lay(out: np.ndarray, weight: np.ndarray, sound: np.ndarray, one: "Period", target: int) -> None:
    """Add two lengths of a period around its centre, fading in and out, at another place."""
    before = min(one.length, one.centre, target)
    after = min(one.length, len(sound) - one.centre, len(out) - target)
    if before + after < 2:
        return
    window = np.hanning(2 * one.length + 1)[one.length - before : one.length + after]
    out[target - before : target + after] += sound[one.centre - before : one.centre + after] * window
    weight[target - before : target + after] += window


@dataclass(frozen=True, slots=True)
class Period:
    """One swing of a voice around its peak, in samples; of what has no pitch, a piece of a steady grid."""

    centre: int
    length: int
    is_voiced: bool


def periods_of(sound: np.ndarray, rate: int, heard: Melody) -> list[Period]:
    soft = np.convolve(sound, np.hanning(max(3, round(rate * SOFTENED)))[1:-1], "same")
    soft = soft if soft.max() > -soft.min() else -soft
    grid, hop = round(rate * GRID), rate * HOP
    periods: list[Period] = []
    place, was_voiced = 0, False
    while place < len(sound):
        pitch = float(heard.pitch[min(int(place / hop), len(heard.pitch) - 1)])
        if pitch:
            length = round(rate / pitch)
            reach = round(length * (0.25 if was_voiced else 0.5))
            low = max(0, place - reach)
            peak = low + int(np.argmax(soft[low : place + reach + 1]))
            if periods and peak <= periods[-1].centre:
                peak = periods[-1].centre + length // 2
        else:
            length, peak = grid, place
        periods.append(Period(min(peak, len(sound) - 1), length, bool(pitch)))
        place, was_voiced = peak + length, bool(pitch)
    return periods

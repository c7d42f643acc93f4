"""What can be measured of a voice in a recording of it. Raises RunFailed for what is not one person speaking."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from agents.delivery import RunFailed
from agents.engines import audio
from agents.engines.speech.pitch import HOP, Melody, melody_of

RATE = 16_000
LEAST_SPEECH, MOST_SECONDS = 2.5, 120
SILENT = 0.004
RANGE = 10 ** (-30 / 20)
"""What is softer than this beside the loudest moments is a pause."""
AUDIBLE = 10 ** (-22 / 20)
LEAST_CONTRAST = 8.0
LEAST_VOICED = 0.2
LEAST_SPREAD, MOST_SPREAD = 0.25, 12.0
SLOWEST, FASTEST = 1.5, 12.0
SYLLABLES_A_WORD = 1.5
BANDS, LOWEST_BAND, HIGHEST_BAND, SHAPES = 20, 150.0, 6000.0, 14
LAG = 5
FLOOR = 0.05
PACE = (2.23, 0.96)
"""How many syllables a second a rate of change stands for: exp(first) * change ** second, found with known texts."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Pitch in Hz, its usual movement in semitones, syllables in a second of speech, loudness variation in dB."""

    pitch: float
    melody: float
    syllables: float
    loudness: float
    seconds: float

    @property
    def words_a_minute(self) -> int:
        return round(self.syllables * 60 / SYLLABLES_A_WORD)


def measure_file(data: bytes) -> Measured:
    """Of an audio file that a person gave. Raises RunFailed with what is wrong with it."""
    sound = audio.decode(data, rate=RATE, mono=True, max_seconds=MOST_SECONDS)
    return measure(sound.samples[:, 0], RATE)


def measure(sound: np.ndarray, rate: int) -> Measured:
    if not np.isfinite(sound).all():
        raise unusable("It is damaged.")
    melody = melody_of(sound, rate)
    loud = float(np.percentile(melody.level, 95)) if melody.level.size else 0.0
    if loud < SILENT:
        raise unusable("It is silent. Please record it again, closer to the microphone.")
    spoken = melody.level > loud * RANGE
    seconds = float(spoken.sum() * HOP)
    if seconds < LEAST_SPEECH:
        raise unusable(f"There are {seconds:.1f} seconds of sound in it; at least 3 seconds of speech are needed.")
    require_voice(melody, spoken, loud)
    syllables = syllables_a_second(sound, rate, melody)
    if not SLOWEST <= syllables <= FASTEST:
        raise unusable("It does not sound like somebody who speaks.")
    decibels = 20 * np.log10(melody.level[spoken & (melody.pitch > 0)])
    loudness = float(np.subtract(*np.percentile(decibels, (75, 25))))
    return Measured(melody.median, melody.spread, syllables, loudness, seconds)


def require_voice(melody: Melody, spoken: np.ndarray, loud: float) -> None:
    """Raises RunFailed for noise, for a tone, and for speech that drowns."""
    if float((melody.pitch[spoken] > 0).mean()) < LEAST_VOICED:
        raise unusable("There is more noise than voice in it. Please record it again where it is quiet.")
    if melody.spread < LEAST_SPREAD:
        raise unusable("It is one steady tone, not speech.")
    if melody.spread > MOST_SPREAD:
        raise unusable("It sounds like music or like several voices at once. One person speaking is needed.")
    soft = float(np.percentile(melody.level, 5))
    if 20 * np.log10(loud / max(soft, 1e-9)) < LEAST_CONTRAST:
        raise unusable("The background is as loud as the voice. Please record it again where it is quiet.")


def syllables_a_second(sound: np.ndarray, rate: int, melody: Melody) -> float:
    """By how quickly the colour of the sound changes, beside how much it changes at all."""
    shapes = colours_of(sound, rate)
    length = min(len(shapes), len(melody.level))
    shapes, loud = shapes[:length], melody.level[:length] > np.percentile(melody.level, 95) * AUDIBLE
    both = loud[:-LAG] & loud[LAG:]
    if not both.any():
        return 0.0
    change = float(((shapes[LAG:] - shapes[:-LAG]) ** 2).sum(axis=1)[both].mean())
    whole = 2 * float(shapes[loud].var(axis=0).sum())
    return float(np.exp(PACE[0]) * (change / max(whole, 1e-9)) ** PACE[1])


def colours_of(sound: np.ndarray, rate: int) -> np.ndarray:
    """One row each hundredth of a second: the shape of the spectrum on the ear's scale (cepstrum)."""
    width, hop = round(rate * 0.03), round(rate * HOP)
    frames = sliding_window_view(np.pad(sound, (0, width)), width)[: len(sound) : hop]
    bank = filters(rate)
    powers = np.concatenate(
        [np.abs(np.fft.rfft(frames[at : at + 1000] * np.hanning(width), 1024, axis=1)) ** 2 @ bank.T
         for at in range(0, len(frames), 1000)]
    )  # fmt: skip
    logs = np.log(powers + FLOOR * np.percentile(powers, 95, axis=0) + 1e-12)
    waves = np.cos(np.pi * (np.arange(BANDS) + 0.5) * np.arange(SHAPES)[:, None] / BANDS)
    return np.asarray(logs @ waves.T)


def filters(rate: int) -> np.ndarray:
    """Triangles over the spectrum, evenly on the mel scale."""
    low_end, high_end = (2595 * np.log10(1 + hertz / 700) for hertz in (LOWEST_BAND, HIGHEST_BAND))
    edges = 700 * (10 ** (np.linspace(low_end, high_end, BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(1024, 1 / rate)
    low, middle, high = (edges[step : BANDS + step, None] for step in range(3))
    return np.asarray(np.clip(np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle)), 0, None))


def unusable(reason: str) -> RunFailed:
    return RunFailed(f"This sample can not be used. {reason}", "SAMPLE_UNUSABLE")

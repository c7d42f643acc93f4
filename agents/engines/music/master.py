"""From the mix to a finished track: the room, the pump, tone, loudness, a soft limit and a fade."""

import numpy as np

from agents.engines.music.genre import Genre
from agents.engines.music.mix import Buses
from agents.engines.music.moods import Mood
from agents.engines.music.render import RATE
from agents.engines.music.score import Score

TARGET_RMS = 0.16
"""About -16 dBFS over the parts that sound."""
CEILING = 0.89
FADE_SECONDS = 0.9


def master(buses: Buses, score: Score, genre: Genre, mood: Mood) -> np.ndarray:
    """Stereo float samples, never above the ceiling, ending in silence."""
    if genre.pump and score.kicks:
        buses.wet *= pump_curve(len(buses.wet), score.kicks, genre.pump)[:, None]
    echo = room(buses.send, seconds=1.2 + 3.2 * genre.reverb)
    mixed = buses.dry + buses.wet + 2 * genre.reverb * echo
    toned = shaped(mixed, cutoff=genre.cutoff, low=genre.low, treble=mood.treble)
    return faded(limited(levelled(toned)))


def pump_curve(samples: int, kicks: tuple[float, ...], depth: float) -> np.ndarray:
    """Gain that ducks at every kick and swells back within a third of a second."""
    curve = np.ones(samples, dtype=np.float32)
    time = np.arange(round(0.34 * RATE), dtype=np.float32) / RATE
    dip = 1 - depth * np.exp(-time / 0.11) * np.minimum(1, time / 0.004)
    for kick in kicks:
        start = round(kick * RATE)
        room_left = max(0, samples - start)
        piece = dip[:room_left]
        curve[start : start + len(piece)] = np.minimum(curve[start : start + len(piece)], piece)
    return curve


def room(sound: np.ndarray, *, seconds: float) -> np.ndarray:
    """The sound in a hall: convolution with a decaying, darkening noise that differs left and right."""
    length = round(seconds * RATE)
    rng = np.random.default_rng(7)
    time = np.arange(length, dtype=np.float32) / RATE
    tail = rng.standard_normal((length, 2), dtype=np.float32) * np.exp(-6.5 * time / seconds)[:, None]
    tail[: round(0.012 * RATE)] = 0
    size = fast_length(len(sound) + length)
    frequencies = np.fft.rfftfreq(size, 1 / RATE).astype(np.float32)
    color = 1 / (1 + (frequencies / 4200) ** 2) * (frequencies**2 / (frequencies**2 + 220.0**2))
    strength = np.sqrt((tail**2).sum(axis=0)) + 1e-9
    hall = np.empty_like(sound)
    for side in (0, 1):
        response = np.fft.rfft(np.ascontiguousarray(tail[:, side]), size) * (color / strength[side])
        hall[:, side] = np.fft.irfft(spectrum(sound, side, size) * response, size)[: len(sound)]
    return hall


def spectrum(sound: np.ndarray, side: int, size: int) -> np.ndarray:
    """Of one channel; contiguous samples are transformed several times faster."""
    return np.fft.rfft(np.ascontiguousarray(sound[:, side]), size)


def fast_length(samples: int) -> int:
    """The next length that is a power of two times 1, 3, 5 or 9: quick to transform."""
    power = 2 ** (samples - 1).bit_length()
    return min(int(length) for length in (power * 9 // 16, power * 5 // 8, power * 3 // 4, power) if length >= samples)


def shaped(sound: np.ndarray, *, cutoff: int, low: float, treble: float) -> np.ndarray:
    size = fast_length(len(sound) + 4096)
    frequencies = np.fft.rfftfreq(size, 1 / RATE).astype(np.float32)
    gain = frequencies**4 / (frequencies**4 + 32.0**4)
    gain /= np.sqrt(1 + (frequencies / cutoff) ** 6)
    gain *= 1 + (10 ** (low / 20) - 1) / (1 + (frequencies / 130) ** 2)
    gain *= 1 + (10 ** (treble / 20) - 1) * frequencies**2 / (frequencies**2 + 3000.0**2)
    for side in (0, 1):
        sound[:, side] = np.fft.irfft(spectrum(sound, side, size) * gain, size)[: len(sound)]
    return sound


def levelled(sound: np.ndarray) -> np.ndarray:
    """Scaled so that the sounding parts have the target level."""
    window = RATE // 4
    blocks = sound[: len(sound) // window * window].reshape(-1, window * 2)
    power = (blocks**2).mean(axis=1)
    sounding = power[power >= power.max() / 40]
    return sound * (TARGET_RMS / max(1e-6, float(np.sqrt(sounding.mean()))))


def limited(sound: np.ndarray) -> np.ndarray:
    """Peaks above the knee are rounded off and never pass the ceiling."""
    knee = 0.6 * CEILING
    size = np.abs(sound)
    rounded = knee + (CEILING - knee) * np.tanh((size - knee) / (CEILING - knee))
    return np.where(size > knee, np.sign(sound) * rounded, sound).astype(np.float32)


def faded(sound: np.ndarray) -> np.ndarray:
    length = min(len(sound), round(FADE_SECONDS * RATE))
    sound[-length:] *= np.cos(np.linspace(0, np.pi / 2, length, dtype=np.float32))[:, None] ** 2
    return sound

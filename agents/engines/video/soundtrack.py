"""The sound of a film: music of its own, a voice over it, and the music giving way where somebody speaks."""

from collections.abc import Callable, Sequence

import numpy as np

from agents.engines.music import compose
from agents.engines.music.arrange import arrange
from agents.engines.music.genres import GENRES
from agents.engines.music.master import master
from agents.engines.music.mix import mix
from agents.engines.music.moods import MOODS, MoodName
from agents.engines.music.render import render
from agents.engines.video.film import RATE

ALONE, UNDER = 0.62, 0.2
"""How loud the music is alone and under a voice."""
CEILING = 0.85
SHORTEST_PIECE = 6


def music(
    prompt: str, *, mood: MoodName | None, seed: int, seconds: float, report: Callable[[float], None]
) -> tuple[np.ndarray, str]:
    """Stereo samples of a piece as long as the film, and its genre and mood in words."""
    order = compose.Order(prompt=prompt, seed=seed, duration=max(SHORTEST_PIECE, seconds), mood=mood)
    sheet = compose.compose(order)
    score = arrange(sheet)
    buses = mix(render(score, lambda share: report(share * 0.8)), score.seconds)
    sound = master(buses, score, GENRES[sheet.genre], MOODS[sheet.mood])
    report(1.0)
    return sound, f"{sheet.mood} {sheet.genre}"


def at_film_rate(samples: np.ndarray, rate: int) -> np.ndarray:
    places = np.arange(round(len(samples) * RATE / rate)) * (rate / RATE)
    return np.asarray(np.interp(places, np.arange(len(samples)), samples), dtype=np.float32)


def narration(pieces: Sequence[tuple[float, np.ndarray]], seconds: float) -> np.ndarray:
    """Mono samples, each piece from its second on."""
    track = np.zeros(round(seconds * RATE), dtype=np.float32)
    for start, piece in pieces:
        at = round(start * RATE)
        track[at : at + len(piece)] += piece[: max(0, len(track) - at)]
    return track


def blended(music: np.ndarray | None, voice: np.ndarray) -> np.ndarray:
    """Music under a voice, both as long as the voice's track."""
    sound = np.repeat(voice[:, None], 2, axis=1)
    if music is not None:
        length = min(len(music), len(sound))
        gain = ALONE - (ALONE - UNDER) * presence(voice)[:length]
        sound[:length] += music[:length] * gain[:, None]
    return faded(limited(sound))


def presence(voice: np.ndarray) -> np.ndarray:
    """0 where nobody speaks, 1 where somebody does, with slow shoulders."""
    block = RATE // 50
    blocks = -(-len(voice) // block)
    padded = np.zeros(blocks * block, dtype=np.float32)
    padded[: len(voice)] = np.abs(voice)
    speaking = (padded.reshape(blocks, block).max(axis=1) > 0.02).astype(np.float32)
    shoulder = np.hanning(41).astype(np.float32)
    wide = np.convolve(speaking, np.ones(25, dtype=np.float32), "same") > 0
    smooth = np.convolve(wide.astype(np.float32), shoulder / shoulder.sum(), "same")
    return np.asarray(np.repeat(smooth[:blocks], block)[: len(voice)], dtype=np.float32)


def limited(sound: np.ndarray) -> np.ndarray:
    peak = float(np.abs(sound).max()) if sound.size else 0.0
    return sound if peak <= CEILING else np.asarray(np.tanh(sound / CEILING) * CEILING, dtype=np.float32)


def faded(sound: np.ndarray, seconds: float = 0.6) -> np.ndarray:
    length = min(len(sound), round(seconds * RATE))
    sound[len(sound) - length :] *= np.linspace(1, 0, length, dtype=np.float32)[:, None]
    return sound


def loudness(voice: np.ndarray, frames: int, fps: int) -> list[float]:
    """How loud a voice is in each frame, 0 to 1, over its own loudest."""
    block = RATE // fps
    levels = []
    for number in range(frames):
        start = number * RATE // fps
        piece = voice[start : start + block]
        levels.append(float(np.sqrt(np.mean(piece**2))) if len(piece) else 0.0)
    top = max(np.percentile(levels, 97), 1e-4) if levels else 1.0
    return [min(1.0, level / float(top)) for level in levels]

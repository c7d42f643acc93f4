"""Opening what a provider sent: nothing of it is believed, and nothing is handed on as it came.

Pictures become PNG, tracks MP3; films are written anew, frame by frame only where players would have trouble. Raises
RunFailed (DELIVERY_INVALID) for what can not be used.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageOps

from agents.delivery import Media, RunFailed
from agents.engines import audio, pictures
from agents.engines.providers.trade import MUSIC, PICTURES

SMALLEST_SHARE = 0.4
LEAST_SHARE = 0.8
"""How much shorter than ordered may come: providers have lengths of their own."""
CUT_ABOVE, FADE = 1.1, 1.5
MOST_SECONDS = 600
SILENT = 0.01
FULL, LOUDER = 0.89, 4.0
RATE = 44_100


def picture(data: bytes, size: tuple[int, int]) -> Image.Image:
    """The picture in the pixels that were promised; a little is cut off where its shape is another."""
    try:
        image = pictures.flattened(pictures.open_picture(Media("", data)))
    except RunFailed as error:
        PICTURES.note(error.message, "")
        raise PICTURES.unusable("it does not open as a picture") from error
    if image.width < size[0] * SMALLEST_SHARE or image.height < size[1] * SMALLEST_SHARE:
        raise PICTURES.unusable(f"it is only {image.width} by {image.height}")
    return image if image.size == size else ImageOps.fit(image, size, Image.Resampling.LANCZOS)


def track(
    data: bytes, seconds: float, *, tags: dict[str, str], progress: Callable[[float], None]
) -> tuple[bytes, float]:
    """An MP3 as long as ordered, and its length in seconds."""
    try:
        sound = audio.decode(data, rate=RATE, max_seconds=MOST_SECONDS)
    except RunFailed as error:
        MUSIC.note(error.message, "")
        raise MUSIC.unusable("it does not open as a track") from error
    if sound.seconds < seconds * LEAST_SHARE:
        raise MUSIC.unusable(f"it lasts {sound.seconds:.1f} seconds instead of {seconds:.0f}")
    samples = levelled(cut(sound.samples, seconds))
    return audio.encode_mp3(samples, RATE, tags=tags, progress=progress), round(len(samples) / RATE, 2)


def cut(samples: np.ndarray, seconds: float) -> np.ndarray:
    """No more than ordered; what goes on faded out."""
    if len(samples) <= seconds * CUT_ABOVE * RATE:
        return samples
    kept, edge = samples[: round(seconds * RATE)].copy(), round(FADE * RATE)
    kept[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)[:, None]
    return kept


def levelled(samples: np.ndarray) -> np.ndarray:
    """Just below full scale, so that encoding does not overdrive it."""
    peak = float(np.abs(samples).max()) if np.isfinite(samples).all() else 0.0
    if peak < SILENT:
        raise MUSIC.unusable("it is silent")
    return np.asarray(samples * np.float32(min(FULL / peak, LOUDER)), dtype=np.float32)

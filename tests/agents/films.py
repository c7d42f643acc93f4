"""Runs of the video agents, and what their films show when they are opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from unittest import mock
from uuid import uuid4

import av
import numpy as np
from PIL import Image

from agents.engines.video import film, scenes
from agents.runners import RUNNERS
from agents.runners.base import Delivery, Media, MediaReference


class Run:
    """A job as its runner sees it. Media are found by their reference."""

    def __init__(self, seed: int = 5, media: dict[MediaReference, Media] | None = None) -> None:
        self.seed, self.found, self.steps = seed, media or {}, []

    def progress(self, percent: int, step: str) -> None:
        self.steps.append((percent, step))

    def draft(self, text: str) -> None:
        raise AssertionError("nothing is written here")

    def media(self, reference: MediaReference) -> Media:
        return self.found[reference]


def made(agent_id: str, operation: str, run: Run | None = None, **fields: Any) -> Delivery:
    """A checked delivery."""
    runner = RUNNERS[agent_id, operation]
    delivery = runner.run(run or Run(), runner.input(**fields))
    runner.check(delivery)
    return delivery


@contextmanager
def small() -> Iterator[None]:
    """Films of a quarter of their width and height, made in a tenth of the time: where size is not what is tested."""
    sizes = {aspect: (width // 4, height // 4) for aspect, (width, height) in film.SIZES.items()}
    with mock.patch.object(film, "SIZES", sizes), mock.patch.object(scenes, "SIDE", scenes.SIDE // 4):
        yield


def made_small(agent_id: str, operation: str, run: Run | None = None, **fields: Any) -> Delivery:
    with small():
        return made(agent_id, operation, run, **fields)


def reference() -> MediaReference:
    return MediaReference(upload_id=uuid4())


def png(image: Image.Image) -> Media:
    out = BytesIO()
    image.save(out, "PNG")
    return Media("image/png", out.getvalue())


def frames_of(data: bytes) -> list[np.ndarray]:
    with av.open(BytesIO(data)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def facts_of(data: bytes) -> dict[str, Any]:
    with av.open(BytesIO(data)) as container:
        video = container.streams.video[0]
        return {
            "codecs": [stream.codec_context.name for stream in container.streams],
            "size": (video.width, video.height),
            "rate": float(video.average_rate),
            "seconds": container.duration / av.time_base,
        }


def sound_of(data: bytes) -> np.ndarray:
    """Mono samples at 16 kHz."""
    with av.open(BytesIO(data)) as container:
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=16_000)
        blocks = [part.to_ndarray() for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate(blocks, axis=1).mean(axis=0)


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """Mean difference of two pictures, in steps of 255."""
    return float(np.abs(first.astype(int) - second.astype(int)).mean())

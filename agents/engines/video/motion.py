"""Stills that move: a slow drift and zoom over each picture, and cross-fades from one to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image

from agents.engines.video.film import FPS

FADE = 14
"""Frames of a cross-fade."""
ZOOM = 1.13


@dataclass(frozen=True, slots=True)
class Still:
    """A picture and the frame at which it comes in; the way over it goes from one (zoom, x, y) to another."""

    picture: Image.Image
    start: int
    begin: tuple[float, float, float]
    end: tuple[float, float, float]


def drift(picture: Image.Image, start: int, chance: Random, order: int) -> Still:
    """Zooms in and out by turns, towards a corner of its own; x and y are 0 to 1 of the room there is."""
    wide = (1.0, 0.5, 0.5)
    near = (ZOOM, chance.uniform(0.15, 0.85), chance.uniform(0.25, 0.75))
    return Still(picture, start, *((wide, near) if order % 2 == 0 else (near, wide)))


def closer(picture: Image.Image, start: int, chance: Random) -> Still:
    """A second look at a picture, nearer, gliding sideways."""
    height, zoom = chance.uniform(0.45, 0.75), chance.uniform(1.3, 1.42)
    ways = [(zoom, 0.25, height), (zoom, 0.75, height)]
    chance.shuffle(ways)
    return Still(picture, start, *ways)


def film(stills: Sequence[Still], size: tuple[int, int], total: int) -> Iterator[Image.Image]:
    for number in range(total):
        at = max(index for index, still in enumerate(stills) if still.start <= number)
        frame = seen(stills[at], number, end_of(stills, at, total), size)
        since = number - stills[at].start
        if at and since < FADE:
            before = seen(stills[at - 1], number, end_of(stills, at - 1, total), size)
            frame = Image.blend(before, frame, (since + 1) / (FADE + 1))
        yield lit(frame, number, total)


def end_of(stills: Sequence[Still], at: int, total: int) -> int:
    return stills[at + 1].start + FADE if at + 1 < len(stills) else total


def seen(still: Still, number: int, end: int, size: tuple[int, int]) -> Image.Image:
    share = (number - still.start) / max(1, end - still.start)
    zoom, x, y = (a + (b - a) * share for a, b in zip(still.begin, still.end, strict=True))
    width, height = still.picture.size
    fit = min(width / size[0], height / size[1]) / zoom
    across, down = size[0] * fit, size[1] * fit
    left, top = (width - across) * x, (height - down) * y
    box = (left, top, min(width, left + across), min(height, top + down))
    return still.picture.resize(size, Image.Resampling.BILINEAR, box=box)


def lit(frame: Image.Image, number: int, total: int) -> Image.Image:
    """Out of the dark at the start, into it at the end."""
    edge = FPS // 3
    light = min(1.0, (number + 1) / edge, (total - number) / edge)
    return frame if light >= 1 else Image.blend(Image.new("RGB", frame.size), frame, light)

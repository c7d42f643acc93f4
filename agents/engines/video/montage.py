"""Clips become one film: cut, joined, titled and faded, or laid over one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw

from agents.engines.video import clips, film, lettering
from agents.engines.video.clips import Clip

TITLE_SECONDS = 2.5
FADE = film.FPS // 2
NIGHT, DAWN = (10, 16, 40), (58, 34, 98)
EDGE = 0.035
"""How far an overlay stays from the edge, as a share of the frame's shorter side."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a clip: from a second of it, so many seconds."""

    clip: Clip
    start: float
    seconds: float


def aspect_of(size: tuple[int, int]) -> str:
    """The format nearest to a size."""
    ratio = size[0] / size[1]
    return min(film.SIZES, key=lambda name: abs(np.log(film.SIZES[name][0] / film.SIZES[name][1] / ratio)))


def cut(pieces: Sequence[Piece], start: float, end: float | None) -> list[Piece]:
    """The pieces one after another, kept from one second of the whole to another."""
    kept, at = [], 0.0
    for piece in pieces:
        begin = max(0.0, start - at)
        until = piece.seconds if end is None else min(piece.seconds, end - at)
        if until - begin >= 2 / film.FPS:
            kept.append(replace(piece, start=piece.start + begin, seconds=until - begin))
        at += piece.seconds
    return kept


def frames_in(piece: Piece) -> int:
    return round(piece.seconds * film.FPS)


def joined(pieces: Sequence[Piece], size: tuple[int, int], *, title: str, fade: bool) -> Iterator[Image.Image]:
    if title:
        yield from dipped(title_card(title, size), round(TITLE_SECONDS * film.FPS), fade=fade)
    for piece in pieces:
        frames = clips.frames_of(piece.clip, size, piece.start, piece.seconds)
        yield from dipped(frames, frames_in(piece), fade=fade)


def dipped(frames: Iterator[Image.Image], total: int, *, fade: bool) -> Iterator[Image.Image]:
    """Frames that come out of the dark and go into it."""
    edge = max(1, min(FADE, total // 3))
    for number, frame in enumerate(frames):
        light = min(1.0, (number + 1) / edge, (total - number) / edge)
        yield Image.blend(Image.new("RGB", frame.size), frame, light) if fade and light < 1 else frame


def title_card(title: str, size: tuple[int, int]) -> Iterator[Image.Image]:
    """Words in large on an evening sky, as many frames as a title lasts."""
    card = sky(size)
    pen, letters = ImageDraw.Draw(card), round(min(size) * 0.13)
    words = lettering.drawable(title)
    lines = lettering.wrapped(words, lettering.font(letters), round(size[0] * 0.84))
    while (len(lines) > 3 or widest(lines, letters) > size[0] * 0.9) and letters > 18:
        letters -= 4
        lines = lettering.wrapped(words, lettering.font(letters), round(size[0] * 0.84))
    step = round(letters * 1.25)
    top = size[1] // 2 - step * (len(lines) - 1) // 2
    for row, line in enumerate(lines):
        place = (size[0] // 2, top + row * step)
        pen.text(place, line, lettering.INK, lettering.font(letters), anchor="mm", stroke_width=max(1, letters // 40))
    yield from (card for _ in range(round(TITLE_SECONDS * film.FPS)))


def widest(lines: list[str], letters: int) -> float:
    return max((lettering.font(letters).getlength(line) for line in lines), default=0.0)


def sky(size: tuple[int, int]) -> Image.Image:
    share = np.linspace(0, 1, size[1], dtype=np.float32)[:, None, None]
    rows = np.array(NIGHT, np.float32) * (1 - share) + np.array(DAWN, np.float32) * share
    return Image.fromarray(np.repeat(rows, size[0], axis=1).astype(np.uint8))


def sound(pieces: Sequence[Piece], *, title: str, fade: bool) -> np.ndarray | None:
    """The clips' own sound in their places; None where none of them has any."""
    if not any(piece.clip.has_sound for piece in pieces):
        return None
    tracks = [np.zeros((round(TITLE_SECONDS * film.RATE), 2), dtype=np.float32)] if title else []
    for piece in pieces:
        track = clips.sound_of(piece.clip, piece.start, frames_in(piece) / film.FPS)
        tracks.append(softened(track) if fade else track)
    return np.concatenate(tracks)


def softened(track: np.ndarray) -> np.ndarray:
    edge = min(len(track) // 3, round(FADE / film.FPS * film.RATE))
    ramp = np.linspace(0, 1, edge, dtype=np.float32)[:, None]
    track[:edge] *= ramp
    track[len(track) - edge :] *= ramp[::-1]
    return track


def layered(
    base: Piece, over: Piece | None, size: tuple[int, int], *, place: str, share: float
) -> Iterator[Image.Image]:
    """The base with another clip in a corner, in the middle or over all of it, as long as that one lasts."""
    frames = clips.frames_of(base.clip, size, base.start, base.seconds)
    if over is None:
        yield from frames
        return
    upper = clips.frames_of(over.clip, None, over.start, over.seconds)
    for frame in frames:
        image = next(upper, None)
        yield frame if image is None else laid(frame, image, place, share)


def laid(frame: Image.Image, image: Image.Image, place: str, share: float) -> Image.Image:
    scale = min(frame.width * share / image.width, frame.height * share / image.height)
    small = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    edge = round(min(frame.size) * EDGE) if share < 0.95 else 0
    room = (frame.width - small.width - 2 * edge, frame.height - small.height - 2 * edge)
    across = 0.0 if "left" in place else 1.0 if "right" in place else 0.5
    down = 0.0 if "top" in place else 1.0 if "bottom" in place else 0.5
    where = (edge + round(room[0] * across), edge + round(room[1] * down))
    whole = frame.copy()
    whole.paste(small, where, small if small.mode == "RGBA" else None)
    return whole


def mixed(tracks: Sequence[tuple[np.ndarray, float]]) -> np.ndarray:
    """Tracks of one length, each at its volume, never above full scale."""
    whole = np.zeros_like(tracks[0][0])
    for track, volume in tracks:
        whole += track * np.float32(volume)
    peak = float(np.abs(whole).max()) if whole.size else 0.0
    return whole / np.float32(max(1.0, peak / 0.9))

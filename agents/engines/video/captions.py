"""Captions in time: cues for the picture and the same as a WebVTT track."""

import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image

from agents.delivery import File
from agents.engines.video import lettering
from agents.engines.video.film import FPS

SENTENCES = re.compile(r"(?<=[.!?…])\s+")
SIGNS = {"16:9": 62, "9:16": 38, "1:1": 50}
"""What one caption holds by the shape of the film."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from one second to another."""

    start: float
    end: float
    text: str


def cues_for(text: str, start: float, end: float, signs: int) -> list[Cue]:
    """A line parted into captions of a readable length, each on screen as long as its share of the letters."""
    parts = [part for sentence in SENTENCES.split(" ".join(text.split())) for part in balanced(sentence, signs)]
    total, at, cues = sum(map(len, parts)), start, []
    for part in parts:
        until = at + (end - start) * len(part) / total
        cues.append(Cue(round(at, 3), round(until, 3), part))
        at = until
    return cues


def balanced(sentence: str, signs: int) -> list[str]:
    """Pieces of about equal length, none above `signs`."""
    pieces = -(-len(sentence) // signs)
    even = textwrap.wrap(sentence, min(signs, len(sentence) // max(1, pieces) + 8))
    return even if len(even) <= pieces else textwrap.wrap(sentence, signs)


def vtt_file(cues: Iterable[Cue]) -> File:
    body = "\n".join(f"{stamp(cue.start)} --> {stamp(cue.end)}\n{escaped(cue.text)}\n" for cue in cues)
    return File("captions.vtt", "captions", "text/vtt", f"WEBVTT\n\n{body}".encode())


def stamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def burned(frames: Iterable[Image.Image], cues: list[Cue], size: tuple[int, int]) -> Iterator[Image.Image]:
    """The frames with the cue of their moment written on them."""
    starts = [cue.start for cue in cues]
    for number, frame in enumerate(frames):
        seconds = number / FPS
        at = bisect_right(starts, seconds) - 1
        if at >= 0 and seconds < cues[at].end:
            strip = lettering.caption(cues[at].text, size)
            if strip:
                strip.burn(frame)
        yield frame

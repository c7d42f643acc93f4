"""The shots of a prompt on their way into a film: spoken, given their span, painted, captioned."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import numpy as np

from agents.delivery import RunFailed
from agents.engines import speech
from agents.engines.scene import engine
from agents.engines.video import captions, film, motion, soundtrack
from agents.engines.video.storyboard import Shot
from agents.engines.voices import speakable

SHAPES = {"16:9": "wide", "9:16": "tall", "1:1": "square"}
SIDE = 1100
BREATH = 0.35
"""Seconds of a scene before its line."""
SIGNS_A_SECOND = 14.5
FASTEST = 1.35
SHORTEST, LONGEST = 6, 20
SHORTEST_SCENE, LONGEST_VIEW = 1.4, 5.5
Report = Callable[[int, int], None]


@dataclass
class Scene:
    """A shot, its line spoken, its seconds from `start` to `end`, and what of its words is in the picture."""

    shot: Shot
    voice: np.ndarray | None = None
    start: float = 0.0
    end: float = 0.0
    shown: list[str] = field(default_factory=list)

    @property
    def spoken(self) -> float:
        return 0.0 if self.voice is None else len(self.voice) / film.RATE

    @property
    def facts(self) -> dict[str, object]:
        return {"name": self.shot.line or self.shot.words, "start": round(self.start, 2), "shown": self.shown}


def narrate(board: list[Scene], seconds: int | None, seed: int, report: Report) -> None:
    """Speak the lines that an English voice can, quicker where the film is short for them."""
    lines = [scene for scene in board if scene.shot.line and can_be_said(scene.shot.line)]
    wanted = sum(len(scene.shot.line) for scene in lines) / SIGNS_A_SECOND + (BREATH + 0.4) * len(board)
    speed = min(FASTEST, max(1.0, wanted / (seconds or LONGEST)))
    for order, scene in enumerate(lines, 1):
        report(order, len(lines))
        samples, rate = speech.speak(
            scene.shot.line, voice="joe", speed=speed, seed=seed, progress=lambda done, of: None
        )
        scene.voice = soundtrack.at_film_rate(samples, rate)


def can_be_said(line: str) -> bool:
    try:
        speakable(line)
    except RunFailed:
        return False
    return True


def fitting_length(board: list[Scene]) -> int:
    wanted = sum(max(3.0, scene.spoken + 2 * BREATH) for scene in board)
    return min(LONGEST, max(SHORTEST, round(wanted + 0.5)))


def spread(board: list[Scene], seconds: float) -> None:
    """Give each scene its span. Where the lines are longer than the film, the last ones stay captions only."""
    needs = [max(SHORTEST_SCENE, scene.spoken + BREATH) for scene in board]
    for index in reversed(range(len(board))):
        if sum(needs) > seconds:
            board[index].voice, needs[index] = None, SHORTEST_SCENE
    extra, at = (seconds - sum(needs)) / len(board), 0.0
    for scene, need in zip(board, needs, strict=True):
        scene.start, scene.end = at, at + need + extra
        at = scene.end


def paint(board: list[Scene], *, seed: int, style: str, aspect: str, report: Report) -> list[motion.Still]:
    """A still a scene; one that stays long is looked at a second time, closer."""
    chance = Random(f"{seed}:camera")
    stills: list[motion.Still] = []
    for number, scene in enumerate(board):
        report(number + 1, len(board))
        picture = engine.draw(
            scene.shot.words, seed=seed + number, style=style, shape=SHAPES[aspect],
            report=lambda percent, step: None, side=SIDE,
        )  # fmt: skip
        scene.shown = engine.shown(picture)
        stills.append(motion.drift(picture.image, round(scene.start * film.FPS), chance, number))
        if scene.end - scene.start > LONGEST_VIEW:
            middle = round((scene.start + scene.end) / 2 * film.FPS)
            stills.append(motion.closer(picture.image, middle, chance))
    return stills


def voice_track(board: list[Scene], seconds: float) -> np.ndarray:
    pieces = [(scene.start + BREATH, scene.voice) for scene in board if scene.voice is not None]
    return soundtrack.narration(pieces, seconds)


def cues_of(board: list[Scene], aspect: str) -> list[captions.Cue]:
    """A line is read from a moment before it is spoken to a moment after; an unspoken one as long as its scene."""
    cues: list[captions.Cue] = []
    for scene in board:
        if scene.shot.line:
            begin = scene.start + BREATH / 2
            heard = max(scene.start + BREATH + scene.spoken + 0.8, begin + 3)
            until = min(scene.end - 0.05, heard) if scene.spoken else scene.end - 0.05
            cues += captions.cues_for(scene.shot.line, begin, until, captions.SIGNS[aspect])
    return cues


def narration_words(board: list[Scene]) -> str:
    said = sum(scene.voice is not None for scene in board)
    lines = sum(bool(scene.shot.line) for scene in board)
    if not said:
        return "None"
    return "Joe" if said == lines else f"Joe, {said} of {lines} lines"

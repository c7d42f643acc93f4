"""What speaks: a text goes in, samples come out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from agents.engines.voices import ENGLISH, LanguageName, Voice

Progress = Callable[[int, int], None]
"""Gets (sentences spoken, sentences in all) before each."""


@dataclass(frozen=True, slots=True)
class Script:
    """What to say and how. `key` is the same for every attempt at it."""

    text: str
    voice: Voice
    language: LanguageName = ENGLISH
    speed: float = 1.0
    seed: int = 0
    key: str = ""


class Speaker(Protocol):
    """`label` is told to the person. None of them copies the sound of somebody's voice."""

    label: str
    is_local: bool

    def speak(self, script: Script, progress: Progress) -> tuple[np.ndarray, int]:
        """Mono samples and their rate. Raises RunFailed in words for the person."""

"""What goes into a run and what comes out of it: engines and runners share it."""

from dataclasses import dataclass, field
from typing import Any


class RunFailed(Exception):
    """The run cannot deliver. `code` is for programs, the message for the person; the job is refunded."""

    def __init__(self, message: str, code: str = "ENGINE_FAILED") -> None:
        self.message, self.code = message, code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Media:
    """Bytes that a run works on, with the type found in their content."""

    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """One artifact. `kind` is image, vector, audio, midi, video, captions, poster, text, document, data or bundle."""

    name: str
    kind: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a run hands over: files (the main one first), small JSON facts, and the engine that made them."""

    files: tuple[File, ...]
    output: dict[str, Any]
    engine: str

"""What goes into a run and what comes out of it: engines and runners share it."""

from dataclasses import dataclass, field
from typing import Any


class RunFailed(Exception):
    """The run cannot deliver. `code` is for programs, the message for the person; the job is refunded.

    `provider_cost` is what it cost all the same, as in a Delivery.
    """

    def __init__(self, message: str, code: str = "ENGINE_FAILED", provider_cost: int | None = None) -> None:
        self.message, self.code, self.provider_cost = message, code, provider_cost
        super().__init__(message)


class Stopped(Exception):
    """What is made is wanted no more, by nobody: what was ordered elsewhere for it can be stopped as well."""


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
class SavedVoice:
    """A voice to keep for the person. `profile` is what an engine needs to speak in it."""

    name: str
    profile: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a run hands over: files (the main one first), small JSON facts, and the engine that made them.

    `provider_cost` is what a provider charged for it, in millionths of a dollar; None when nobody said.
    """

    files: tuple[File, ...]
    output: dict[str, Any]
    engine: str
    provider_cost: int | None = None
    voice: SavedVoice | None = None

"""What a runner is: a typed input, work that reports its progress, and a check of what it delivers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MAX_SEED = 2**31 - 1
Seed = Annotated[
    int | None,
    Field(default=None, ge=0, le=MAX_SEED, title="Seed", description="The same seed and words give the same result."),
]


class RunFailed(Exception):
    """The run cannot deliver. `code` is for programs, the message for the person; the job is refunded."""

    def __init__(self, message: str, code: str = "ENGINE_FAILED") -> None:
        self.message, self.code = message, code
        super().__init__(message)


class MediaReference(BaseModel):
    """An upload of the person's, or an artifact of an earlier job of theirs."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    upload_id: UUID | None = None
    job_id: UUID | None = None
    name: str | None = Field(default=None, max_length=120)


class RunInput(BaseModel):
    """Base of every operation's input; unknown keys are refused. Its JSON Schema is shown in the catalogue."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Media:
    """Bytes that a run works on, with the type found in their content."""

    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """One artifact. `kind` is image, vector, audio, midi, video, text, document, data or bundle."""

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


class Run(Protocol):
    """The running job, seen from its runner."""

    seed: int
    """A number drawn once per job: use it where the input names no seed, so that a second attempt agrees."""

    def progress(self, percent: int, step: str) -> None:
        """Report work done (0-99) and what is being done now. Raises when the job is no longer ours."""

    def media(self, reference: MediaReference) -> Media:
        """The bytes behind a reference of the job's owner. Raises RunFailed when they are gone."""


@dataclass(frozen=True, slots=True)
class Runner:
    """One operation that works. `check` raises RunFailed unless every promised file exists and opens."""

    input: type[RunInput]
    run: Callable[[Run, Any], Delivery]
    check: Callable[[Delivery], None]
    examples: tuple[dict[str, Any], ...] = ()

"""What a runner is: a typed input, work that reports its progress, and a check of what it delivers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol
from uuid import UUID

from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field, RootModel

from agents.delivery import Delivery, File, Media, RunFailed

__all__ = [
    "MAX_SEED", "Delivery", "EarlierJob", "EarlierPlan", "File", "Media", "MediaReference", "Run", "RunFailed",
    "RunInput", "Runner", "Seed", "StepFile", "StepResult", "Told", "VoiceReference",
    "runner_at",
]  # fmt: skip
MAX_SEED = 2**31 - 1
Seed = Annotated[
    int | None,
    Field(
        default=None, ge=0, le=MAX_SEED, title=_("Seed"), description=_("The same seed and words give the same result.")
    ),
]


class MediaReference(BaseModel):
    """An upload of the person's, or an artifact of an earlier job of theirs."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    upload_id: UUID | None = None
    job_id: UUID | None = None
    name: str | None = Field(default=None, max_length=120)


class EarlierJob(RootModel[UUID]):
    """An earlier job of the person's: its id."""

    model_config = ConfigDict(frozen=True)


class EarlierPlan(RootModel[UUID]):
    """An earlier orchestrated job of the person's: its id."""

    model_config = ConfigDict(frozen=True)


class VoiceReference(RootModel[UUID]):
    """A saved voice of the person's: its id."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True, slots=True)
class Told:
    """What an earlier job was given and what it answered."""

    agent_id: str
    input: dict[str, Any]
    output: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StepFile:
    """A file that a step delivered; `read` gives its bytes. Raises RunFailed when they are gone."""

    name: str
    kind: str
    content_type: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step of a plan at its end. `is_final`: no delivered step builds on it. `error` says why nothing came."""

    agent_id: str
    operation: str
    reason: str
    delivered: bool
    is_final: bool
    error: str
    engine: str
    files: tuple[StepFile, ...]


class RunInput(BaseModel):
    """Base of every operation's input; unknown keys are refused. Its JSON Schema is shown in the catalogue."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Run(Protocol):
    """The running job, seen from its runner."""

    seed: int
    """A number drawn once per job: use it where the input names no seed, so that a second attempt agrees."""

    key: str
    """The same for every attempt at this work: a provider that gets it again starts nothing a second time."""

    def progress(self, percent: int, step: str) -> None:
        """Report work done (0-99) and what is being done now. Raises when the job is no longer ours."""

    def draft(self, text: str) -> None:
        """Show what is written so far: all of it, each time. Raises like `progress`; a call too many costs nothing."""

    def media(self, reference: MediaReference) -> Media:
        """The bytes behind a reference of the job's owner. Raises RunFailed when they are gone."""

    def earlier(self, job_id: UUID) -> Told | None:
        """A completed job of the same owner; None when it is not there any more."""

    def voice(self, voice_id: UUID) -> dict[str, Any]:
        """The profile of a saved voice of the job's owner. Raises RunFailed when it is gone."""

    def steps(self) -> list[StepResult]:
        """The steps of an orchestrated job, and of the plans that it goes on from, in their order."""

    def plan_facts(self) -> dict[str, Any]:
        """What was noted when an orchestrated job was planned: planner, left_out."""


@dataclass(frozen=True, slots=True)
class Runner:
    """One operation that works. `check` raises RunFailed unless every promised file exists and opens."""

    input: type[RunInput]
    run: Callable[[Run, Any], Delivery]
    check: Callable[[Delivery], None]
    examples: tuple[dict[str, Any], ...] = ()


def runner_at(path: str, input: type[RunInput], examples: tuple[dict[str, Any], ...] = ()) -> Runner:
    """A runner whose work is the function at this dotted path, with `check` beside it.

    Their module, engines and all, is loaded by the first call: who offers an operation needs none of it.
    """
    return Runner(input, deferred(path), deferred(f"{path.rpartition('.')[0]}.check"), examples)


def deferred(path: str) -> Callable[..., Any]:
    def work(*arguments: Any) -> Any:
        return import_string(path)(*arguments)

    return work

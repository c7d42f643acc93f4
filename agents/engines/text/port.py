"""What writes text: a conversation goes in, the next turn comes out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from agents.delivery import RunFailed

Role = Literal["system", "user", "assistant"]


class TooLong(Exception):
    """The conversation does not fit the model. Leaving a part of it out may help."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Written:
    """`usage` is what the engine counted, and its cost where a provider names one."""

    text: str
    usage: dict[str, Any] = field(default_factory=dict)


class Writer(Protocol):
    """`label` is told to the person; `memory` is about how many tokens of conversation are worth handing over.

    A demo's words are fluent and not to be relied on.
    """

    label: str
    memory: int
    is_demo: bool

    def complete(
        self, messages: list[Message], *, max_tokens: int, seed: int, on_text: Callable[[str], None]
    ) -> Written:
        """The next turn. `on_text` gets each piece as it is written; what it raises stops the writing and goes on.

        An empty piece says that the turn is written anew from its beginning.

        Raises TooLong, and RunFailed in words for the person.
        """


def nothing_written() -> RunFailed:
    return RunFailed("The model wrote nothing. Please say it in another way.", "DELIVERY_INVALID")

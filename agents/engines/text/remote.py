"""Text from a provider that speaks OpenAI's protocol. Its troubles are told in our words; its own go to the log."""

import logging
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, cast

import httpx2
import openai
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from agents.delivery import RunFailed
from agents.engines.text.port import Message, TooLong, Written

log = logging.getLogger(__name__)
OPENAI = "https://api.openai.com/v1"
ATTEMPTS = 2
RETRIES = 2
TIMEOUT = openai.Timeout(60, connect=10)
MOST_SECONDS = 150.0
MEMORY = 6000
DOWN = "The text provider does not answer right now. Please try again in a few minutes; your credits are back."
REFUSED = "The text provider would not write this. Please say it in another way; your credits are back."
MISSET = "Text can not be written right now; that is our fault, and your credits are back."
BROKEN = "The text provider sent an answer that could not be read. Your credits are back; please try again."


class Cut(Exception):
    """The stream ended before the text did."""


class RemoteWriter:
    memory = MEMORY
    is_demo = False

    def __init__(
        self, *, model: str, key: str = "", base_url: str = "", timeout: openai.Timeout | float = TIMEOUT,
        most_seconds: float = MOST_SECONDS,
    ) -> None:  # fmt: skip
        self.model, self.key, self.base_url = model, key, base_url or OPENAI
        self.timeout, self.most_seconds = timeout, most_seconds
        self.label = f"{model} (remote)"

    @cached_property
    def client(self) -> openai.OpenAI:
        return openai.OpenAI(
            api_key=self.key or "none", base_url=self.base_url, timeout=self.timeout, max_retries=RETRIES
        )

    def complete(
        self, messages: list[Message], *, max_tokens: int, seed: int, on_text: Callable[[str], None]
    ) -> Written:
        """Connections, 429 and 5xx are tried again by the SDK, a stream that was cut by us."""
        until = time.monotonic() + self.most_seconds
        for _ in range(ATTEMPTS):
            try:
                return read(self.ask(messages, max_tokens, seed), until, on_text)
            except (Cut, httpx2.TransportError) as error:
                log.warning("The text provider's stream was cut: %r", error)
                on_text("")
            except openai.OpenAIError as error:
                raise failure_for(error) from error
            except (ValueError, TypeError, AttributeError) as error:
                log.warning("The text provider sent garbage: %r", error)
                raise RunFailed(BROKEN, "ENGINE_UNAVAILABLE") from error
        raise RunFailed(BROKEN, "ENGINE_UNAVAILABLE")

    def ask(self, messages: list[Message], max_tokens: int, seed: int) -> "openai.Stream[ChatCompletionChunk]":
        limit: dict[str, Any] = {"max_completion_tokens" if self.base_url == OPENAI else "max_tokens": max_tokens}
        turns = [{"role": one.role, "content": one.content} for one in messages]
        stream = self.client.chat.completions.create(
            model=self.model, messages=cast("list[ChatCompletionMessageParam]", turns), seed=seed, stream=True,
            stream_options={"include_usage": True}, **limit,
        )  # fmt: skip
        return cast("openai.Stream[ChatCompletionChunk]", stream)


def read(stream: Iterable[ChatCompletionChunk], until: float, on_text: Callable[[str], None]) -> Written:
    """Raises Cut unless the provider said that it finished."""
    pieces: list[str] = []
    usage: dict[str, Any] = {}
    finished = ""
    for chunk in stream:
        if time.monotonic() > until:
            raise RunFailed(DOWN, "ENGINE_UNAVAILABLE")
        if chunk.usage:
            usage = counted(chunk.usage.model_dump())
        for choice in chunk.choices or []:
            finished = choice.finish_reason or finished
            if choice.delta and choice.delta.content:
                pieces.append(choice.delta.content)
                on_text(pieces[-1])
    if finished == "content_filter":
        raise RunFailed(REFUSED, "PROMPT_REFUSED")
    if not finished:
        raise Cut
    return Written("".join(pieces).strip(), usage)


def counted(usage: dict[str, Any]) -> dict[str, Any]:
    """The provider's own count, and its cost where it names one."""
    kept = ("prompt_tokens", "completion_tokens", "total_tokens", "cost")
    return {name: usage[name] for name in kept if isinstance(usage.get(name), (int, float))}


def failure_for(error: openai.OpenAIError) -> Exception:
    log.warning("The text provider failed: %s", error)
    if isinstance(error, (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError)):
        return RunFailed(MISSET, "ENGINE_UNAVAILABLE")
    if isinstance(error, (openai.BadRequestError, openai.UnprocessableEntityError)):
        if error.code == "context_length_exceeded" or error.type == "exceed_context_size_error":
            return TooLong()
        return RunFailed(REFUSED, "PROMPT_REFUSED")
    if isinstance(error, openai.APIResponseValidationError):
        return RunFailed(BROKEN, "ENGINE_UNAVAILABLE")
    return RunFailed(DOWN, "ENGINE_UNAVAILABLE")

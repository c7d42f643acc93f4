"""Asks the configured text model, within a time a person waits. Loaded by the first question: the SDK is large."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any, cast

import httpx2
import openai
from django.conf import settings
from openai.types.chat import ChatCompletionChunk

from agents.planning.model import LONGEST_ANSWER, Unusable

log = logging.getLogger(__name__)
OPENAI = "https://api.openai.com/v1"
MOST_SECONDS = 20.0
MOST_TOKENS = 4000
RETRIES = 1


def ask(rules: str, goal: str, *, schema: dict[str, Any], seed: int) -> str:
    """The model's answer. Raises Unusable when there is none in time."""
    client = openai.OpenAI(
        api_key=settings.TEXT_API_KEY or "none", base_url=settings.TEXT_BASE_URL or OPENAI, max_retries=RETRIES,
        timeout=openai.Timeout(MOST_SECONDS, connect=min(5.0, MOST_SECONDS)),
    )  # fmt: skip
    turns = [{"role": "system", "content": rules}, {"role": "user", "content": goal}]
    pool = ThreadPoolExecutor(1, "planner")
    try:
        until = time.monotonic() + MOST_SECONDS
        return pool.submit(answered, client, turns, schema, seed, until).result(MOST_SECONDS)
    except TookTooLong as error:
        raise Unusable(f"the provider took more than {MOST_SECONDS:g} seconds") from error
    except (openai.OpenAIError, httpx2.TransportError, ValueError, TypeError, AttributeError) as error:
        raise Unusable(f"the provider failed: {str(error)[:300]}") from error
    finally:
        client.close()
        pool.shutdown(wait=False, cancel_futures=True)


def answered(
    client: openai.OpenAI, turns: list[dict[str, str]], schema: dict[str, Any], seed: int, until: float
) -> str:  # fmt: skip
    """With the form it is to have, and without where the provider does not know of forms."""
    form = {"type": "json_schema", "json_schema": {"name": "plan", "schema": schema}}
    try:
        return read(streamed(client, turns, seed, {"response_format": form}), until)
    except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
        log.info("The text provider takes no form for its answer: %s", error)
        return read(streamed(client, turns, seed, {}), until)


def streamed(
    client: openai.OpenAI, turns: list[dict[str, str]], seed: int, form: dict[str, Any]
) -> "openai.Stream[ChatCompletionChunk]":  # fmt: skip
    limit = "max_completion_tokens" if (settings.TEXT_BASE_URL or OPENAI) == OPENAI else "max_tokens"
    order = {"model": settings.TEXT_MODEL, "messages": turns, "seed": seed, "stream": True, limit: MOST_TOKENS, **form}
    return cast("openai.Stream[ChatCompletionChunk]", client.chat.completions.create(**order))


def read(stream: "openai.Stream[ChatCompletionChunk]", until: float) -> str:
    """Raises Unusable for what is cut, refused or late."""
    pieces: list[str] = []
    finished = ""
    for chunk in stream:
        for choice in chunk.choices or []:
            finished = choice.finish_reason or finished
            pieces.append((choice.delta and choice.delta.content) or "")
        if time.monotonic() > until or sum(map(len, pieces)) > LONGEST_ANSWER:
            raise Unusable("the answer is too long, or too slow")
    if finished != "stop":
        raise Unusable(f"the answer ended with {finished or 'nothing'}")
    return "".join(pieces)

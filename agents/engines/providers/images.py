"""Pictures from a provider that speaks OpenAI's protocol: `images.generate`, answered as base64 or an address."""

import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import httpx2
import openai
from django.conf import settings

from agents.delivery import RunFailed
from agents.engines import cost
from agents.engines.providers import wire
from agents.engines.providers.parcel import Made, Sender, billed, unpacked
from agents.engines.providers.trade import PICTURES, is_refusal

OPENAI = "https://api.openai.com/v1"
OPENAI_SIZES = {
    "dall-e-3": {(1344, 768): "1792x1024", (768, 1344): "1024x1792"},
    "": {(1344, 768): "1536x1024", (768, 1344): "1024x1536"},
}
MOST_BYTES = 32 * 1024 * 1024
PAUSES = (0.5, 2.0)
TIMEOUT = httpx2.Timeout(150, connect=10)
MOST_SECONDS = 170.0
FETCH_SECONDS = 35.0
AGAIN_WITHIN = 30.0
"""Together below a job's soft time limit of 240."""
LATER = (openai.RateLimitError, openai.InternalServerError, openai.ConflictError, openai.APIConnectionError)
OURS = (
    openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError, openai.APIResponseValidationError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What to draw, the pixels to draw it in, and the job's key."""

    prompt: str
    size: tuple[int, int]
    seed: int
    key: str


class RemotePainter:
    """A picture may cost money: what was not answered in time is not asked for again."""

    def __init__(
        self, *, model: str, key: str = "", base_url: str = "", timeout: httpx2.Timeout | float = TIMEOUT,
        most_seconds: float = MOST_SECONDS, most_bytes: int = MOST_BYTES,
    ) -> None:  # fmt: skip
        self.model, self.key, self.base_url = model, key, base_url or OPENAI
        self.timeout, self.most_seconds, self.most_bytes = timeout, most_seconds, most_bytes
        self.label = f"{model} (remote)"
        self.takes_seed = self.base_url != OPENAI

    @cached_property
    def client(self) -> openai.OpenAI:
        bounded = wire.client(
            most_bytes=self.most_bytes * 4 // 3 + 64 * 1024, most_seconds=self.most_seconds, timeout=self.timeout
        )
        return openai.OpenAI(
            api_key=self.key or "none", base_url=self.base_url, timeout=self.timeout, max_retries=0, http_client=bounded
        )

    def make(self, wish: Wish) -> Made:
        """Raises RunFailed in words for the person."""
        answer = self.answered(wish)
        if not isinstance(answer, openai.types.ImagesResponse):
            PICTURES.note(f"garbage: {str(answer)[:200]}", self.key)
            raise PICTURES.broken()
        charged = cost.named_in(answer.model_dump(warnings=False))
        with billed(charged):
            return Made(self.content_of(answer, time.monotonic() + FETCH_SECONDS), charged)

    def answered(self, wish: Wish) -> Any:
        until = time.monotonic() + AGAIN_WITHIN
        for pause in (*PAUSES, None):
            try:
                return self.ask(wish)
            except openai.OpenAIError as error:
                PICTURES.note(error, self.key)
                again = isinstance(error, LATER) and not isinstance(error, openai.APITimeoutError)
                wait = max(pause or 0, after(error))
                if not again or pause is None or time.monotonic() + wait > until:
                    raise failure_for(error) from error
                time.sleep(wait)
            except (ValueError, TypeError, AttributeError, RecursionError) as error:
                PICTURES.note(f"garbage: {error!r}", self.key)
                raise PICTURES.broken() from error
        raise PICTURES.down()

    def ask(self, wish: Wish) -> Any:
        return self.client.images.generate(
            model=self.model, prompt=wish.prompt, n=1, size=self.size_for(wish.size),
            extra_headers={"Idempotency-Key": wish.key}, extra_body={"seed": wish.seed} if self.takes_seed else None,
        )  # fmt: skip

    def size_for(self, size: tuple[int, int]) -> str:
        """OpenAI's own models draw in few sizes; others take the one that is wanted."""
        exact = f"{size[0]}x{size[1]}"
        if not self.takes_seed:
            family = next(name for name in OPENAI_SIZES if self.model.startswith(name))
            return OPENAI_SIZES[family].get(size, exact)
        return exact

    def content_of(self, answer: openai.types.ImagesResponse, until: float) -> bytes:
        found = answer.data[0] if isinstance(answer.data, list) and answer.data else None
        b64, url = getattr(found, "b64_json", None), getattr(found, "url", None)
        sender = Sender(PICTURES, self.base_url, self.key, self.most_bytes)
        return unpacked(sender, b64=b64, url=url, until=until)


def painter() -> RemotePainter | None:
    """Who draws, where it is not done here: None says that it is."""
    if not settings.IMAGE_MODEL:
        return None
    return painter_at(settings.IMAGE_MODEL, settings.IMAGE_API_KEY, settings.IMAGE_BASE_URL)


@lru_cache(maxsize=4)
def painter_at(model: str, key: str, base_url: str) -> RemotePainter:
    """One for each configuration: it keeps its connections."""
    return RemotePainter(model=model, key=key, base_url=base_url)


def after(error: openai.OpenAIError) -> float:
    return wire.retry_after(error.response.headers) if isinstance(error, openai.APIStatusError) else 0.0


def failure_for(error: openai.OpenAIError) -> RunFailed:
    if isinstance(error, (openai.BadRequestError, openai.UnprocessableEntityError)):
        about_the_prompt = error.param in (None, "", "prompt") or is_refusal(error.code)
        return PICTURES.refused() if about_the_prompt else PICTURES.misset()
    if isinstance(error, openai.APIResponseValidationError):
        return PICTURES.broken()
    if isinstance(error, OURS):
        return PICTURES.misset()
    if isinstance(error, openai.APITimeoutError):
        return PICTURES.slow()
    return PICTURES.down()

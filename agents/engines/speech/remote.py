"""Speech from a provider that speaks OpenAI's protocol (`audio.speech`). What it sends is listened to before it counts.

The protocol has no request that copies a voice, so saved voices are told by Joe.
"""

import time
from functools import cached_property
from typing import Any

import httpx2
import numpy as np
import openai

from agents.delivery import RunFailed
from agents.engines import audio
from agents.engines.providers import wire
from agents.engines.providers.trade import Trade, is_refusal
from agents.engines.speech.local import levelled, told_as
from agents.engines.speech.port import Progress, Script
from agents.engines.voices import Voice

SPEECH = Trade("speech", "Speech")
OPENAI = "https://api.openai.com/v1"
PAUSES = (0.5, 2.0)
TIMEOUT = httpx2.Timeout(60, connect=10)
MOST_SECONDS = 150.0
MOST_BYTES = 24 * 1024 * 1024
RATE = 24_000
LEAST_LEVEL = 0.003
QUICKEST, SLOWEST, PAUSE = 32.0, 4.0, 4.0
"""Signs in a second of natural speech, and seconds that any text may take longer."""
LATER = (openai.RateLimitError, openai.InternalServerError, openai.ConflictError, openai.APIConnectionError)
OURS = (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError)


class RemoteSpeaker:
    is_local = False

    def __init__(
        self, *, model: str, key: str = "", base_url: str = "", voice: str = "alloy",
        timeout: httpx2.Timeout | float = TIMEOUT, most_seconds: float = MOST_SECONDS,
    ) -> None:  # fmt: skip
        self.model, self.key, self.base_url, self.voice = model, key, base_url or OPENAI, voice
        self.timeout, self.most_seconds = timeout, most_seconds
        self.label = f"{model}, voice {voice} (remote)"

    @cached_property
    def client(self) -> openai.OpenAI:
        bounded = wire.client(most_bytes=MOST_BYTES, most_seconds=self.most_seconds, timeout=self.timeout)
        return openai.OpenAI(
            api_key=self.key or "none", base_url=self.base_url, timeout=self.timeout, max_retries=0, http_client=bounded
        )

    def speak(self, script: Script, progress: Progress) -> tuple[np.ndarray, int]:
        """In one piece. The provider's own voice takes the place of Joe's, told in the same ways."""
        progress(0, 1)
        sound = heard(self.answered(script), script)
        voice = script.voice
        told = told_as(Voice(voice.label, tune=voice.pitch * voice.tune, melody=voice.melody), sound, RATE)
        return levelled(told), RATE

    def answered(self, script: Script) -> bytes:
        until = time.monotonic() + self.most_seconds
        for pause in (*PAUSES, None):
            try:
                return self.ask(script, until)
            except openai.OpenAIError as error:
                SPEECH.note(error, self.key)
                if not isinstance(error, LATER) or pause is None or time.monotonic() + pause > until:
                    raise failure_for(error) from error
                time.sleep(max(pause, retry_after(error)))
            except httpx2.RequestError as error:
                SPEECH.note(f"cut: {error!r}", self.key)
                if pause is None or time.monotonic() + pause > until:
                    raise SPEECH.broken() from error
                time.sleep(pause)
            except (ValueError, TypeError, AttributeError) as error:
                SPEECH.note(f"garbage: {error!r}", self.key)
                raise SPEECH.broken() from error
        raise SPEECH.down()

    def ask(self, script: Script, until: float) -> bytes:
        options: dict[str, Any] = {"extra_headers": {"Idempotency-Key": script.key}} if script.key else {}
        answer = self.client.audio.speech.create(
            model=self.model, voice=self.voice, input=script.text, response_format="mp3",
            speed=min(4.0, max(0.25, script.speed * script.voice.pace)),
            timeout=min(60.0, max(1.0, until - time.monotonic())) if self.timeout is TIMEOUT else self.timeout,
            **options,
        )  # fmt: skip
        return bytes(answer.content)


def heard(data: bytes, script: Script) -> np.ndarray:
    """The sound in an answer. Raises RunFailed unless it is speech as long as the text makes likely."""
    try:
        sound = audio.decode(data, rate=RATE, mono=True)
    except RunFailed as error:
        SPEECH.note(error.message, "")
        raise SPEECH.unusable("it is no sound that can be opened") from error
    samples = np.asarray(sound.samples[:, 0], dtype=np.float32)
    if not np.isfinite(samples).all() or sound.level < LEAST_LEVEL:
        raise SPEECH.unusable("it is silent")
    pace = script.speed * script.voice.pace
    signs = sum(sign.isalnum() for sign in script.text)
    digits = sum(sign.isdigit() for sign in script.text)
    if sound.seconds < signs / (QUICKEST * pace):
        raise SPEECH.unusable("it is cut short")
    if sound.seconds > (signs + 5 * digits) / (SLOWEST * min(1.0, pace)) + PAUSE:
        raise SPEECH.unusable("it is longer than the text")
    return samples


def retry_after(error: openai.OpenAIError) -> float:
    return wire.retry_after(error.response.headers) if isinstance(error, openai.APIStatusError) else 0.0


def failure_for(error: openai.OpenAIError) -> RunFailed:
    if isinstance(error, (openai.BadRequestError, openai.UnprocessableEntityError)):
        about_the_text = error.param in (None, "", "input") or is_refusal(error.code)
        return SPEECH.refused() if about_the_text else SPEECH.misset()
    if isinstance(error, OURS):
        return SPEECH.misset()
    if isinstance(error, openai.APIResponseValidationError):
        return SPEECH.broken()
    if isinstance(error, openai.APITimeoutError):
        return SPEECH.slow()
    return SPEECH.down()

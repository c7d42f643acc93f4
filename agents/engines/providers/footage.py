"""Opening a film that a provider sent. It is watched to its end before it is handed on, without what else it carried.

H.264 with AAC, in about the format ordered, keeps its picture as it is; anything else is filmed anew. Raises RunFailed
(DELIVERY_INVALID) for what can not be used.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from PIL import Image

from agents.delivery import Media, RunFailed
from agents.engines import pictures
from agents.engines.providers.received import LEAST_SHARE
from agents.engines.providers.trade import FILMS
from agents.engines.video import clips, film
from agents.engines.video.clips import Clip

MOST_SECONDS = 60
MOST_FRAMES = MOST_SECONDS * 120
SMALLEST = 200
OTHER_FORMAT = 1.6
SLACK = 0.5
PLAYED = {"yuv420p", "yuvj420p"}
MUXING = {"movflags": "+faststart", "fflags": "+bitexact"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What watching a film showed: its length, that of its sound, how it is coded, and frames of its thirds."""

    seconds: float
    sound: float
    is_played: bool
    stills: tuple[Image.Image, ...]


@dataclass(frozen=True, slots=True)
class Film:
    data: bytes
    size: tuple[int, int]
    seconds: float
    has_sound: bool
    poster: Image.Image


def received(data: bytes, *, seconds: int | None, aspect: str, report: Callable[[float], None]) -> Film:
    clip = opened(data)
    try:
        seen = watched(clip)
    except clips.BROKEN as error:
        raise FILMS.unusable("it does not play") from error
    check(clip, seen, seconds)
    still = max(seen.stills, key=pictures.distinct_colours)
    if pictures.distinct_colours(still) < pictures.FEWEST_COLOURS:
        raise FILMS.unusable("it shows nothing")
    size, has_sound = film.SIZES[aspect], seen.sound > 0
    if is_kept(clip, seen, size):
        return Film(rewrapped(data), clip.size, seen.seconds, has_sound, still)
    data, total = filmed(clip, seen, size, report)
    return Film(data, size, total / film.FPS, has_sound, fitted(still, size))


def opened(data: bytes) -> Clip:
    try:
        clip = clips.open_clip(Media("", data))
    except RunFailed as error:
        FILMS.note(error.message, "")
        raise FILMS.unusable("it does not open as a video") from error
    if clip.kind != "video" or clips.container_of(data) != "mp4":
        raise FILMS.unusable("it is no MP4")
    return clip


def watched(clip: Clip) -> Seen:
    """Every frame decoded, and the sound."""
    with av.open(BytesIO(clip.data), "r", format="mp4") as container:
        video, sounds = container.streams.video[0], container.streams.audio
        video.thread_type = "AUTO"
        rate = float(video.average_rate or 0)
        places = {round(clip.seconds * rate * share) for share in (1 / 3, 2 / 3)} | {0}
        frames, heard, stills, turned = 0, 0.0, [], False
        for frame in container.decode([video, *sounds[:1]]):
            if isinstance(frame, av.AudioFrame):
                heard += frame.samples / frame.sample_rate
            elif isinstance(frame, av.VideoFrame):
                if frames in places:
                    stills.append(clips.shown(frame, None))
                frames, turned = frames + 1, turned or bool(frame.rotation)
            if frames > MOST_FRAMES or heard > 2 * MOST_SECONDS:
                raise FILMS.unusable("it does not end")
        is_played = video.codec_context.name == "h264" and video.codec_context.pix_fmt in PLAYED and not turned
        is_played &= all(sound.codec_context.name == "aac" for sound in sounds[:1])
        return Seen(frames / rate if rate else 0.0, heard, is_played, tuple(stills))


def check(clip: Clip, seen: Seen, ordered: int | None) -> None:
    if not seen.stills or abs(seen.seconds - clip.seconds) > SLACK:
        raise FILMS.unusable("it is cut short")
    if min(clip.size) < SMALLEST:
        raise FILMS.unusable(f"it is only {clip.size[0]} by {clip.size[1]}")
    if seen.seconds > MOST_SECONDS:
        raise FILMS.unusable(f"it is longer than {MOST_SECONDS} seconds")
    if ordered and seen.seconds < ordered * LEAST_SHARE:
        raise FILMS.unusable(f"it lasts {seen.seconds:.1f} seconds instead of {ordered}")


def is_kept(clip: Clip, seen: Seen, size: tuple[int, int]) -> bool:
    """Whether players can do with it as it is: codecs, format, and sound as long as the picture or none."""
    other = abs(math.log(clip.size[0] / clip.size[1] * size[1] / size[0]))
    sounds = not clip.has_sound or abs(seen.sound - seen.seconds) <= SLACK
    return seen.is_played and sounds and other < math.log(OTHER_FORMAT)


def rewrapped(data: bytes) -> bytes:
    """The picture and the sound in a container of ours: no notes, no other tracks, its index first."""
    with TemporaryDirectory() as folder:  # faststart moves the index, for which the muxer reads its own file again
        path = Path(folder) / "film.mp4"
        try:
            with av.open(BytesIO(data), "r", format="mp4") as source, av.open(
                path, "w", format="mp4", options=MUXING
            ) as target:  # fmt: skip
                tracks = [source.streams.video[0], *source.streams.audio[:1]]
                copies = {track.index: target.add_stream_from_template(track) for track in tracks}
                for packet in source.demux(tracks):
                    if packet.dts is not None:
                        packet.stream = copies[packet.stream.index]
                        target.mux(packet)
        except clips.BROKEN as error:
            raise FILMS.unusable("it does not play") from error
        return path.read_bytes()


def filmed(clip: Clip, seen: Seen, size: tuple[int, int], report: Callable[[float], None]) -> tuple[bytes, int]:
    """Its frames and sound coded by us in the format that was ordered, and how many frames."""
    total = max(2, round(seen.seconds * film.FPS))
    seconds = total / film.FPS
    try:
        sound = clips.sound_of(clip, 0.0, seconds) if seen.sound else None
        frames = clips.frames_of(clip, size, 0.0, seconds)
        return film.encode(frames, size=size, sound=sound, report=lambda done: report(done / total)), total
    except RunFailed as error:
        raise FILMS.unusable("it does not play") from error


def fitted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return clips.staged(image, size)

"""Frames and sound become an MP4: H.264 and AAC, ready to play while it loads, the same bytes for the same input."""

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

FPS = 24
RATE = 44_100
SIZES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)}
PICTURE = {"preset": "veryfast", "crf": "23", "threads": "1", "x264-params": "keyint=48:mbtree=0"}
"""What gives the same bytes every time. x264 gives others for another number of threads, with slices on two threads at
times, and with its tree of macroblocks at small sizes by what memory held before."""
SOUND_BITS = 160_000
BT709 = 1


def encode(
    frames: Iterable[Image.Image], *, size: tuple[int, int], sound: np.ndarray | None, report: Callable[[int], None]
) -> bytes:
    """An MP4 of the frames, as long as they are; report gets the frames encoded so far.

    `size` is even both ways. `sound` is float samples at RATE in two columns.
    """
    with TemporaryDirectory() as folder:  # faststart moves the index, for which the muxer reads its own file again
        path = Path(folder) / "film.mp4"
        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        with av.open(path, "w", format="mp4", options=options) as container:
            _write(container, frames, size, sound, report)
        return path.read_bytes()


def _write(
    container: OutputContainer,
    frames: Iterable[Image.Image],
    size: tuple[int, int],
    sound: np.ndarray | None,
    report: Callable[[int], None],
) -> None:
    picture = container.add_stream("libx264", rate=FPS, options=PICTURE)
    picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
    picture.codec_context.colorspace = picture.codec_context.color_primaries = picture.codec_context.color_trc = BT709
    voice = None if sound is None else container.add_stream("aac", rate=RATE, layout="stereo", bit_rate=SOUND_BITS)
    heard = 0
    for number, image in enumerate(frames):
        container.mux(picture.encode(_frame(image, number)))
        if voice is not None and sound is not None:
            until = min(len(sound), (number + 1) * RATE // FPS)
            if until > heard:
                container.mux(voice.encode(_sound(sound[heard:until], heard)))
            heard = until
        report(number + 1)
    container.mux(picture.encode(None))
    if voice is not None:
        container.mux(voice.encode(None))


def _frame(image: Image.Image, number: int) -> av.VideoFrame:
    rgb = av.VideoFrame.from_ndarray(np.asarray(image), format="rgb24")
    frame = rgb.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG)
    frame.pts = number
    return frame


def _sound(samples: np.ndarray, start: int) -> av.AudioFrame:
    planes = np.ascontiguousarray(np.clip(samples, -1, 1).T.astype(np.float32))
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = RATE, start
    return frame

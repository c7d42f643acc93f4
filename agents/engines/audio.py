"""Sound as files: MP3 out, MP3 and its relatives in, and what can be measured of either."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import av
import numpy as np
from av.container import InputContainer

from agents.delivery import RunFailed

MAX_BYTES = 40 * 1024 * 1024
MAX_SECONDS = 900
BIT_RATE = 192_000
CHUNK = 1152 * 64
LOUDEST = 4.0
FAST = {"compression_level": "7"}
"""LAME at half the time of its default; at these bit rates the difference is not heard."""
CONTAINERS = {"audio/mpeg": "mp3", "audio/wav": "wav", "audio/flac": "flac", "audio/ogg": "ogg", "audio/mp4": "mp4"}


@dataclass(frozen=True, slots=True)
class Sound:
    """Float samples, one row a moment, one column a channel, and the tags of the file they came from."""

    rate: int
    samples: np.ndarray
    tags: dict[str, str]

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate

    @property
    def level(self) -> float:
        """Root mean square over everything."""
        return float(np.sqrt(np.mean(self.samples**2))) if self.samples.size else 0.0

    @property
    def clipped(self) -> float:
        """The share of samples at or beyond full scale."""
        return float(np.mean(np.abs(self.samples) >= 0.999)) if self.samples.size else 0.0


def sniff(data: bytes) -> str | None:
    """The audio or MIDI type that the bytes themselves show, None for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    magic = {b"MThd": "audio/midi", b"fLaC": "audio/flac", b"OggS": "audio/ogg", b"ID3": "audio/mpeg"}
    found = next((kind for start, kind in magic.items() if data.startswith(start)), None)
    if found is None and len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return "audio/mpeg"
    return found


def encode_mp3(
    samples: np.ndarray, rate: int, *, tags: dict[str, str], progress: Callable[[float], None], bit_rate: int = BIT_RATE
) -> bytes:
    """Float samples (rows of one or two channels) as MP3 at a constant bit rate."""
    stream = BytesIO()
    layout = "mono" if samples.shape[1] == 1 else "stereo"
    planes = np.ascontiguousarray(np.clip(samples, -1, 1).T.astype(np.float32))
    with av.open(stream, "w", format="mp3", options={"fflags": "+bitexact"}) as container:
        container.metadata.update(tags)
        track = container.add_stream("libmp3lame", rate=rate, layout=layout, bit_rate=bit_rate, options=FAST)
        for start in range(0, planes.shape[1], CHUNK):
            block = np.ascontiguousarray(planes[:, start : start + CHUNK])
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate, start
            container.mux(track.encode(frame))
            progress(min(1.0, (start + CHUNK) / planes.shape[1]))
        container.mux(track.encode(None))
    return stream.getvalue()


def read_tags(data: bytes) -> dict[str, str]:
    """The tags of an audio file, without decoding it. Raises RunFailed for what is no audio."""
    try:
        with av.open(BytesIO(data), "r", format=container_of(data)) as container:
            return dict(container.metadata)
    except (av.FFmpegError, ValueError) as error:
        raise unreadable("It cannot be opened; it may be damaged or cut short.") from error


def decode(data: bytes, *, rate: int = 44100, mono: bool = False, max_seconds: float = MAX_SECONDS) -> Sound:
    """The sound in a file, whatever its name says. Raises RunFailed when there is none or it is too long."""
    if len(data) > MAX_BYTES:
        raise unreadable(f"It is larger than {MAX_BYTES // 2**20} MB.")
    try:
        with av.open(BytesIO(data), "r", format=container_of(data)) as container:
            blocks = decoded_blocks(container, rate=rate, mono=mono, max_seconds=max_seconds)
            tags = dict(container.metadata)
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise unreadable("It cannot be decoded; it may be damaged or cut short.") from error
    if not blocks:
        raise unreadable("It holds no sound.")
    return Sound(rate, np.concatenate(blocks, axis=1).T, tags)


def decoded_blocks(container: InputContainer, *, rate: int, mono: bool, max_seconds: float) -> list[np.ndarray]:
    resampler = av.AudioResampler(format="fltp", layout="mono" if mono else "stereo", rate=rate)
    blocks, total = [], 0
    for frame in container.decode(audio=0):
        for part in resampler.resample(frame):
            blocks.append(audible(part))
            total += part.samples
        if total > max_seconds * rate:
            raise unreadable(f"It is longer than {max_seconds:.0f} seconds.")
    return blocks + [audible(part) for part in resampler.resample(None)]


def audible(frame: av.AudioFrame) -> np.ndarray:
    """The samples of a frame; files of floats may hold what is no number or louder than anything."""
    samples = np.nan_to_num(frame.to_ndarray(), posinf=LOUDEST, neginf=-LOUDEST)
    return np.asarray(np.clip(samples, -LOUDEST, LOUDEST))


def container_of(data: bytes) -> str:
    """The one container format to try. Never guessed by ffmpeg, which would follow playlists to other files."""
    kind = sniff(data)
    if kind not in CONTAINERS:
        raise unreadable("It is not an MP3, WAV, FLAC, Ogg or M4A file.")
    return CONTAINERS[kind]


def unreadable(reason: str) -> RunFailed:
    return RunFailed(f"The audio could not be read. {reason}", code="INPUT_UNREADABLE")


def inspect_mp3(data: bytes, *, seconds: float, slack: float = 0.25, least_level: float = 0.01) -> Sound:
    """The decoded MP3 of a delivery. Raises RunFailed unless it sounds, does not clip, and lasts what it should."""
    if sniff(data) != "audio/mpeg":
        raise invalid("the MP3 is not an MP3")
    try:
        sound = decode(data)
    except RunFailed as error:
        raise invalid("the MP3 does not decode") from error
    if abs(sound.seconds - seconds) > slack:
        raise invalid(f"the MP3 lasts {sound.seconds:.1f} seconds instead of {seconds:.1f}")
    if not np.isfinite(sound.samples).all() or sound.level < least_level:
        raise invalid("the MP3 is silent")
    if sound.clipped > 0.001:
        raise invalid("the MP3 is overdriven")
    return sound


def invalid(reason: str) -> RunFailed:
    return RunFailed(f"What was made is not usable: {reason}.", code="DELIVERY_INVALID")

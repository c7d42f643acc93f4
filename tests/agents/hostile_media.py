"""Sounds, scores, films and tables as nobody would send them in good faith."""

import json
import struct
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import av
import mido
import numpy as np
from PIL import Image

from agents.engines.music.sheet import TAG
from agents.engines.video.film import RATE


def wav(rate: int, channels: int, bits: int, data: bytes, *, said: int | None = None, form: int = 1) -> bytes:
    """`said` is how many bytes the header claims."""
    size = len(data) if said is None else said
    block = channels * bits // 8
    head = struct.pack("<HHIIHH", form, channels, rate, rate * block & 0xFFFFFFFF, block & 0xFFFF, bits)
    return b"RIFF" + struct.pack("<I", size + 36 & 0xFFFFFFFF) + b"WAVEfmt " + struct.pack("<I", 16) + head + (
        b"data" + struct.pack("<I", size & 0xFFFFFFFF) + data
    )  # fmt: skip


def tone(seconds: float = 1.0) -> np.ndarray:
    return np.sin(np.arange(round(seconds * RATE)) * 0.06).astype(np.float32) * 0.4


def block_of(samples: np.ndarray) -> av.AudioFrame:
    block = av.AudioFrame.from_ndarray(samples[None, :], format="fltp", layout="mono")
    block.sample_rate = RATE
    return block


@cache
def sound(codec: str = "libmp3lame", container: str = "mp3") -> bytes:
    """Two seconds of a tone."""
    out = BytesIO()
    with av.open(out, "w", format=container) as file:
        track = file.add_stream(codec, rate=RATE, layout="mono")
        file.mux([*track.encode(block_of(tone(2.0))), *track.encode(None)])
    return out.getvalue()


SOUNDS: dict[str, Callable[[], bytes]] = {
    "mp3 cut short": lambda: sound()[:3000],
    "mp3 of a tag": lambda: b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
    "mp3 of noise": lambda: b"\xff\xfb\x90\x44" + np.random.default_rng(2).bytes(4000),
    "wav of ten hours": lambda: wav(44_100, 2, 16, b"\1\0" * 4000, said=36_000 * 176_400),
    "wav of nothing": lambda: wav(44_100, 2, 16, b""),
    "wav without channels": lambda: wav(44_100, 0, 16, b"\1\0" * 4000),
    "wav without a rate": lambda: wav(0, 1, 16, b"\1\0" * 4000),
    "wav of one sample a second": lambda: wav(1, 1, 16, b"\1\x20" * 6),
    "wav of 4,000,000,000 a second": lambda: wav(4_000_000_000, 1, 16, b"\1\x20" * 4000),
    "wav of 255 channels": lambda: wav(8000, 255, 16, b"\1\x20" * 255 * 40),
    "wav of no numbers": lambda: wav(44_100, 1, 32, np.full(44_100, np.nan, np.float32).tobytes(), form=3),
    "wav without end": lambda: wav(44_100, 1, 32, np.full(44_100, np.inf, np.float32).tobytes(), form=3),
    "wav louder than loud": lambda: wav(44_100, 1, 32, (tone() * 1e30).tobytes(), form=3),
    "flac of a header": lambda: b"fLaC\x80\0\0\x22" + b"\0" * 34,
    "ogg of noise": lambda: b"OggS" + np.random.default_rng(3).bytes(4000),
    "m4a of a header": lambda: b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42",
}


def midi_of(*messages: mido.Message | mido.MetaMessage, ticks: int = 480, type: int = 0) -> bytes:
    out = BytesIO()
    file = mido.MidiFile(type=type, ticks_per_beat=ticks)
    file.tracks.append(mido.MidiTrack(messages))
    file.save(file=out)
    return out.getvalue()


def scale(*before: mido.MetaMessage, pitches: Any = range(60, 72), step: int = 240, **file: Any) -> bytes:
    notes = [
        mido.Message(kind, note=pitch, velocity=90, time=0 if kind == "note_on" else step)
        for pitch in pitches
        for kind in ("note_on", "note_off")
    ]
    return midi_of(*before, *notes, **file)


def crowd(events: int) -> bytes:
    """One chord struck so many times at once, three bytes a time."""
    body = b"\0\x90\x3c\x40" + b"\0\x3c\x40" * events + b"\0\xff\x2f\0"
    return midi_head(480) + b"MTrk" + struct.pack(">I", len(body)) + body


def midi_head(division: int, tracks: int = 1, form: int = 0) -> bytes:
    return b"MThd" + struct.pack(">IHHH", 6, form, tracks, division & 0xFFFF)


def tempo(microseconds: int) -> mido.MetaMessage:
    return mido.MetaMessage("set_tempo", tempo=microseconds)


def forged(*, tempo: int = 120, section: str = "A", player: str = "Grand piano") -> bytes:
    """Somebody's score that claims to be one of ours."""
    roles = ("lead", "chords", "bass", "pad", "color", "kit")
    part = {"name": section, "bars": 3, "intensity": 3, "chords": ["1"], "melody": []}
    sheet = {
        "genre": "jazz", "mood": "calm", "tempo": tempo, "tonic": 4, "mode": "major", "seed": 10**300, "duration": 10,
        "cast": dict.fromkeys(roles, player), "sections": [part],
    }  # fmt: skip
    return scale(mido.MetaMessage("text", text=f"{TAG}={json.dumps(sheet)}"))


SCORES: dict[str, Callable[[], bytes]] = {
    "midi cut short": lambda: scale()[:40],
    "midi of a header": lambda: midi_head(480),
    "midi of 65,535 tracks": lambda: midi_head(480, 65_535, 1),
    "midi of 60,000 events": lambda: crowd(60_000),
    "midi of a million events": lambda: crowd(1_000_000),
    "midi at no tempo": lambda: scale(tempo(0)),
    "midi at the slowest tempo": lambda: scale(tempo(16_777_215)),
    "midi without ticks": lambda: midi_head(0) + scale()[14:],
    "midi in film time": lambda: midi_head(-6360) + scale()[14:],
    "midi of an unknown form": lambda: midi_head(480, 1, 7) + scale()[14:],
    "midi of all keys alike": lambda: scale(pitches=[*range(60, 72)] * 2),
    "midi of one key": lambda: scale(pitches=[60] * 24),
    "midi of the highest keys": lambda: scale(pitches=[127, 126, 125] * 8),
    "midi of the lowest keys": lambda: scale(pitches=[0, 1, 2] * 8),
    "midi after a year": lambda: midi_of(mido.Message("note_on", note=1, time=268_435_455)),
    "midi with a false key": lambda: midi_head(480) + b"MTrk\0\0\0\x0a\0\xff\x59\2\x7f\x7f\0\xff\x2f\0",
    "midi with a forged score": lambda: forged(tempo=10**9),
    "midi with letters in a forged score": lambda: forged(section="\u65e5\U0001f98a\n"),
    "midi that never ends a note": lambda: midi_of(*[mido.Message("note_on", note=n, velocity=9) for n in range(128)]),
    "midi of drums": lambda: midi_of(*[mido.Message("note_on", channel=9, note=36, time=99) for _ in range(50)]),
}


@cache
def film(moments: tuple[int, ...] = tuple(range(24)), size: tuple[int, int] = (320, 180), heard: bool = False) -> bytes:
    """An MP4 with a frame at each of these twenty-fourths of a second, and with a second of sound."""
    out = BytesIO()
    with av.open(out, "w", format="mp4") as container:
        picture = container.add_stream("libx264", rate=24, options={"preset": "ultrafast", "threads": "1"})
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        voice = container.add_stream("aac", rate=RATE, layout="mono") if heard else None
        for moment in moments:
            image = Image.new("RGB", size, (moment * 9 % 255, 90, 40))
            frame = av.VideoFrame.from_image(image).reformat(format="yuv420p")
            frame.pts = moment
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        if voice:
            container.mux([*voice.encode(block_of(tone())), *voice.encode(None)])
    return out.getvalue()


def apart(seconds: int) -> bytes:
    """Two frames, so far from each other."""
    return film((0, 24 * seconds))


def box(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


FTYP = box(b"ftyp", b"isom\0\0\2\0isomiso2mp41")

FILMS: dict[str, Callable[[], bytes]] = {
    "mp4 cut short": lambda: film(heard=True)[:4000],
    "mp4 of a header": lambda: FTYP,
    "mp4 with an endless box": lambda: FTYP + b"\0\0\0\1moov\x7f\xff\xff\xff\xff\xff\xff\xff",
    "mp4 without pictures": lambda: sound("aac", "mp4"),
    "mp4 of no frames": lambda: film((), heard=True),
    "mp4 of one frame": lambda: film((0,)),
    "mp4 of two frames ten hours apart": lambda: apart(36_000),
    "mp4 of two frames a minute apart": lambda: apart(61),
    "mp4 of two points": lambda: film(size=(2, 2)),
    "mp4 of a hair": lambda: film(size=(16, 2000)),
    "mp4 with its frames spoilt": lambda: film()[:600] + bytes(3000) + film()[3600:],
    "webm of a header": lambda: b"\x1aE\xdf\xa3" + bytes(60),
    "heic in the box of a film": lambda: box(b"ftyp", b"heic\0\0\0\0mif1heic") + bytes(99),
    "playlist": lambda: b"#EXTM3U\nfile:///etc/passwd\n",
}


def table(rows: int, columns: int, cell: str = "1") -> bytes:
    heading = ",".join(f"c{number}" for number in range(columns))
    line = ",".join([cell] * columns)
    return "\n".join([heading, *[line] * rows]).encode()


TABLES: dict[str, Callable[[], bytes]] = {
    "csv of 10,000 columns": lambda: table(3, 10_000),
    "csv with one cell of 4 MB": lambda: b"a,b\n" + b"x" * 4 * 2**20 + b",2\n3,4\n",
    "csv of 5 MB and more": lambda: b"a,b\n" + b"1,2\n" * 1_400_000,
    "csv of 60,000 rows": lambda: table(60_000, 3),
    "csv of 40,000 rows": lambda: table(40_000, 20, "1.5"),
    "csv of formulas": lambda: b'name,value\n=1+1,@SUM(A1)\n+cmd|\'/C calc\'!A0,-2\n"=HYPERLINK(""http://a"")",3\n',
    "csv with nothing signs": lambda: b"a,b\n1,\0\n2,3\n",
    "csv in two encodings": lambda: "a,b\né,1\n".encode() + "é,2\n".encode("cp1252") + b"\x81\x8d,3\n",
    "csv in utf-16 without a mark": lambda: "a,b\n1,2\n3,4\n".encode("utf-16-le"),
    "csv in half of utf-16": lambda: b"\xff\xfea\0,\0b\0\n\0\xd8",
    "csv of markup": lambda: b"name,<b>sum</b>\n<script>alert(1)</script>,1\n[x](javascript:1),2\n![i](//a.test/i),4\n",
    "csv that never closes": lambda: b'a,b\n1,"2\n' + b"3,4\n" * 60_000,
    "csv of no numbers": lambda: b"a,b\nnan,inf\nNaN,-inf\n1e999,-1e999\n",
    "csv of endless numbers": lambda: b"a,b\n" + b"9" * 39 + b",1" + b"0" * 38 + b"\n" + b"1,2\n",
    "csv of great numbers": lambda: "\n".join(["d,v", *[f"2026-0{n},{'9' * 38}.{n}" for n in range(1, 8)]]).encode(),
    "csv of odd days": lambda: b"day,v\n0001-01-01,1\n9999-12-31,2\n2026-02-28,3\n",
    "csv of headings": lambda: b"a,a,a\n,,\n",
    "csv of nothing": lambda: b",,,\n,,,\n,,,\n",
    "csv of bells": "name,v\n\u202etxt.exe,1\n\u200b,2\n🦊,3\n".encode,
    "text of one letter": lambda: b"a" * 2 * 2**20,
    "text of dots": lambda: b". " * 2**20,
    "text of quotes": lambda: b'." ' * 2**19 + b"a",
    "text of digits": lambda: b"1" * 2**20 + b" x",
    "text of lines": lambda: b"\n" * 2**20 + b"a. B",
    "text that is a page": lambda: b"<!doctype html><script>alert(1)</script>",
}

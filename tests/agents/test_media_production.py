"""Media Production: clips cut, joined, titled, faded and laid over one another; what is no clip is refused clearly."""

import contextlib
from functools import cache
from io import BytesIO
from unittest import mock

import av
import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from agents.engines import audio
from agents.engines.video import clips, film, montage
from agents.runners import RUNNERS
from agents.runners.base import Delivery, File, Media, RunFailed
from tests.agents import films
from tests.agents.films import Run

FULL = film.SIZES
RED, GREEN, BLUE = (200, 30, 30), (30, 180, 40), (30, 40, 200)


def tone(seconds, pitch=440.0, level=0.3):
    wave = level * np.sin(np.arange(round(seconds * film.RATE)) * 2 * np.pi * pitch / film.RATE)
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)


@cache
def clip(colour=RED, seconds=2.0, size=(320, 180), sound=True, container="mp4"):
    """A film of one colour with a dot that wanders."""
    frames = []
    for number in range(round(seconds * film.FPS)):
        frame = Image.new("RGB", size, colour)
        frame.paste("white", (number % 100, 10, number % 100 + 8, 18))
        frames.append(frame)
    data = film.encode(frames, size=size, sound=tone(seconds) if sound else None, report=lambda done: None)
    return Media("video/mp4", data) if container == "mp4" else Media("video/webm", webm(frames))


def webm(frames):
    out = BytesIO()
    with av.open(out, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=film.FPS)
        stream.width, stream.height = frames[0].size
        for number, image in enumerate(frames):
            frame = av.VideoFrame.from_image(image).reformat(format="yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def picture(colour=BLUE, size=(400, 300), mode="RGB"):
    return films.png(Image.new(mode, size, colour))


def mp3(seconds=2.0, pitch=880.0):
    return Media("audio/mpeg", audio.encode_mp3(tone(seconds, pitch), film.RATE, tags={}, progress=lambda share: None))


def edited(*media, **fields):
    references = [films.reference() for _ in media]
    run = Run(media=dict(zip(references, media, strict=True)))
    return films.made("media-production", "video", run, clips=references, **fields)


def laid(base, overlay=None, audio=None, **fields):
    given = {"base": base, "overlay": overlay, "audio": audio}
    references = {name: films.reference() for name, media in given.items() if media}
    run = Run(media={references[name]: media for name, media in given.items() if media})
    return films.made("media-production", "composite", run, **references, **fields)


def frames(delivery):
    return films.frames_of(delivery.files[0].data)


def colour_at(frame, x=0.5, y=0.5):
    return tuple(int(value) for value in frame[round(y * (frame.shape[0] - 1)), round(x * (frame.shape[1] - 1))])


@pytest.fixture(autouse=True)
def small():
    """Films are small here, but where a test gives them their full size."""
    with films.small():
        yield


def near(first, second, reach=40):
    return all(abs(a - b) <= reach for a, b in zip(first, second, strict=True))


def test_clips_and_pictures_are_joined_in_their_order():
    with mock.patch.object(film, "SIZES", FULL):
        delivery = edited(clip(RED), picture(BLUE), clip(GREEN), still_seconds=2, fade=False)

    assert [file.name for file in delivery.files] == ["video.mp4", "poster.jpg"]
    facts = films.facts_of(delivery.files[0].data)
    assert (facts["codecs"], facts["size"]) == (["h264", "aac"], (1280, 720))
    assert facts["seconds"] == pytest.approx(6, abs=0.5)
    shown = frames(delivery)
    assert len(shown) == 144
    assert [near(colour_at(shown[at]), colour) for at, colour in ((24, RED), (72, BLUE), (120, GREEN))] == [True] * 3


def test_a_cut_keeps_what_lies_between():
    delivery = edited(clip(RED), clip(GREEN), start=1.5, end=3, fade=False)

    shown = frames(delivery)
    assert delivery.output["duration"] == 1.5
    assert near(colour_at(shown[4]), RED)
    assert near(colour_at(shown[20]), GREEN)


def test_a_title_comes_first():
    delivery = edited(clip(), title="Our Summer", fade=False)

    shown = frames(delivery)
    assert delivery.output["duration"] == pytest.approx(2 + montage.TITLE_SECONDS)
    assert shown[20].max() > 230
    assert near(colour_at(shown[-10]), RED)
    assert films.difference(shown[20], frames(edited(clip(), title="Winter", fade=False))[20]) > 0.5


def test_fading_starts_and_ends_in_the_dark():
    dark, plain = frames(edited(clip())), frames(edited(clip(), fade=False))
    assert max(colour_at(dark[0])) < 40 < max(colour_at(plain[0]))
    assert max(colour_at(dark[-1])) < 40
    assert near(colour_at(dark[24]), RED)


def test_sound_stays_in_its_place():
    sound = films.sound_of(edited(clip(sound=False), clip(), fade=False).files[0].data)
    silent, heard = sound[4000:28_000], sound[40_000:60_000]
    assert np.abs(silent).max() < 0.02 < np.sqrt((heard**2).mean())


def test_a_film_without_sound_stays_without():
    delivery = edited(clip(sound=False))
    assert films.facts_of(delivery.files[0].data)["codecs"] == ["h264"]
    assert delivery.output["has_sound"] is False


def test_webm_is_read_too():
    assert near(colour_at(frames(edited(clip(GREEN, container="webm"), fade=False))[20]), GREEN)


@pytest.mark.parametrize(("size", "aspect"), [((320, 180), "16:9"), ((180, 320), "9:16"), ((200, 210), "1:1")])
def test_the_format_is_the_nearest_to_the_first_clip(size, aspect):
    assert montage.aspect_of(size) == aspect


@pytest.mark.parametrize(
    ("place", "x", "y"),
    [("top-left", 0.1, 0.1), ("top-right", 0.9, 0.1), ("bottom-left", 0.1, 0.9), ("bottom-right", 0.9, 0.9)],
)
def test_a_picture_lies_in_its_corner(place, x, y):
    shown = frames(laid(clip(), picture(BLUE), place=place, size=30))[20]
    assert near(colour_at(shown, x, y), BLUE)
    assert near(colour_at(shown), RED)


def test_a_video_over_a_video_moves_and_ends():
    shown = frames(laid(clip(RED), clip(GREEN, seconds=1.0), place="middle", size=50))
    assert near(colour_at(shown[10]), GREEN)
    assert near(colour_at(shown[40]), RED)


def test_what_is_clear_in_a_picture_shows_the_film():
    shown = frames(laid(clip(), picture((0, 0, 255, 0), mode="RGBA"), place="middle", size=50))
    assert near(colour_at(shown[20]), RED)


def test_a_sound_is_mixed_under_a_film():
    sound = films.sound_of(laid(clip(), audio=mp3()).files[0].data)[4000:28_000]
    heard = np.abs(np.fft.rfft(sound))
    at = {pitch: heard[round(pitch * len(sound) / 16_000)] for pitch in (440, 660, 880)}
    assert min(at[440], at[880]) > 20 * at[660]


def test_a_picture_with_a_sound_lasts_as_long_as_the_sound():
    delivery = laid(picture(size=(300, 300)), audio=mp3(3.0))
    assert delivery.output["duration"] == pytest.approx(3, abs=0.1)
    assert films.facts_of(delivery.files[0].data)["codecs"] == ["h264", "aac"]


def test_the_same_order_makes_the_same_file():
    assert edited(clip(), title="Hi").files == edited(clip(), title="Hi").files


BROKEN = {
    "text": b"no film",
    "half": clip().data[: len(clip().data) // 2],
    "a box with nothing in it": b"\x00\x00\x00\x20ftypisom" + bytes(200),
    "webm in name only": b"\x1aE\xdf\xa3" + bytes(100),
    "empty": b"",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_clip_is_refused_clearly(data):
    with pytest.raises(RunFailed) as failure:
        edited(Media("video/mp4", data))
    assert failure.value.code == "INPUT_UNREADABLE"


def test_a_film_damaged_in_the_middle_is_no_unknown_error():
    data = bytearray(clip().data)
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    with contextlib.suppress(RunFailed):
        assert edited(Media("video/mp4", bytes(data))).output["duration"] > 0


def test_a_sound_is_no_clip_and_a_picture_no_sound():
    with pytest.raises(RunFailed, match="This is a sound"):
        edited(mp3())
    with pytest.raises(RunFailed, match="no sound"):
        laid(clip(), audio=picture())


def test_nothing_left_and_too_much_are_said(monkeypatch):
    with pytest.raises(RunFailed, match=r"last 2\.0 seconds") as nothing:
        edited(clip(), start=5)
    with pytest.raises(RunFailed, match="60 is the most") as much:
        edited(*[picture()] * 4, still_seconds=20)
    monkeypatch.setattr(clips, "MAX_PIXELS", 320 * 179)
    with pytest.raises(RunFailed, match="4K") as large:
        edited(clip())
    assert (nothing.value.code, much.value.code, large.value.code) == (
        "INPUT_TOO_SHORT", "FILM_TOO_LONG", "INPUT_UNREADABLE"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("operation", "fields"),
    [
        ("video", {"clips": []}),
        ("video", {"clips": [{"name": "a"}] * 7}),
        ("video", {"clips": [{"name": "a"}], "start": 5, "end": 5}),
        ("video", {"clips": [{"name": "a"}], "title": "a" * 81}),
        ("composite", {"base": {"name": "a"}}),
        ("composite", {"base": {"name": "a"}, "overlay": {"name": "a"}, "size": 5}),
    ],
)
def test_wrong_input_is_refused(operation, fields):
    with pytest.raises(ValidationError):
        RUNNERS["media-production", operation].input.model_validate(fields)


def test_the_check_refuses_what_does_not_play():
    good = edited(clip())
    for files in ((File("video.mp4", "video", "video/mp4", b"no film"), good.files[1]), good.files[1:], ()):
        with pytest.raises(RunFailed) as failure:
            RUNNERS["media-production", "video"].check(Delivery(files, good.output, good.engine))
        assert failure.value.code == "DELIVERY_INVALID"

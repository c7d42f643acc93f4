"""Films from a provider: watched to their end, and handed on in a container of ours."""

from io import BytesIO
from types import SimpleNamespace

import av
import pytest
from PIL import Image

from agents.delivery import RunFailed
from agents.engines.providers import studios, tasks
from agents.engines.providers.tasks import TaskProvider
from agents.engines.providers.trade import FILMS
from agents.engines.video import inspect
from agents.runners.video_studio import OPERATIONS
from tests.agents import films
from tests.agents.studio import BILLING, KEY, mp3, mp4, png, studio

GENERATE = OPERATIONS["generate"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(tasks, "FIRST_PAUSE", 0.01)


class Run(SimpleNamespace):
    def progress(self, percent, step):
        self.steps.append((percent, step))


@pytest.fixture
def filmed(monkeypatch):
    """What the operation delivers when a provider sends this."""

    def film(data, run=None, **fields):
        with studio() as server:
            server.delivers(data, cost=1.5)
            remote = TaskProvider(FILMS, url=server.url, model="m-1", key=KEY, most_bytes=20_000_000, timeout=5)
            monkeypatch.setattr(studios, "film_maker", lambda: remote)
            order = GENERATE.input(**{"prompt": "A red boat", **fields})
            delivery = GENERATE.run(run or Run(seed=5, key="job-1", steps=[]), order)
            GENERATE.check(delivery)
            return delivery, server

    return film


def test_a_film_is_ordered_and_delivered_with_a_poster(filmed):
    run = Run(seed=5, key="job-1", steps=[])
    delivery, server = filmed(mp4(), run, seconds=6, mood="calm", style="neon")

    assert [(file.name, file.kind, file.content_type) for file in delivery.files] == [
        ("video.mp4", "video", "video/mp4"),
        ("poster.jpg", "poster", "image/jpeg"),
    ]
    facts = films.facts_of(delivery.files[0].data)
    assert (facts["codecs"], facts["size"]) == (["h264", "aac"], (384, 216))
    assert Image.open(BytesIO(delivery.files[1].data)).size == (384, 216)
    assert (delivery.engine, delivery.provider_cost) == ("m-1 (remote)", 1_500_000)
    assert delivery.output == {
        "seed": 5, "style": "neon", "aspect": "16:9", "width": 384, "height": 216, "duration": 6.0, "captions": "None",
        "has_sound": True,
    }  # fmt: skip
    assert server.orders == [
        {
            "model": "m-1", "prompt": "A red boat", "seed": 5, "duration": 6, "aspect": "16:9", "style": "neon",
            "mood": "calm",
        }
    ]  # fmt: skip
    percents = [percent for percent, _ in run.steps]
    assert percents == sorted(percents)


def test_its_picture_is_kept_as_it_came_and_its_index_comes_first(filmed):
    delivery, _ = filmed(mp4())
    data = delivery.files[0].data

    assert data.index(b"moov") < data.index(b"mdat")
    ours, theirs = films.frames_of(data), films.frames_of(mp4())
    assert len(ours) == len(theirs) == 144
    assert films.difference(ours[40], theirs[40]) == 0


def test_what_a_film_carried_beside_is_left_behind(filmed):
    out = BytesIO()
    with av.open(BytesIO(mp4())) as source, av.open(out, "w", format="mp4") as target:
        target.metadata["comment"] = BILLING
        copies = [target.add_stream_from_template(stream) for stream in source.streams]
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                target.mux(packet)
    laden = out.getvalue() + b"<script>alert(1)</script>"
    assert BILLING.encode() in laden

    data = filmed(laden)[0].files[0].data
    assert BILLING.encode() not in data
    assert b"<script>" not in data


def test_a_silent_film_is_one(filmed):
    delivery, _ = filmed(mp4(sound=None))
    assert delivery.output["has_sound"] is False


@pytest.mark.parametrize(
    ("data", "aspect", "size"),
    [
        (mp4(6, (384, 216), 3), "16:9", (1280, 720)),
        (mp4(6, (384, 216), 6), "9:16", (720, 1280)),
    ],
    ids=["its sound ends early", "another format"],
)
def test_a_film_that_players_would_trip_over_is_filmed_anew(filmed, data, aspect, size):
    delivery, _ = filmed(data, aspect=aspect)

    assert films.facts_of(delivery.files[0].data)["size"] == size
    assert (delivery.output["width"], delivery.output["height"]) == size
    assert inspect.decoded(delivery.files[0].data).sound == pytest.approx(6, abs=0.5)


def recoded(codec):
    """The same film by another coder."""
    out = BytesIO()
    with av.open(BytesIO(mp4())) as source, av.open(out, "w", format="mp4") as target:
        track = target.add_stream(codec, rate=24)
        track.width, track.height, track.pix_fmt = 384, 216, "yuv420p"
        for frame in source.decode(video=0):
            target.mux(track.encode(frame.reformat(format="yuv420p")))
        target.mux(track.encode(None))
    return out.getvalue()


def test_a_film_by_another_coder_becomes_one_that_plays_everywhere(filmed):
    delivery, _ = filmed(recoded("mpeg4"))
    facts = films.facts_of(delivery.files[0].data)
    assert (facts["codecs"], facts["size"]) == (["h264"], (1280, 720))


UNUSABLE = {
    "0 bytes": b"",
    "HTML": b"<html>Pay your bill</html>",
    "JSON": b'{"error": "no"}',
    "a picture": png(),
    "a track": mp3(),
    "half a film": mp4()[: len(mp4()) // 2],
    "two thirds of one": mp4()[: len(mp4()) * 2 // 3],
    "a head alone": mp4()[:60],
    "garbage": mp4()[:2000] + bytes(range(256)) * 400,
    "a still": mp4(0.05, sound=None),
    "a black one": mp4(plain=True),
    "a tiny one": mp4(size=(64, 64)),
    "a short one": mp4(2, sound=2),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_is_no_film_is_not_delivered(filmed, what):
    with pytest.raises(RunFailed) as caught:
        filmed(UNUSABLE[what], seconds=6)

    assert (caught.value.code, caught.value.provider_cost) == ("DELIVERY_INVALID", 1_500_000)
    assert caught.value.message.startswith("What the video provider sent is not usable: ")


def test_the_configuration_chooses_who_films(settings):
    assert studios.film_maker() is None
    settings.VIDEO_URL, settings.VIDEO_MODEL, settings.VIDEO_API_KEY = "http://127.0.0.1:9/v1", "m-1", "k"
    assert studios.film_maker().label == "m-1 (remote)"

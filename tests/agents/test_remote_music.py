"""Tracks from a provider: opened, brought to length and level, and coded anew."""

from types import SimpleNamespace

import numpy as np
import pytest

from agents.delivery import Media, RunFailed
from agents.engines import audio
from agents.engines.providers import studios, tasks
from agents.engines.providers.tasks import TaskProvider
from agents.engines.providers.trade import MUSIC
from agents.runners.music_studio import OPERATIONS
from tests.agents.studio import KEY, mp3, mp4, png, studio, wav

GENERATE = OPERATIONS["generate"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(tasks, "FIRST_PAUSE", 0.01)


class Run(SimpleNamespace):
    def progress(self, percent, step):
        self.steps.append((percent, step))


@pytest.fixture
def composed(monkeypatch):
    """What the operation delivers when a provider sends this."""

    def compose(data, run=None, **fields):
        with studio() as server:
            server.delivers(data, cost=0.2)
            remote = TaskProvider(MUSIC, url=server.url, model="m-1", key=KEY, most_bytes=20_000_000, timeout=5)
            monkeypatch.setattr(studios, "composer", lambda: remote)
            order = GENERATE.input(**{"prompt": "A waltz", "duration": 12, **fields})
            delivery = GENERATE.run(run or Run(seed=5, key="job-1", steps=[]), order)
            GENERATE.check(delivery)
            return delivery, server

    return compose


def sound_of(delivery):
    [file] = delivery.files
    assert (file.name, file.kind, file.content_type) == ("track.mp3", "audio", "audio/mpeg")
    assert audio.sniff(file.data) == "audio/mpeg"
    return audio.decode(file.data)


@pytest.mark.parametrize("data", [mp3(), wav()], ids=["MP3", "WAV"])
def test_a_track_is_ordered_and_delivered(composed, data):
    run = Run(seed=5, key="job-1", steps=[])
    delivery, server = composed(data, run, mood="calm", tempo=90)

    sound = sound_of(delivery)
    assert sound.seconds == pytest.approx(12, abs=0.2)
    assert sound.level > 0.1
    assert "comment" not in {name.lower() for name in sound.tags}
    assert (delivery.engine, delivery.provider_cost) == ("m-1 (remote)", 200_000)
    assert delivery.output["score"] == "None"
    assert delivery.output["seed"] == 5
    assert server.orders == [
        {"model": "m-1", "prompt": "A waltz", "duration": 12, "seed": 5, "mood": "calm", "tempo": 90}
    ]
    percents = [percent for percent, _ in run.steps]
    assert percents == sorted(percents)
    assert percents[-1] <= 99


def test_a_track_that_goes_on_is_faded_out_where_it_was_to_end(composed):
    sound = sound_of(composed(mp3(40))[0])

    assert sound.seconds == pytest.approx(12, abs=0.2)
    last, before = sound.samples[-8000:-4000], sound.samples[-100_000:-96_000]
    assert np.abs(last).max() < 0.2 * np.abs(before).max()


@pytest.mark.parametrize("level", [0.02, 1.4], ids=["faint", "beyond full scale"])
def test_a_track_is_brought_to_level(composed, level):
    sound = sound_of(composed(mp3(12, level))[0])
    assert sound.clipped == 0
    assert sound.level > 0.02


UNUSABLE = {
    "0 bytes": b"",
    "HTML": b"<html>Pay your bill</html>",
    "JSON": b'{"error": "no"}',
    "a picture": png(),
    "a film without sound": mp4(sound=None),
    "a playlist": b"#EXTM3U\nfile:///etc/passwd\n",
    "MIDI": b"MThd\x00\x00\x00\x06\x00\x01\x00\x02\x01\xe0",
    "half a track": mp3()[: len(mp3()) // 2],
    "half a WAV": wav()[: len(wav()) // 2],
    "a head alone": mp3()[:300],
    "garbage": b"\xff\xfb" + bytes(range(256)) * 400,
    "silence": mp3(12, 0.0),
    "hiss": mp3(12, 0.0001),
    "a short one": mp3(5),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_is_no_track_is_not_delivered(composed, what):
    with pytest.raises(RunFailed) as caught:
        composed(UNUSABLE[what])

    assert (caught.value.code, caught.value.provider_cost) == ("DELIVERY_INVALID", 200_000)
    assert caught.value.message.startswith("What the music provider sent is not usable: ")


@pytest.mark.parametrize(("operation", "wishes"), [("remix", {"genre": "jazz"}), ("extend", {"seconds": 10})])
def test_a_track_without_a_score_can_not_be_played_anew_and_that_is_said(composed, operation, wishes):
    delivery, _ = composed(mp3())
    media = Media("audio/mpeg", delivery.files[0].data)
    run = Run(seed=5, key="job-2", steps=[], media=lambda reference: media)
    runner = OPERATIONS[operation]
    track = {"job_id": "0f4b3c1e-53a8-4e49-8a0c-1f5b1d2a3c4d", "name": "track.mp3"}

    with pytest.raises(RunFailed, match="a track from a provider has none") as caught:
        runner.run(run, runner.input(track=track, **wishes))
    assert caught.value.code == "INPUT_UNREADABLE"


def test_a_track_of_ours_still_needs_its_score(composed):
    delivery, _ = composed(mp3())
    del delivery.output["score"]
    with pytest.raises(RunFailed, match="MIDI file is missing"):
        GENERATE.check(delivery)


def test_the_configuration_chooses_who_composes(settings):
    assert studios.composer() is None
    settings.MUSIC_URL, settings.MUSIC_MODEL = "http://127.0.0.1:9/v1", "m-1"
    assert studios.composer().label == "m-1 (remote)"

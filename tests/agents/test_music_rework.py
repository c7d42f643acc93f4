"""Music Studio works on earlier tracks: a remix keeps the tune, an extension goes on, anything else is refused."""

from collections import Counter

import numpy as np
import pytest

from agents.engines import audio
from agents.engines.music import source
from agents.engines.music.sheet import TAG
from agents.runners.base import Delivery, Media, RunFailed
from tests.agents.hearing import FOLK, TRACK, FakeRun, claiming_170_seconds, data_of, notes_of, ordered, without_sheet


@pytest.fixture(scope="module")
def track() -> Delivery:
    return ordered("generate", **FOLK)


@pytest.mark.parametrize("kind", ["audio", "midi"])
def test_a_remix_keeps_melody_and_harmony_from_either_file(track, kind):
    run = FakeRun(data=data_of(track, kind))
    remix = ordered("remix", run, track=TRACK, genre="house", tempo=124)
    assert (remix.output["genre"], remix.output["tempo"], remix.output["key"]) == ("house", 124, "G major")
    assert remix.output["instruments"] != track.output["instruments"]
    beats = 110 / 124
    before = [(start, pitch % 12) for start, pitch in notes_of(track, channel=0)]
    after = [(start / beats, pitch % 12) for start, pitch in notes_of(remix, channel=0)]
    assert [pitch for _, pitch in after] == [pitch for _, pitch in before]
    assert max(abs(a - b) for (a, _), (b, _) in zip(after[:-1], before[:-1], strict=True)) < 0.15


def test_a_new_mood_changes_the_mode_of_a_remix(track):
    remix = ordered("remix", FakeRun(data=data_of(track, "midi")), track=TRACK, mood="sad")
    assert remix.output["key"] == "G minor"
    assert remix.output["genre"] != "folk"


def test_a_remix_of_a_foreign_midi_file_hears_its_key_and_tune(track):
    foreign = without_sheet(data_of(track, "midi"))
    remix = ordered("remix", FakeRun(data=foreign), track=TRACK, genre="reggae", tempo=110)
    assert remix.output["key"] == "G major"
    theirs = Counter(pitch % 12 for _, pitch in notes_of(track, channel=0))
    ours = Counter(pitch % 12 for _, pitch in notes_of(remix, channel=0))
    assert sum((theirs & ours).values()) > 0.75 * sum(theirs.values())


@pytest.mark.parametrize("kind", ["audio", "midi"])
def test_an_extension_is_longer_by_what_was_asked_and_begins_the_same(track, kind):
    longer = ordered("extend", FakeRun(data=data_of(track, kind)), track=TRACK, seconds=8)
    assert longer.output["duration"] == 24
    assert audio.decode(data_of(longer, "audio")).seconds == pytest.approx(24, abs=0.06)
    for same in ("genre", "mood", "tempo", "key", "instruments"):
        assert longer.output[same] == track.output[same]
    kept = [section["name"] for section in track.output["sections"] if section["name"] != "Outro"]
    assert [section["name"] for section in longer.output["sections"]][: len(kept)] == kept
    verse = notes_of(track, channel=0)[:8]
    assert notes_of(longer, channel=0)[:8] == verse


def test_an_extension_can_be_extended_again_with_sections_of_its_own(track):
    longer = ordered("extend", FakeRun(data=data_of(track, "midi")), track=TRACK, seconds=6)
    twice = ordered("extend", FakeRun(data=data_of(longer, "midi")), track=TRACK, seconds=5)
    assert twice.output["duration"] == 27
    names = [section["name"] for section in twice.output["sections"]]
    assert len(names) == len(set(names))


def test_more_than_three_minutes_is_refused(track):
    long = claiming_170_seconds(data_of(track, "midi"))
    with pytest.raises(RunFailed) as failure:
        ordered("extend", FakeRun(data=long), track=TRACK, seconds=60)
    assert failure.value.code == "TRACK_TOO_LONG"


@pytest.mark.parametrize("operation", ["remix", "extend"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MThd",
        b"ID3" + bytes(400),
        b"\xff\xfb" + b"\x11" * 3000,
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"#EXTM3U\nfile:///etc/passwd",
        b"%PDF-1.7",
        b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x01\xe0JUNKJUNK",
        b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x01\xe0MTrk\x00\x00\x00\x00",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(operation, data):
    with pytest.raises(RunFailed) as failure:
        ordered(operation, FakeRun(data=data), track=TRACK)
    assert failure.value.code == "INPUT_UNREADABLE"
    assert failure.value.message.endswith(".")


def test_an_endless_piece_is_not_taken_for_one_of_ours(track):
    first = source.own_sheet(Media("audio/midi", data_of(track, "midi")))
    section = first.sections[0].model_copy(update={"bars": 200})
    forged = first.model_copy(update={"sections": (section, section)}).model_dump_json()
    mp3 = audio.encode_mp3(np.zeros((4410, 2)), 44100, tags={TAG: forged}, progress=lambda share: None)
    assert source.own_sheet(Media("audio/mpeg", mp3)) is None


def test_a_cut_off_midi_file_is_refused(track):
    with pytest.raises(RunFailed) as failure:
        ordered("remix", FakeRun(data=data_of(track, "midi")[:-40]), track=TRACK)
    assert failure.value.code == "INPUT_UNREADABLE"


def test_an_mp3_from_elsewhere_holds_no_score():
    noise = np.random.default_rng(1).normal(0, 0.1, (22050, 2))
    foreign = audio.encode_mp3(noise, 44100, tags={}, progress=lambda share: None)
    with pytest.raises(RunFailed, match="There is no score in this file") as failure:
        ordered("remix", FakeRun(data=foreign), track=TRACK)
    assert failure.value.code == "INPUT_UNREADABLE"

"""Saved voices: a recording is measured, Joe is told to come near it, and what can not be used is refused."""

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from pocketsphinx import Decoder
from pydantic import ValidationError

from agents.delivery import Delivery, RunFailed, SavedVoice
from agents.engines import audio, speech
from agents.engines.speech import pitch, profile, sample
from agents.engines.speech.sample import Measured
from agents.engines.voices import VOICES, voice_in
from agents.runners.voice_lab import OPERATIONS
from tests.agents import voices
from tests.agents.voices import HIGH, LOW, QUICK, SAMPLE, SLOW, Session, cloned, pitch_of, recording

SAVED = {"saved_voice": "019ce7a5-0000-7000-8000-000000000001"}
SENTENCE = "I would like to have a cup of coffee in the morning."
RATE = 16_000


@pytest.fixture(scope="module")
def low() -> bytes:
    return recording(LOW)


@pytest.fixture(scope="module")
def high() -> bytes:
    return recording(HIGH)


@pytest.fixture(scope="module")
def clones(low, high) -> tuple[Delivery, Delivery]:
    return cloned(low), cloned(high)


@pytest.fixture(scope="module")
def recogniser() -> Decoder:
    return Decoder(samprate=16000, loglevel="FATAL")


def recall(recogniser: Decoder, mp3: bytes, text: str) -> float:
    sound = audio.decode(mp3, rate=RATE, mono=True)
    recogniser.start_utt()
    recogniser.process_raw((np.clip(sound.samples[:, 0], -1, 1) * 32767).astype("<i2").tobytes(), full_utt=True)
    recogniser.end_utt()
    guess = recogniser.hyp()
    heard = set(guess.hypstr.split()) if guess else set()
    return float(np.mean([word in heard for word in re.findall(r"[a-z']+", text.lower())]))


def refusal_of(data: bytes) -> RunFailed:
    with pytest.raises(RunFailed) as caught:
        cloned(data)
    return caught.value


def test_the_preview_is_as_high_as_the_recording(low, high, clones):
    for recorded, clone in zip((low, high), clones, strict=True):
        assert pitch_of(clone.files[0].data) == pytest.approx(pitch_of(recorded), rel=0.06)
    assert pitch_of(clones[0].files[0].data) * 2 < pitch_of(clones[1].files[0].data)


def test_what_is_told_of_the_pitch_is_what_is_heard(low, high, clones):
    for recorded, clone in zip((low, high), clones, strict=True):
        assert clone.output["pitch_in_sample"] == pytest.approx(pitch_of(recorded), rel=0.05)
        assert clone.output["pitch_reached"] == pytest.approx(pitch_of(clone.files[0].data), rel=0.1)


def test_a_quick_person_s_voice_is_quicker_than_a_slow_one_s():
    slow, quick = cloned(recording(SLOW)), cloned(recording(QUICK))

    assert slow.output["pace_in_sample"] < 0.85 * quick.output["pace_in_sample"]
    assert slow.output["duration"] > 1.12 * quick.output["duration"]


def test_a_preview_can_be_understood_and_lasts_as_long_as_it_takes(clones, recogniser):
    for clone in clones:
        [file] = clone.files
        assert (file.name, file.kind, file.content_type) == ("preview.mp3", "audio", "audio/mpeg")
        assert 5 < audio.decode(file.data).seconds < 10
        assert recall(recogniser, file.data, clone.output["text"]) >= 0.6


def test_a_text_is_spoken_in_the_saved_voice_and_understood(clones, recogniser):
    low, high = (
        voices.spoken(Session(profile=clone.voice.profile), text=SENTENCE, **SAVED).files[0].data for clone in clones
    )

    assert 2 * pitch_of(low) < pitch_of(high)
    assert min(recall(recogniser, low, SENTENCE), recall(recogniser, high, SENTENCE)) >= 0.5


def test_a_saved_voice_goes_before_a_built_in_one(clones):
    session = Session(profile=clones[1].voice.profile)
    saved = voices.spoken(session, text=SENTENCE, voice="joe-deep", **SAVED)

    assert pitch_of(saved.files[0].data) > 170
    assert (saved.output["voice"], saved.engine) == ("Mine", "Piper, voice Joe (local)")


def test_a_saved_voice_speaks_other_languages_as_high(clones):
    session = Session(profile=clones[1].voice.profile)
    saved = voices.spoken(session, text="გამარჯობა, როგორ ხართ? დღეს კარგი ამინდია.", language="ka", **SAVED)

    assert pitch_of(saved.files[0].data) == pytest.approx(clones[1].output["pitch_in_sample"], rel=0.1)


def test_a_clone_says_what_it_is_and_what_it_is_not(clones):
    output = clones[0].output

    assert output["likeness"] == "A voice profile matched in pitch and pace, not a copy of the timbre."
    assert "not a copy of the timbre" in OPERATIONS["clone"].input.model_json_schema()["properties"]["sample"][
        "description"
    ]  # fmt: skip
    assert clones[0].engine == "Piper, voice Joe (local)"
    assert 120 < output["pace_in_sample"] < 320


def test_the_profile_holds_numbers_and_no_sound(clones):
    kept = clones[0].voice

    assert kept.name == "Mine"
    assert set(kept.profile) == {"engine", "name", "pitch", "tune", "pace", "variation", "melody", "measured"}
    assert all(isinstance(number, float) for number in kept.profile["measured"].values())


def test_the_same_seed_gives_the_same_preview(low, clones):
    again = cloned(low)
    assert again == clones[0]
    assert cloned(low, seed=6).files[0].data != again.files[0].data


def test_progress_goes_on_to_the_end(low):
    session = Session(low)
    cloned(low, session=session)
    percents = [percent for percent, _ in session.reports]

    assert percents == sorted(percents)
    assert percents[-1] <= 99
    assert "Speaking sentence 3 of 3" in [step for _, step in session.reports]


@pytest.mark.parametrize(("container", "codec"), [("wav", "pcm_s16le"), ("flac", "flac")])
def test_other_files_of_sound_are_read_as_well(container, codec):
    assert cloned(voices.wav(*voices.person(LOW), container, codec)).output["pitch_in_sample"] < 90


def test_a_recording_with_some_hiss_and_little_level_is_still_measured():
    sound, rate = voices.person(HIGH)
    hissing = 0.15 * (sound + np.random.default_rng(1).normal(0, 0.004, len(sound)))

    assert sample.measure(hissing, rate).pitch == pytest.approx(sample.measure(sound, rate).pitch, rel=0.04)


def test_a_voice_beyond_reach_is_told_so():
    clone = cloned(recording(profile.Voice("child", tune=3.4, pitch=1.1)))

    assert "higher than this voice can go" in clone.output["likeness"]
    assert clone.output["pitch_reached"] == pytest.approx(270, rel=0.06)


@pytest.mark.parametrize(
    ("measured", "voice"),
    [
        (Measured(30.0, 0.3, 1.5, 1.0, 9.0), {"pace": 0.8, "variation": 0.7, "melody": 0.6}),
        (Measured(400.0, 11.0, 12.0, 40.0, 9.0), {"pace": 1.25, "variation": 1.3, "melody": 1.5}),
    ],
)
def test_a_profile_stays_within_what_can_be_understood(measured, voice):
    told = profile.matched(measured, "x")

    assert {name: getattr(told, name) for name in voice} == voice
    assert 0.7 < told.tune * told.pitch < 3.1
    assert 0.94 <= told.pitch <= 1.14


def noise(seconds: float = 6.0) -> np.ndarray:
    return np.random.default_rng(2).normal(0, 0.1, round(seconds * RATE))


def tone(seconds: float = 6.0) -> np.ndarray:
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * np.arange(round(seconds * RATE)) / RATE)
    return 0.3 * swell * np.sin(2 * np.pi * 220 * np.arange(round(seconds * RATE)) / RATE)


def drowned() -> np.ndarray:
    sound, rate = voices.person(LOW)
    return (sound + np.random.default_rng(3).normal(0, 0.12, len(sound)))[: rate * 6]


@pytest.mark.parametrize(
    ("sound", "words"),
    [
        (np.zeros(6 * RATE), "It is silent"),
        (0.0005 * noise(), "It is silent"),
        (noise(), "more noise than voice"),
        (tone(), "one steady tone"),
        (tone(0.5), "0.5 seconds of sound in it; at least 3 seconds"),
        (drowned(), "noise|background"),
    ],
    ids=["silence", "nearly silence", "noise", "tone", "half a second", "speech in noise"],
)
def test_what_is_no_clear_speech_is_refused(sound, words):
    said = refusal_of(voices.mp3(sound))

    assert said.code == "SAMPLE_UNUSABLE"
    assert re.search(words, said.message)


def test_a_short_sentence_is_too_little():
    assert "at least 3 seconds of speech" in refusal_of(recording(LOW, text="Hello there.")).message


def test_more_than_two_minutes_are_too_much():
    sound, rate = voices.person(LOW)
    long = np.tile(sound, 1 + round(121 * rate / len(sound)))

    assert "longer than 120 seconds" in refusal_of(voices.mp3(long, rate)).message


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [picture(), b"ID3\x04" + bytes(3000), b"", b"#EXTM3U\nfile:///etc/passwd", b"RIFF\x00\x00\x00\x00WAVE"],
    ids=["a picture", "no frames", "nothing", "a playlist", "a header"],
)  # fmt: skip
def test_what_is_no_sound_is_refused(data):
    assert refusal_of(data).code == "INPUT_UNREADABLE"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"consent": False}, "consent"), ({"consent": "yes"}, "consent"), ({"consent": None}, "consent"),
        ({"name": ""}, "name"), ({"name": "   "}, "name"), ({"name": "n" * 81}, "name"), ({"sample": None}, "sample"),
        ({"sample": "me.mp3"}, "sample"), ({"seed": -1}, "seed"), ({"other": 1}, "other"),
    ],
)  # fmt: skip
def test_a_wrong_order_is_refused(fields, place):
    with pytest.raises(ValidationError) as caught:
        OPERATIONS["clone"].input(**{"name": "Mine", "sample": SAMPLE, "consent": True, **fields})
    assert caught.value.errors()[0]["loc"][0] == place


def test_a_voice_needs_the_consent_of_its_owner():
    with pytest.raises(ValidationError, match="Please confirm that this is your voice, or that you may use it"):
        OPERATIONS["clone"].input(name="Mine", sample=SAMPLE, consent=False)


def test_a_profile_that_is_gone_or_of_another_kind_is_refused():
    for kept in ({}, {"engine": "other"}):
        with pytest.raises(RunFailed, match="not there any more"):
            voice_in(kept)


def test_the_check_refuses_a_preview_that_is_not_what_was_promised(clones):
    low, high = clones
    check = OPERATIONS["clone"].check
    wrong = {**low.output, "pitch_reached": high.output["pitch_reached"]}
    for files, output in (((), low.output), (low.files, wrong), (low.files, {**low.output, "duration": 1.0})):
        with pytest.raises(RunFailed) as failure:
            check(Delivery(files, output, low.engine, voice=low.voice))
        assert failure.value.code == "DELIVERY_INVALID"
    with pytest.raises(RunFailed):
        check(Delivery(low.files, low.output, low.engine, voice=SavedVoice("Mine", {})))


@pytest.mark.parametrize("tune", [0.85, 1.5, 2.5])
def test_retuning_moves_the_pitch_and_nothing_else(tune, recogniser):
    sound, rate = voices.person(VOICES["joe"], text=SENTENCE)
    told = speech.local.levelled(pitch.retuned(sound, rate, tune=tune))

    assert len(told) == len(sound)
    before, after = pitch.melody_of(sound, rate), pitch.melody_of(told, rate)
    assert after.median == pytest.approx(before.median * tune, rel=0.06)
    assert after.spread == pytest.approx(before.spread, rel=0.35)
    assert recall(recogniser, voices.mp3(told, rate), SENTENCE) >= 0.5


def test_silence_and_nothing_have_no_pitch_and_are_retuned_to_themselves():
    for sound in (np.zeros(RATE), np.zeros(0)):
        assert pitch.melody_of(sound, RATE).median == 0
        assert (pitch.retuned(sound, RATE, tune=2.0) == sound).all()


@pytest.mark.parametrize("hertz", [70.0, 110.0, 200.0, 330.0])
def test_the_pitch_of_a_known_tone_is_found(hertz):
    moments = np.arange(RATE) / RATE
    buzz = sum(np.sin(2 * np.pi * hertz * part * moments) / part for part in range(1, 12)) * 0.2

    assert pitch.melody_of(buzz, RATE).median == pytest.approx(hertz, rel=0.005)

"""Voice Lab: speech that a recogniser reads back, and refusals where nothing can be said."""

import re
from io import BytesIO

import av
import numpy as np
import pytest
from pocketsphinx import Decoder
from pydantic import ValidationError

from agents.engines import audio, speech
from agents.runners.base import Delivery, File, Media, RunFailed
from agents.runners.voice_lab import OPERATIONS

SENTENCES = (
    "My mother bought a new house near the river.",
    "The children are playing in the garden with the dog.",
    "I would like to have a cup of coffee in the morning.",
)


class FakeRun:
    def __init__(self, seed: int = 5) -> None:
        self.seed, self.key = seed, "job-1"
        self.reports: list[tuple[int, str]] = []

    def progress(self, percent: int, step: str) -> None:
        self.reports.append((percent, step))

    def draft(self, text: str) -> None:
        raise AssertionError("nothing is written here")

    def media(self, reference: object) -> Media:
        raise AssertionError("speech needs no media")

    def voice(self, voice_id: object) -> dict[str, object]:
        raise AssertionError("no saved voice was asked for")


def spoken(run: FakeRun | None = None, **fields: object) -> Delivery:
    runner = OPERATIONS["synthesize"]
    delivery = runner.run(run or FakeRun(), runner.input(**fields))
    runner.check(delivery)
    return delivery


@pytest.fixture(scope="module")
def recogniser() -> Decoder:
    return Decoder(samprate=16000, loglevel="FATAL")


def words_heard(recogniser: Decoder, mp3: bytes) -> set[str]:
    sound = audio.decode(mp3, rate=16000, mono=True)
    recogniser.start_utt()
    recogniser.process_raw((np.clip(sound.samples[:, 0], -1, 1) * 32767).astype("<i2").tobytes(), full_utt=True)
    recogniser.end_utt()
    guess = recogniser.hyp()
    return set(guess.hypstr.split()) if guess else set()


def recall(recogniser: Decoder, mp3: bytes, text: str) -> float:
    words = re.findall(r"[a-z']+", text.lower())
    heard = words_heard(recogniser, mp3)
    return sum(word in heard for word in words) / len(words)


def pitch_of(mp3: bytes) -> float:
    """The median fundamental of voiced stretches, by autocorrelation."""
    sound = audio.decode(mp3, rate=16000, mono=True).samples[:, 0]
    pitches = []
    for begin in range(0, len(sound) - 640, 640):
        frame = sound[begin : begin + 640]
        if np.sqrt((frame**2).mean()) > 0.05:
            echo = np.correlate(frame, frame, "full")[639:]
            pitches.append(16000 / (60 + echo[60:230].argmax()))
    return float(np.median(pitches))


def test_speech_is_read_back_by_a_recogniser(recogniser):
    scores = [recall(recogniser, spoken(text=text).files[0].data, text) for text in SENTENCES]
    assert sum(scores) / len(scores) >= 0.6
    assert min(scores) >= 0.5


@pytest.mark.parametrize("fields", [{"speed": 0.7}, {"voice": "joe-deep"}])
def test_slow_and_deep_speech_is_still_understood(recogniser, fields):
    assert recall(recogniser, spoken(text=SENTENCES[2], **fields).files[0].data, SENTENCES[2]) >= 0.5


def test_noise_is_not_read_back(recogniser):
    noise = np.random.default_rng(3).normal(0, 0.1, (3 * 22050, 1))
    mp3 = audio.encode_mp3(noise, 22050, tags={}, progress=lambda share: None)
    assert recall(recogniser, mp3, SENTENCES[0]) < 0.4


def test_a_delivery_says_what_was_spoken_and_by_whom():
    delivery = spoken(text=SENTENCES[0], seed=8)
    (file,) = delivery.files
    assert (file.name, file.kind, file.content_type) == ("speech.mp3", "audio", "audio/mpeg")
    sound = audio.decode(file.data)
    assert delivery.output == {
        "voice": "joe",
        "language": "English",
        "speed": 1.0,
        "duration": pytest.approx(sound.seconds, abs=0.1),
        "characters": len(SENTENCES[0]),
        "seed": 8,
    }
    assert delivery.engine == "Piper, voice Joe (local)"
    assert 0.04 < sound.level < 0.2
    assert np.abs(sound.samples).max() < 1


def test_the_same_seed_gives_the_same_take_and_another_seed_another():
    first, again, other = (spoken(FakeRun(seed), text=SENTENCES[0]).files[0].data for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_a_seed_in_the_input_wins_over_the_runs():
    assert (
        spoken(FakeRun(1), text="Hello there.", seed=9).files == spoken(FakeRun(2), text="Hello there.", seed=9).files
    )


def test_speed_changes_the_length():
    slow, fast = (spoken(text=SENTENCES[1], speed=speed).output["duration"] for speed in (0.7, 1.4))
    assert slow > 1.5 * fast


def test_voices_differ_in_pitch():
    deep, plain, bright = (
        pitch_of(spoken(text=SENTENCES[1], voice=voice).files[0].data) for voice in ("joe-deep", "joe", "joe-bright")
    )
    assert deep < plain < bright


def test_progress_counts_sentences():
    run = FakeRun()
    spoken(run, text="One is here. Two is there! Is three anywhere?")
    assert [step for _, step in run.reports if step.startswith("Speaking")] == [
        "Speaking sentence 1 of 3",
        "Speaking sentence 2 of 3",
        "Speaking sentence 3 of 3",
    ]
    percents = [percent for percent, _ in run.reports]
    assert percents == sorted(percents)
    assert percents[-1] <= 99


@pytest.mark.parametrize("text", ["😀 🎉", "!!! … ???", "你好 世界", "Привет, мир", "***", "مرحبا بالعالم"])
def test_what_cannot_be_said_is_refused_before_it_costs_and_by_the_engine(text):
    with pytest.raises(ValidationError, match="nothing here that this English voice can say"):
        OPERATIONS["synthesize"].input(text=text)
    with pytest.raises(RunFailed) as failure:
        speech.speak(text, voice="joe", speed=1.0, seed=1, progress=lambda done, of: None)
    assert failure.value.code == "NOT_SPEAKABLE"


def test_emoji_and_markup_around_words_are_left_out():
    assert speech.speakable("Hello 😀 [[world]] 🎉!") == "Hello world !"


def test_a_long_sentence_is_parted_at_commas_and_spaces():
    text = "and then, " * 60
    pieces = speech.sentences_of(text)
    assert all(len(piece) <= 240 for piece in pieces)
    assert " ".join(pieces).split() == text.split()


def test_the_longest_text_is_spoken_whole():
    text = "Row your boat gently down, " * 36 + "now and ever more, friend."
    assert 990 < len(text) <= 1000
    delivery = spoken(text=text, speed=1.4)
    assert delivery.output["duration"] > 25


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"text": "a" * 1001}, {"text": "a", "speed": 0.6}, {"text": "a", "voice": "amy"}]
)
def test_wrong_input_is_refused(fields):
    with pytest.raises(ValidationError):
        OPERATIONS["synthesize"].input(**fields)


def test_the_check_refuses_silence_garbage_and_nothing():
    good = spoken(text="Hello there.")
    silence = audio.encode_mp3(np.zeros((22050, 1)), 22050, tags={}, progress=lambda share: None)
    for files in ((File("speech.mp3", "audio", "audio/mpeg", data),) for data in (silence, b"garbage", b"")):
        with pytest.raises(RunFailed) as failure:
            OPERATIONS["synthesize"].check(Delivery(files, good.output, good.engine))
        assert failure.value.code == "DELIVERY_INVALID"
    with pytest.raises(RunFailed):
        OPERATIONS["synthesize"].check(Delivery((), good.output, good.engine))


def test_examples_are_valid_orders():
    runner = OPERATIONS["synthesize"]
    assert len([runner.input(**example) for example in runner.examples]) == 3


@pytest.mark.parametrize(
    ("container", "codec", "kind"), [("wav", "pcm_s16le", "audio/wav"), ("flac", "flac", "audio/flac")]
)
def test_audio_is_known_by_its_content_and_decoded(container, codec, kind):
    tone = (0.3 * np.sin(np.arange(22050) * 2 * np.pi * 440 / 22050) * 32767).astype(np.int16)[None, :]
    stream = BytesIO()
    with av.open(stream, "w", format=container) as file:
        track = file.add_stream(codec, rate=22050, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
        frame.sample_rate = 22050
        file.mux(track.encode(frame))
        file.mux(track.encode(None))
    assert audio.sniff(stream.getvalue()) == kind
    assert audio.decode(stream.getvalue()).seconds == pytest.approx(1, abs=0.02)


def test_audio_that_is_too_long_or_too_large_is_refused(monkeypatch):
    mp3 = spoken(text=SENTENCES[0]).files[0].data
    with pytest.raises(RunFailed, match="longer than 1 seconds"):
        audio.decode(mp3, max_seconds=1)
    monkeypatch.setattr(audio, "MAX_BYTES", 100)
    with pytest.raises(RunFailed, match="larger than"):
        audio.decode(mp3)


@pytest.mark.parametrize("data", [b"#EXTM3U\nfile:///etc/passwd", b"ffconcat version 1.0\nfile /etc/passwd", b""])
def test_only_known_containers_are_opened_so_that_no_playlist_is_followed(data):
    with pytest.raises(RunFailed, match="It is not an MP3, WAV, FLAC, Ogg or M4A file"):
        audio.decode(data)

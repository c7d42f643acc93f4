"""Other languages than English: espeak-ng in a process of its own, which may hang or break without harm."""

import struct
import subprocess
import time

import numpy as np
import pytest
from pydantic import ValidationError

from agents.delivery import RunFailed
from agents.engines import audio
from agents.engines.speech import Script, robot, speakers
from agents.engines.voices import LANGUAGES, VOICES
from agents.runners.voice_lab import OPERATIONS
from tests.agents.voices import Session, pitch_of, spoken

GEORGIAN = "გამარჯობა, როგორ ხართ? დღეს კარგი ამინდია."
SAID = {
    "ka": GEORGIAN,
    "es": "Buenos días, ¿cómo está usted hoy?",
    "fr": "Bonjour à tous, comment allez-vous aujourd'hui ?",
    "de": "Guten Tag, wie geht es Ihnen heute?",
    "it": "Buongiorno a tutti, come state oggi?",
    "pt": "Bom dia, como está o senhor hoje?",
    "pt-br": "Bom dia, como vai você hoje?",
    "nl": "Goedemorgen, hoe gaat het met u?",
    "pl": "Dzień dobry, jak się pan dzisiaj ma?",
    "cs": "Dobrý den, jak se dneska máte?",
    "ro": "Bună ziua, ce mai faceți astăzi?",
    "sv": "God morgon, hur mår du i dag?",
    "tr": "Günaydın, bugün nasılsınız?",  # noqa: RUF001
    "ru": "Доброе утро, друзья, как дела?",
    "uk": "Доброго ранку, друзі, як справи?",
    "el": "Καλημέρα, τι κάνετε σήμερα;",
}


def test_every_language_but_english_is_tried_here():
    assert set(SAID) | {"en"} == set(LANGUAGES)


@pytest.mark.parametrize("language", SAID)
def test_a_language_is_spoken_and_labelled_as_robotic(language):
    delivery = spoken(Session(), text=SAID[language], language=language)

    assert delivery.engine == "espeak-ng (robotic, local)"
    assert delivery.output["language"] == LANGUAGES[language].label
    assert 1.2 < delivery.output["duration"] < 6


def test_languages_say_the_same_letters_differently():
    text = "Maria canta una bella canzone."
    italian, german = (spoken(Session(), text=text, language=one).files for one in ("it", "de"))

    assert italian != german


def test_the_same_words_are_the_same_sound():
    assert spoken(Session(), text=GEORGIAN, language="ka") == spoken(Session(), text=GEORGIAN, language="ka")


def test_speed_and_the_ways_of_telling_count_here_too():
    slow, fast = (
        spoken(Session(), text=GEORGIAN, language="ka", speed=speed).output["duration"] for speed in (0.7, 1.4)
    )
    deep, bright = (
        pitch_of(spoken(Session(), text=GEORGIAN, language="ka", voice=voice).files[0].data)
        for voice in ("joe-deep", "joe-bright")
    )

    assert slow > 1.3 * fast
    assert deep < bright


def test_progress_counts_sentences():
    session = Session()
    spoken(session, text=GEORGIAN, language="ka")

    assert [step for _, step in session.reports if step.startswith("Speaking")] == [
        "Speaking sentence 1 of 2", "Speaking sentence 2 of 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ka", "Hello, how are you?", "say in Georgian"),
        ("ru", GEORGIAN, "say in Russian"),
        ("de", "Привет, мир", "say in German"),
        ("pt-br", "你好 世界", "say in Portuguese"),
        ("el", "!!! 😀", "say in Greek"),
        ("en", GEORGIAN, "this English voice can say"),
    ],
)
def test_a_text_in_another_script_is_refused_before_it_costs(language, text, words):
    with pytest.raises(ValidationError, match=words) as caught:
        OPERATIONS["synthesize"].input(text=text, language=language)
    assert caught.value.errors()[0]["loc"] == ("text",)


def test_a_few_foreign_words_in_a_text_are_read_along():
    assert spoken(Session(), text="ვიყენებ Python-ს ყოველ დღე, 24 საათი.", language="ka").output["duration"] > 1.5


@pytest.mark.parametrize("language", ["zz", "EN", "", "../../etc", None, 5])
def test_an_unknown_language_is_refused(language):
    with pytest.raises(ValidationError):
        OPERATIONS["synthesize"].input(text="Hello", language=language)


def test_the_form_asks_for_the_text_first_and_names_the_languages():
    properties = OPERATIONS["synthesize"].input.model_json_schema()["properties"]

    assert next(iter(properties)) == "text"
    assert properties["language"]["labels"]["ka"] == "Georgian (robotic)"
    assert properties["language"]["labels"]["en"] == "English"


def test_markup_and_commands_for_the_engine_are_only_text():
    text = '<speak><break time="60s"/></speak> [[_^_en]] buenos días <audio src="file:///etc/passwd"/>'
    assert spoken(Session(), text=text, language="es").output["duration"] < 20


def failure_of_robot(text: str = GEORGIAN) -> RunFailed:
    with pytest.raises(RunFailed) as caught:
        speakers.speaker("ka").speak(Script(text, VOICES["joe"], language="ka"), lambda done, of: None)
    return caught.value


def test_a_program_that_hangs_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "hangs.py"
    program.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(robot, "PROGRAM", program)
    monkeypatch.setattr(robot, "SECONDS", 0.5)
    began = time.monotonic()

    assert failure_of_robot().code == "ENGINE_FAILED"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "body",
    [
        "import os\nos.kill(os.getpid(), 11)\n", "raise SystemExit('no voice')\n", "print('garbage')\n", "",
        "import sys\nsys.stdout.buffer.write(b'\\x22\\x56\\x00\\x00\\xff\\xff\\xff\\x7f')\n",
    ],
    ids=["crash", "refusal", "garbage", "nothing", "too little"],
)  # fmt: skip
def test_a_program_that_breaks_harms_nobody(monkeypatch, tmp_path, body):
    program = tmp_path / "breaks.py"
    program.write_text(body)
    monkeypatch.setattr(robot, "PROGRAM", program)

    said = failure_of_robot()
    assert said.code == "ENGINE_UNAVAILABLE"
    assert "your credits are back" in said.message


def test_without_the_library_it_is_told_so(monkeypatch):
    monkeypatch.setattr(robot.importlib.util, "find_spec", lambda name: None)
    robot.parts.cache_clear()
    try:
        assert failure_of_robot().code == "ENGINE_UNAVAILABLE"
    finally:
        robot.parts.cache_clear()


def test_the_program_ends_by_itself_when_its_time_is_over():
    library, data = robot.parts()
    command = [robot.sys.executable, "-I", str(robot.PROGRAM), library, data, "1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as program:
        assert program.wait(10) < 0


def test_what_the_program_says_is_taken_apart():
    sound = np.array([0, 16384, -32768], dtype="<i2").tobytes()
    [samples], rate = robot.unpacked(struct.pack("<II", 22050, len(sound)) + sound, 1)

    assert (rate, samples.tolist()) == (22050, [0.0, 0.5, -1.0])


def test_speech_in_another_language_sounds_throughout():
    sound = audio.decode(spoken(Session(), text=f"{GEORGIAN} " * 8, language="ka").files[0].data, mono=True)
    halves = np.array_split(sound.samples[:, 0], 2)

    assert all(np.sqrt((half**2).mean()) > 0.02 for half in halves)

"""Speech from a provider: a server on loopback that speaks, lies, breaks, waits or refuses, as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from agents.delivery import RunFailed
from agents.engines import audio
from agents.engines.speech import Script, remote, speakers
from agents.engines.speech.remote import RemoteSpeaker
from agents.engines.voices import VOICES
from tests.agents import voices
from tests.agents.voices import Session, pitch_of, spoken

TEXT = "The children are playing in the garden with the dog."
BUSY = (429, {"message": "slow down", "code": "rate_limit_exceeded"})


@cache
def good() -> bytes:
    return voices.recording(VOICES["joe"], text=TEXT)


def sine(seconds: float, level: float = 0.2) -> bytes:
    return voices.mp3(level * np.sin(2 * np.pi * 220 * np.arange(round(seconds * 16000)) / 16000))


class Handler(BaseHTTPRequestHandler):
    server: Any

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers, body))
        act = self.server.script.pop(0) if len(self.server.script) > 1 else self.server.script[0]
        if act == "silent":
            self.server.closing.wait(20)
        elif act == "cut":
            self.send(200, good()[:4000], length=len(good()))
        elif isinstance(act, bytes):
            self.send(200, act)
        else:
            status, error = act
            self.send(status, json.dumps({"error": error}).encode(), "application/json", {"Retry-After": "0"})

    def send(
        self, status: int, body: bytes, kind: str = "audio/mpeg", headers: dict | None = None, length: int | None = None
    ) -> None:
        self.send_response(status)
        facts = {"Content-Type": kind, "Content-Length": str(length or len(body)), "Connection": "close"}
        for name, value in {**facts, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Provider(ThreadingHTTPServer):
    """`script` is what to do with each request, the last one for ever."""

    daemon_threads = True

    def __init__(self, *script: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.closing = list(script), threading.Event()
        self.asked: list[tuple[str, Any, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up is part of these tests."""


@contextmanager
def provider(*script: Any) -> Iterator[Provider]:
    server = Provider(*script)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    monkeypatch.setattr(remote, "PAUSES", (0.01, 0.01))


def speaker(server: Provider, **facts: Any) -> RemoteSpeaker:
    return RemoteSpeaker(model="tts-1", key="secret", base_url=server.url, voice="alloy", **{"timeout": 5, **facts})


def said(server: Provider, script: Script | None = None, **facts: Any) -> tuple[np.ndarray, int]:
    return speaker(server, **facts).speak(script or Script(TEXT, VOICES["joe"], key="job-1"), lambda done, of: None)


def failure(*script: Any, **facts: Any) -> tuple[RunFailed, int]:
    with provider(*script) as server, pytest.raises(RunFailed) as caught:
        said(server, **facts)
    return caught.value, len(server.asked)


def test_what_a_provider_speaks_is_delivered_under_its_name(settings):
    with provider(good()) as server:
        settings.SPEECH_MODEL, settings.SPEECH_API_KEY, settings.SPEECH_BASE_URL = "tts-1", "secret", server.url
        delivery = spoken(Session(), text=TEXT, speed=1.2)

    [(path, headers, body)] = server.asked
    assert delivery.engine == "tts-1, voice alloy (remote)"
    assert delivery.provider_cost is None
    assert (path, headers["Authorization"], headers["Idempotency-Key"]) == (
        "/v1/audio/speech",
        "Bearer secret",
        "job-1",
    )
    assert body == {"model": "tts-1", "voice": "alloy", "input": TEXT, "response_format": "mp3", "speed": 1.2}
    assert delivery.output["duration"] == pytest.approx(audio.decode(good()).seconds, abs=0.1)


def test_the_ways_of_telling_are_those_of_the_provider_s_voice_too():
    with provider(good()) as server:
        sounds = {name: said(server, Script(TEXT, VOICES[name])) for name in ("joe-deep", "joe-bright", "joe-calm")}
        deep, bright = (pitch_of(voices.mp3(*sounds[name])) for name in ("joe-deep", "joe-bright"))

    assert deep < bright
    assert [body["speed"] for _, _, body in server.asked] == [1.0, 1.0, 0.88]


def test_a_provider_speaks_other_languages_as_well(settings):
    with provider(good()) as server:
        settings.SPEECH_MODEL, settings.SPEECH_API_KEY, settings.SPEECH_BASE_URL = "tts-1", "", server.url
        delivery = spoken(Session(), text="გამარჯობა, როგორ ხართ? დღეს კარგი ამინდია.", language="ka")

    assert delivery.engine == "tts-1, voice alloy (remote)"


def test_saved_voices_are_spoken_here_and_a_clone_says_so(settings):
    sample = voices.recording(voices.LOW)
    settings.SPEECH_MODEL, settings.SPEECH_BASE_URL = "tts-1", "http://127.0.0.1:9/v1"
    clone = voices.cloned(sample)
    session = Session(profile=clone.voice.profile)
    saved = spoken(session, text=TEXT, saved_voice="019ce7a5-0000-7000-8000-000000000001")

    assert clone.engine == saved.engine == "Piper, voice Joe (local)"
    assert "The speech provider copies no voices, so saved ones are spoken here." in clone.output["likeness"]


@pytest.mark.parametrize("first", [BUSY, (503, {"message": "overloaded"}), (500, {"message": "?"}), "cut"])
def test_what_can_be_tried_again_is(first):
    with provider(first, good()) as server:
        assert len(said(server)[0]) > 16_000
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("act", "code", "tries"),
    [
        (BUSY, "ENGINE_UNAVAILABLE", 3),
        ((500, {"message": "stack trace"}), "ENGINE_UNAVAILABLE", 3),
        ((401, {"message": "Incorrect API key: secret"}), "ENGINE_UNAVAILABLE", 1),
        ((403, {"message": "no"}), "ENGINE_UNAVAILABLE", 1),
        ((404, {"message": "no such model"}), "ENGINE_UNAVAILABLE", 1),
        ((400, {"message": "bad voice", "param": "voice"}), "ENGINE_UNAVAILABLE", 1),
        ((400, {"message": "policy", "code": "content_policy_violation"}), "PROMPT_REFUSED", 1),
        ("cut", "ENGINE_UNAVAILABLE", 3),
        (b"", "DELIVERY_INVALID", 1),
        (b"<html>Pay your bill</html>", "DELIVERY_INVALID", 1),
        (b'{"error": "no"}', "DELIVERY_INVALID", 1),
        (b"\xff\xfb" + bytes(range(256)) * 8, "DELIVERY_INVALID", 1),
    ],
    ids=["429", "500", "401", "403", "404", "voice", "policy", "cut", "empty", "html", "json", "garbage"],
)  # fmt: skip
def test_a_provider_s_trouble_is_told_in_our_words(act, code, tries):
    told, asked = failure(act)

    assert (told.code, asked) == (code, tries)
    assert told.message.endswith(".")
    for theirs in ("bill", "key", "secret", "http", "model", "policy", "<", "stack"):
        assert theirs not in told.message.lower()


def test_sound_that_is_none_or_not_the_text_is_refused():
    for act, words in (
        (voices.mp3(np.zeros(48_000)), "silent"), (sine(0.3), "cut short"), (sine(60), "longer than the text"),
        (good()[: len(good()) // 4], "cut short"),
    ):  # fmt: skip
        told, _ = failure(act)
        assert told.code == "DELIVERY_INVALID"
        assert words in told.message


def test_a_provider_that_does_not_answer_is_left():
    told, asked = failure("silent", timeout=0.3)

    assert (told.code, asked) == ("ENGINE_UNAVAILABLE", 3)


def test_nobody_there_is_told_in_our_words():
    gone = RemoteSpeaker(model="tts-1", base_url="http://127.0.0.1:9/v1", timeout=1)
    with pytest.raises(RunFailed, match="does not answer right now"):
        gone.speak(Script(TEXT, VOICES["joe"]), lambda done, of: None)


def test_an_answer_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr(remote, "MOST_BYTES", 3000)
    told, _ = failure(good())

    assert told.code == "DELIVERY_INVALID"


def test_a_provider_is_used_when_one_is_set(settings):
    assert speakers.speaker("en").label == "Piper, voice Joe (local)"
    assert speakers.speaker("fr").label == "espeak-ng (robotic, local)"
    settings.SPEECH_MODEL, settings.SPEECH_API_KEY, settings.SPEECH_VOICE = "tts-1", "k", "nova"
    assert speakers.speaker("fr").label == "tts-1, voice nova (remote)"
    assert speakers.speaker("fr") is speakers.speaker("en")
    assert speakers.speaker("en", saved=True).label == "Piper, voice Joe (local)"

"""A provider of pictures, tracks and films on loopback: good, slow, broken, refusing or huge, as told."""

import base64
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from agents.engines import audio
from agents.engines.video import film

KEY = "secret-key-77"
BILLING = f"No money left for {KEY}, see https://provider.test/billing"
QUEUED, WORKING = {"status": "queued"}, {"status": "running"}


class Studio(ThreadingHTTPServer):
    """`script` is what to do with each order or picture, `states` with each question about a task, `files` with each
    file's path; the last of a list for ever. `tasks` are those begun, by the key that came with the order.
    """

    daemon_threads = True

    def __init__(self, *script: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = list(script) or ["good"]
        self.states: list[Any] = [WORKING, "done"]
        self.files: dict[str, Any] = {}
        self.tasks: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self.orders: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.sent = 0
        self.closing = threading.Event()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    def says(self, *states: Any) -> "Studio":
        self.states = list(states)
        return self

    def delivers(self, data: Any, **facts: Any) -> "Studio":
        """A task that worked once asked, then handed this over as a file, at a cost."""
        self.files["/made"] = data
        return self.says(WORKING, {"status": "succeeded", "output": {"url": f"{self.root}/made"}, **facts})

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up is part of these tests."""


def next_of(script: list[Any]) -> Any:
    return script.pop(0) if len(script) > 1 else script[0]


class Handler(BaseHTTPRequestHandler):
    server: Studio

    def log_message(self, *_: Any) -> None:
        pass

    def noted(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.server.headers.append({name.title(): value for name, value in self.headers.items()})

    def do_POST(self) -> None:
        self.noted()
        self.server.orders.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        act = next_of(self.server.script)
        if act == "good":
            task = self.server.tasks.setdefault(self.headers["Idempotency-Key"], f"task-{len(self.server.tasks) + 1}")
            act = {"id": task}
        self.answer(act)

    def do_GET(self) -> None:
        self.noted()
        self.answer(self.server.files[self.path] if self.path in self.server.files else next_of(self.server.states))

    def do_DELETE(self) -> None:
        self.noted()
        self.answer({})

    def answer(self, act: Any) -> None:
        if callable(act):
            act = act()
        if act == "silent":
            self.server.closing.wait(20)
        elif act in ("huge", "drip"):
            self.pour(act == "drip")
        elif act == "compressed":
            self.send(200, "application/json", gzip.compress(b"{}"), **{"Content-Encoding": "gzip"})
        elif act == "cut":
            self.send(200, "application/json", b'{"status": "succ', length=4000)
        elif act == "moved":
            self.send(302, "text/plain", b"", Location="http://127.0.0.1:9/made")
        elif act == "html":
            self.send(200, "text/html", f"<html>{BILLING}</html>".encode())
        elif isinstance(act, tuple):
            self.send(act[0], "application/json", json.dumps(act[1]).encode(), **{"Retry-After": "0"})
        elif isinstance(act, bytes):
            self.send(200, "application/octet-stream", act)
        else:
            self.send(200, "application/json", json.dumps(act).encode())

    def send(self, status: int, content_type: str, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def pour(self, by_drops: bool) -> None:
        """A gigabyte, as long as somebody drinks."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        block = b'"' + b"a" * (0 if by_drops else 65_535)
        while self.server.sent < 2**30 and not (by_drops and self.server.closing.wait(0.05)):
            self.wfile.write(block)
            self.server.sent += len(block)


@contextmanager
def studio(*script: Any) -> Iterator[Studio]:
    server = Studio(*script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def pictured(data: bytes, **facts: Any) -> dict[str, Any]:
    """An answer of images.generate."""
    return {"created": 1, "data": [{"b64_json": base64.b64encode(data).decode()}], **facts}


@cache
def png(width: int = 1024, height: int = 1024, mode: str = "RGB") -> bytes:
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    image.paste((200, 40, 60) if mode == "RGB" else 90, (10, 10, width // 3, height // 3))
    return saved(image, "PNG")


def saved(image: Image.Image, kind: str) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


@cache
def blank() -> bytes:
    return saved(Image.new("RGB", (1024, 1024), "black"), "PNG")


@cache
def tone(seconds: float, level: float = 0.4) -> np.ndarray:
    moments = np.arange(round(seconds * 44_100)) / 44_100
    wave = level * np.sin(2 * np.pi * 220 * moments) * (1 + 0.3 * np.sin(2 * np.pi * 3 * moments))
    return np.stack([wave, wave], axis=1).astype(np.float32)


@cache
def mp3(seconds: float = 12, level: float = 0.4) -> bytes:
    return audio.encode_mp3(tone(seconds, level), 44_100, tags={"comment": BILLING}, progress=lambda share: None)


@cache
def wav(seconds: float = 12, level: float = 0.4) -> bytes:
    samples = (tone(seconds, level) * 32_767).astype("<i2").tobytes()
    head = b"WAVEfmt " + (16).to_bytes(4, "little") + np.array([1, 2], "<u2").tobytes()
    head += np.array([44_100, 176_400], "<u4").tobytes() + np.array([4, 16], "<u2").tobytes()
    body = head + b"data" + len(samples).to_bytes(4, "little") + samples
    return b"RIFF" + len(body).to_bytes(4, "little") + body


@cache
def mp4(seconds: float = 6, size: tuple[int, int] = (384, 216), sound: float | None = 6, plain: bool = False) -> bytes:
    """A film of H.264, and AAC where it has sound, which may be shorter than the picture."""
    picture = Image.open(BytesIO(png(*size))).convert("RGB")
    total = round(seconds * film.FPS)
    shown = (Image.new("RGB", size) if plain else picture.rotate(number) for number in range(total))
    return film.encode(shown, size=size, sound=None if sound is None else tone(sound), report=lambda done: None)

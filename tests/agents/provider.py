"""A provider of text on loopback that speaks OpenAI's protocol: good, slow, broken or refusing, as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = ("Rivers ", "run ", "to the sea.")
USAGE = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15, "cost": 0.0002}


class Provider(ThreadingHTTPServer):
    """`script` is what to do with each request, the last one for ever; `asked` are the bodies that came."""

    daemon_threads = True

    def __init__(self, *script: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = list(script) or ["good"]
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up is part of these tests."""


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers["Authorization"])
        act = self.server.script.pop(0) if len(self.server.script) > 1 else self.server.script[0]
        if isinstance(act, tuple):
            self.refuse(*act)
        elif act == "silent":
            self.server.closing.wait(20)
        elif act == "html":
            self.send(200, "text/html", b"<html>Pay your bill</html>")
        else:
            self.stream(act)

    def refuse(self, status: int, error: dict[str, Any]) -> None:
        self.send(status, "application/json", json.dumps({"error": error}).encode(), **{"Retry-After": "0"})

    def send(self, status: int, content_type: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def stream(self, act: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        if act == "garbage":
            self.wfile.write(b"data: {not json\n\n")
            return
        pieces = () if act == "nothing" else act["pieces"] if isinstance(act, dict) else GOOD
        for piece in pieces:
            self.event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        if act == "half":
            return
        reason = "content_filter" if act == "filtered" else "stop"
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        self.event({"choices": [], "usage": USAGE})
        self.wfile.write(b"data: [DONE]\n\n")

    def event(self, facts: dict[str, Any]) -> None:
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", **facts}
        self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())


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

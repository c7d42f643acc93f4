"""A webhook endpoint that keeps what it gets, checks its signature, and answers as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import stripe

from tests.stripe import specification


class Inbox:
    def __init__(self, url: str) -> None:
        self.url, self.secret = url, ""
        self.answers: list[int] = []
        self.events: list[dict[str, Any]] = []
        self.deviations: list[str] = []
        self.arrived = threading.Condition()

    def take(self, body: bytes, signature: str) -> int:
        with self.arrived:
            status = self.answers.pop(0) if self.answers else 200
            event = json.loads(body)
            self.deviations += [f"webhook {event['type']}: {x}" for x in specification.deviations_of_event(event)]
            try:
                stripe.Webhook.construct_event(body, signature, self.secret)
            except stripe.SignatureVerificationError as error:
                self.deviations.append(f"webhook {event['type']}: {error}")
            self.events.append(event)
            self.arrived.notify_all()
            return status

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]

    def wait_for(self, *types: str, seconds: float = 15) -> list[dict[str, Any]]:
        """Until every type has come, as often as it is named."""
        until = time.monotonic() + seconds
        with self.arrived:
            while any(self.types.count(one) < types.count(one) for one in types):
                assert self.arrived.wait(until - time.monotonic()), f"came: {self.types}, awaited: {types}"
            return list(self.events)


@contextmanager
def listening() -> Iterator[Inbox]:
    inbox: Inbox

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(inbox.take(body, self.headers["Stripe-Signature"]))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    inbox = Inbox(f"http://127.0.0.1:{server.server_port}/hook")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield inbox
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

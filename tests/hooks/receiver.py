"""A receiver of webhooks on loopback: good, refusing, slow, endless or gone, as told; and other acts of these tests."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.db.models.functions import Now
from standardwebhooks.webhooks import Webhook

from accounts.models import User
from hooks import delivery, endpoints, recording
from hooks.endpoints import Made
from hooks.events import EVENTS
from hooks.models import Delivery, Endpoint
from hooks.sender import Answer
from jobs import lifecycle
from jobs.models import Job
from tests.jobs import acts

HOOKS = "/dashboard/settings/webhooks"
ANSWERS = {"url": "https://example.com/hook", "events": ["job.completed", "credits.low"]}
ACTIONS = ("secret", "switch", "delete", "test")


class Receiver(ThreadingHTTPServer):
    """`script` is what to do with each message, the last of it for ever: a status, or a word of Handler.act."""

    daemon_threads = True

    def __init__(self, *script: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = list(script) or [200]
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.flying = self.most_flying = 0
        self.lock = threading.Lock()
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?key=1"

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    @property
    def types(self) -> list[str]:
        return [one["type"] for one in self.told]

    def verified(self, secret: str, number: int = -1) -> Any:
        """What a receiver has of a message, by the library that receivers use."""
        return Webhook(secret).verify(self.bodies[number], self.headers[number])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that hangs up is part of these tests."""


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        with self.server.lock:
            self.server.flying += 1
            self.server.most_flying = max(self.server.most_flying, self.server.flying)
            self.server.paths.append(self.path)
            self.server.headers.append(dict(self.headers.items()))
            self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            act = self.server.script.pop(0) if len(self.server.script) > 1 else self.server.script[0]
        with suppress(OSError):
            self.act(act)
        with self.server.lock:
            self.server.flying -= 1

    def act(self, act: Any) -> None:
        if act == "silent":
            self.server.closing.wait(30)
        elif act == "drip":
            self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500)
        elif act == "drip the body":
            self.drip(b"a" * 500, before=b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
        elif act == "huge":
            self.pour()
        elif act == "close":
            self.connection.close()
        elif act == "rubbish":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
        elif isinstance(act, str):
            self.answer(302, Location=act)
        elif isinstance(act, float):
            time.sleep(act)
            self.answer(200)
        else:
            self.answer(act)

    def answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def drip(self, what: bytes, before: bytes = b"") -> None:
        self.wfile.write(before)
        for begin in range(len(what)):
            self.wfile.write(what[begin : begin + 1])
            if self.server.closing.wait(0.05):
                return

    def pour(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
        while not self.server.closing.is_set():
            self.wfile.write(b"x" * 65536)


@contextmanager
def receiver(*script: Any) -> Iterator[Receiver]:
    with Receiver(*script) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.closing.set()
        server.shutdown()


def made(user: User, url: str = "https://example.com/hook", *chosen: str) -> Made:
    """An endpoint that is told of everything unless some events are chosen."""
    return endpoints.make_endpoint(user_id=user.pk, url=url, chosen=list(chosen or EVENTS))


def again(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.get(pk=endpoint.pk)


def told(endpoint: Endpoint) -> list[str]:
    """The types of what is recorded, oldest first."""
    return list(Delivery.objects.filter(endpoint=endpoint).order_by("id").values_list("type", flat=True))


def only(endpoint: Endpoint) -> Delivery:
    return Delivery.objects.get(endpoint=endpoint)


def round_of_beat(**facts: Any) -> int:
    """What beat asks for; how many attempts were made."""
    recording.record_due()
    return delivery.deliver_due(**facts)


def try_out(endpoint: Endpoint) -> Delivery:
    return endpoints.send_test(user_id=endpoint.user_id, endpoint_id=endpoint.pk)


def wait_is_over() -> None:
    Delivery.objects.filter(state="waiting").update(due_at=Now() - timedelta(seconds=1))


def lease_is_over() -> None:
    Delivery.objects.filter(state="sending").update(due_at=Now() - timedelta(seconds=1))


def told_once(user: User, url: str) -> Endpoint:
    """An endpoint with one event that waits for it."""
    endpoint = made(user, url, "job.completed").endpoint
    acts.finished(user)
    recording.record_due()
    return endpoint


def failed(user: User) -> Job:
    job = lifecycle.claim(acts.queued(user).pk)
    lifecycle.fail(job, code="ENGINE_UNAVAILABLE", message="It did not work. Your credits are back.")
    return acts.again(job)


def canceled(user: User) -> Job:
    return lifecycle.cancel(user_id=user.pk, job_id=acts.queued(user).pk)


def page_of(endpoint: Endpoint, *rest: object) -> str:
    return "/".join([HOOKS, str(endpoint.pk), *map(str, rest)])


def ended(endpoint: Endpoint, code: int = 200) -> Delivery:
    row = try_out(endpoint)
    delivery.deliver_due(post=lambda *_: Answer(code))
    return Delivery.objects.get(pk=row.pk)

"""`POST /api/agents/execute` against views that do nothing, over HTTP, on the server that `make run` uses."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.test import Client

from accounts.models import User
from benchmarks import acts, clients, people
from benchmarks.clients import median
from benchmarks.place import ROOT, Place
from benchmarks.results import Measure, Report
from benchmarks.writes import Pace
from embedded.app import WEB_THREADS
from embedded.server import HOST, free_port

PATIENCE = 30
CROWD = 8
PEOPLE = 40
TOKEN = "b" * 32
BODY = json.dumps({"agent_id": "image-creator", "input": acts.RawJob.INPUT})
NO_LIMIT = ",".join(f"{name}=1000000/second" for name in ("read", "write", "execute"))
BARE, UNLIMITED, EXECUTE = "/api/bare", "/api/unlimited", "/api/agents/execute"


@dataclass
class Caller:
    """Posts one call again and again, each process over a connection of its own."""

    port: int
    path: str
    cookies: dict[UUID, str]
    line: socket.socket | None = field(default=None)

    def __call__(self, user_id: UUID) -> None:
        self.line = self.line or socket.create_connection((HOST, self.port), PATIENCE)
        self.line.sendall(
            f"POST {self.path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nX-CSRFToken: {TOKEN}\r\n"
            f"Cookie: {self.cookies[user_id]}\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}".encode()
        )
        answer = b""
        while not whole(answer):
            answer += self.line.recv(65536)
        if not answer.startswith(b"HTTP/1.1 202"):
            raise RuntimeError(answer.decode())


def whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    return bool(end) and len(body) >= int(head.lower().partition(b"content-length:")[2].split()[0])


def measure_calls(place: Place, report: Report, pace: Pace) -> None:
    cookies = {user: cookie_of(user) for user in map(people.id_of, range(1, PEOPLE + 1))}
    rates: dict[str, list[float]] = {BARE: [], UNLIMITED: [], EXECUTE: []}
    with web() as port:
        for number in range(pace.rounds + 1):
            for path, found in rates.items():
                run = clients.run(Caller(port, path, cookies), clients=CROWD, seconds=pace.seconds, people=PEOPLE)
                if number:  # the first round warms the server up
                    found.append(run.rate)
            place.owner.execute("UPDATE jobs_job SET status = 'completed', finished_at = now() WHERE status = 'queued'")
    note = f"{median(rates[EXECUTE]):,.0f} requests/s, {median(rates[BARE]):,.0f} of the bare view"
    report.add(
        Measure("execute: of a bare authenticated view", ratio(rates, BARE), 0.5, note=note),
        Measure("execute: of one that counts no rate limit either", ratio(rates, UNLIMITED)),
    )


def ratio(rates: dict[str, list[float]], path: str) -> float:
    return median([ours / bare for ours, bare in zip(rates[EXECUTE], rates[path], strict=True)])


def cookie_of(user_id: UUID) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


@contextmanager
def web() -> Iterator[int]:
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws",
        "--blocking-threads", str(WEB_THREADS), "--backpressure", str(WEB_THREADS * 16), "benchmarks.bare:application",
    ]  # fmt: skip
    env = os.environ | {"ALLOWED_HOSTS": HOST, "API_RATES": NO_LIMIT}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
        try:
            if not answers(port, process):
                log.seek(0)
                raise RuntimeError(f"The web server did not start: {log.read().decode()}")
            yield port
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


def answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), 1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False

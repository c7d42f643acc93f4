"""`make run`: the whole product from nothing, until Ctrl-C."""

import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
from types import FrameType
from typing import NoReturn

from embedded import configuration, folder, prepare, server
from embedded.configuration import LOCAL, ROOT, Configuration
from embedded.folder import AlreadyRunning, write_private
from embedded.processes import Processes, say
from embedded.services import Services, services

READY_SECONDS = 120
ASK_SECONDS = 0.25
ACCOUNTS = """\
  Sign in as    demo@avatarg.test   avatarg-demo    (FREE)
  or as         admin@avatarg.test  avatarg-admin   (operator)
"""
SANDBOX = """\
  Stripe is a sandbox: no money moves, 4242 4242 4242 4242 pays. Its clock, events and switches: http://localhost:{}
"""


class Stopped(BaseException):
    """A person or the system asked us to end."""


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    os.chdir(ROOT)
    try:
        return _run(Configuration.read())
    except (AlreadyRunning, server.NotStarted) as refusal:
        raise SystemExit(str(refusal)) from None
    except Stopped:
        say("Avatar G has ended.")
        return 0


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


def _run(wanted: Configuration) -> int:
    folder.refuse_second(LOCAL)
    configuration.refuse_taken(wanted.port)
    if wanted.own_database or wanted.own_broker:
        say(f"Starting {' and '.join(_own_servers(wanted))}.")
    with services(LOCAL, want_postgres=wanted.own_database, want_valkey=wanted.own_broker) as started:
        (LOCAL / "run.json").unlink(missing_ok=True)  # of a run that was killed
        environment = wanted.completed(started)
        prepare.prepare(wanted, started)
        write_private(LOCAL / "run.json", json.dumps(_about(wanted, started)))
        try:
            return _serve(wanted, started, environment)
        finally:
            (LOCAL / "run.json").unlink(missing_ok=True)


def _own_servers(wanted: Configuration) -> list[str]:
    return [name for name, ours in (("PostgreSQL", wanted.own_database), ("Valkey", wanted.own_broker)) if ours]


def _about(wanted: Configuration, started: Services) -> dict[str, object]:
    """What `make manage` and a refused second start want to know."""
    return {
        "pid": os.getpid(),
        "address": wanted.address,
        "owner_url": started.owner_url,
        "app_url": started.app_url,
        "redis_url": started.redis_url,
        "sandbox_port": wanted.sandbox_port if wanted.own_stripe else None,
    }


def _serve(wanted: Configuration, started: Services, environment: dict[str, str]) -> int:
    environment |= {"PORT": str(wanted.port), "BEAT_SCHEDULE": str(LOCAL / "beat-schedule")}
    processes = Processes(environment, started.folder.alive, started.servers)
    beginning = Beginning(wanted, processes)
    try:
        ended = processes.run(beginning.go_on)
        say(f"{ended.name} has ended by itself with exit code {ended.code}, so everything ends.")
        return ended.code
    finally:
        signal.signal(signal.SIGINT, lambda _number, _frame: processes.hasten())
        processes.stop()


class Beginning:
    """Starts the processes and says where the product is, once it answers; asks in a thread, for that takes its time.

    Beat and the studio come last: the first page does not need them, and the others need the processor.
    """

    def __init__(self, wanted: Configuration, processes: Processes) -> None:
        self.wanted, self.processes = wanted, processes
        self.begun = time.monotonic()
        self.ready = threading.Event()
        self.done = False

    def go_on(self) -> None:
        if self.done:
            return
        if not self.processes.running:
            self.processes.start("worker")
            self.processes.start("web")
            if self.wanted.own_stripe:
                self.processes.start("sandbox")
            threading.Thread(target=self._ask, daemon=True).start()
        elif self.ready.is_set() or time.monotonic() - self.begun > READY_SECONDS:
            self.done = True
            say(self._outcome())
            self.processes.start("studio")
            self.processes.start("beat")

    def _outcome(self) -> str:
        if self.ready.is_set():
            stripe = SANDBOX.format(self.wanted.sandbox_port) if self.wanted.own_stripe else ""
            accounts = ACCOUNTS if self.wanted.own_database else ""
            return f"\n  Avatar G is ready at {self.wanted.address}\n{accounts}{stripe}"
        return f"{self.wanted.address}/readyz does not answer after {READY_SECONDS} s; the lines above may say why."

    def _ask(self) -> None:
        while not self.ready.is_set():
            if answers_ready(self.wanted.port) and (not self.wanted.own_stripe or listens(self.wanted.sandbox_port)):
                self.ready.set()
            time.sleep(ASK_SECONDS)


def answers_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(server.HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def listens(port: int) -> bool:
    try:
        with socket.create_connection((server.HOST, port), timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())

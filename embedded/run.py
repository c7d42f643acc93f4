"""`make run`: the whole product from nothing, until Ctrl-C."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import NoReturn

from embedded import configuration, folder, postgres, server
from embedded.configuration import LOCAL, ROOT, Configuration
from embedded.folder import AlreadyRunning, write_private
from embedded.processes import Processes, say
from embedded.services import Services, services

READY_SECONDS = 120
ACCOUNTS = """
  Sign in as    demo@avatarg.test   avatarg-demo    (FREE)
  or as         admin@avatarg.test  avatarg-admin   (operator)
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
        environment = wanted.completed(started)
        say("Preparing the database.")
        prepare(wanted, started)
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
    }


def prepare(wanted: Configuration, started: Services) -> None:
    roles = [postgres.APP] if wanted.own_database else []
    program = server.tethered("same", signal.SIGKILL, sys.executable, "-m", "embedded.prepare", *roles)
    done = subprocess.run(program, env=wanted.owners(started), pass_fds=(started.folder.alive,), check=False)
    if done.returncode:
        raise SystemExit("The database could not be prepared: see above.")


def _serve(wanted: Configuration, started: Services, environment: dict[str, str]) -> int:
    environment |= {"PORT": str(wanted.port), "BEAT_SCHEDULE": str(LOCAL / "beat-schedule")}
    processes = Processes(environment, started.folder.alive, started.servers)
    announcer = Announcer(wanted)
    try:
        for name in ("web", "worker", "beat"):
            processes.start(name)
        ended = processes.run(announcer.announce_when_ready)
        say(f"{ended.name} has ended by itself with exit code {ended.code}, so everything ends.")
        return ended.code
    finally:
        signal.signal(signal.SIGINT, lambda _number, _frame: processes.hasten())
        processes.stop()


class Announcer:
    """Says where the product is, once it answers; asks in a thread, for an answer may take its time."""

    def __init__(self, wanted: Configuration) -> None:
        self.wanted = wanted
        self.begun = time.monotonic()
        self.ready = threading.Event()
        self.said = False
        threading.Thread(target=self._ask, daemon=True).start()

    def announce_when_ready(self) -> None:
        if self.said:
            return
        if self.ready.is_set():
            self.said = True
            say(f"\n  Avatar G is ready at {self.wanted.address}" + (ACCOUNTS if self.wanted.own_database else ""))
        elif time.monotonic() - self.begun > READY_SECONDS:
            self.said = True
            say(f"{self.wanted.address}/readyz does not answer after {READY_SECONDS} s; the lines above may say why.")

    def _ask(self) -> None:
        while not self.ready.is_set():
            if answers_ready(self.wanted.port):
                self.ready.set()
            time.sleep(0.1)


def answers_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(server.HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())

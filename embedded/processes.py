"""The product's processes side by side: their lines under their names, and one end for all."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, cast

from embedded import app, server

COLOURS = {"web": 36, "worker": 33, "studio": 34, "beat": 35, "sandbox": 32}
TICK_SECONDS = 0.1
INSIST_SECONDS = 4  # Celery's first signal waits for tasks, its second does not
KILL_SECONDS = 6


@dataclass(frozen=True)
class Ended:
    """Which process was the first to end by itself, and the exit code that this makes ours."""

    name: str
    code: int


@dataclass
class Processes:
    """`watched` are servers that others started and whose end is ours too."""

    environment: dict[str, str]
    alive: int
    watched: Iterable[server.Server] = ()
    running: list[server.Server] = field(default_factory=list)
    hasty: bool = False
    _lines: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def start(self, name: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "embedded.app", name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment | {app.RUNNER: str(os.getpid())},
            start_new_session=True,
            pass_fds=(self.alive,),
        )
        self.running.append(server.Server(name, process, signal.SIGTERM))
        self._lines.register(cast("IO[bytes]", process.stdout), selectors.EVENT_READ, (name, bytearray()))

    def run(self, each_tick: Callable[[], None]) -> Ended:
        """Pass lines on until a process ends."""
        while (ended := self._first_ended()) is None:
            each_tick()
            self._pass_lines_on()
        self._pass_lines_on()
        return ended

    def stop(self) -> None:
        """Ask, insist, kill; nothing of their sessions is left."""
        begun = time.monotonic()
        insisted = False
        self._signal(signal.SIGTERM)
        while self._still_there():
            self._pass_lines_on()
            waited = time.monotonic() - begun
            if waited > KILL_SECONDS or self.hasty:
                break
            if waited > INSIST_SECONDS and not insisted:
                self._signal(signal.SIGQUIT)
                insisted = True
        for program in self.running:
            server.end_session(program.pid)
            program.process.wait()

    def hasten(self) -> None:
        self.hasty = True

    def _first_ended(self) -> Ended | None:
        for program in [*self.watched, *self.running]:
            code = program.process.poll()
            if code is not None:
                return Ended(program.name, 128 - code if code < 0 else code or 1)
        return None

    def _still_there(self) -> list[server.Server]:
        return [program for program in self.running if program.process.poll() is None]

    def _signal(self, number: int) -> None:
        for program in self._still_there():
            program.process.send_signal(number)

    def _pass_lines_on(self) -> None:
        for key, _ in self._lines.select(TICK_SECONDS):
            name, unfinished = key.data
            more = os.read(key.fd, 65536)
            unfinished += more
            *lines, rest = bytes(unfinished).split(b"\n")
            unfinished[:] = rest
            for line in lines:
                say(line.decode(errors="replace"), name)
            if not more:
                self._lines.unregister(key.fileobj)


def say(line: str, name: str = "") -> None:
    """A line for the person at the terminal, under the name of the process that said it."""
    if not name:
        print(line, flush=True)
    elif sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        print(f"\x1b[{COLOURS.get(name, 37)}m{name:>7} |\x1b[0m {line}", flush=True)
    else:
        print(f"{name:>7} | {line}", flush=True)

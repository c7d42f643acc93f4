"""Processes of the product that these tests start, break and end: workers, beat and web servers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import requests

from embedded import app
from embedded.server import free_port, tethered
from jobs import upkeep
from tests import environment
from tests.embedded.processes import descendants, is_alive, wait_until

LIGHT, HEAVY = app.QUEUES.removeprefix("billing,"), app.HEAVY_QUEUES
BEAT = ["beat", "--loglevel", "INFO", "--schedule", "beat.db", "--pidfile="]
START_SECONDS = 60


class Program:
    """A process in a session of its own, so that nothing of it outlives the test; tied to us, should we be killed."""

    def __init__(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.command, self.env, self.folder = command, env, folder
        self.log = folder / f"{command[1]}-{time.monotonic_ns()}.log"
        self.start()

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                tethered("same", signal.SIGTERM, *self.command),
                env=self.env,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def children(self) -> list[int]:
        return sorted(pid for pid in descendants(self.pid) if is_alive(pid))

    def kill(self) -> None:
        """SIGKILL to the process and all it started."""
        if self.process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()

    def kill_alone(self) -> None:
        """SIGKILL to the first process only; what it started goes on as it can."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        for pid in [*self.children(), self.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


class Crew:
    """Starts what a test asks for and ends it all with the test."""

    def __init__(self, env: dict[str, str], folder: Path, stack: ExitStack) -> None:
        self.env, self.folder, self.stack = env, folder, stack

    def worker(self, queues: str = f"{LIGHT},{HEAVY}", at_once: int = 2, **env: str) -> Program:
        """A worker that is ready to take jobs."""
        served = ["--queues", queues, "--concurrency", str(at_once)]
        worker = self._celery(["worker", "--loglevel", "INFO", *served, "--without-mingle", "--without-gossip"], env)
        wait_until_ready(worker)
        return worker

    def beat(self, **env: str) -> Program:
        return self._celery(BEAT, env)

    def web(self, **env: str) -> tuple[Program, str]:
        """A web server that answers, and its address."""
        port = free_port()
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--blocking-threads", "4", "avatarg.wsgi:application",
        ]  # fmt: skip
        web, address = self._start(command, env), f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{address}/healthz"), START_SECONDS, web.said)
        return web, address

    def python(self, code: str, **env: str) -> str:
        """What a process with Django set up printed."""
        code = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.env | env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def _celery(self, words: list[str], env: dict[str, str]) -> Program:
        return self._start([sys.executable, "-m", "celery", "--app", "tests.faults.app", *words], env)

    def _start(self, command: list[str], env: dict[str, str]) -> Program:
        program = Program(command, self.env | env, self.folder)
        self.stack.callback(program.end)
        return program


@contextmanager
def crew(env: dict[str, str], folder: Path) -> Iterator[Crew]:
    with ExitStack() as stack:
        yield Crew({**env, "PYTHONWARNINGS": "", "PYTHONPATH": str(environment.ROOT)}, folder, stack)


def wait_until_ready(worker: Program) -> None:
    begun = worker.said().count("ready.")
    wait_until(lambda: worker.said().count("ready.") > begun or gone(worker), START_SECONDS, worker.said)
    assert not gone(worker), worker.said()


def gone(program: Program) -> bool:
    return program.process.poll() is not None


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.RequestException:
        return False


def sweep_until(happened: Callable[[], Any], seconds: float, why: Callable[[], str] = str) -> None:
    """Sweep as beat does, until something has happened."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, why()
        upkeep.sweep()
        time.sleep(0.2)

"""Starting a server: tied to us, in a session of its own, as the user it must be, holding the alive lock."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from embedded import tether

HOST = "127.0.0.1"
STARTS = 3  # a free port can be taken by somebody else before the server gets to it
START_SECONDS = 60
STOP_SECONDS = 8
TETHER = str(Path(tether.__file__).absolute())


class NotStarted(Exception):
    """A server ended while it was starting, or did not answer in time; the message has the end of its log."""


@dataclass
class Server:
    """A running program."""

    name: str
    process: subprocess.Popen[bytes]
    ends_on: int

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        """Ask it to end; after STOP_SECONDS insist. Nothing of its session is left."""
        if self.process.poll() is None:
            self.process.send_signal(self.ends_on)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            end_session(self.pid)
            self.process.wait()


def end_session(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def default_identity() -> str:
    """Ourselves if PostgreSQL takes us: it refuses root, and users with a number but no name, as containers have."""
    forced = os.environ.get("EMBEDDED_IDENTITY")
    if forced:
        return forced
    if os.geteuid() == 0:
        return "namespace" if namespaces_are_allowed() else str(tether.NOBODY)
    return "same" if _has_name(os.geteuid()) or not namespaces_are_allowed() else "namespace"


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


@cache
def namespaces_are_allowed() -> bool:
    if not tether.LINUX:
        return False
    true = shutil.which("true") or "/bin/true"
    return subprocess.run(tethered("namespace", signal.SIGKILL, true), capture_output=True, check=False).returncode == 0


def tethered(identity: str, ends_on: int, *command: object) -> list[str]:
    words = [str(word) for word in command]
    return [sys.executable, "-I", "-S", TETHER, str(os.getpid()), str(int(ends_on)), identity, *words]


def clean_environment() -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PG")}, "LC_ALL": "C"}


def own(path: Path, identity: str) -> None:
    """Give the folder and what is in it to the user who will write there."""
    if os.geteuid() != 0:
        if path.stat().st_uid != os.geteuid():
            raise SystemExit(f"{path} belongs to another user: start Avatar G as that user, or remove the folder.")
        return
    uid = int(identity) if identity.isdigit() else 0
    if path.stat().st_uid == uid:
        return
    for folder, _, files in os.walk(path):
        for name in ["", *files]:
            os.chown(Path(folder, name), uid, uid, follow_symlinks=False)


def start(command: list[str], data: Path, log: Path, alive: int, *, ends_on: int) -> Server:
    """Named after its folder of data, where it works; what it says goes to the log."""
    with open(log, "ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=clean_environment(),
            start_new_session=True,
            pass_fds=(alive,),
            cwd=data,
        )
    return Server(data.name, process, ends_on)


def start_on_free_port(
    start_on: Callable[[int], Server], answers: Callable[[int], bool], log: Path
) -> tuple[Server, int]:
    """The server and its port, once it answers; tried again on another port when it ends at once."""
    for _ in range(STARTS):
        port = free_port()
        server = start_on(port)
        if wait_until_it_answers(server, lambda: answers(port)):  # noqa: B023  called before the next round
            return server, port
        server.stop()
    raise NotStarted(f"{server.name} did not start; the end of {log}:\n{tail(log)}")


def wait_until_it_answers(server: Server, answers: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            return False
        if answers():
            return True
        time.sleep(0.02)
    return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])


def tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])

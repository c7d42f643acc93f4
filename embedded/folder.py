"""The folder that an embedded run lives in (`.local/`): one run at a time, private files, nothing half-written."""

import contextlib
import fcntl
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEFTOVERS_SECONDS = 30
HELD_SECONDS = 0.3  # `is_held` holds the lock for an instant


class AlreadyRunning(Exception):
    """Another run holds the folder; its message says which."""


@dataclass(frozen=True)
class Folder:
    """A folder held by this process.

    `alive` is the descriptor of a lock that every server and process of the run inherits: it is free again only
    when the last of them is gone, so the next run knows that it meets no leftovers, whatever killed this one.
    """

    root: Path
    alive: int

    def private_json(self, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What the file holds; `make` is called, and its answer kept for this user's eyes, when there is none."""
        path = self.root / name
        if not path.exists():
            write_private(path, json.dumps(make(), indent=1))
        kept: dict[str, Any] = json.loads(path.read_text())
        return kept


def write_private(path: Path, text: str) -> None:
    """Replace the file in one step, readable by its owner only."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def password() -> str:
    return secrets.token_urlsafe(24)


@contextlib.contextmanager
def hold(root: Path) -> Iterator[Folder]:
    """Hold the folder until the block ends; raises AlreadyRunning when another process does."""
    root = Path(root).absolute()
    root.mkdir(parents=True, exist_ok=True)
    if not os.access(root, os.W_OK):
        raise SystemExit(f"{root} belongs to another user: start Avatar G as that user, or remove the folder.")
    with open(root / "lock", "a") as lock:
        if not _locked(lock.fileno(), HELD_SECONDS):
            raise AlreadyRunning(_who_runs(root))
        (root / "run.json").unlink(missing_ok=True)
        with open(root / "alive", "a") as alive:
            if not _locked(alive.fileno(), LEFTOVERS_SECONDS):
                raise SystemExit("Processes of an earlier run have still not ended: end them, then start again.")
            yield Folder(root, alive.fileno())


def is_held(root: Path) -> bool:
    path = Path(root) / "lock"
    if not path.exists():
        return False
    with open(path) as lock:
        return not _locked(lock.fileno(), 0)


def refuse_second(root: Path) -> None:
    """Raises AlreadyRunning while somebody holds the folder."""
    if is_held(root):
        raise AlreadyRunning(_who_runs(Path(root)))


def running(root: Path) -> dict[str, Any] | None:
    """What the run that holds the folder wrote about itself; None when nothing runs."""
    path = Path(root) / "run.json"
    return json.loads(path.read_text()) if path.exists() and is_held(root) else None


def _locked(descriptor: int, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def _who_runs(root: Path) -> str:
    path = root / "run.json"
    if not path.exists():
        return f"Avatar G is being started or stopped, or tests run, in {root}: wait for that to end."
    run = json.loads(path.read_text())
    return f"Avatar G already runs from this folder at {run['address']}, pid {run['pid']}."

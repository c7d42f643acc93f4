"""Looking at processes, to see that none is left."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path


def descendants(pid: int) -> set[int]:
    """Every process below this one, by number."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            _, _, after_name = (folder / "stat").read_text().rpartition(")")
            children.setdefault(int(after_name.split()[1]), []).append(int(folder.name))
    found, ahead = set(), [pid]
    while ahead:
        below = children.get(ahead.pop(), [])
        found.update(below)
        ahead += below
    return found


def is_alive(pid: int) -> bool:
    """A zombie, which only waits to be noticed by its parent, is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until(happened: Callable[[], object], seconds: float, why: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


def assert_all_gone(pids: set[int], seconds: float = 10) -> None:
    def left() -> list[str]:
        return [f"{pid} {command_of(pid)}" for pid in pids if is_alive(pid)]

    wait_until(lambda: not left(), seconds, lambda: f"still there: {left()}")


def command_of(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)

"""A small product in a folder of its own, and the runner on it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.server import free_port
from tests.embedded.processes import assert_all_gone, descendants, wait_until

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "CRON_SECRET", "DEBUG", "EMBEDDED", "MEDIA_ROOT", "ALLOWED_HOSTS")


class Run:
    """`make run` in a folder, as its recipe says it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.output = folder / "output.txt"
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        self.environment = inherited | {"PORT": str(self.port), "PYTHONWARNINGS": ""} | environment
        self.below: set[int] = set()

    def start(self) -> "Run":
        with open(self.output, "w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "embedded.run"],
                cwd=self.folder,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait_until_ready(self, seconds: float = 60) -> "Run":
        wait_until(lambda: "is ready at" in self.said() or self.process.poll() is not None, seconds, self.said)
        assert self.process.poll() is None, self.said()
        self.below = descendants(self.process.pid)
        return self

    def said(self) -> str:
        return self.output.read_text()

    def say(self, module: str, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *words]
        known = self.environment
        return subprocess.run(command, cwd=self.folder, env=known, capture_output=True, text=True, check=False)

    def manage(self, *words: str) -> str:
        done = self.say("embedded.manage", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def pid_of(self, command: str) -> int:
        """The process of this run whose command line matches."""
        for pid in sorted(descendants(self.process.pid)):
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if re.search(command, line):
                return pid
        raise AssertionError(f"no {command} below the runner")

    def end(self, number: int = signal.SIGINT) -> int:
        self.below |= descendants(self.process.pid)
        self.process.send_signal(number)
        code = self.process.wait(20)
        assert_all_gone(self.below)
        return code


@pytest.fixture
def product() -> Iterator[Path]:
    """The small product, in a folder whose name has a space and accents."""
    folder = Path(tempfile.mkdtemp(prefix="avatarg-")) / "dossier d'été"
    shutil.copytree(HERE / "small", folder)
    shutil.copytree(REPOSITORY / "embedded", folder / "embedded", ignore=shutil.ignore_patterns("__pycache__"))
    yield folder
    shutil.rmtree(folder.parent)


@pytest.fixture
def run(product: Path) -> Iterator[Run]:
    """Not yet started; ended whatever happens."""
    run = Run(product)
    yield run
    if hasattr(run, "process") and run.process.poll() is None:
        run.end()

"""What the doctor said, as tests hold it."""

import os
import re
import subprocess
import sys
from io import StringIO

from django.core.management import call_command

from tests import environment

SHOULD_NOT_BE_SEEN = "CanaryOfTheDoctor"
A_LONG_SECRET = f"{SHOULD_NOT_BE_SEEN}-z7Kq2LmXw94vTnRb6sHd1cYp8eUgJ3aF5oQi0"
NOWHERE = "127.0.0.1:9"


class Report:
    def __init__(self, said: str, code: int) -> None:
        self.said, self.code = said, code
        self.lines = re.findall(r"^(ok|warn|wrong) +(.{23}) (.*)$", said, re.MULTILINE)

    def level(self, about: str) -> str:
        [level] = {level for level, name, _ in self.lines if name.strip() == about}
        return level

    def says(self, about: str) -> str:
        return " ".join(says for _, name, says in self.lines if name.strip() == about)

    def at(self, wanted: str) -> list[str]:
        return [name.strip() for level, name, _ in self.lines if level == wanted]


def report(*words: str) -> Report:
    said, code = StringIO(), 0
    try:
        call_command("doctor", *words, stdout=said, no_color=True)
    except SystemExit as end:
        code = end.code
    return Report(said.getvalue(), code)


def report_of_process(**given: str) -> Report:
    """A process of its own, for what is decided while the settings are read."""
    known = {name: "" for name in environment.FIXED} | {
        "PYTHONWARNINGS": "",
        "DEBUG": "1",
        "ALLOWED_HOSTS": "localhost",
    }
    command = [sys.executable, "manage.py", "doctor", "--no-color"]
    done = subprocess.run(
        command, cwd=environment.ROOT, env={**os.environ, **known, **given}, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return Report(done.stdout + done.stderr, done.returncode)

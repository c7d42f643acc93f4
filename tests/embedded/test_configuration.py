"""Names, files and small programs around the run."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from embedded import tether
from embedded.configuration import Configuration
from tests import environment
from tests.embedded.processes import assert_all_gone, descendants, wait_until
from tests.lint import Audit

SETTINGS = environment.ROOT / "avatarg" / "settings.py"
KNOWN_ONLY_TO_THE_RUNNER = {"EMBEDDED"}


def test_every_name_that_the_settings_read_is_in_the_example():
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', SETTINGS.read_text()))
    shown = set(re.findall(r"^#([A-Z_]+)=", (environment.ROOT / ".env.example").read_text(), re.MULTILINE))
    assert len(read) > 10
    assert read - KNOWN_ONLY_TO_THE_RUNNER <= shown


def test_a_name_set_to_nothing_is_not_set():
    assert Configuration({"DATABASE_URL": "", "REDIS_URL": "redis://x"}).own_database
    assert not Configuration({"DATABASE_URL": "", "REDIS_URL": "redis://x"}).own_broker


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-spec.txt",
        "requirements-models.txt",
        "requirements-uv.txt",
    ],
)
def test_locks_carry_hashes_and_no_address(name):
    text = (environment.ROOT / name).read_text()
    packages = re.findall(r"^[A-Za-z0-9].*", text, re.MULTILINE)
    assert packages
    assert all(line.endswith("\\") and "==" in line for line in packages)
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_an_old_python_is_refused_in_words(tmp_path):
    old = tmp_path / "old python"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\nexit 1\n')
    old.chmod(0o755)
    for name in ("Makefile", "requirements.txt", "requirements-models.txt", "requirements-uv.txt"):
        (tmp_path / name).write_text((environment.ROOT / name).read_text())
    said = subprocess.run(["make", "run", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert f"Avatar G needs Python 3.11 or newer, and {old} is Python 3.9.2." in said.stderr
    said = subprocess.run(["make", "run", "PYTHON=nothing"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "There is no nothing here: install Python 3.11 or newer" in said.stderr


def test_the_audit_tells_holes_from_packages_it_could_not_ask_about():
    hole = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}]}
    clean = {"name": "b", "version": "2", "vulns": []}
    unknown = {"name": "c", "skip_reason": "not found"}
    assert Audit.read(json.dumps({"dependencies": [hole, clean, unknown]})) == Audit(["a 1: PYSEC-1"], ["c"], 2)


GUARDED = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from embedded import tether
sys.exit(tether.guard(int(sys.argv[2]), signal.SIGTERM, ["/bin/sleep", "60"]))
"""


@pytest.fixture
def guarded():
    """As a Mac has it: a shell, the guard below it, a server below that."""
    root, script = str(environment.ROOT), GUARDED.replace('"', "'")
    shell = subprocess.Popen(["sh", "-c", f'"{sys.executable}" -c "{script}" "{root}" $$; exit $?'])
    wait_until(lambda: len(descendants(shell.pid)) == 2, 10)
    yield shell
    shell.kill()
    shell.wait()


def test_a_guard_ends_its_server_when_the_runner_is_killed(guarded):
    below = descendants(guarded.pid)
    guarded.send_signal(signal.SIGKILL)
    assert_all_gone(below, 5)


def test_a_guard_passes_signals_on_and_ends_as_its_server_does(guarded):
    guard = min(descendants(guarded.pid))
    os.kill(guard, signal.SIGTERM)
    assert guarded.wait(5) == 256 - signal.SIGTERM


def test_who_is_tied_to_a_parent_that_is_gone_does_not_begin(tmp_path: Path):
    done = subprocess.run([sys.executable, "-I", "-S", tether.__file__, "1", "9", "same", "/bin/true"], check=False)
    assert done.returncode == tether.ORPHANED

"""`make run`: it says where it is, keeps what it must, refuses clearly, and leaves nothing behind however it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from embedded.services import services
from tests.embedded.conftest import Run
from tests.embedded.processes import assert_all_gone, descendants, is_alive, wait_until

RING = """
import os, sys
from avatarg.celery import app
app.send_task("sleep", args=[60, sys.argv[1]])
"""


def ready(run: Run) -> dict[str, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/readyz") as answer:
        return json.load(answer)


def engine_at_work(run: Run) -> int:
    """The number of a program that a task of the worker has started."""
    note = run.folder / "note"
    about = json.loads((run.folder / ".local" / "run.json").read_text())
    secrets = dict(line.split("=", 1) for line in (run.folder / ".local" / "secrets.env").read_text().splitlines())
    known = {"DATABASE_URL": about["app_url"], "REDIS_URL": about["redis_url"], "DEBUG": "1", "ALLOWED_HOSTS": "x"}
    settings = {"DJANGO_SETTINGS_MODULE": "avatarg.settings", "MEDIA_ROOT": "media"}
    ring = [sys.executable, "-c", RING, str(note)]
    subprocess.run(ring, cwd=run.folder, env=run.environment | known | secrets | settings, check=True)
    wait_until(lambda: note.exists() and note.read_text(), 20, run.said)
    return int(note.read_text())


def test_a_run_from_start_to_ctrl_c(run):
    run.start().wait_until_ready()
    local = run.folder / ".local"
    assert f"Avatar G is ready at http://localhost:{run.port}\n" in run.said()
    assert re.search("demo@avatarg.test +avatarg-demo +.FREE", run.said())
    assert re.search("admin@avatarg.test +avatarg-admin +.operator", run.said())
    first = ready(run)
    assert (first["role"], first["embedded"]) == ("avatarg", "1")
    assert (local / "media" / "seeded").exists()
    for name in ("run.json", "secrets.env", "postgres.json", "valkey.json"):
        assert (local / name).stat().st_mode & 0o777 == 0o600, name

    second = run.say("embedded.run")
    assert (second.returncode, second.stderr) == (
        1,
        f"Avatar G already runs from this folder at http://localhost:{run.port}, pid {run.process.pid}.\n",
    )
    assert "[X] 0001_initial" in run.manage("showmigrations")
    assert is_alive(run.pid_of("embedded.app web"))

    assert run.end(signal.SIGINT) == 0
    assert run.said().endswith("Avatar G has ended.\n")
    assert not (local / "run.json").exists()

    run.start().wait_until_ready()
    assert ready(run) == first  # the same secrets
    assert run.end(signal.SIGTERM) == 0


def test_ctrl_c_waits_for_no_task(run):
    run.start().wait_until_ready()
    engine = engine_at_work(run)
    run.below = {engine}
    begun = time.monotonic()
    assert run.end(signal.SIGINT) == 0
    assert time.monotonic() - begun < 10
    assert not is_alive(engine)


def test_kill_9_of_the_runner_ends_everything_and_the_next_start_works(run):
    run.start().wait_until_ready()
    engine = engine_at_work(run)
    below = run.below - {engine}
    assert len(below) > 8
    run.process.send_signal(signal.SIGKILL)
    run.process.wait()
    assert_all_gone(below, 5)
    os.kill(engine, signal.SIGKILL)
    run.start().wait_until_ready()
    assert ready(run)["role"] == "avatarg"
    assert run.end() == 0


@pytest.mark.parametrize(
    ("victim", "name"),
    [
        ("embedded.app web", "web"),
        ("embedded.app worker", "worker"),
        ("embedded.app studio", "studio"),
        ("valkey-server", "valkey"),
    ],
)
def test_when_one_dies_all_end_and_it_is_named(run, victim, name):
    run.start().wait_until_ready()
    run.below |= descendants(run.process.pid)
    os.kill(run.pid_of(victim), signal.SIGKILL)
    assert run.process.wait(20) == 128 + signal.SIGKILL
    assert f"{name} has ended by itself with exit code 137, so everything ends." in run.said()
    assert_all_gone(run.below)


def test_a_taken_port_is_said_before_anything_starts(run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", run.port))
        other.listen()
        assert run.start().process.wait(10) == 1
    assert run.said() == (
        f"Port {run.port} is taken by another program: end it, or choose another, PORT={run.port + 1} make run.\n"
    )
    assert not (run.folder / ".local").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_said(product, port):
    run = Run(product)
    run.environment["PORT"] = port
    assert run.start().process.wait(10) == 1
    assert run.said() == f"PORT is {port!r}, which is not a port: take a number between 1 and 65535.\n"


def test_servers_of_ones_own_are_used_and_get_no_accounts(run, tmp_path):
    with services(tmp_path / "elsewhere", durable=False) as started:
        (run.folder / ".env").write_text(f"DATABASE_URL={started.app_url}\nCRON_SECRET=mine\n")
        run.environment |= {"DATABASE_URL": started.owner_url, "REDIS_URL": started.redis_url}
        run.start().wait_until_ready()
        assert ready(run) == {"role": "avatarg_owner", "embedded": "0", "cron": "mine"}
        assert "avatarg.test" not in run.said()
        assert not (run.folder / ".local" / "postgres").exists()
        assert not (run.folder / ".local" / "media" / "seeded").exists()
        assert run.end() == 0


def test_manage_starts_the_servers_when_nothing_runs(run):
    assert "contenttypes" in run.manage("showmigrations")
    assert Path(run.folder, ".local", "postgres").exists()
    assert not Path(run.folder, ".local", "run.json").exists()

"""Servers, a fresh database and Django's settings for the benchmarks, beside those of `make run` and of the tests."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg

from embedded import binaries
from embedded.postgres import APP
from embedded.services import services

ROOT = Path(__file__).resolve().parent.parent
NAME = "benchmarks"
SETTINGS = {
    "SECRET_KEY": "for-benchmarks-only",
    "DEBUG": "0",
    "EMBEDDED": "0",
    "CRON_SECRET": "none",
    "LOG_LEVEL": "ERROR",
    "STRIPE_SANDBOX": "1",
    "STRIPE_SECRET_KEY": "sk_test_0000000000000000000Benchmarks",
    "STRIPE_WEBHOOK_SECRET": "whsec_of_the_benchmarks",
    "STRIPE_API_HOST": "",
}


@dataclass(frozen=True)
class Place:
    """`owner` autocommits. The environment and Django speak as the application's role."""

    owner: psycopg.Connection
    owner_url: str
    app_url: str

    def pgbench(self, script: Path, *, clients: int, seconds: float, **variables: int) -> float:
        """Transactions a second of one prepared script."""
        program = binaries.postgres_folder() / "bin" / "pgbench"
        defined = [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
        command = [program, self.app_url, "-n", "-M", "prepared", "-c", clients, "-j", min(clients, 2), *defined]
        done = subprocess.run(
            [*map(str, command), "-T", str(max(1, round(seconds))), "-f", str(script)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return float(next(line for line in done.stdout.splitlines() if line.startswith("tps")).split()[2])


@contextlib.contextmanager
def open_place() -> Iterator[Place]:
    with services(ROOT / ".local" / "bench") as started, tempfile.TemporaryDirectory() as media:
        owner_url, app_url = (_in_database(url) for url in (started.owner_url, started.app_url))
        with psycopg.connect(started.owner_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {NAME}")
        os.environ.update(SETTINGS, DATABASE_URL=owner_url, REDIS_URL=started.redis_url, MEDIA_ROOT=media)
        subprocess.run([sys.executable, "-m", "embedded.migrate", APP], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        os.environ.update(DATABASE_URL=app_url, DJANGO_SETTINGS_MODULE="avatarg.settings")
        django.setup()
        with psycopg.connect(owner_url, autocommit=True) as owner:
            yield Place(owner, owner_url, app_url)


def _in_database(url: str) -> str:
    return urlsplit(url)._replace(path=f"/{NAME}").geturl()

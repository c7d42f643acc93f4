"""The quick way to dj-stripe's tables ends where its own migrations end, and goes on from there as they do."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import djstripe.migrations
import psycopg
import pytest

from embedded.postgres import APP
from tests import database, environment

HERE = Path(__file__).parent
QUICK = ("-m", "embedded.migrate")
SLOW = ("manage.py", "migrate")


def migrate(url: str, *words: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=environment.ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "", **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def schema(url: str) -> Counter:
    with psycopg.connect(url) as connection:
        return Counter(connection.execute((HERE / "schema.sql").read_bytes()).fetchall())


def history(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return set(connection.execute("SELECT app, name FROM django_migrations").fetchall())


def differences(one: str, other: str) -> list[tuple[str, tuple]]:
    left, right = schema(one), schema(other)
    return [("only quick", thing) for thing in left - right] + [("only slow", thing) for thing in right - left]


@pytest.fixture
def later(tmp_path: Path) -> dict[str, str]:
    """The environment of a release whose dj-stripe has one migration more."""
    package = tmp_path / "migrations_to_come"
    shutil.copytree(Path(djstripe.migrations.__file__).parent, package)
    shutil.copy(HERE / "later.py", package / "0004_later.py")
    settings = 'from avatarg.settings import *\nMIGRATION_MODULES = {"djstripe": "migrations_to_come"}\n'
    (tmp_path / "settings_to_come.py").write_text(settings)
    return {"DJANGO_SETTINGS_MODULE": "settings_to_come", "PYTHONPATH": f"{environment.ROOT}:{tmp_path}"}


def test_both_ways_end_in_the_same_schema_and_a_later_migration_applies_to_both_alike(later):
    """The slow way takes a minute of CPU: this is the only place in the tests where dj-stripe's migrations run."""
    with database.new_database("one") as one, database.new_database("other") as other:
        for url, way in ((one, QUICK), (other, SLOW)):
            migrate(url, *way)
        before = schema(one)
        assert len(before) > 1500
        assert differences(one, other) == []
        assert history(one) == history(other)

        for url in (one, other):
            migrate(url, *SLOW, **later)
            assert ("djstripe", "0004_later") in history(url)
        assert schema(one) != before
        assert differences(one, other) == []


@pytest.mark.django_db
def test_a_first_migrate_that_was_cut_short_goes_on_the_quick_way_and_leaves_nothing_to_do(owner_url):
    with database.new_database("cut") as url:
        migrate(url, *SLOW, "accounts")
        assert "may use the tables" in migrate(url, *QUICK, APP)
        assert differences(owner_url, url) == []
        migrate(url, "manage.py", "migrate", "--check")
        assert "No migrations to apply" in migrate(url, *QUICK)

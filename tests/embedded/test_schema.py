"""The quick way to dj-stripe's tables ends where its own migrations end, and goes on from there as they do."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from importlib import metadata
from pathlib import Path
from typing import Any

import djstripe.migrations
import psycopg
import pytest

from embedded.postgres import APP
from tests import database, environment

HERE = Path(__file__).parent
RECORD = HERE / "slow_way.json"
LATER = {
    "djstripe_charge", "djstripe_customer", "djstripe_idempotencykey", "djstripe_scheduledqueryrun",
    "djstripe_scheduledqueryrun_djstripe_id_seq",
}  # fmt: skip
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


def versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in ("dj-stripe", "Django")}


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


def table_by_table(url: str) -> dict[str, str]:
    """A digest of all that makes up each of dj-stripe's tables."""
    lines: dict[str, list[str]] = defaultdict(list)
    for kind, of, definition in sorted(schema(url)):
        if of.startswith("djstripe_"):
            lines[of].append(f"{kind} {definition}")
    return {of: hashlib.sha256("\n".join(found).encode()).hexdigest()[:16] for of, found in lines.items()}


def recorded() -> dict[str, Any]:
    return json.loads(RECORD.read_text())


@pytest.mark.django_db
def test_the_quick_way_ends_where_dj_stripe_s_own_migrations_ended_when_they_last_ran(owner_url):
    """They take more than a minute of CPU, and end where they did until one of these versions changes."""
    assert recorded()["made_with"] == versions(), f"make soak, then bring {RECORD.name} up to date by what it says"
    assert table_by_table(owner_url) == recorded()["tables"]


def test_a_later_migration_applies_after_the_quick_way(later):
    with database.new_database("one") as url:
        migrate(url, *QUICK)
        before = schema(url)
        migrate(url, *SLOW, **later)
        assert ("djstripe", "0004_later") in history(url)
        changed = {of for _, of, _ in (schema(url) - before) + (before - schema(url))}
        assert changed == LATER | {
            of for _, of, definition in before if "REFERENCES djstripe_customer(id)" in definition
        }


@pytest.mark.soak
def test_both_ways_end_in_the_same_schema_and_a_later_migration_applies_to_both_alike(later):
    """The only place in the tests where dj-stripe's migrations run."""
    with database.new_database("one") as one, database.new_database("other") as other:
        for url, way in ((one, QUICK), (other, SLOW)):
            migrate(url, *way)
        before = schema(one)
        assert len(before) > 1500
        assert differences(one, other) == []
        assert history(one) == history(other)
        found = {"made_with": versions(), "tables": table_by_table(other)}
        assert recorded() == found, f"{RECORD.name} is to be:\n{json.dumps(found, indent=1)}"

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

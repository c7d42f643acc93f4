"""The test database: one template per state of the migrations, a quick copy of it for each worker.

Tests speak to it as the application's role, as the product does. What the owner alone may do (empty the ledger between
tests that commit, plant a violation) goes through `owner_connection`.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
import pytest
import redis
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from embedded import fingerprint
from embedded.postgres import APP
from tests import environment

ROOT = environment.ROOT
SHAPES_THE_TEMPLATE = (*fingerprint.SHAPES_THE_SCHEMA, "tests/pristine.sql")
ONE_BUILDER = 4_136_202  # any number of our own, for the advisory lock


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Iterator[None]:
    """Replaces pytest-django's: settings already name this database, so nothing is renamed or patched."""
    name = environment.database_name()
    with _server() as server:
        copy_template(server, name)
        emptier = Emptier(environment.with_database(environment.urls().owner, name))
        before = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = lambda _case: emptier.empty()
        yield
        TransactionTestCase._fixture_teardown = before
        emptier.close()
        connections.close_all()
        server.execute(_statement("DROP DATABASE {} WITH (FORCE)", name))


@pytest.fixture
def owner_url() -> str:
    """The owner's way into this worker's test database."""
    return environment.with_database(environment.urls().owner, environment.database_name())


@pytest.fixture
def app_url() -> str:
    """The application's way into this worker's test database."""
    return environment.with_database(environment.urls().app, environment.database_name())


@pytest.fixture
def owner_connection(owner_url: str, transactional_db: None) -> Iterator[psycopg.Connection]:
    """Autocommits: it sees, and plants, only what is committed."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def explain(owner_url: str, db: None) -> Iterator[Callable[..., str]]:
    """The plan of a statement where tables must not be read whole, on tables of which nothing is known."""
    with psycopg.connect(owner_url) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET relpages = 0, reltuples = -1 WHERE relnamespace = 'public'::regnamespace")
        cursor.execute(
            "DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace)"
        )
        cursor.execute("SET LOCAL enable_seqscan = off")

        def plan(statement: str, facts: Any = None, *, in_order: bool = False) -> str:
            """`in_order`: nothing may be sorted that an index has in order."""
            cursor.execute(f"SET LOCAL enable_sort = {'off' if in_order else 'on'}")
            cursor.execute(f"EXPLAIN {statement}", facts)
            return "\n".join(line for (line,) in cursor.fetchall())

        yield plan
        connection.rollback()


@pytest.fixture
def live_env(settings, transactional_db: None) -> dict[str, str]:
    """For child processes of the product (web, worker, commands) that share this test's database, Valkey and files."""
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS, "PYTHONPATH": str(ROOT)}
    return {**os.environ, **ours, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}


@pytest.fixture(autouse=True)
def empty_valkey() -> None:
    """Rate limits, caches and rung bells do not reach from one test into the next."""
    _broker().flushdb()


@contextmanager
def new_database(suffix: str) -> Iterator[str]:
    """An empty database beside the test database, for as long as the block; gives the owner's URL."""
    name = f"{environment.database_name()}_{suffix}"
    with _server() as server:
        server.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
        server.execute(_statement("CREATE DATABASE {}", name))
        yield environment.with_database(environment.urls().owner, name)
        server.execute(_statement("DROP DATABASE {} WITH (FORCE)", name))


class Emptier:
    """Brings a test database back to what the migrations left, as its owner."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection: psycopg.Connection | None = None

    def empty(self) -> None:
        if self.connection is None or self.connection.broken:
            self.connection = psycopg.connect(self.url, autocommit=True)
        self.connection.execute("SELECT pristine.restore()")

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()


def copy_template(server: psycopg.Connection, name: str) -> None:
    template = f"avatarg_template_{fingerprint.of(ROOT, SHAPES_THE_TEMPLATE)}"
    server.execute("SELECT pg_advisory_lock(%s)", [ONE_BUILDER])
    try:
        if not server.execute("SELECT FROM pg_database WHERE datname = %s", [template]).rowcount:
            _build(server, template)
        server.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
        server.execute(_statement("CREATE DATABASE {} TEMPLATE {}", name, template))
    finally:
        server.execute("SELECT pg_advisory_unlock(%s)", [ONE_BUILDER])


def _build(server: psycopg.Connection, template: str) -> None:
    """Under another name until it is whole; templates of earlier states go."""
    outdated = r"SELECT datname FROM pg_database WHERE datname LIKE 'avatarg\_template\_%'"
    for (old,) in server.execute(outdated).fetchall():
        server.execute(_statement("DROP DATABASE {} WITH (FORCE)", old))
    new = "avatarg_template_unfinished"
    server.execute(_statement("CREATE DATABASE {}", new))
    url = environment.with_database(environment.urls().owner, new)
    roles = [APP] if environment.urls().owner != environment.urls().app else []
    migrated = subprocess.run(
        [sys.executable, "-m", "embedded.migrate", *roles],
        env={**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": ""},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if migrated.returncode:
        pytest.exit(f"The migrations do not run on an empty database:\n{migrated.stdout}", returncode=3)
    with psycopg.connect(url) as connection:
        connection.execute((ROOT / "tests" / "pristine.sql").read_bytes())
    server.execute(_statement("ALTER DATABASE {} RENAME TO {}", new, template))


def _server() -> psycopg.Connection:
    return psycopg.connect(environment.urls().owner, autocommit=True)


def _statement(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))


@cache
def _broker() -> redis.Redis:
    return redis.Redis.from_url(os.environ["REDIS_URL"])

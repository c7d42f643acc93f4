"""PostgreSQL: there, new enough, migrated, with the ledger out of the application's hands."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from avatarg.findings import Finding, ok, warn, wrong
from credits import audit
from credits.management.commands.grant_app_role import LEDGER
from dashboard.checkup import bounded
from jobs.rules import EVERY_RULE

OLDEST = 15
SKEW_SECONDS, WRONG_SECONDS = 2, 30
REASONS = {
    "password authentication failed": "The server refuses the user or the password: set those that it knows.",
    "no password supplied": "The server wants a password: postgres://user:password@host:5432/name.",
    "does not exist": "The server has no such database or role: deploy/postgres/roles.sql makes both.",
    "refused": "Nobody listens at that host and port: start PostgreSQL, or correct the address.",
    "could not translate": "Nobody knows that host: correct the address.",
    "failed to resolve": "Nobody knows that host: correct the address.",
    "too many": "The server has no connection left: raise max_connections, or lower CONN_MAX_AGE or DATABASE_POOL.",
}
SILENT = "The server does not answer. Is it running, and is the address right?"


def reach() -> Finding:
    """With a connection of its own, for Django's waits as long as the system does."""
    wanted = connection.get_connection_params() | {"connect_timeout": int(bounded.CONNECT_SECONDS)}

    def connect() -> int:
        with psycopg.connect(**wanted) as opened:
            return opened.info.server_version // 10_000

    try:
        version = bounded.answer_of(connect)
    except (psycopg.Error, bounded.Silent) as error:
        said = str(error)
        return wrong("DATABASE_URL", next((says for known, says in REASONS.items() if known in said), SILENT))
    if version < OLDEST:
        return wrong("DATABASE_URL", f"PostgreSQL {version} is too old: {OLDEST} or newer.")
    return ok("DATABASE_URL", f"PostgreSQL {version} answers.")


def check() -> Iterator[Finding]:
    """Once it was reached."""
    yield clock()
    yield migrations()
    if not is_bare():
        yield ledger()


def is_bare() -> bool:
    """Whether no migration ever ran, so that there is nothing to ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
        return bool(cursor.fetchone()[0])


def clock() -> Finding:
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        theirs = float(cursor.fetchone()[0])
        apart = abs(theirs - (before + time.time()) / 2)
    if apart > SKEW_SECONDS:
        tell = wrong if apart > WRONG_SECONDS else warn
        return tell("clock", f"The database's differs from ours by {apart:.0f} s: let both follow NTP.")
    return ok("clock", "The database's is ours.")


def migrations() -> Finding:
    loader = MigrationLoader(connection)
    missing = sorted(f"{app}.{name}" for app, name in set(loader.graph.nodes) - set(loader.applied_migrations))
    if missing:
        mend = "make run applies them." if settings.EMBEDDED else "manage.py migrate, as the owner."
        return wrong("migrations", f"{len(missing)} are missing, {missing[0]} first: {mend}")
    return ok("migrations", f"All {len(loader.graph.nodes)} are applied.")


def ledger() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(bool_or(pg_has_role(relowner, 'USAGE')), false),
                   coalesce(bool_or(has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE')), false),
                   count(*)
            FROM pg_class WHERE oid = ANY (SELECT to_regclass(name)::oid FROM unnest(%s::text[]) name)
            """,
            [list(LEDGER)],
        )
        owned, written, found = cursor.fetchone()
    if found < len(LEDGER):
        return wrong("ledger", "has tables missing: manage.py migrate, as the owner.")
    if owned:
        return wrong(
            "ledger", "belongs to the role in DATABASE_URL, which could rewrite it: give the product a role of its own "
            "and run manage.py grant_app_role ROLE as the owner."
        )  # fmt: skip
    if written:
        return wrong("ledger", "can be written by the product's role: manage.py grant_app_role ROLE as the owner.")
    return ok("ledger", "is only written by its functions.")


def law() -> Finding:
    """What `audit` proves, on one snapshot, in one line. Takes as long as it takes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        broken = [found for found in audit.check_all(EVERY_RULE, cursor) if not found.holds]
    if broken:
        return wrong("audit", f"{len(broken)} of {len(EVERY_RULE)} rules are broken: manage.py audit names the rows.")
    return ok("audit", f"All {len(EVERY_RULE)} rules hold.")


@contextmanager
def reading() -> Iterator[None]:
    """Statements on Django's connection are cut short, and may not write."""
    limits = {"statement_timeout": f"{bounded.SECONDS:.0f}s", "default_transaction_read_only": "on"}
    with connection.cursor() as cursor:
        for name, value in limits.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name in limits:
                cursor.execute(f"RESET {name}")

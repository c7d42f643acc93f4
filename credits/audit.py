"""The law of credits as questions to the database: each rule is a query for the rows that break it.

Set-based and read-only. The rules of an app are in its rules.py; `manage.py audit` runs all on one snapshot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

SHOWN = 10


class Cursor(Protocol):
    """What Django's cursor and psycopg's have in common."""

    @property
    def description(self) -> Any: ...
    def execute(self, query: Any, /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence, the SQL that finds what breaks it, and its column that names the account, where one drifts."""

    name: str
    broken_by: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """How many rows break a rule, and the first of them as text."""

    rule: Rule
    count: int
    rows: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.count == 0


def check(rule: Rule, cursor: Cursor) -> Finding:
    cursor.execute(f"SELECT count(*) OVER () AS total, broken.* FROM ({rule.broken_by}) broken LIMIT {SHOWN}")  # noqa: S608
    rows = cursor.fetchall()
    names = [column[0] for column in cursor.description][1:]
    told = tuple(", ".join(f"{name}={value}" for name, value in zip(names, row[1:], strict=True)) for row in rows)
    return Finding(rule, rows[0][0] if rows else 0, told)


def accounts_that_break(rule: Rule, cursor: Cursor) -> list[UUID]:
    """Every account whose own books break this rule; none when the rule speaks of something else."""
    if not rule.account:
        return []
    cursor.execute(f"SELECT DISTINCT {rule.account} FROM ({rule.broken_by}) broken")  # noqa: S608  (ours)
    return [row[0] for row in cursor.fetchall()]


def check_all(rules: Iterable[Rule], cursor: Cursor) -> list[Finding]:
    return [check(rule, cursor) for rule in rules]


def guards(name: str, triggers: Iterable[tuple[str, str]]) -> Rule:
    """A rule that triggers (table, name) exist and fire."""
    wanted = ", ".join(f"('{table}', '{trigger}')" for table, trigger in triggers)
    return Rule(
        name,
        f"""
        SELECT wanted.* FROM (VALUES {wanted}) wanted (table_name, missing_trigger)
        LEFT JOIN pg_trigger
          ON tgrelid = to_regclass(table_name) AND tgname = missing_trigger AND tgenabled IN ('O', 'A')
        WHERE tgname IS NULL""",  # noqa: S608  (ours)
    )


def names_in(query: str, wanted: Iterable[str]) -> str:
    values = ", ".join(f"('{name}')" for name in sorted(wanted))
    return f"SELECT missing FROM (VALUES {values}) wanted (missing) WHERE missing NOT IN ({query})"  # noqa: S608  (ours)

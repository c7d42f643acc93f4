"""The law of credits and jobs, asked of the test database: `manage.py audit` without its printing."""

from django.db import connection

from credits import audit
from jobs.rules import EVERY_RULE


def broken_rules(cursor: audit.Cursor) -> dict[str, tuple[str, ...]]:
    """The names of the rules that are broken, with the rows that break them."""
    found = (audit.check(rule, cursor) for rule in EVERY_RULE)
    return {finding.rule.name: finding.rows for finding in found if not finding.holds}


def assert_lawful() -> None:
    with connection.cursor() as cursor:
        assert broken_rules(cursor) == {}

"""`manage.py audit` names every breach of the law."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command

from jobs.rules import EVERY_RULE
from tests.credits import violations
from tests.credits.acts import charge
from tests.law import broken_rules


@pytest.fixture
def town(owner_url) -> Iterator[psycopg.Cursor]:
    """The owner's cursor in a town that vanishes with its transaction, the broken schema too."""
    with psycopg.connect(owner_url) as connection, connection.cursor() as cursor:
        cursor.execute(violations.TOWN)
        yield cursor
        connection.rollback()


def test_a_town_that_kept_the_law_passes(town):
    assert broken_rules(town) == {}


@pytest.mark.parametrize("rule", violations.VIOLATIONS)
def test_the_audit_names_a_breach(town, rule):
    town.execute("SET LOCAL session_replication_role = replica")
    town.execute(violations.VIOLATIONS[rule])

    assert broken_rules(town).get(rule), "the breach was not seen"


def test_every_rule_has_been_broken_once():
    assert sorted(violations.VIOLATIONS) == sorted(rule.name for rule in EVERY_RULE)


def test_the_command_passes_when_all_is_well(transactional_db, alice, capsys):
    charge(alice, 10)

    call_command("audit")

    assert capsys.readouterr().out.endswith(f"All {len(EVERY_RULE)} rules hold.\n")


def test_the_command_fails_and_shows_the_rows(owner_connection, alice, bob, capsys, unlawful):
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("UPDATE credits_creditaccount SET balance = 1000 WHERE user_id = %s", [alice.pk])

    with pytest.raises(CommandError, match=r"^2 of .* rules are broken"):
        call_command("audit")

    told = capsys.readouterr().out
    assert "BROKEN  a balance is the sum of its ledger: 1 rows\n" in told
    assert f"user_id={alice.pk}, balance=1000, ledger=100\n" in told
    assert str(bob.pk) not in told


def test_the_command_shows_ten_rows_and_counts_the_rest(owner_connection, capsys, unlawful):
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("""
            INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active)
            SELECT uuidv7(), number || '@example.test', '', false, false, true FROM generate_series(1, 12) number""")

    with pytest.raises(CommandError, match=r"^3 of"):
        call_command("audit")

    told = capsys.readouterr().out
    assert "every user has a profile: 12 rows" in told
    assert told.count("and 2 more") == 3

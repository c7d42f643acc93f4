"""What the database refuses: to the application all but calling the writers, to the owner what breaks the law."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import errors

from accounts.models import new_id
from credits.management.commands.grant_app_role import LEDGER
from tests.credits.acts import charge, refund

PERMITTED_FUNCTIONS = {
    "lock_credit_account", "deduct_credits", "refund_credits", "add_credits", "take_back_credits",
    "start_credit_period", "resize_allowance", "claw_back_credits", "reset_monthly_credits", "freeze_credits",
    "provision_user", "credit_period",
}  # fmt: skip
WRITES = {
    "insert": "INSERT INTO {} DEFAULT VALUES",
    "update": "UPDATE {} SET {} = {}",
    "delete": "DELETE FROM {}",
    "truncate": "TRUNCATE {} CASCADE",
    "trigger": "ALTER TABLE {} DISABLE TRIGGER ALL",
    "drop": "DROP TABLE {}",
}
COLUMN = dict(zip(LEDGER, ("balance", "remaining", "amount", "amount", "owed"), strict=True))


@pytest.fixture
def owner(owner_url):
    """The owner's cursor, in a world of one new person that vanishes with its transaction."""
    with psycopg.connect(owner_url) as owner_connection, owner_connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active)
            VALUES (uuidv7(), 'dora@example.test', '', false, false, true);
            INSERT INTO credits_creditdebt (account_id, invoice, taken, owed, reason)
            SELECT id, 'in_1', 0, 5, 'refunded' FROM accounts_user;
            SET CONSTRAINTS ALL IMMEDIATE""")
        yield cursor
        owner_connection.rollback()


@pytest.mark.parametrize("table", LEDGER)
@pytest.mark.parametrize("write", WRITES)
def test_the_application_writes_nothing_to_the_ledger_itself(alice, table, write):
    statement = WRITES[write].format(table, COLUMN[table], COLUMN[table])

    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_application_calls_the_writers_and_none_of_their_parts(db):
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            AND (prosrc ~ 'credit' OR proname ~ 'credit')
            AND has_function_privilege(oid, 'EXECUTE')
            AND proname NOT IN ('submit_job', 'jobs_used', 'provision_new_user')""")
        assert {name for (name,) in cursor.fetchall()} == PERMITTED_FUNCTIONS


def test_the_writers_run_as_the_owner_with_a_search_path_of_their_own(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT proname FROM pg_proc
            WHERE proname = ANY (%s) AND NOT (prosecdef AND proconfig::text ~ 'search_path=public, pg_temp')""",
            [sorted(PERMITTED_FUNCTIONS - {"credit_period"})],
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("table", ["credits_credittransaction", "credits_creditsplit"])
@pytest.mark.parametrize("write", ["update", "delete", "truncate"])
def test_the_ledger_is_append_only_for_its_owner_too(owner, table, write):
    with pytest.raises(errors.InsufficientPrivilege, match="append-only"):
        owner.execute(WRITES[write].format(table, "amount", "amount"))


@pytest.mark.parametrize("table", ["credits_creditaccount", "credits_creditlot", "credits_creditdebt"])
@pytest.mark.parametrize("write", ["delete", "truncate"])
def test_accounts_lots_and_debts_do_not_vanish(owner, table, write):
    with pytest.raises(errors.InsufficientPrivilege, match="append-only"):
        owner.execute(WRITES[write].format(table))


@pytest.mark.parametrize(
    ("constraint", "statement"),
    {
        "account_balance_not_negative": "UPDATE credits_creditaccount SET balance = -1",
        "account_allowance_not_negative": "UPDATE credits_creditaccount SET monthly_allowance = -1",
        "account_period_runs": "UPDATE credits_creditaccount SET next_reset_at = period_started_at",
        "account_renewal_known": "UPDATE credits_creditaccount SET renewal = 'never'",
        "lot_remaining_within_granted": "UPDATE credits_creditlot SET remaining = granted + 1",
        "lot_closed_is_empty": "UPDATE credits_creditlot SET closed_at = now()",
        "lot_kind_known": "UPDATE credits_creditlot SET kind = 'gift'",
        "one_lot_a_source": """
            INSERT INTO credits_creditlot (account_id, kind, granted, remaining, source)
            SELECT account_id, kind, 0, 0, source FROM credits_creditlot""",
    }.items(),
)  # fmt: skip
def test_a_constraint_refuses_what_the_owner_may_not_do_either(owner, constraint, statement):
    with pytest.raises(errors.IntegrityError, match=constraint):
        owner.execute(statement)


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("transaction_sign_fits_type", ("deduction", 5, 100, None, None)),
        ("transaction_sign_fits_type", ("expiry", 5, 100, None, None)),
        ("transaction_sign_fits_type", ("refill", -5, 100, None, None)),
        ("transaction_sign_fits_type", ("bonus", -5, 100, None, None)),
        ("transaction_sign_fits_type", ("purchase", 0, 100, None, None)),
        ("transaction_sign_fits_type", ("gift", 5, 100, None, None)),
        ("transaction_balance_not_negative", ("deduction", -101, -1, None, None)),
        ("one_deduction_a_job", ("deduction", -1, 99, "job", None)),
        ("one_refund_a_job", ("refund", 1, 101, "job", None)),
        ("one_transaction_a_reference", ("deduction", -1, 99, None, "once")),
        ("refund_names_its_job", ("refund", 1, 101, None, None)),
    ],
)
def test_a_ledger_row_is_refused(owner, constraint, row):
    job = new_id()
    insert = """
        INSERT INTO credits_credittransaction (account_id, type, amount, balance_after, description, job_id, reference)
        SELECT user_id, %s, %s, %s, '', %s, %s FROM credits_creditaccount"""
    owner.execute(insert, ["deduction", -1, 99, job, "once"])
    owner.execute(insert, ["refund", 1, 100, job, None])

    with pytest.raises(errors.IntegrityError, match=constraint):
        owner.execute(insert, [job if value == "job" else value for value in row])


def test_a_split_moves_something(owner):
    with pytest.raises(errors.CheckViolation, match="split_not_zero"):
        owner.execute("INSERT INTO credits_creditsplit (transaction_id, lot_id, amount) VALUES (1, 1, 0)")


def test_a_person_with_a_ledger_cannot_be_deleted(owner):
    owner.execute("DELETE FROM accounts_profile; DELETE FROM billing_subscription")

    with pytest.raises(errors.ForeignKeyViolation, match="credits_creditaccount"):
        owner.execute("DELETE FROM accounts_user")


def test_a_lot_short_of_the_balance_stops_a_charge(owner):
    """Should drift ever come about, no charge goes on from it."""
    owner.execute("UPDATE credits_creditlot SET remaining = 10")

    with pytest.raises(errors.DataCorrupted, match="hold 40 credits less than the balance"):
        owner.execute("SELECT deduct_credits(user_id, 50, '', uuidv7(), 'chat') FROM credits_creditaccount")


def test_a_refund_and_a_charge_hold_their_lock_until_the_end(alice, owner_url, transactional_db):
    with transaction.atomic():
        refund(alice, charge(alice, 10))
        with psycopg.connect(owner_url) as other, pytest.raises(errors.LockNotAvailable):
            other.execute("SELECT FROM credits_creditaccount FOR UPDATE NOWAIT")

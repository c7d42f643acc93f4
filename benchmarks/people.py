"""Rows to measure on, made in bulk by the owner: people with accounts, the raw tables, a long history."""

from uuid import UUID

from benchmarks.place import Place

RICH = 1_000_000_000
RAW = """
    CREATE TABLE raw_account (user_id uuid PRIMARY KEY, balance integer NOT NULL CHECK (balance >= 0))
      WITH (fillfactor = 70);
    CREATE TABLE raw_ledger (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id uuid NOT NULL, amount integer NOT NULL,
      balance_after integer NOT NULL, type varchar(9) NOT NULL, description varchar(300) NOT NULL, job_id uuid,
      created_at timestamptz NOT NULL DEFAULT statement_timestamp());
    CREATE TABLE raw_job (
      id uuid PRIMARY KEY, user_id uuid NOT NULL, agent_id varchar(40) NOT NULL, operation varchar(40) NOT NULL,
      status varchar(9) NOT NULL, input jsonb NOT NULL, cost integer NOT NULL,
      rung_at timestamptz NOT NULL DEFAULT statement_timestamp(),
      created_at timestamptz NOT NULL DEFAULT statement_timestamp());
    GRANT ALL ON raw_account, raw_ledger, raw_job TO PUBLIC;
"""
PEOPLE = """
    INSERT INTO accounts_user (id, email, password, is_superuser, is_staff, is_active)
    SELECT id_of(number), number || '@bench.test', '', false, false, true FROM generate_series({first}, {last}) number;
    INSERT INTO accounts_profile (user_id) SELECT id_of(number) FROM generate_series({first}, {last}) number;
    INSERT INTO billing_subscription (user_id, plan)
    SELECT id_of(number), 'ENTERPRISE' FROM generate_series({first}, {last}) number;
    INSERT INTO credits_creditaccount (user_id, balance, monthly_allowance, anchor_at, period_started_at, next_reset_at,
                                       due_at, total_earned)
    SELECT id_of(number), {credits}, {credits}, now(), now(), now() + interval '1 month', now() + interval '1 month',
           {credits} FROM generate_series({first}, {last}) number;
    INSERT INTO credits_creditlot (account_id, kind, granted, remaining, expires_at, source)
    SELECT id_of(number), 'allowance', {credits}, {credits}, now() + interval '1 month', 'signup:' || id_of(number)
    FROM generate_series({first}, {last}) number;
    WITH row AS (
      INSERT INTO credits_credittransaction (account_id, amount, balance_after, type, description)
      SELECT id_of(number), {credits}, {credits}, 'refill', 'Monthly credits'
      FROM generate_series({first}, {last}) number RETURNING id, account_id)
    INSERT INTO credits_creditsplit (transaction_id, lot_id, amount)
    SELECT row.id, lot.id, {credits} FROM row JOIN credits_creditlot lot USING (account_id);
"""
HISTORY = """
    WITH row AS (
      INSERT INTO credits_credittransaction (account_id, amount, balance_after, type, description, job_id, agent_id)
      SELECT '{user}', -1, {credits} - number, 'deduction', 'Chat: message', uuidv7(), 'chat'
      FROM generate_series(1, {rows}) number RETURNING id)
    INSERT INTO credits_creditsplit (transaction_id, lot_id, amount)
    SELECT row.id, lot.id, -1 FROM row, credits_creditlot lot WHERE lot.account_id = '{user}';
    UPDATE credits_creditaccount SET balance = balance - {rows}, total_spent = {rows} WHERE user_id = '{user}';
    UPDATE credits_creditlot SET remaining = remaining - {rows} WHERE account_id = '{user}';
"""


def id_of(number: int) -> UUID:
    return UUID(f"00000000-0000-7000-8000-{number:012}")


def prepare(place: Place) -> None:
    place.owner.execute("""
        CREATE FUNCTION id_of(number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
        $$ SELECT ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$""")
    place.owner.execute(RAW)


def add(place: Place, first: int, last: int, *, credits: int = RICH) -> None:
    """People with these numbers, on ENTERPRISE, with an allowance of so many credits."""
    as_replica(place, PEOPLE.format(first=first, last=last, credits=credits))
    place.owner.execute(
        "INSERT INTO raw_account SELECT id_of(number), %s FROM generate_series(%s::int, %s) number", [RICH, first, last]
    )
    place.owner.execute("VACUUM ANALYZE")


def give_history(place: Place, number: int, rows: int) -> None:
    as_replica(place, HISTORY.format(user=id_of(number), rows=rows, credits=RICH))
    place.owner.execute("VACUUM ANALYZE")


def as_replica(place: Place, statements: str) -> None:
    """Triggers and foreign keys sleep: the rows are right by construction, and `audit` looks afterwards."""
    with place.owner.transaction():
        place.owner.execute("SET LOCAL session_replication_role = replica")
        place.owner.execute(statements)

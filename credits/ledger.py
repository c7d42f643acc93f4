"""The only writer of balances: a thin voice for the database's functions (migrations 0002 to 0006).

Each call is one round trip, safe to repeat, and atomic on its own or within the caller's transaction. Amounts are
whole credits. `now` is an injected clock for operators and tests; without it the database's clock counts.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from credits.errors import DeductionFailed, InsufficientCredits, LedgerError

CHUNK = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """What a write came to. `repeated`: it had been made before and nothing moved."""

    balance: int
    repeated: bool = False
    row_id: int | None = None
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Clawback:
    """What a claw-back took just now, and what is owed in all because it had been spent."""

    balance: int
    taken: int
    owed: int


def call(function: str, **arguments: Any) -> dict[str, Any]:
    """One row from a ledger function; arguments that are None take the function's default. Raises LedgerError."""
    given = {name: value for name, value in arguments.items() if value is not None}
    named = ", ".join(f"p_{name} => %({name})s" for name in given)
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"SELECT * FROM {function}({named})", given)  # noqa: S608  (names are ours, values are bound)
        except DataError as error:
            raise LedgerError(str(error).partition("\n")[0]) from error
        return first_row(cursor)


def first_row(cursor: CursorWrapper) -> dict[str, Any]:
    row = cursor.fetchone()
    if row is None or cursor.description is None:
        raise LedgerError("The ledger gave no answer.")
    return dict(zip([column.name for column in cursor.description], row, strict=True))


def entry_from(row: dict[str, Any], amount: int, *, replayed: int = 0) -> Entry:
    if row["outcome"] == "no_account":
        raise LedgerError("This user has no credit account.")
    repeated = row["outcome"] == "repeated"
    return Entry(row["balance_now"], repeated, row.get("row_id"), replayed if repeated else amount)


def deduct(
    *, user_id: UUID, amount: int, job_id: UUID, agent_id: str, description: str,
    metadata: dict[str, Any] | None = None, now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Charge a job, once. Raises InsufficientCredits, or DeductionFailed for a frozen account."""
    row = call(
        "deduct_credits", user=user_id, amount=amount, description=description, job=job_id, agent=agent_id,
        metadata=Jsonb(metadata or {}), now=now,
    )  # fmt: skip
    if row["outcome"] == "insufficient":
        raise InsufficientCredits(required=amount, available=row["balance_now"])
    if row["outcome"] == "frozen":
        raise DeductionFailed(_("This account is frozen. Please write to support."))
    return entry_from(row, -amount)


def refund(
    *, user_id: UUID, job_id: UUID, description: str, amount: int | None = None,
    metadata: dict[str, Any] | None = None, now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Give back what was recorded as charged for a job (or `amount` of it), once. A job never charged moves nothing."""
    row = call(
        "refund_credits", user=user_id, job=job_id, amount=amount, description=description,
        metadata=Jsonb(metadata or {}), now=now,
    )  # fmt: skip
    return entry_from(row, row["refunded"], replayed=row["refunded"])


def grant(
    *, user_id: UUID, amount: int, type: str, source: str, description: str, expires_at: datetime | None = None,
    metadata: dict[str, Any] | None = None, now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Open a lot of bonus or purchased credits, once for each source."""
    row = call(
        "add_credits", user=user_id, amount=amount, type=type, source=source, description=description,
        expires_at=expires_at, metadata=Jsonb(metadata or {}), now=now,
    )  # fmt: skip
    return entry_from(row, amount)


def grant_each(
    *, user_ids: list[UUID], amount: int, type: str, source: str, description: str, metadata: dict[str, Any],
    expires_at: datetime | None = None,
) -> None:  # fmt: skip
    """`grant` for many in one statement, in the order of their ids; the source of each is `source` and the id.

    Raises LedgerError, and then nobody was granted anything: call it within a transaction of its own.
    """
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                """
                SELECT count(*) FILTER (WHERE outcome = 'no_account')
                FROM (SELECT one FROM unnest(%s::uuid[]) one ORDER BY one) everybody,
                  LATERAL add_credits(p_user => one, p_amount => %s, p_type => %s, p_source => %s || one,
                                      p_description => %s, p_expires_at => %s, p_metadata => %s::jsonb)""",
                [user_ids, amount, type, source, description, expires_at, json.dumps(metadata)],
            )
        except DataError as error:
            raise LedgerError(str(error).partition("\n")[0]) from error
        if first_row(cursor)["count"]:
            raise LedgerError("This user has no credit account.")


def take_back(
    *, user_id: UUID, amount: int, reason: str, reference: str, metadata: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Take credits back by an operator's hand, once for each reference. Raises InsufficientCredits."""
    row = call(
        "take_back_credits", user=user_id, amount=amount, reason=reason, reference=reference,
        metadata=Jsonb(metadata or {}), now=now,
    )  # fmt: skip
    if row["outcome"] == "insufficient":
        raise InsufficientCredits(required=amount, available=row["balance_now"])
    return entry_from(row, -amount)


def start_period(
    *, user_id: UUID, allowance: int, renewal: str, source: str, started_at: datetime, description: str,
    ends_at: datetime | None = None, metadata: dict[str, Any] | None = None, now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Replace the allowance by that of a new period, once for each source; other lots stay.

    A period lasts a month when `ends_at` is not given, and by the calendar always.
    """
    row = call(
        "start_credit_period", user=user_id, allowance=allowance, renewal=renewal, source=source,
        started_at=started_at, ends_at=ends_at, description=description, metadata=Jsonb(metadata or {}), now=now,
    )  # fmt: skip
    return entry_from(row, allowance)


def resize_allowance(
    *, user_id: UUID, source: str, allowance: int, reason: str, back: dict[str, int] | None = None,
    metadata: dict[str, Any] | None = None, now: datetime | None = None,
) -> Clawback:  # fmt: skip
    """Bring the open allowance of a source to another size; what was spent of it stays spent. Safe to repeat.

    `back`: credits that go back of each invoice, because its money did; what was spent of them is owed.
    """
    row = call(
        "resize_allowance", user=user_id, source=source, allowance=allowance, reason=reason,
        back=Jsonb(back or {}), metadata=Jsonb(metadata or {}), now=now,
    )  # fmt: skip
    if row["outcome"] == "no_account":
        raise LedgerError("This user has no credit account.")
    return Clawback(row["balance_now"], -row["amount"], row["owed"])


def claw_back(
    *, user_id: UUID, invoice: str, refunded: int, charged: int, reason: str, now: datetime | None = None
) -> Clawback:
    """Take back what an invoice granted, in the proportion of its money that went back. Safe to repeat.

    `refunded` of `charged`: integer cents, both since the charge was made.
    """
    row = call(
        "claw_back_credits", user=user_id, invoice=invoice, refunded=refunded, charged=charged, reason=reason, now=now
    )
    if row["outcome"] == "no_account":
        raise LedgerError("This user has no credit account.")
    return Clawback(row["balance_now"], row["taken_now"], row["owed"] or 0)


def freeze(user_id: UUID, *, frozen: bool = True) -> None:
    """Refuse every charge from now on, or allow them again; credits still come in and back."""
    if not call("freeze_credits", user=user_id, frozen=frozen)["freeze_credits"]:
        raise LedgerError("This user has no credit account.")


def reset_chunks(*, now: datetime | None = None, chunk: int = CHUNK) -> Iterator[int]:
    """Settle every due account, a short transaction a chunk; yields how many periods each chunk started."""
    row = call("reset_monthly_credits", now=now, limit=chunk)
    while row["last_user"] is not None:
        yield row["resets"]
        row = call(
            "reset_monthly_credits", now=now, limit=chunk, after_due=row["last_due"], after_user=row["last_user"]
        )


def reset_due(*, now: datetime | None = None, chunk: int = CHUNK) -> int:
    """Run the monthly reset. Returns how many accounts were given a new period."""
    return sum(reset_chunks(now=now, chunk=chunk))

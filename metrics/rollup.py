"""The only writer of the sums. A day is made anew whenever something of it may have changed, and never added to.

So a run may be repeated, killed, or meet another one. What belongs to which day: a run counts when it ended, so one
that ends late changes no earlier day; a refund changes the day that its job ended; a change of plan its own day, and
the cohort of its person's sign-up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from metrics import statements
from metrics.models import RollupState

ONE_AT_A_TIME = 4_136_215  # any number of our own, for the advisory lock
LONGEST_TRANSACTION = timedelta(hours=1)
FIRST_REACH = timedelta(days=31)
EVER = timedelta(days=365 * 50)
ONE_DAY = timedelta(days=1)
SINCE_EVER = {"ledger_id": 0, "change_id": 0}
DAILY = {
    "metrics_transition": statements.TRANSITIONS,
    "metrics_cohort": statements.COHORT,
    "metrics_allowanceday": statements.ALLOWANCES,
}


@dataclass(frozen=True, slots=True)
class Rolled:
    """How many days were made anew. `kept`: days that kept their sums, for jobs of them have been pruned since."""

    days: int
    kept: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Days to be made anew, by what is made of them."""

    jobs: set[date]
    sums: dict[str, set[date]]

    @property
    def days(self) -> set[date]:
        return self.jobs.union(*self.sums.values())


def refresh(*, now: datetime | None = None) -> Rolled | None:
    """Catch up with what happened since the last time. None while another run is at it.

    The first time, of jobs only those that ended in the last month: a worker's task may not take long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not row_of(cursor, "SELECT pg_try_advisory_xact_lock(%(lock)s)", {"lock": ONE_AT_A_TIME})[0]:
            return None
        return roll_up(cursor, RollupState.objects.first(), now, FIRST_REACH)


def rebuild(*, now: datetime | None = None) -> Rolled:
    """Make every day anew that there is something of. Waits for another run."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        for table in DAILY:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  (ours)
        return roll_up(cursor, None, now, EVER)


def roll_up(cursor: CursorWrapper, state: RollupState | None, now: datetime | None, reach: timedelta) -> Rolled:
    """`reach` is how far back the jobs of a first time go."""
    moment = now or row_of(cursor, "SELECT now()", {})[0]
    marks = {"ledger_id": state.ledger_id, "change_id": state.change_id} if state else SINCE_EVER
    settled = row_of(cursor, statements.SETTLED_ROWS, {**marks, "settled": moment - LONGEST_TRANSACTION})
    touched = touched_since(cursor, state, marks, moment, moment - reach)
    for table, days in touched.sums.items():
        for day in sorted(days):
            cursor.execute(f"DELETE FROM {table} WHERE day = %s", [day])  # noqa: S608  (ours)
            cursor.execute(DAILY[table], {"day": day})
    kept = sum(not sum_jobs(cursor, day) for day in sorted(touched.jobs))
    cursor.execute(statements.REMEMBER, {"ledger_id": settled[0], "change_id": settled[1], "now": moment})
    return Rolled(len(touched.days), kept)


def touched_since(
    cursor: CursorWrapper, state: RollupState | None, marks: dict[str, int], now: datetime, first: datetime
) -> Touched:
    """A transaction shows at its end what bears the time of its beginning: one that long ago is looked at again."""
    if state is None:
        jobs = days_of(cursor, statements.ENDED, {"since": midnight(first)})
    else:
        open_since = (state.rolled_up_at - LONGEST_TRANSACTION).astimezone(UTC).date()
        jobs = set(days_between(open_since, now.astimezone(UTC).date()))
        jobs |= days_of(cursor, statements.ENDED_OF_REFUNDED, marks)
    return Touched(
        jobs=jobs,
        sums={
            "metrics_transition": days_of(cursor, statements.CHANGED, marks),
            "metrics_cohort": days_of(cursor, statements.JOINED, marks),
            "metrics_allowanceday": days_of(cursor, statements.GRANTED, marks),
        },
    )


def sum_jobs(cursor: CursorWrapper, day: date) -> bool:
    """False, and the sums stay, when the day has fewer jobs than were counted: they have been pruned."""
    before = transaction.savepoint()
    counted = row_of(cursor, statements.FORGET_JOBS, {"day": day})[0]
    found = row_of(cursor, statements.JOBS, {"day": day})[0]
    if found < counted:
        transaction.savepoint_rollback(before)
        return False
    transaction.savepoint_commit(before)
    return True


def midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(UTC).date(), time(), UTC)


def days_of(cursor: CursorWrapper, query: str, marks: dict[str, Any]) -> set[date]:
    cursor.execute(query, marks)
    return {day for (day,) in cursor.fetchall()}


def days_between(first: date, last: date) -> Iterable[date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def row_of(cursor: CursorWrapper, query: str, values: dict[str, Any]) -> tuple[Any, ...]:
    cursor.execute(query, values)
    row: tuple[Any, ...] = cursor.fetchone()
    return row

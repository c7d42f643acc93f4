"""What happens to credits in these tests, in few words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from accounts.models import User, new_id
from credits import ledger, selectors
from credits.errors import LedgerError
from credits.models import CreditLot, CreditTransaction

SOON = timedelta(days=3)
LATER = timedelta(days=20)


def at(text: str) -> datetime:
    """A time in UTC. Tests with dates live after the year 2100, where no real clock interferes."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def charge(user: User, amount: int, job: UUID | None = None, now: datetime | None = None) -> UUID:
    """Charge a job, a new one when none is given; its id."""
    job = job or new_id()
    ledger.deduct(user_id=user.pk, amount=amount, job_id=job, agent_id="chat", description="Chat: message", now=now)
    return job


def refund(user: User, job: UUID, amount: int | None = None, now: datetime | None = None) -> ledger.Entry:
    return ledger.refund(user_id=user.pk, job_id=job, amount=amount, description="Chat: failed, refunded", now=now)


def give(
    user: User, amount: int, kind: str = "bonus", *, expires_at: datetime | None = None, now: datetime | None = None,
    source: str | None = None,
) -> ledger.Entry:  # fmt: skip
    return ledger.grant(
        user_id=user.pk, amount=amount, type=kind, source=source or f"test:{new_id()}", description="A gift",
        expires_at=expires_at, now=now,
    )  # fmt: skip


def start_period(
    user: User, allowance: int, started_at: datetime, *, renewal: str = "calendar",
    ends_at: datetime | None = None, source: str | None = None, now: datetime | None = None,
) -> ledger.Entry:  # fmt: skip
    return ledger.start_period(
        user_id=user.pk, allowance=allowance, renewal=renewal, source=source or f"test:{new_id()}",
        started_at=started_at, ends_at=ends_at, description="Monthly credits", now=now or started_at,
    )  # fmt: skip


def balance_of(user: User) -> int:
    return selectors.account_of(user.pk).balance


def open_lots_of(user: User) -> list[tuple[str, int]]:
    """Kind and what remains of every lot that is not closed, empty ones too, oldest first."""
    return list(
        CreditLot.objects.filter(account=user.pk, closed_at=None).order_by("id").values_list("kind", "remaining")
    )


def rows_of(user: User) -> list[tuple[str, int, int]]:
    """The ledger, oldest first: type, amount, balance after it."""
    rows = CreditTransaction.objects.filter(account=user.pk).order_by("id")
    return list(rows.values_list("type", "amount", "balance_after"))


@contextmanager
def refused(sentence: str = ".") -> Iterator[None]:
    """The ledger's rules forbid what happens here. In a savepoint: the refusal ends its transaction."""
    with pytest.raises(LedgerError, match=sentence), transaction.atomic():
        yield

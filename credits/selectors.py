"""Reads of the ledger. None of them writes, locks or grants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncDate

from credits.models import CreditAccount, CreditLot, CreditTransaction


def stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


@dataclass(frozen=True, slots=True)
class Lot:
    kind: str
    remaining: int
    expires_at: datetime | None


def account_of(user_id: UUID) -> CreditAccount:
    return CreditAccount.objects.get(pk=user_id)


def open_lots_of(user_id: UUID) -> list[Lot]:
    """Open lots with something left, in the order in which they burn."""
    order = ["allowance", "bonus", "purchase"]
    rows = CreditLot.objects.filter(account_id=user_id, closed_at=None, remaining__gt=0)
    rows = rows.order_by(F("expires_at").asc(nulls_last=True), "id")
    lots = [Lot(row.kind, row.remaining, row.expires_at) for row in rows]
    return sorted(lots, key=lambda lot: (lot.expires_at is None, stamp(lot.expires_at), order.index(lot.kind)))


def transactions_of(user_id: UUID, *, type: str = "") -> QuerySet[CreditTransaction]:
    """The user's ledger, newest first."""
    rows = CreditTransaction.objects.filter(account_id=user_id).order_by("-id")
    return rows.filter(type=type) if type else rows


def statement_of(user_id: UUID, *, type: str = "") -> Iterator[CreditTransaction]:
    """The whole ledger for an export, read from the database in blocks."""
    return transactions_of(user_id, type=type).iterator(chunk_size=1000)


def spent_by_day(user_id: UUID, since: datetime) -> dict[date, int]:
    """Credits spent on jobs each day (UTC) since a moment, refunds taken off the day they came back."""
    rows = (
        CreditTransaction.objects.filter(
            account_id=user_id, created_at__gte=since, job_id__isnull=False, type__in=["deduction", "refund"]
        )
        .annotate(day=TruncDate("created_at"))
        .values("day")
        .annotate(net=Sum("amount"))
        .order_by("day")
    )
    return {row["day"]: -row["net"] for row in rows}

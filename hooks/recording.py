"""What happened to whom it is to be told: the ledger and the jobs are followed, and each event is written down once.

An endpoint remembers how far it was followed, and that is moved in the transaction that writes the events: none is lost
however long nobody looks, and the unique key lets none in twice. The rows of an account are written under its lock, so
their ids are in the order of their commits. Jobs are not: each round reads those of the last minutes again, for longer
than any transaction lasts. Decision 0014 says why nothing is written where jobs and credits are.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from billing import balances
from billing.serializers import TransactionSerializer
from credits.models import CreditAccount, CreditTransaction
from hooks import endpoints, events, selectors
from hooks.models import Delivery, Endpoint
from jobs.models import Job
from jobs.serializers import JobSerializer

log = logging.getLogger(__name__)

BATCH = 100
MOST = 50
"""Endpoints in one transaction, and events of each kind for one of them: what is more comes in the next round."""
READ_AGAIN, LAG = timedelta(minutes=10), timedelta(minutes=15)
LOW = (0, 10, 25)
"""Percents of the month's allowance; of lines crossed at once the lowest is told."""

ENDED = """
    SELECT endpoint.id, job.id
    FROM hooks_endpoint endpoint, LATERAL (
      SELECT id, finished_at FROM jobs_job ended
      WHERE ended.user_id = endpoint.user_id AND ended.parent_id IS NULL AND ended.finished_at >= endpoint.jobs_from
        AND 'job.' || ended.status = ANY (endpoint.events)
        AND NOT EXISTS (SELECT FROM hooks_delivery told
                        WHERE told.endpoint_id = endpoint.id AND told.type = 'job.' || ended.status
                          AND told.occasion = ended.id::text)
      ORDER BY ended.finished_at LIMIT %(most)s) job
    WHERE endpoint.id = ANY (%(endpoints)s)
    ORDER BY endpoint.id, job.finished_at
"""
MOVED = """
    SELECT endpoint.id, entry.id
    FROM hooks_endpoint endpoint, LATERAL (
      SELECT id FROM credits_credittransaction
      WHERE account_id = endpoint.user_id AND id > endpoint.ledger_after ORDER BY id LIMIT %(most)s) entry
    WHERE endpoint.id = ANY (%(endpoints)s)
    ORDER BY endpoint.id, entry.id
"""
Pairs = list[tuple[UUID, UUID]]
Rows = list[tuple[UUID, int]]


def record_due() -> int:
    """Write down every event that is not yet; how many there were."""
    follow_plans()
    on = Endpoint.objects.filter(selectors.carried(), off_at=None, paused_at=None)
    ids = list(on.order_by("id").values_list("pk", flat=True))
    return sum(record_apart(ids[begin : begin + BATCH]) for begin in range(0, len(ids), BATCH))


def follow_plans() -> None:
    """Pause what the owner's plan carries no more, and let what it carries again begin anew."""
    carried = Endpoint.objects.filter(selectors.carried())
    gone = Endpoint.objects.filter(paused_at=None).exclude(pk__in=carried.values("pk"))
    gone.update(paused_at=Now())
    back = Endpoint.objects.filter(paused_at__isnull=False, pk__in=carried.values("pk"))
    back.update(**endpoints.followed_from_now())


def record_apart(ids: list[UUID]) -> int:
    """Together, and one by one when that fails: what can not be told of one keeps nobody else from theirs."""
    try:
        return record_of(ids)
    except Exception:
        if len(ids) == 1:
            log.exception("The events of endpoint %s could not be recorded.", ids[0])
            return 0
    return sum(record_apart([one]) for one in ids)


def record_of(ids: list[UUID]) -> int:
    with transaction.atomic():
        free = Endpoint.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=ids, off_at=None)
        held = {endpoint.pk: endpoint for endpoint in free.order_by("id")}
        if not held:
            return 0
        with connection.cursor() as cursor:
            facts: dict[str, Any] = {"endpoints": list(held), "most": MOST}
            cursor.execute(ENDED, facts)
            ended: Pairs = cursor.fetchall()
            cursor.execute(MOVED, facts)
            moved: Rows = cursor.fetchall()
        told = [*of_jobs(ended), *of_rows(held, moved)]
        Delivery.objects.bulk_create(told, ignore_conflicts=True)
        advance(ended, moved, list(held))
    return len(told)


def advance(ended: Pairs, moved: Rows, ids: list[UUID]) -> None:
    """Move what was followed; of jobs only when all were seen, and seldom: it costs a write."""
    last = dict(moved)
    for endpoint_id, row_id in last.items():
        Endpoint.objects.filter(pk=endpoint_id).update(ledger_after=row_id)
    full = [endpoint_id for endpoint_id, count in Counter(one for one, _ in ended).items() if count >= MOST]
    behind = Endpoint.objects.filter(pk__in=ids, jobs_from__lt=Now() - LAG).exclude(pk__in=full)
    behind.update(jobs_from=Now() - READ_AGAIN)


def of_jobs(ended: Pairs) -> Iterator[Delivery]:
    known = Job.objects.prefetch_related("artifacts", "children").in_bulk({job_id for _, job_id in ended})
    bodies: dict[UUID, str] = {}
    for endpoint_id, job_id in ended:
        job = known[job_id]
        type, at = f"job.{job.status}", job.finished_at
        if at is None:
            raise ValueError(f"Job {job_id} has ended without a time.")
        if job_id not in bodies:
            bodies[job_id] = events.body_of(type, at, JobSerializer(job).data)
        yield Delivery(endpoint_id=endpoint_id, type=type, occasion=str(job_id), body=bodies[job_id])


def of_rows(held: dict[UUID, Endpoint], moved: Rows) -> Iterator[Delivery]:
    known = CreditTransaction.objects.in_bulk({row_id for _, row_id in moved})
    accounts = CreditAccount.objects.in_bulk({held[endpoint_id].user_id for endpoint_id, _ in moved})
    for endpoint_id, row_id in moved:
        row, endpoint = known[row_id], held[endpoint_id]
        if events.CREDITS_CHANGED in endpoint.events:
            body = events.body_of(events.CREDITS_CHANGED, row.created_at, TransactionSerializer(row).data)
            yield Delivery(endpoint_id=endpoint_id, type=events.CREDITS_CHANGED, occasion=str(row_id), body=body)
        percent = crossed(row, accounts[endpoint.user_id]) if events.CREDITS_LOW in endpoint.events else None
        if percent is not None:
            yield low_delivery(endpoint, accounts[endpoint.user_id], row.created_at, percent)


def low_delivery(endpoint: Endpoint, account: CreditAccount, at: datetime, percent: int) -> Delivery:
    """Once in a credit period for each line."""
    data = {"percent": percent, **balances.balance_of(endpoint.user_id)}
    occasion = f"{account.period_started_at:%Y-%m-%dT%H:%M:%S.%f}:{percent}"
    body = events.body_of(events.CREDITS_LOW, at, data)
    return Delivery(endpoint=endpoint, type=events.CREDITS_LOW, occasion=occasion, body=body)


def crossed(row: CreditTransaction, account: CreditAccount) -> int | None:
    """The lowest line that a job's deduction took the balance to, while the balance is there still."""
    if row.type != CreditTransaction.Type.DEDUCTION or row.job_id is None or not account.monthly_allowance:
        return None
    for percent in LOW:
        most = account.monthly_allowance * percent // 100
        if row.balance_after <= most < row.balance_after - row.amount and account.balance <= most:
            return percent
    return None

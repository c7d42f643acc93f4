"""What is measured: the product's acts, and the ORM forms that they are compared with."""

from typing import ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Now

from accounts.models import new_id
from credits import ledger
from jobs import dispatch, submission


class RawAccount(models.Model):
    user_id = models.UUIDField(primary_key=True)
    balance = models.IntegerField()

    class Meta:
        app_label, managed, db_table = "benchmarks", False, "raw_account"

    def __str__(self) -> str:
        return str(self.balance)


class RawLedger(models.Model):
    account = models.ForeignKey(RawAccount, on_delete=models.DO_NOTHING)
    amount = models.IntegerField()
    balance_after = models.IntegerField()
    type = models.CharField(max_length=9)
    description = models.CharField(max_length=300)
    job_id = models.UUIDField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label, managed, db_table = "benchmarks", False, "raw_ledger"

    def __str__(self) -> str:
        return str(self.amount)


class RawJob(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    user_id = models.UUIDField()
    agent_id = models.CharField(max_length=40)
    operation = models.CharField(max_length=40)
    status = models.CharField(max_length=9)
    input = models.JSONField()
    cost = models.IntegerField()
    rung_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())
    INPUT: ClassVar[dict[str, str]] = {"prompt": "a lighthouse at dusk"}

    class Meta:
        app_label, managed, db_table = "benchmarks", False, "raw_job"

    def __str__(self) -> str:
        return self.status


def deduct(user_id: UUID) -> None:
    ledger.deduct(user_id=user_id, amount=1, job_id=new_id(), agent_id="chat", description="Chat: message")


def deduct_by_orm(user_id: UUID, *, amount: int = 1, job_id: UUID | None = None) -> None:
    with transaction.atomic():
        account = RawAccount.objects.select_for_update().get(pk=user_id)
        account.balance -= amount
        account.save(update_fields=["balance"])
        RawLedger.objects.create(
            account=account, amount=-amount, balance_after=account.balance, type="deduction",
            description="Chat: message", job_id=job_id or new_id(),
        )  # fmt: skip


def submit(user_id: UUID) -> None:
    submission.submit(user_id=user_id, agent_id="image-creator", input=RawJob.INPUT)


def submit_by_orm(user_id: UUID) -> None:
    with transaction.atomic():
        job = RawJob.objects.create(
            user_id=user_id, agent_id="image-creator", operation="generate", status="queued", input=RawJob.INPUT, cost=8
        )
        deduct_by_orm(user_id, amount=8, job_id=job.pk)


def ring_nobody() -> None:
    """The bell is measured by itself, as the time from enqueue to start: here no broker is asked."""
    dispatch.ring = lambda _job_id, _queue: True  # type: ignore[assignment]

"""The tables of the ledger. Nothing here is written by the ORM: `credits.ledger` is the only writer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class CreditAccount(models.Model):
    """One row a user. Every change to a user's credits locks it first; credits are integers.

    `due_at` is the first moment at which the period or a lot of this account falls due, null when
    nothing will: an allowance renewed by invoices waits for its invoice, never for the clock.
    """

    class Renewal(models.TextChoices):
        CALENDAR = "calendar", "by the calendar, from the day the period began"
        INVOICE = "invoice", "by a paid invoice"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="credit_account"
    )
    balance = models.IntegerField(db_default=0)
    monthly_allowance = models.IntegerField()
    renewal = models.CharField(max_length=8, choices=Renewal.choices, db_default=Renewal.CALENDAR)
    anchor_at = models.DateTimeField()
    period_started_at = models.DateTimeField()
    next_reset_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    total_earned = models.BigIntegerField(db_default=0)
    total_spent = models.BigIntegerField(db_default=0)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="account_balance_not_negative"),
            models.CheckConstraint(condition=Q(monthly_allowance__gte=0), name="account_allowance_not_negative"),
            models.CheckConstraint(condition=Q(next_reset_at__gt=F("period_started_at")), name="account_period_runs"),
            models.CheckConstraint(condition=Q(renewal__in=["calendar", "invoice"]), name="account_renewal_known"),
        ]
        indexes = [models.Index(fields=["due_at", "user"], name="account_due")]

    def __str__(self) -> str:
        return f"{self.user}, {self.balance} credits"


class CreditLot(models.Model):
    """Credits that came together and lapse together. Open until `closed_at` is set."""

    class Kind(models.TextChoices):
        ALLOWANCE = "allowance", "monthly allowance"
        BONUS = "bonus", "bonus"
        PURCHASE = "purchase", "purchase"

    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="lots", db_index=False)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    granted = models.IntegerField()
    remaining = models.IntegerField()
    expires_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=200, help_text="What granted it; a source grants once.")
    created_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(remaining__gte=0, remaining__lte=F("granted")), name="lot_remaining_within_granted"
            ),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(remaining=0), name="lot_closed_is_empty"),
            models.CheckConstraint(condition=Q(kind__in=["allowance", "bonus", "purchase"]), name="lot_kind_known"),
            models.UniqueConstraint(fields=["source"], name="one_lot_a_source"),
        ]
        indexes = [models.Index(fields=["account"], condition=Q(closed_at=None), name="lot_open")]

    def __str__(self) -> str:
        return f"{self.remaining} of {self.granted} ({self.kind})"


class CreditTransaction(models.Model):
    """One line of the ledger, never changed. `job_id` is a plain UUID: rows outlive pruned jobs."""

    class Type(models.TextChoices):
        DEDUCTION = "deduction", _("deduction")
        REFILL = "refill", _("refill")
        BONUS = "bonus", _("bonus")
        REFUND = "refund", _("refund")
        PURCHASE = "purchase", _("purchase")
        EXPIRY = "expiry", _("expiry")

    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="transactions", db_index=False)
    amount = models.IntegerField()
    balance_after = models.IntegerField()
    type = models.CharField(max_length=9, choices=Type.choices)
    description = models.CharField(max_length=300)
    job_id = models.UUIDField(null=True)
    agent_id = models.CharField(max_length=40, null=True)  # noqa: DJ001  (JSON null in the contract)
    reference = models.CharField(max_length=200, null=True)  # noqa: DJ001  (null repeats, "" would not)
    metadata = models.JSONField(db_default={})
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=["deduction", "expiry"], amount__lt=0)
                | Q(type__in=["refill", "bonus", "refund", "purchase"], amount__gt=0),
                name="transaction_sign_fits_type",
            ),
            models.CheckConstraint(condition=Q(balance_after__gte=0), name="transaction_balance_not_negative"),
            models.UniqueConstraint(fields=["job_id"], condition=Q(type="deduction"), name="one_deduction_a_job"),
            models.UniqueConstraint(fields=["job_id"], condition=Q(type="refund"), name="one_refund_a_job"),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(reference__isnull=False), name="one_transaction_a_reference"
            ),
            models.CheckConstraint(condition=~Q(type="refund", job_id=None), name="refund_names_its_job"),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="transaction_of_account"),
            models.Index(fields=["account", "type", "-id"], condition=~Q(type="deduction"), name="transaction_by_type"),
        ]

    def __str__(self) -> str:
        return f"{self.amount:+} {self.type}"


class CreditSplit(models.Model):
    """How one transaction falls on one lot; the splits of a transaction sum to its amount."""

    pk = models.CompositePrimaryKey("transaction_id", "lot_id")
    transaction = models.ForeignKey(CreditTransaction, on_delete=models.PROTECT, related_name="splits", db_index=False)
    lot = models.ForeignKey(CreditLot, on_delete=models.PROTECT, related_name="splits")
    amount = models.IntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="split_not_zero")]

    def __str__(self) -> str:
        return f"{self.amount:+}"


class CreditDebt(models.Model):
    """What went back of an invoice's credits because its money did, and what could not: it had been spent."""

    account = models.ForeignKey(CreditAccount, on_delete=models.PROTECT, related_name="debts")
    invoice = models.CharField(max_length=200, unique=True)
    taken = models.IntegerField()
    owed = models.IntegerField()
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(taken__gte=0, owed__gte=0), name="debt_not_negative")]

    def __str__(self) -> str:
        return f"{self.owed} owed, {self.taken} taken back"

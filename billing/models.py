from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from billing.plans import RANK


class Subscription(models.Model):
    """What access is decided from: one row a user, FREE ones too. Stripe's mirror only informs it."""

    class Status(models.TextChoices):
        ACTIVE = "active", "active"
        TRIALING = "trialing", "trialing"
        PAST_DUE = "past_due", "past due"
        UNPAID = "unpaid", "unpaid"
        PAUSED = "paused", "paused"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="subscription"
    )
    plan = models.CharField(max_length=10, choices=[(plan, plan) for plan in RANK], db_default="FREE")
    status = models.CharField(max_length=10, choices=Status.choices, db_default=Status.ACTIVE)
    stripe_customer_id = models.CharField(max_length=255, blank=True, db_default="")
    customer_key = models.UUIDField(db_default=RandomUUID(), editable=False, help_text="Makes one customer, once.")
    stripe_subscription_id = models.CharField(max_length=255, blank=True, db_default="")
    current_period_start = models.DateTimeField(null=True, blank=True)
    current_period_end = models.DateTimeField(null=True, blank=True)
    cancel_at_period_end = models.BooleanField(db_default=False)
    metadata = models.JSONField(default=dict, blank=True, db_default={})
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(plan__in=RANK), name="subscription_plan_known"),
            models.UniqueConstraint(
                fields=["stripe_customer_id"], condition=~Q(stripe_customer_id=""), name="one_user_a_stripe_customer"
            ),
            models.UniqueConstraint(
                fields=["stripe_subscription_id"],
                condition=~Q(stripe_subscription_id=""),
                name="one_user_a_stripe_subscription",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.get_status_display()}"


class WebhookEvent(models.Model):
    """One of Stripe's events, as it came: the inbox. What it does is decided by Stripe's present state."""

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        PROCESSED = "processed", "processed"
        IGNORED = "ignored", "nobody of ours"
        FAILED = "failed", "failed, to be tried again"
        DEAD = "dead", "given up"

    id = models.CharField(primary_key=True, max_length=255)
    type = models.CharField(max_length=100)
    customer = models.CharField(max_length=255, blank=True, default="", db_index=True)
    created_at = models.DateTimeField(help_text="By Stripe's clock.")
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    body = models.JSONField(null=True, blank=True, help_text="Gone once it is old.")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    error = models.TextField(blank=True, default="")
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["pending", "failed"]), name="webhook_due"),
            models.Index(fields=["-received_at"], name="webhook_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class Concern(models.Model):
    """Something about a payment or a balance that an operator must see. One open row for each kind and subject."""

    class Kind(models.TextChoices):
        UNKNOWN_PRICE = "unknown_price", "a price maps to no plan"
        PAID_TWICE = "paid_twice", "paid twice: a refund is due"
        OWED = "owed", "credits of refunded money were spent"
        LEDGER_DRIFT = "ledger_drift", "a balance is not what its ledger says: the account was frozen"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=255, help_text="The id of what it is about.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="concerns")
    detail = models.CharField(max_length=500)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_concern_a_subject")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.subject})"

from django.conf import settings
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

"""What the operators' figures are read from: the history of plans, and sums by the day (UTC) of it and of the jobs.

`PlanChange` is written by a trigger on `billing_subscription` (migration 0002), the sums by `metrics.rollup` alone.
No sum holds money that a price list says: prices are applied when the figures are read.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from billing.plans import RANK


class PlanChange(models.Model):
    """What a person's subscription was from a moment on, never changed. Nothing is written when none of it differs.

    `billed_plan` is what Stripe bills, empty for nothing; a plan that an operator gave leaves it as it was.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    plan = models.CharField(max_length=10)
    status = models.CharField(max_length=10)
    stripe_subscription_id = models.CharField(max_length=255, db_default="")
    billed_plan = models.CharField(max_length=10, db_default="")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(plan__in=RANK), name="plan_change_plan_known"),
            models.CheckConstraint(condition=Q(billed_plan__in=["", *RANK[1:]]), name="plan_change_billed_known"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="plan_change_of_user"),
            models.Index(fields=["changed_at"], name="plan_change_age"),
        ]
        permissions = [("view_metrics", "Can see the operators' metrics")]

    def __str__(self) -> str:
        return f"{self.plan}, {self.status}"


class Transition(models.Model):
    """So many people began a day on one plan and ended it on another; "" is nobody's plan, before the sign-up.

    `paid_…` is the plan that counts as revenue, "" for none. `paid_ever`: they had ended a day paying before.
    """

    pk = models.CompositePrimaryKey("day", "plan_before", "plan_after", "paid_before", "paid_after", "paid_ever")
    day = models.DateField()
    plan_before = models.CharField(max_length=10)
    plan_after = models.CharField(max_length=10)
    paid_before = models.CharField(max_length=10)
    paid_after = models.CharField(max_length=10)
    paid_ever = models.BooleanField()
    users = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.users}"


class Cohort(models.Model):
    """Who signed up on a day, and how many of them paid within 30 days of it."""

    day = models.DateField(primary_key=True)
    signups = models.IntegerField()
    converted = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.converted} of {self.signups}"


class JobDay(models.Model):
    """Runs that ended on a day: jobs and the steps of plans, by the plan of their owner.

    `credits` are net of refunds; a delivered step carries its share, its plan the rest. `paid_credits` are those of
    people whom Stripe billed for that plan. `provider_cost` is millionths of a dollar, of `provider_runs` runs.
    """

    pk = models.CompositePrimaryKey("day", "plan", "agent_id", "operation")
    day = models.DateField()
    plan = models.CharField(max_length=10)
    agent_id = models.CharField(max_length=40)
    operation = models.CharField(max_length=40)
    completed = models.IntegerField()
    failed = models.IntegerField()
    canceled = models.IntegerField()
    credits = models.BigIntegerField()
    paid_credits = models.BigIntegerField()
    provider_cost = models.BigIntegerField()
    provider_runs = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.agent_id} {self.operation}"


class JobTime(models.Model):
    """How long delivered runs of a day took, and how long their jobs had waited, in buckets.

    Bucket n holds what took from 2**(n/4) to 2**((n+1)/4) milliseconds; steps of plans wait for others, not counted.
    """

    pk = models.CompositePrimaryKey("day", "agent_id", "bucket")
    day = models.DateField()
    agent_id = models.CharField(max_length=40)
    bucket = models.SmallIntegerField()
    runs = models.IntegerField()
    waits = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.agent_id} {self.bucket}"


class AllowanceDay(models.Model):
    """Monthly credits granted on a day, net of what was taken back of them, by the plan of their owner then."""

    pk = models.CompositePrimaryKey("day", "plan")
    day = models.DateField()
    plan = models.CharField(max_length=10)
    credits = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.credits}"


class RollupState(models.Model):
    """One row: up to which rows of the two append-only tables the sums are made, and when."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    ledger_id = models.BigIntegerField()
    change_id = models.BigIntegerField()
    rolled_up_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_rollup_state")]

    def __str__(self) -> str:
        return f"{self.rolled_up_at}"

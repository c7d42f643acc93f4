"""What the sandbox remembers: Stripe's objects as documents, and how their events were delivered."""

import time
from typing import Any

from django.db import models
from django.db.models.functions import Now


class Record(models.Model):
    """One object of Stripe's API. `data` is what the API shows; `private` is what Stripe keeps to itself."""

    id = models.CharField(primary_key=True, max_length=255)
    object = models.CharField(max_length=60)
    customer = models.CharField(max_length=255, blank=True, default="", db_index=True)
    clock = models.CharField(max_length=255, blank=True, default="", help_text="Its test clock; none: the main clock.")
    created = models.BigIntegerField(help_text="Unix time by its clock.")
    position = models.BigIntegerField(default=time.time_ns, help_text="Rises with every object.")
    due_at = models.BigIntegerField(null=True, blank=True, help_text="When the billing engine must look at it next.")
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    private: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict, blank=True)
    deleted_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object", "-position"], name="sandbox_newest"),
            models.Index(fields=["clock", "due_at"], condition=models.Q(due_at__isnull=False), name="sandbox_agenda"),
        ]

    def __str__(self) -> str:
        return self.id


class Delivery(models.Model):
    """One event on its way to one webhook endpoint. Times are real, whatever the sandbox's clocks say."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        HELD = "held", "held"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "given up"
        DROPPED = "dropped", "dropped"

    event = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveIntegerField(default=0)
    status = models.PositiveIntegerField(null=True, blank=True, help_text="HTTP status of the last answer.")
    answer = models.CharField(max_length=500, blank=True, default="")
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="sandbox_deliveries_due")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.state}"


class Reply(models.Model):
    """The stored answer to a request with an Idempotency-Key."""

    key = models.CharField(primary_key=True, max_length=255)
    request = models.CharField(max_length=64, help_text="Digest of method, path and parameters.")
    status = models.PositiveIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.key


class MainClock(models.Model):
    """The one row of switches: the clock of whoever has no test clock, and what the panel can set."""

    class DunningEnd(models.TextChoices):
        CANCEL = "cancel", "cancel the subscription"
        UNPAID = "unpaid", "mark the subscription unpaid"

    offset_seconds = models.BigIntegerField(default=0, help_text="How far the main clock runs ahead of real time.")
    dunning_end = models.CharField(max_length=6, choices=DunningEnd.choices, default=DunningEnd.CANCEL)
    fail_next_payment = models.BooleanField(default=False)
    hold_deliveries = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.offset_seconds} s ahead"

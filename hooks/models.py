from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import new_id

OPEN = ("waiting", "sending")
GAVE_UP = ("failing", "gone")


class Endpoint(models.Model):
    """Where a person's events are sent to, and how far they have been followed.

    `secret` and `old_secret` are sealed (signing.py). `off_at` is set while somebody, or its failing, switched it off;
    `paused_at` while the owner's plan carries no webhooks. `failing_since` is the first failure after the last success.
    Every row of the ledger up to `ledger_after` is recorded, and every job that ended before `jobs_from`.
    """

    class Off(models.TextChoices):
        OWNER = "owner", _("by you")
        OPERATOR = "operator", _("by our operators")
        FAILING = "failing", _("because nothing was delivered for days")
        GONE = "gone", _("because it answered 410 Gone")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hook_endpoints")
    url = models.CharField("URL", max_length=500)
    events = ArrayField(models.CharField(max_length=20))
    secret = models.TextField()
    old_secret = models.TextField(db_default="")
    old_secret_until = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)
    off_because = models.CharField(max_length=8, choices=Off.choices, db_default="")
    paused_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    ledger_after = models.BigIntegerField(db_default=0)
    jobs_from = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(events=[]), name="endpoint_is_told_something"),
            models.CheckConstraint(
                condition=Q(off_at=None, off_because="") | Q(off_at__isnull=False) & ~Q(off_because=""),
                name="endpoint_off_has_its_reason",
            ),
        ]
        indexes = [models.Index(fields=["off_at"], condition=Q(off_because__in=GAVE_UP), name="endpoint_gave_up")]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event for one endpoint. `occasion` names the event: a job, a row of the ledger, a line that was crossed.

    `body` is written once and sent as it is; the id is the message's. `attempts` only grows, and is the fence: who
    writes down what came of an attempt must still hold its number. `attempts_before` are those before it was last sent
    again by hand. `due_at` is when the next attempt is due, of a row that is `sending` when its worker counts as dead.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")
        SKIPPED = "skipped", _("Not sent")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    type = models.CharField(max_length=20)
    occasion = models.CharField(max_length=60)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, db_default=State.WAITING)
    attempts = models.IntegerField(db_default=0)
    attempts_before = models.IntegerField(db_default=0)
    due_at = models.DateTimeField(db_default=Now())
    response_code = models.SmallIntegerField(null=True)
    error = models.CharField(max_length=200, db_default="")
    created_at = models.DateTimeField(db_default=Now())
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "type", "occasion"], name="one_delivery_an_occasion"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None) | ~Q(state__in=OPEN) & ~Q(ended_at=None),
                name="delivery_ended_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "due_at"], condition=Q(state__in=OPEN), name="delivery_due"),
            models.Index(fields=["endpoint", "-id"], name="delivery_of_endpoint"),
            models.Index(fields=["created_at"], name="delivery_age"),
        ]

    def __str__(self) -> str:
        return f"{self.type}, {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def message_id(self) -> str:
        """What receivers know it by, however often it comes."""
        return f"msg_{self.pk.hex}"

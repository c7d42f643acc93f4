from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from notifications.kinds import KINDS


def kind_choices() -> list[tuple[str, str]]:
    """By name, so that another kind changes no column."""
    return [(kind.id, kind.name_en) for kind in KINDS.values()]


class Notification(models.Model):
    """One mail about one event to one person: what is recorded here once is sent at most once.

    `occasion` names the event: a credit period, a job, a period of a subscription. A row is written before anything is
    sent, and is `sending` before the mail server is asked; a worker that dies then leaves it so, and nobody sends it
    again. `due_at` is when the next try is due, of a row that is `sending` when it counts as lost.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "to be sent"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        SKIPPED = "skipped", "not wanted, or no longer so"
        FAILED = "failed", "given up"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    kind = models.CharField(max_length=20, choices=kind_choices)
    occasion = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, db_default=State.WAITING)
    attempts = models.SmallIntegerField(db_default=0)
    due_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=100, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "occasion"], name="one_notification_an_occasion"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="notification_due"),
            models.Index(fields=["created_at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.state}"

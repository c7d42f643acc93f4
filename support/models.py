from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import new_id
from billing.plans import RANK


class Ticket(models.Model):
    """One question of a person, and the conversation about it.

    `tier` is the person's plan when it was opened. `due_at` is when its first answer is due, and is never changed;
    `answer_due_at` is when the answer is due that is awaited now: a ticket has it exactly while it is open. `job_id` is
    no foreign key, so that a ticket outlives the job. `key` names the form that opened it: sent twice, it opens one.
    """

    class Topic(models.TextChoices):
        JOB = "job", _("A job")
        PAYMENT = "payment", _("A payment")
        ACCOUNT = "account", _("My account")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    subject = models.CharField(max_length=120, help_text="Empty once the person has left.")
    topic = models.CharField(max_length=7, choices=Topic.choices)
    job_id = models.UUIDField(null=True)
    tier = models.CharField(max_length=10, choices=[(plan, plan) for plan in RANK])
    state = models.CharField(max_length=8, choices=State.choices, db_default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    answer_due_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(db_default=Now(), help_text="When either side last did something to it.")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_ticket_a_form"),
            models.CheckConstraint(condition=Q(tier__in=RANK), name="ticket_tier_known"),
            models.CheckConstraint(
                condition=Q(state="open", answer_due_at__isnull=False)
                | ~Q(state="open") & Q(answer_due_at__isnull=True),
                name="ticket_waits_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at__isnull=True),
                name="ticket_closed_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-updated_at", "-id"], name="ticket_of_user"),
            models.Index(fields=["answer_due_at"], condition=Q(state="open"), name="ticket_waiting"),
            models.Index(fields=["created_at", "tier"], name="ticket_opened"),
            models.Index(fields=["job_id"], condition=Q(job_id__isnull=False), name="ticket_about_job"),
        ]

    def __str__(self) -> str:
        """Without a word of the person's: this stays in the operators' log when they have left."""
        return f"{self.tier} ticket {self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    def is_overdue(self, moment: datetime) -> bool:
        return self.answer_due_at is not None and self.answer_due_at < moment


class Message(models.Model):
    """What one side wrote or did, in order. A note is for operators alone.

    `key` names the form it came by. `told_at` is when the operators' mail about a person's message was handed over.
    """

    class Side(models.TextChoices):
        PERSON = "person", "the person"
        SUPPORT = "support", "support"
        NOTE = "note", "internal note"

    class Act(models.TextChoices):
        NONE = "", "wrote"
        CLOSED = "closed", "closed the ticket"
        REOPENED = "reopened", "opened the ticket again"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    side = models.CharField(max_length=7, choices=Side.choices)
    act = models.CharField(max_length=8, choices=Act.choices, db_default="")
    text = models.TextField(db_default="", help_text="Empty for an act without words, and once the person has left.")
    created_at = models.DateTimeField(db_default=Now())
    told_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "author", "key"], name="one_message_a_form"),
            models.CheckConstraint(
                condition=Q(side__in=["person", "support", "note"], act__in=["", "closed", "reopened"]),
                name="message_kind_known",
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "id"], name="message_of_ticket"),
            models.Index(fields=["created_at"], condition=Q(side="support"), name="message_of_support"),
            models.Index(
                fields=["created_at"], condition=Q(side="person", told_at__isnull=True), name="message_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}, {self.created_at:%Y-%m-%d %H:%M}"

"""Sends what is recorded, at most once: a mail is marked before the server is asked, and never unmarked in doubt.

Tried again is only what surely did not leave: the server could not be reached, or said that it will take it later. A
connection that broke in the middle, and a worker that died, leave mails of which nobody knows: these are given up. One
batch is the most that a dying worker can lose.
"""

import logging
import smtplib
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower, Now

from accounts import languages
from jobs.models import Job
from notifications import due, envelope, letters, tickets
from notifications.kinds import JOB_DONE, KINDS, SUPPORT, is_on
from notifications.letters import Letter
from notifications.models import Notification
from support.models import Message

log = logging.getLogger(__name__)
State = Notification.State

BATCH = 50
SECONDS = 40
WAITS = (1, 5, 15, 60, 240)
"""Minutes after each try that came to nothing; after the try behind the last one it is given up."""
LOST_AFTER = timedelta(hours=1)
KEPT = timedelta(days=400)


def send_due(*, seconds: float = SECONDS) -> int:
    """Send what waits, for so long; how many mails went out."""
    give_up_lost()
    ends = time.monotonic() + seconds
    sent = 0
    while time.monotonic() < ends and (batch := claim()):
        sent += Round(batch, ends).run()
    return sent


def give_up_lost() -> None:
    lost = Notification.objects.filter(state=State.SENDING, due_at__lt=Now())
    lost.update(state=State.FAILED, error="interrupted: it may have gone or not", ended_at=Now())


def claim() -> list[Notification]:
    """Take a batch that nobody else will send."""
    waiting = Notification.objects.filter(state=State.WAITING, due_at__lte=Now()).order_by("due_at", "id")
    with transaction.atomic():
        ids = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        taken = Notification.objects.filter(pk__in=ids)
        taken.update(state=State.SENDING, attempts=F("attempts") + 1, due_at=Now() + LOST_AFTER)
    people = ("user__profile", "user__subscription", "user__credit_account")
    return list(taken.select_related(*people).order_by("pk"))


class Round:
    """One batch on one connection to the mail server."""

    def __init__(self, batch: list[Notification], ends: float) -> None:
        self.batch = batch
        self.ends = ends
        self.connection = get_connection()
        self.is_away = False
        self.jobs: dict[UUID, Job] = Job.objects.in_bulk(
            [UUID(told.occasion) for told in batch if told.kind == JOB_DONE.id]
        )
        self.answers: dict[int, Message] = Message.objects.select_related("ticket").in_bulk(
            [int(told.occasion) for told in batch if told.kind == SUPPORT.id]
        )
        self.confirmed = confirmed_among({told.user_id for told in batch})

    def run(self) -> int:
        """What is still marked when this ends was not tried, and waits on."""
        try:
            for told in self.batch:
                if self.is_away or time.monotonic() > self.ends:
                    break
                self.handle(told)
        finally:
            for told in self.batch:
                if told.state == State.SENDING:
                    self.put_off(told)
            Notification.objects.bulk_update(self.batch, ["state", "due_at", "error", "ended_at", "attempts"])
            with suppress(OSError, smtplib.SMTPException):
                self.connection.close()
        return sum(told.state == State.SENT for told in self.batch)

    def handle(self, told: Notification) -> None:
        try:
            with languages.written_for(told.user.profile):
                letter = self.letter_for(told)
                mail = envelope.mail_from(letter, told) if letter else None
        except Exception:
            log.exception("The mail %s could not be written.", told.pk)
            end(told, State.FAILED, "it could not be written")
            return
        if mail is None:
            end(told, State.SKIPPED)
        elif self.is_open(told):
            self.post(mail, told)

    def letter_for(self, told: Notification) -> Letter | None:
        """None for who does not want it any more, may not be written to, or for whom it is no longer so."""
        user = told.user
        may = user.is_active and (self.confirmed is None or told.user_id in self.confirmed)
        if not may or not is_on(KINDS[told.kind], user.profile.preferences):
            return None
        if told.kind == SUPPORT.id:
            return tickets.letter_for(self.answers[int(told.occasion)])
        return letters.letter_for(told, self.jobs.get(UUID(told.occasion)) if told.kind == JOB_DONE.id else None)

    def is_open(self, told: Notification) -> bool:
        """Whether the mail server is there; if not, nothing has left."""
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            log.warning("The mail server is away (%s): mails wait.", type(error).__name__)
            self.is_away = True
            self.put_off(told, error)
            return False
        return True

    def post(self, mail: Any, told: Notification) -> None:
        end(told, State.FAILED, "interrupted: it may have gone or not")
        try:
            self.connection.send_messages([mail])
        except Exception as error:
            with suppress(OSError, smtplib.SMTPException):
                self.connection.close()
            self.judge(told, error)
        else:
            end(told, State.SENT)

    def judge(self, told: Notification, error: Exception) -> None:
        """The server's answer decides; without one nobody knows, and the mail is given up."""
        codes = codes_of(error)
        if codes and all(400 <= code < 500 for code in codes):
            self.put_off(told, error)
            return
        log.warning("The mail %s was not sent: %s.", told.pk, named(error))
        end(told, State.FAILED, named(error))

    def put_off(self, told: Notification, error: Exception | None = None) -> None:
        """To be tried later; what was not tried at all, at once and without counting."""
        told.error = named(error) if error else told.error
        if self.is_away or error:
            if told.attempts > len(WAITS):
                end(told, State.FAILED, told.error or "the mail server was away")
                return
            told.due_at = Now() + timedelta(minutes=WAITS[told.attempts - 1])
        else:
            told.attempts -= 1
            told.due_at = Now()
        told.state, told.ended_at = State.WAITING, None


def end(told: Notification, state: str, error: str = "") -> None:
    told.state, told.error, told.ended_at = state, error, Now()


def confirmed_among(user_ids: set[UUID]) -> set[UUID] | None:
    """Who confirmed the address they have; None where nobody must."""
    if not due.must_be_confirmed():
        return None
    own = EmailAddress.objects.filter(user__in=user_ids, verified=True)
    own = own.annotate(lowered=Lower("email")).filter(lowered=Lower("user__email"))
    return set(own.values_list("user_id", flat=True))


def codes_of(error: Exception) -> list[int]:
    """SMTP's answers: one, or one a recipient."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def named(error: Exception) -> str:
    """Without what the server said: that may hold the address, which nobody could forget here."""
    return " ".join([type(error).__name__, *map(str, codes_of(error))])[:100]


def prune() -> int:
    """Forget what is older than 400 days. No event is news for so long."""
    pruned = 0
    while ids := list(Notification.objects.filter(created_at__lt=Now() - KEPT).values_list("pk", flat=True)[:1000]):
        pruned += Notification.objects.filter(pk__in=ids).delete()[0]
    return pruned

"""Mails to the operators at SUPPORT_EMAIL, one for each thing that a person wrote or opened again, at most once: it is
marked before the mail server is asked, and unmarked only when it surely did not leave."""

import logging
import smtplib
from contextlib import suppress
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from support.models import Message

log = logging.getLogger(__name__)
BATCH = 50
NEWS_FOR = timedelta(days=1)
SHOWN_LETTERS = 1_000
AWAY = (OSError, smtplib.SMTPException)


def tell_operators() -> int:
    """How many mails went out. Without an address nothing is marked, and nothing older than a day is news later."""
    if not settings.SUPPORT_EMAIL or not (news := claim()):
        return 0
    connection = get_connection()
    sent = 0
    try:
        connection.open()
        for message in list(news):
            news.remove(message)
            try:
                connection.send_messages([mail_about(message)])
            except AWAY as error:
                news += [message] if is_for_later(error) else []
                raise
            sent += 1
    except AWAY as error:
        log.warning("Mails to the operators wait: %s.", type(error).__name__)
    finally:
        Message.objects.filter(pk__in=[one.pk for one in news]).update(told_at=None)
        with suppress(*AWAY):
            connection.close()
    return sent


def claim() -> list[Message]:
    """Mark a batch that nobody else will send."""
    said = ~Q(text="") | Q(act=Message.Act.REOPENED)
    waiting = Message.objects.filter(
        said, side=Message.Side.PERSON, told_at=None, created_at__gt=Now() - NEWS_FOR
    ).order_by("id")
    with transaction.atomic():
        ids = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        Message.objects.filter(pk__in=ids).update(told_at=Now())
    return list(Message.objects.filter(pk__in=ids).select_related("ticket").order_by("id"))


def is_for_later(error: Exception) -> bool:
    """The server said so, and therefore has not taken it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500


def mail_about(message: Message) -> EmailMessage:
    """Plain text; its subject and headers hold nothing that a person typed, and their words stand quoted."""
    ticket = message.ticket
    is_first = message.key == ticket.key
    host = urlsplit(settings.SITE_URL).hostname
    thread, own = f"<ticket.{ticket.pk}@{host}>", f"<ticket.{ticket.pk}.{message.pk}@{host}>"
    headers = {"Message-ID": thread if is_first else own, "Auto-Submitted": "auto-generated"}
    if not is_first:
        headers |= {"In-Reply-To": thread, "References": thread}
    subject = f"{ticket.tier} ticket about {ticket.topic}"
    body = "\n\n".join(part for part in parts_of(message, is_first=is_first) if part)
    return EmailMessage(
        subject if is_first else f"Re: {subject}", f"{body}\n", to=[settings.SUPPORT_EMAIL], headers=headers
    )


def parts_of(message: Message, *, is_first: bool) -> list[str]:
    ticket = message.ticket
    happened = "opened this ticket" if is_first else "opened it again" if message.act else "wrote in it"
    due = ticket.answer_due_at
    return [
        f"A person on {ticket.tier} {happened}:",
        quoted(ticket.subject),
        quoted(message.text[:SHOWN_LETTERS]),
        f"An answer is due by {due.astimezone(UTC):%-d %B %Y, %H:%M} UTC." if due else "It awaits no answer any more.",
        f"Answer it in the admin:\n{settings.SITE_URL}{reverse('admin:support_ticket_change', args=[ticket.pk])}",
    ]


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())

"""What the mail about a support ticket says: what an operator wrote in it, or that it is closed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.letters import Letter
from support.models import Message

SHOWN_LETTERS = 2_000


def letter_for(message: Message) -> Letter | None:
    """`message` comes with its ticket. None when its words were forgotten, or the ticket is open again."""
    ticket = message.ticket
    closes = message.act == Message.Act.CLOSED
    if not ticket.subject or not (message.text or ticket.is_closed):
        return None
    ended = _("Your ticket is closed. Something left? Write in it, and it opens again.") if closes else ""
    return Letter(
        _("We have answered your ticket") if message.text else _("Your ticket is closed"),
        tuple(line for line in (*paragraphs(message.text), ended) if line),
        _("See the ticket"),
        reverse("ticket", args=[ticket.pk]),
        quote=ticket.subject,
    )


def paragraphs(text: str) -> list[str]:
    shown = text if len(text) <= SHOWN_LETTERS else f"{text[:SHOWN_LETTERS].rstrip()}\N{HORIZONTAL ELLIPSIS}"
    return [line.strip() for line in shown.splitlines()]

"""What happens around tickets in these tests, in few words."""

from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Permission

from accounts.models import User
from support import tickets
from support.models import Message, Ticket

numbers = count(1)


def key() -> str:
    return uuid4().hex


def opened(user: User, **facts: Any) -> Ticket:
    known = {"key": key(), "subject": f"Question {next(numbers)}", "text": "It does not work.", "topic": "other"}
    return tickets.open_ticket(user_id=user.pk, **known | facts)


def answered(ticket: Ticket, operator: User, **facts: Any) -> Ticket:
    known = {"key": key(), "text": "Try again, please."}
    tickets.answer(operator_id=operator.pk, ticket_id=ticket.pk, **known | facts)
    return again(ticket)


def replied(ticket: Ticket, **facts: Any) -> Ticket:
    known = {"key": key(), "text": "Still the same."}
    tickets.reply(user_id=ticket.user_id, ticket_id=ticket.pk, **known | facts)
    return again(ticket)


def closed(ticket: Ticket, **facts: Any) -> Ticket:
    tickets.close_own_ticket(user_id=ticket.user_id, ticket_id=ticket.pk, **{"key": key(), **facts})
    return again(ticket)


def again(ticket: Ticket) -> Ticket:
    """The ticket as it is now."""
    return Ticket.objects.get(pk=ticket.pk)


def said(ticket: Ticket) -> list[tuple[str, str, str]]:
    """The conversation: side, act and words."""
    return list(Message.objects.filter(ticket=ticket).order_by("id").values_list("side", "act", "text"))


def staff(email: str, *permissions: str) -> User:
    user = User.objects.create_user(email=email, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user

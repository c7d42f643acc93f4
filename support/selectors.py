"""Reads of tickets: a person's own, and counts over all of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from avatarg.errors import NotFound
from support.models import Message, Ticket


def tickets_of(user_id: UUID) -> QuerySet[Ticket]:
    """Those that something happened to last first."""
    return Ticket.objects.filter(user_id=user_id).order_by("-updated_at", "-id")


def ticket_of(user_id: UUID, ticket_id: UUID) -> Ticket:
    """Raises NotFound, for a stranger's ticket too."""
    ticket = Ticket.objects.filter(pk=ticket_id, user_id=user_id).first()
    if ticket is None:
        raise NotFound(_("There is no such ticket."))
    return ticket


def conversation_of(ticket: Ticket) -> QuerySet[Message]:
    """What both sides wrote and did, in order, as the person may see it: no notes."""
    return ticket.messages.exclude(side=Message.Side.NOTE).order_by("id")


def counts_by_tier_and_state() -> dict[tuple[str, str], int]:
    """How many tickets there are of each (tier, state); pairs without any are left out."""
    counted = Ticket.objects.order_by().values_list("tier", "state").annotate(tickets=Count("pk"))
    return {(tier, state): tickets for tier, state, tickets in counted}


def opened_by_day(since: datetime, until: datetime) -> dict[tuple[date, str], int]:
    """How many were opened on each (day in UTC, tier) since then and before `until`."""
    opened = Ticket.objects.filter(created_at__gte=since, created_at__lt=until).annotate(day=TruncDate("created_at"))
    counted = opened.order_by().values_list("day", "tier").annotate(tickets=Count("pk"))
    return {(day, tier): tickets for day, tier, tickets in counted}


@dataclass(frozen=True, slots=True)
class Answering:
    """How tickets of one tier were first answered. `in_time` of the `answered` met `due_at`; `late` are not answered
    though it has passed."""

    tier: str
    answered: int
    in_time: int
    late: int
    median: timedelta | None


ANSWERING = """
    SELECT tier, count(first_answered_at), count(*) FILTER (WHERE first_answered_at <= due_at),
           count(*) FILTER (WHERE first_answered_at IS NULL AND state = 'open' AND due_at < %(now)s),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY first_answered_at - created_at)
    FROM support_ticket
    WHERE created_at >= %(since)s AND created_at < %(until)s
    GROUP BY tier
"""


def answering_by_tier(since: datetime, until: datetime, *, now: datetime) -> dict[str, Answering]:
    """Of the tickets opened since then and before `until`; tiers without any are left out."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERING, {"since": since, "until": until, "now": now})
        return {row[0]: Answering(*row) for row in cursor.fetchall()}

"""What people and operators do with tickets. Each act is one transaction under the ticket's lock, and safe to repeat:
it comes with the key of the form that was sent, and what a form did once it does not do again.

`at` is the database's time unless it is given.
"""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from avatarg.errors import InvalidInput, NotFound
from billing import entitlements
from jobs import selectors as jobs
from support import sla
from support.errors import ConversationFull, PersonLeft, TooManyTickets
from support.models import Message, Ticket

MOST_OPEN = 5
MOST_MESSAGES = 200
SUBJECT_LETTERS = 120
TEXT_LETTERS = 5_000
State, Side, Act = Ticket.State, Message.Side, Message.Act


def open_ticket(
    *, user_id: UUID, key: str, subject: str, text: str, topic: str, job_id: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:  # fmt: skip
    """Raises InvalidInput, TooManyTickets; NotFound for a job that is not theirs."""
    subject = checked("subject", " ".join(subject.split()), SUBJECT_LETTERS)
    text = checked("text", text.strip(), TEXT_LETTERS)
    if topic not in Ticket.Topic.values:
        raise InvalidInput({"topic": [_("There is no such topic.")]})
    if job_id:
        jobs.job_of(user_id, job_id)
    with transaction.atomic():
        now = lock_person(user_id, at)
        if repeated := Ticket.objects.filter(user_id=user_id, key=key).first():
            return repeated
        require_room(user_id)
        tier = entitlements.standing_of(user_id).plan.id
        due_at = sla.due_at(tier, now)
        ticket = Ticket.objects.create(
            user_id=user_id, key=key, subject=subject, topic=topic, job_id=job_id, tier=tier, state=State.OPEN,
            created_at=now, updated_at=now, due_at=due_at, answer_due_at=due_at,
        )  # fmt: skip
        write(ticket, now, author_id=user_id, side=Side.PERSON, key=key, text=text)
    return ticket


def reply(*, user_id: UUID, ticket_id: UUID, key: str, text: str, at: datetime | None = None) -> Ticket:
    """The person writes; a closed ticket opens again.

    Raises NotFound, InvalidInput, ConversationFull, TooManyTickets.
    """
    text = checked("text", text.strip(), TEXT_LETTERS)
    with transaction.atomic():
        now = lock_person(user_id, at)
        ticket = lock_ticket(ticket_id, user_id=user_id)
        if was_done(ticket, user_id, key):
            return ticket
        if ticket.messages.count() >= MOST_MESSAGES:
            full = _("This conversation is as long as it may be. Open a new ticket, please.")
            raise ConversationFull(full, limit=MOST_MESSAGES)
        act = Act.REOPENED if ticket.is_closed else Act.NONE
        if ticket.is_closed:
            require_room(user_id)
        write(ticket, now, author_id=user_id, side=Side.PERSON, key=key, text=text, act=act)
        return move(ticket, State.OPEN, now)


def reopen_ticket(*, user_id: UUID, ticket_id: UUID, key: str, at: datetime | None = None) -> Ticket:
    """Raises NotFound, TooManyTickets."""
    with transaction.atomic():
        now = lock_person(user_id, at)
        ticket = lock_ticket(ticket_id, user_id=user_id)
        if not ticket.is_closed or was_done(ticket, user_id, key):
            return ticket
        require_room(user_id)
        write(ticket, now, author_id=user_id, side=Side.PERSON, key=key, act=Act.REOPENED)
        return move(ticket, State.OPEN, now)


def close_own_ticket(*, user_id: UUID, ticket_id: UUID, key: str, at: datetime | None = None) -> Ticket:
    """The person needs no answer any more. Raises NotFound."""
    with transaction.atomic():
        now = lock_person(user_id, at)
        ticket = lock_ticket(ticket_id, user_id=user_id)
        if ticket.is_closed or was_done(ticket, user_id, key):
            return ticket
        write(ticket, now, author_id=user_id, side=Side.PERSON, key=key, act=Act.CLOSED)
        return move(ticket, State.CLOSED, now)


def answer(
    *, operator_id: UUID, ticket_id: UUID, key: str, text: str, close: bool = False, at: datetime | None = None
) -> bool:
    """An operator writes to the person; false when this form did so before.

    Raises NotFound, InvalidInput, PersonLeft.
    """
    text = checked("text", text.strip(), TEXT_LETTERS)
    with transaction.atomic():
        ticket = lock_ticket(ticket_id)
        now = at or now_of(ticket)
        if was_done(ticket, operator_id, key):
            return False
        require_person(ticket)
        act = Act.CLOSED if close else Act.NONE
        write(ticket, now, author_id=operator_id, side=Side.SUPPORT, key=key, text=text, act=act)
        ticket.first_answered_at = ticket.first_answered_at or now
        move(ticket, State.CLOSED if close else State.ANSWERED, now)
    return True


def close_ticket(*, operator_id: UUID, ticket_id: UUID, key: str, at: datetime | None = None) -> bool:
    """An operator ends it without a word; false when it was closed. Raises NotFound."""
    with transaction.atomic():
        ticket = lock_ticket(ticket_id)
        now = at or now_of(ticket)
        if ticket.is_closed or was_done(ticket, operator_id, key):
            return False
        write(ticket, now, author_id=operator_id, side=Side.SUPPORT, key=key, act=Act.CLOSED)
        move(ticket, State.CLOSED, now)
    return True


def add_note(*, operator_id: UUID, ticket_id: UUID, key: str, text: str) -> bool:
    """For operators alone: nothing else changes. False when this form did so before.

    Raises NotFound, InvalidInput, PersonLeft.
    """
    text = checked("text", text.strip(), TEXT_LETTERS)
    with transaction.atomic():
        ticket = lock_ticket(ticket_id)
        if was_done(ticket, operator_id, key):
            return False
        require_person(ticket)
        write(ticket, now_of(ticket), author_id=operator_id, side=Side.NOTE, key=key, text=text)
    return True


def forget_texts(user_id: UUID) -> None:
    """Of somebody who leaves: every word in their tickets goes, what waits is closed. Counts and times stay."""
    own = Ticket.objects.filter(user_id=user_id)
    list(User.objects.select_for_update(no_key=True).filter(pk=user_id).values_list("pk"))
    list(own.select_for_update().order_by("pk").values_list("pk"))
    Message.objects.filter(ticket__user_id=user_id).update(text="")
    own.update(subject="")
    left = own.exclude(state=State.CLOSED)
    left.update(state=State.CLOSED, answer_due_at=None, closed_at=Now(), updated_at=Now())


def checked(name: str, text: str, most: int) -> str:
    text = text.replace("\x00", "")
    if not text:
        raise InvalidInput({name: [_("Please fill this in.")]})
    if len(text) > most:
        raise InvalidInput({name: [_("This may have %(most)s characters at most.") % {"most": f"{most:,}"}]})
    return text


def lock_person(user_id: UUID, at: datetime | None = None) -> datetime:
    """One act of a person at a time; `at`, or the database's time. Raises NotFound for who has left."""
    own = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True)
    found = own.values_list(Now()).first()
    if found is None:
        raise NotFound
    return at or cast(datetime, found[0])


def require_room(user_id: UUID) -> None:
    if Ticket.objects.filter(user_id=user_id, state=State.OPEN).count() >= MOST_OPEN:
        many = _("There may be %(most)s open tickets at a time. Write in one of them, or close one first.")
        raise TooManyTickets(many % {"most": MOST_OPEN}, limit=MOST_OPEN)


def require_person(ticket: Ticket) -> None:
    """What is forgotten is not written anew."""
    if not ticket.subject:
        raise PersonLeft


def lock_ticket(ticket_id: UUID, **of: Any) -> Ticket:
    """Raises NotFound, for a stranger's too."""
    ticket = Ticket.objects.select_for_update().annotate(now=Now()).filter(pk=ticket_id, **of).first()
    if ticket is None:
        raise NotFound(_("There is no such ticket."))
    return ticket


def now_of(ticket: Ticket) -> datetime:
    """The database's time when the ticket was locked."""
    return cast(datetime, ticket.now)  # type: ignore[attr-defined]  # of lock_ticket


def was_done(ticket: Ticket, author_id: UUID, key: str) -> bool:
    return Message.objects.filter(ticket=ticket, author_id=author_id, key=key).exists()


def write(ticket: Ticket, now: datetime, **facts: Any) -> None:
    Message.objects.create(ticket=ticket, created_at=now, **facts)


def move(ticket: Ticket, state: str, now: datetime) -> Ticket:
    """Into a state, with the times that go with it. Who already waits for an answer waits no longer than before."""
    ticket.state = state
    awaited = ticket.answer_due_at or sla.due_at(ticket.tier, now)
    ticket.answer_due_at = awaited if state == State.OPEN else None
    ticket.closed_at = now if state == State.CLOSED else None
    ticket.updated_at = now
    ticket.save(update_fields=["state", "answer_due_at", "first_answered_at", "closed_at", "updated_at"])
    return ticket

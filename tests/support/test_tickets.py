"""A ticket's life: opened, answered, closed, opened again; each act once however often it is asked for."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from avatarg.errors import InvalidInput, NotFound
from support import tickets
from support.errors import ConversationFull, TooManyTickets
from support.models import Message, Ticket
from tests import together
from tests.jobs import acts
from tests.support import desk


def state_of(ticket: Ticket) -> tuple[str, bool, bool]:
    """Its state, whether it waits for an answer, whether it has an end."""
    now = desk.again(ticket)
    return now.state, now.answer_due_at is not None, now.closed_at is not None


def test_a_ticket_is_open_and_holds_what_was_asked(alice):
    ticket = desk.opened(alice, subject="  A \r\n picture\tis  missing ", text="  Where is\nit? ", topic="account")

    assert (ticket.user, ticket.subject, ticket.topic, ticket.job_id) == (
        alice,
        "A picture is missing",
        "account",
        None,
    )
    assert state_of(ticket) == ("open", True, False)
    assert desk.said(ticket) == [("person", "", "Where is\nit?")]


def test_its_whole_way(alice, operator):
    ticket = desk.opened(alice, text="One")
    assert state_of(desk.answered(ticket, operator, text="Two")) == ("answered", False, False)
    assert state_of(desk.replied(ticket, text="Three")) == ("open", True, False)
    assert state_of(desk.answered(ticket, operator, text="Four", close=True)) == ("closed", False, True)
    tickets.reopen_ticket(user_id=alice.pk, ticket_id=ticket.pk, key=desk.key())
    assert state_of(ticket) == ("open", True, False)
    assert state_of(desk.closed(ticket)) == ("closed", False, True)
    assert state_of(desk.replied(ticket, text="Five")) == ("open", True, False)
    tickets.close_ticket(operator_id=operator.pk, ticket_id=ticket.pk, key=desk.key())
    assert state_of(ticket) == ("closed", False, True)
    assert state_of(desk.answered(ticket, operator, text="Six")) == ("answered", False, False)

    assert desk.said(ticket) == [
        ("person", "", "One"), ("support", "", "Two"), ("person", "", "Three"), ("support", "closed", "Four"),
        ("person", "reopened", ""), ("person", "closed", ""), ("person", "reopened", "Five"), ("support", "closed", ""),
        ("support", "", "Six"),
    ]  # fmt: skip


def test_a_note_changes_nothing_else(alice, operator):
    ticket = desk.opened(alice)
    before = Ticket.objects.values().get()
    assert tickets.add_note(operator_id=operator.pk, ticket_id=ticket.pk, key=desk.key(), text="Known to us.")

    assert Ticket.objects.values().get() == before
    assert desk.said(ticket)[1:] == [("note", "", "Known to us.")]


def test_who_answered_is_recorded(alice, bob, operator):
    ticket = desk.opened(alice)
    desk.answered(ticket, operator)
    desk.answered(ticket, bob)

    authors = Message.objects.filter(ticket=ticket).order_by("id").values_list("author__email", flat=True)
    assert list(authors) == ["alice@example.test", "operator@example.test", "bob@example.test"]


def test_the_same_form_opens_one_ticket_whatever_happened_since(alice, bob):
    first = desk.opened(alice, key="one")
    desk.closed(first)
    second = desk.opened(alice, key="one")
    theirs = desk.opened(bob, key="one")

    assert second.pk == first.pk != theirs.pk
    assert Ticket.objects.filter(user=alice).count() == 1
    assert state_of(first) == ("closed", False, True)


def test_the_same_form_replies_answers_and_presses_once(alice, operator):
    ticket = desk.opened(alice)
    for _ in range(2):
        desk.replied(ticket, key="reply")
    for _ in range(2):
        desk.answered(ticket, operator, key="answer")
    for _ in range(2):
        desk.closed(ticket, key="close")
    desk.answered(ticket, operator, key="answer", close=True)
    assert state_of(ticket) == ("closed", False, True)
    for _ in range(2):
        tickets.reopen_ticket(user_id=alice.pk, ticket_id=ticket.pk, key="open")
    desk.closed(ticket, key="later")
    tickets.reopen_ticket(user_id=alice.pk, ticket_id=ticket.pk, key="open")  # an old form, sent again

    assert state_of(ticket) == ("closed", False, True)
    assert [act for _, act, _ in desk.said(ticket)] == ["", "", "", "closed", "reopened", "closed"]


def test_an_operators_second_press_says_that_it_did_nothing(alice, operator):
    ticket = desk.opened(alice)
    by = {"operator_id": operator.pk, "ticket_id": ticket.pk, "key": "k"}

    assert [tickets.add_note(**by, text="x") for _ in range(2)] == [True, False]
    assert [tickets.answer(**by | {"key": "a"}, text="x") for _ in range(2)] == [True, False]
    assert [tickets.close_ticket(**by | {"key": key}) for key in "cd"] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_four_sendings_at_once_open_one_ticket_and_write_one_message(alice):
    opened = together.at_once([lambda: desk.opened(alice, key="one", subject="Same").pk] * 4)
    [ticket] = Ticket.objects.all()
    together.at_once([lambda: desk.replied(ticket, key="reply").pk] * 4)

    assert opened == [ticket.pk] * 4
    assert len(desk.said(ticket)) == 2


@pytest.mark.django_db(transaction=True)
def test_eight_different_ones_at_once_do_not_pass_the_limit_together(alice):
    done = together.at_once([lambda: desk.opened(alice)] * 8)

    assert sum(isinstance(one, TooManyTickets) for one in done) == 3
    assert Ticket.objects.count() == tickets.MOST_OPEN == 5


def test_the_sixth_open_ticket_is_refused_until_one_is_answered_or_closed(alice, bob, operator):
    first, second, *_ = [desk.opened(alice) for _ in range(5)]
    with pytest.raises(TooManyTickets, match="There may be 5 open tickets at a time"):
        desk.opened(alice)
    desk.opened(bob)

    desk.closed(first)
    sixth = desk.opened(alice)
    with pytest.raises(TooManyTickets):
        tickets.reopen_ticket(user_id=alice.pk, ticket_id=first.pk, key=desk.key())
    with pytest.raises(TooManyTickets):
        desk.replied(first)
    assert state_of(first) == ("closed", False, True)
    desk.answered(sixth, operator)
    desk.opened(alice)
    desk.replied(second)  # in one that is open there is always room
    desk.replied(sixth)


def test_a_conversation_has_an_end(alice, operator, monkeypatch):
    monkeypatch.setattr(tickets, "MOST_MESSAGES", 3)
    ticket = desk.opened(alice)
    desk.replied(ticket)
    desk.replied(ticket, key="third")
    with pytest.raises(ConversationFull):
        desk.replied(ticket)

    desk.replied(ticket, key="third")
    assert desk.answered(ticket, operator).state == "answered"
    assert desk.closed(ticket).state == "closed"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"subject": " \n "}, "subject"), ({"subject": "x" * 121}, "subject"), ({"text": " "}, "text"),
        ({"text": "x" * 5001}, "text"), ({"text": "\x00"}, "text"), ({"topic": "weather"}, "topic"),
    ],
)  # fmt: skip
def test_what_is_empty_too_long_or_unknown_is_refused_by_its_field(alice, facts, field):
    with pytest.raises(InvalidInput) as refused:
        desk.opened(alice, **facts)
    assert list(refused.value.metadata["fields"]) == [field]
    assert Ticket.objects.count() == 0


def test_the_longest_words_fit(alice):
    ticket = desk.opened(alice, subject="x" * 120, text="y" * 5000)
    assert (len(desk.again(ticket).subject), len(desk.said(ticket)[0][2])) == (120, 5000)


def test_a_ticket_is_about_the_own_job_and_outlives_it(alice):
    job = acts.finished(alice)
    job_id = job.pk
    desk.opened(alice, topic="job", job_id=job_id)
    job.delete()
    assert Ticket.objects.get().job_id == job_id


def test_a_strangers_job_is_refused_as_one_that_does_not_exist(alice, bob):
    theirs = acts.finished(bob)
    sentences = set()
    for job_id in (theirs.pk, uuid4()):
        with pytest.raises(NotFound) as refused:
            desk.opened(alice, topic="job", job_id=job_id)
        sentences.add(refused.value.message)

    assert len(sentences) == 1
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("act", ["reply", "close_own_ticket", "reopen_ticket"])
def test_nobody_does_anything_to_anothers_ticket(alice, bob, act):
    ticket = desk.closed(desk.opened(alice)) if act == "reopen_ticket" else desk.opened(alice)
    before = desk.said(ticket)
    words = {"text": "Mine?"} if act == "reply" else {}
    for ticket_id in (ticket.pk, uuid4()):
        with pytest.raises(NotFound, match="There is no such ticket"):
            getattr(tickets, act)(user_id=bob.pk, ticket_id=ticket_id, key=desk.key(), **words)

    assert desk.said(ticket) == before


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "answered"}, {"state": "closed"}, {"answer_due_at": None}, {"tier": "GOLD"},
        {"closed_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)  # fmt: skip
def test_the_database_keeps_state_and_times_together(alice, facts):
    ticket = desk.opened(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**facts)

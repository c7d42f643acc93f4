"""Who leaves is forgotten in their tickets too."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from accounts import people
from avatarg.errors import NotFound
from notifications.models import Notification
from support import tickets
from support.errors import PersonLeft
from support.models import Message, Ticket
from tests import together
from tests.notifications import post
from tests.support import desk


def test_every_word_goes_and_the_times_stay(alice, bob, operator):
    mine = desk.answered(
        desk.opened(alice, subject="My name is Alice", text="I live here"), operator, text="Dear Alice"
    )
    waiting, theirs = desk.opened(alice), desk.opened(bob, subject="Bob's", text="Bob's words")
    kept = (
        Ticket.objects.filter(user=alice)
        .order_by("pk")
        .values_list("created_at", "due_at", "first_answered_at", "tier")
    )
    before = list(kept)

    for _ in range(2):
        people.anonymise(alice)

    assert list(kept) == before
    assert set(Ticket.objects.filter(user=alice).values_list("subject", "state", "answer_due_at")) == {
        ("", "closed", None)
    }
    assert set(Message.objects.filter(ticket__user=alice).values_list("text", flat=True)) == {""}
    assert len(desk.said(mine)) == 2
    assert desk.again(waiting).closed_at is not None
    assert desk.said(theirs) == [("person", "", "Bob's words")]
    assert desk.again(theirs).subject == "Bob's"


def test_the_end_of_a_closed_ticket_stays_when_it_was(alice):
    ticket = desk.closed(desk.opened(alice))
    people.anonymise(alice)
    assert desk.again(ticket).closed_at == ticket.closed_at


def test_when_forgetting_fails_nothing_of_it_happens(alice, settings):
    settings.FORGETS = ["support.tickets.forget_texts", "tests.support.test_leaving.fail"]
    desk.opened(alice, subject="Words")
    with pytest.raises(RuntimeError):
        people.anonymise(alice)

    assert Ticket.objects.get().subject == "Words"
    alice.refresh_from_db()
    assert (alice.email, alice.is_active) == ("alice@example.test", True)


def fail(_user_id: object) -> None:
    raise RuntimeError


def test_every_function_that_forgets_is_there():
    assert settings.FORGETS == ["support.tickets.forget_texts"]
    assert all(callable(import_string(name)) for name in settings.FORGETS)


def test_who_left_opens_and_writes_nothing_more(alice):
    ticket = desk.opened(alice)
    people.anonymise(alice)
    for act in (lambda: desk.opened(alice), lambda: desk.replied(ticket)):
        with pytest.raises(NotFound):
            act()


@pytest.mark.django_db(transaction=True)
def test_words_that_come_while_somebody_leaves_do_not_stay(alice):
    ticket = desk.opened(alice)
    together.at_once([lambda: people.anonymise(alice), *[lambda: desk.replied(ticket)] * 4, lambda: desk.opened(alice)])

    assert set(Message.objects.values_list("text", flat=True)) == {""}
    assert set(Ticket.objects.values_list("subject", "state")) == {("", "closed")}


def test_no_mail_about_it_goes_out_any_more(alice, operator):
    desk.answered(desk.opened(alice), operator)
    people.anonymise(alice)
    post.notify()
    assert not Notification.objects.filter(user=alice, kind="support").exists()


def test_operators_write_no_more_about_who_has_left(alice, operator):
    ticket = desk.answered(desk.opened(alice), operator, key="before")
    people.anonymise(alice)
    by = {"operator_id": operator.pk, "ticket_id": ticket.pk, "text": "Dear Alice"}
    for act in (tickets.answer, tickets.add_note):
        with pytest.raises(PersonLeft):
            act(**by, key="after")

    assert set(Message.objects.values_list("text", flat=True)) == {""}

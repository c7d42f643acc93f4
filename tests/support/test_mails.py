"""The person's mails: one for each answer or end by an operator, with what was written as text and nothing else."""

import pytest
from django.core import mail
from django.db import connection

from notifications import due
from notifications.models import Notification
from support import tickets
from tests.notifications import post
from tests.notifications.test_due import FACTS
from tests.support import desk


@pytest.fixture(autouse=True)
def welcomed(alice, bob, operator) -> None:
    post.notify()
    mail.outbox.clear()


def test_an_answer_is_told_once_with_its_words_and_the_way_to_it(alice, operator):
    ticket = desk.answered(desk.opened(alice, subject="No sound"), operator, text="One thing.\n\nAnother.")
    for _ in range(3):
        post.notify()

    [letter] = post.mails_to(alice)
    assert letter.subject == "We have answered your ticket"
    assert f"http://localhost:8000/dashboard/support/{ticket.pk}\n" in letter.body
    assert [line for line in letter.body.splitlines() if line][:4] == ["Hello,", "One thing.", "Another.", "> No sound"]
    assert "closed" not in letter.body
    assert "operator@" not in letter.body + post.html_of(letter)
    assert [one.to for one in mail.outbox] == [["alice@example.test"]]


def test_an_answer_that_closes_is_one_mail_and_a_wordless_end_is_one(alice, operator):
    desk.answered(desk.opened(alice), operator, text="Done.", close=True)
    post.notify()
    ended = desk.opened(alice)
    tickets.close_ticket(operator_id=operator.pk, ticket_id=ended.pk, key="k")
    post.notify()

    assert post.subjects(alice) == ["We have answered your ticket", "Your ticket is closed"]
    assert all("Your ticket is closed. Something left?" in one.body for one in post.mails_to(alice))


def test_every_answer_is_news_and_several_at_once_are_all_told(alice, bob, operator):
    ticket = desk.opened(alice)
    for words in ("First", "Second"):
        desk.answered(ticket, operator, text=words)
    desk.answered(desk.opened(bob), operator, text="Third")
    post.notify()

    assert ["First" in post.mails_to(alice)[0].body, "Second" in post.mails_to(alice)[1].body] == [True, True]
    assert (len(post.subjects(alice)), len(post.subjects(bob))) == (2, 1)


def test_notes_and_what_the_person_does_are_no_news_to_them(alice, operator):
    ticket = desk.replied(desk.opened(alice))
    tickets.add_note(operator_id=operator.pk, ticket_id=ticket.pk, key="n", text="Between us")
    desk.closed(ticket)
    post.notify()
    assert mail.outbox == []


def test_a_ticket_that_was_opened_again_is_not_told_to_be_closed(alice, operator):
    ticket = desk.opened(alice)
    tickets.close_ticket(operator_id=operator.pk, ticket_id=ticket.pk, key="k")
    due.record_due()
    desk.replied(ticket)
    post.notify()

    assert mail.outbox == []
    assert list(post.states(alice, "support").values()) == ["skipped"]


def test_the_mails_can_be_turned_off(alice, operator):
    post.turn(alice, support=False)
    desk.answered(desk.opened(alice), operator)
    post.notify()
    post.turn(alice, support=True)
    post.notify()

    assert mail.outbox == []
    assert list(post.states(alice, "support").values()) == ["skipped"]


def test_words_are_text_in_both_parts_and_never_in_a_header(alice, operator):
    evil = '<a href="https://evil.example">x</a>'
    desk.answered(desk.opened(alice, subject=f"{evil}\r\nBcc: all@example.test"), operator, text=f"{evil}\nBcc: x@y.z")
    post.notify()

    [letter] = post.mails_to(alice)
    assert evil in letter.body
    assert "&lt;a href=" in post.html_of(letter)
    assert "evil.example&quot;&gt;" in post.html_of(letter)
    assert (letter.bcc, letter.cc, letter.recipients()) == ([], [], ["alice@example.test"])
    headers = letter.message().as_string().partition("\n\n")[0]
    assert "evil" not in headers
    assert "Bcc" not in headers


def test_a_long_answer_is_cut_in_the_mail(alice, operator):
    desk.answered(desk.opened(alice), operator, text="x" * 5000)
    post.notify()
    assert f"{'x' * 2000}\N{HORIZONTAL ELLIPSIS}\n" in post.mails_to(alice)[0].body


def test_answers_are_found_by_their_index(explain):
    plan = explain(due.RECORD.replace("{found}", due.ANSWERED), FACTS)

    assert "message_of_support" in plan
    assert "Seq Scan" not in plan


def test_old_answers_are_no_news(alice, operator):
    desk.answered(desk.opened(alice), operator)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE support_message SET created_at = created_at - interval '25 hours'")
    post.notify()

    assert not Notification.objects.filter(kind="support").exists()

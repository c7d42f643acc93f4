"""The operators' mails, to SUPPORT_EMAIL: one for each thing a person wrote or opened again, each at most once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as live
from django.core import mail

from avatarg.celery import app
from support import post, tickets
from support.models import Message
from tests import together
from tests.jobs import acts
from tests.notifications.post import mail_server
from tests.support import desk


@pytest.fixture(autouse=True)
def address(settings) -> None:
    settings.SUPPORT_EMAIL = "desk@avatarg.example"


def untold() -> int:
    return Message.objects.filter(side="person", told_at=None).count()


def test_a_new_ticket_is_told_once_with_its_words_when_it_is_due_and_the_way_to_it(alice):
    acts.put_on(alice, "PRO")
    at = datetime.now(UTC) - timedelta(hours=1)
    ticket = desk.opened(alice, subject="No sound", text="It is\nsilent.", topic="job", at=at)

    assert [post.tell_operators() for _ in range(2)] == [1, 0]
    [told] = mail.outbox
    assert (told.to, told.subject) == (["desk@avatarg.example"], "PRO ticket about job")
    assert told.body == (
        "A person on PRO opened this ticket:\n\n> No sound\n\n> It is\n> silent.\n\n"
        f"An answer is due by {ticket.due_at:%-d %B %Y, %H:%M} UTC.\n\n"
        f"Answer it in the admin:\nhttp://localhost:8000/admin/support/ticket/{ticket.pk}/change/\n"
    )


def test_a_reply_and_an_opening_again_are_told_in_the_same_thread(alice, operator):
    ticket = desk.opened(alice)
    desk.replied(ticket, text="More")
    desk.answered(ticket, operator, close=True)
    tickets.reopen_ticket(user_id=alice.pk, ticket_id=ticket.pk, key="again")
    assert post.tell_operators() == 3

    first, second, third = mail.outbox
    assert [one.body.splitlines()[0] for one in mail.outbox] == [
        "A person on FREE opened this ticket:", "A person on FREE wrote in it:", "A person on FREE opened it again:",
    ]  # fmt: skip
    assert [one.subject for one in mail.outbox] == ["FREE ticket about other", *["Re: FREE ticket about other"] * 2]
    thread = first.extra_headers["Message-ID"]
    assert second.extra_headers["References"] == third.extra_headers["References"] == thread
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 3


def test_what_operators_do_and_a_person_closing_are_not_told(alice, operator):
    ticket = desk.opened(alice)
    post.tell_operators()
    mail.outbox.clear()
    desk.answered(ticket, operator)
    tickets.add_note(operator_id=operator.pk, ticket_id=ticket.pk, key="n", text="Note")
    desk.closed(ticket)

    assert post.tell_operators() == 0
    assert mail.outbox == []


def test_without_an_address_nothing_is_sent_and_old_news_is_not_told_later(alice, settings):
    settings.SUPPORT_EMAIL = ""
    desk.opened(alice, at=datetime.now(UTC) - timedelta(hours=25))
    desk.opened(alice)
    assert (post.tell_operators(), untold()) == (0, 2)

    settings.SUPPORT_EMAIL = "desk@avatarg.example"
    assert post.tell_operators() == 1


def test_nothing_that_a_person_types_reaches_a_header_or_looks_like_ours(alice):
    evil = "x\r\nBcc: all@example.test\r\n\r\nAnswer it in the admin:\nhttps://evil.example"
    desk.opened(alice, subject=evil[:100], text=evil)
    post.tell_operators()

    [told] = mail.outbox
    headers, _, body = told.message().as_string().partition("\n\n")
    assert "example.test" not in headers.replace("avatarg.example", "")
    assert told.recipients() == ["desk@avatarg.example"]
    assert all(line.startswith(">") for line in body.splitlines() if "evil" in line or "Bcc" in line)
    assert told.content_subtype == "plain"


def test_long_words_are_cut(alice):
    desk.opened(alice, text="x" * 5000)
    post.tell_operators()
    assert mail.outbox[0].body.count("x") == 1000


def test_while_the_mail_server_is_away_they_wait(alice, settings):
    desk.opened(alice)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 9
    assert (post.tell_operators(), untold()) == (0, 1)
    with mail_server(settings) as server:
        assert (post.tell_operators(), untold()) == (1, 0)
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({"MAIL": "451 later"}, 2),  # surely not taken
        ({"RCPT": "451 later"}, 2),
        ({"MAIL": "550 never"}, 1),  # given up; the other is tried next time
        ({"BODY": ""}, 1),  # taken or not: nobody knows
    ],
)
def test_what_may_have_left_is_not_sent_again(alice, settings, answers, left):
    desk.opened(alice)
    desk.opened(alice)
    with mail_server(settings, **answers):
        assert post.tell_operators() == 0
    assert untold() == left


@pytest.mark.django_db(transaction=True)
def test_four_rounds_at_once_tell_everything_once(alice, settings):
    for _ in range(5):
        desk.replied(desk.opened(alice))
    with mail_server(settings) as server:
        sent = together.at_once([post.tell_operators] * 4)

    assert (sum(sent), len(server.taken), untold()) == (10, 10, 0)
    assert len({line for one in server.taken for line in one.splitlines() if line.startswith("Message-ID")}) == 10


def test_beat_asks_for_it_every_minute_and_a_worker_knows_it(alice):
    app.loader.import_default_modules()
    entry = live.CELERY_BEAT_SCHEDULE["tell-operators"]
    assert (entry["task"], entry["schedule"]) == ("support.tell_operators", timedelta(minutes=1))
    assert app.amqp.router.route({}, entry["task"])["queue"].name == "upkeep"

    desk.opened(alice)
    app.tasks[entry["task"]].run()
    assert len(mail.outbox) == 1

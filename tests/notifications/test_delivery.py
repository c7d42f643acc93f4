"""Sending: at most once, again only when surely nothing left, with as many queries for many people as for few."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notifications import delivery, due
from notifications.models import Notification
from tests.credits import acts
from tests.notifications import post

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def row(user) -> Notification:
    return Notification.objects.get(user=user)


@pytest.fixture
def nobody_listens(settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 9


def test_what_the_server_takes_is_a_mail_of_two_parts_with_a_way_out(alice, settings):
    with post.mail_server(settings) as server:
        post.notify()

    [taken] = server.taken
    assert "To: alice@example.test" in taken
    assert 'Content-Type: text/plain; charset="utf-8"' in taken
    assert 'Content-Type: text/html; charset="utf-8"' in taken
    assert "\nList-Unsubscribe: <http://localhost:8000/mail/off/" in taken.replace("\r\n ", "")
    assert "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in taken
    assert "\nAuto-Submitted: auto-generated\r\n" in taken


@pytest.mark.usefixtures("nobody_listens")
def test_while_the_mail_server_is_away_mails_wait_longer_each_time(alice, bob, settings):
    post.notify()
    assert (row(alice).state, row(alice).attempts, row(alice).error) == ("waiting", 1, "ConnectionRefusedError")
    assert (row(bob).state, row(bob).attempts) == ("waiting", 1)
    waits = [row(alice).due_at - datetime.now(UTC)]
    post.notify()
    assert row(alice).attempts == 1

    for _ in range(4):
        post.retry_now()
        post.notify()
        waits.append(row(alice).due_at - datetime.now(UTC))
    assert [round(wait.total_seconds() / 60) for wait in waits] == [1, 5, 15, 60, 240]

    settings.EMAIL_BACKEND = LOCMEM
    post.retry_now()
    post.notify()
    assert [row(one).state for one in (alice, bob)] == ["sent", "sent"]
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("nobody_listens")
def test_after_the_sixth_try_a_mail_is_given_up(alice):
    for _ in range(7):
        post.notify()
        post.retry_now()

    assert (row(alice).state, row(alice).attempts) == ("failed", 6)


def test_a_server_that_says_later_is_asked_again(alice, settings):
    with post.mail_server(settings, RCPT="450 greylisted") as server:
        post.notify()
    assert (row(alice).state, row(alice).error, server.taken) == ("waiting", "SMTPRecipientsRefused 450", [])

    post.retry_now()
    with post.mail_server(settings) as server:
        post.notify()
    assert (row(alice).state, len(server.taken)) == ("sent", 1)


def test_a_server_that_says_no_is_not_asked_again_and_the_address_is_not_kept(alice, settings):
    with post.mail_server(settings, RCPT="550 no such user") as server:
        post.notify()
        post.retry_now()
        post.notify()

    assert (row(alice).state, row(alice).error, server.taken) == ("failed", "SMTPRecipientsRefused 550", [])


def test_one_bad_address_keeps_nobody_from_their_mail(alice, bob, settings):
    User.objects.filter(pk=alice.pk).update(email="a" * 70 + "\u00e9@example.test")
    with post.mail_server(settings) as server:
        post.notify()

    assert row(alice).state in {"failed", "sent"}
    assert row(bob).state == "sent"
    assert any("bob@example.test" in one for one in server.taken)


def test_a_connection_that_breaks_after_the_mail_was_given_is_not_tried_again(alice, bob, settings):
    settings.EMAIL_TIMEOUT = 1
    with post.mail_server(settings, BODY="") as server:
        post.notify()
        post.retry_now()
        post.notify()

    assert len(server.taken) == 2
    assert {row(one).state for one in (alice, bob)} == {"failed"}


def test_a_worker_that_died_while_sending_leaves_mails_that_nobody_sends_again(alice):
    due.record_due()
    assert [one.user for one in delivery.claim()] == [alice]
    post.notify()
    assert (row(alice).state, mail.outbox) == ("sending", [])

    Notification.objects.update(due_at=datetime.now(UTC) - timedelta(seconds=1))
    post.notify()
    assert (row(alice).state, mail.outbox) == ("failed", [])


def test_when_time_is_up_the_rest_waits_without_losing_a_try(alice):
    due.record_due()
    sending = delivery.Round(delivery.claim(), ends=0)

    assert sending.run() == 0
    assert (row(alice).state, row(alice).attempts) == ("waiting", 0)
    assert delivery.send_due() == 1


def test_what_ends_the_worker_in_the_middle_of_a_mail_counts_as_given(alice, bob, monkeypatch):
    def cut_short(*_args):
        raise SystemExit

    due.record_due()
    sending = delivery.Round(delivery.claim(), ends=float("inf"))
    monkeypatch.setattr(sending.connection, "send_messages", cut_short)
    with pytest.raises(SystemExit):
        sending.run()

    assert (row(alice).state, row(bob).state, row(bob).attempts) == ("failed", "waiting", 0)


def test_twenty_five_people_take_as_many_queries_as_three(db):
    def queries_for(count: int) -> int:
        people = User.objects.bulk_create(User(email=f"{count}-{one}@example.test") for one in range(count))
        for one in people:
            acts.charge(one, 80)
            post.turn(one, job_done=True)
        before = len(mail.outbox)
        with CaptureQueriesContext(connection) as asked:
            post.notify()
        assert len(mail.outbox) - before == 2 * count
        return len(asked)

    assert queries_for(3) == queries_for(25)


def test_old_rows_are_forgotten_after_400_days(alice, bob):
    post.notify()
    Notification.objects.filter(user=alice).update(created_at=datetime.now(UTC) - timedelta(days=401))
    Notification.objects.filter(user=bob).update(created_at=datetime.now(UTC) - timedelta(days=399))

    assert delivery.prune() == 1
    assert list(Notification.objects.values_list("user", flat=True)) == [bob.pk]


def test_what_an_smtp_error_says_of_the_address_is_left_out():
    refused = smtplib.SMTPRecipientsRefused({"alice@example.test": (550, b"alice@example.test unknown")})

    assert delivery.named(refused) == "SMTPRecipientsRefused 550"

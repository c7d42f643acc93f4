"""Welcome: once to everybody who is new."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts import people
from accounts.models import User
from notifications import migrations
from notifications.models import Notification
from tests import together
from tests.notifications import post


def test_a_new_user_is_welcomed_once_however_often_it_is_looked(alice):
    for _ in range(3):
        post.notify()

    [welcome] = post.mails_to(alice)
    assert welcome.subject == "Welcome to Avatar G"
    assert "the FREE plan, with 100 credits every month" in welcome.body
    assert "http://localhost:8000/dashboard\n" in welcome.body
    assert post.states(alice, "welcome") == {"welcome": "sent"}


def test_who_joined_more_than_a_week_ago_is_not_new(alice, bob):
    User.objects.filter(pk=bob.pk).update(date_joined=datetime.now(UTC) - timedelta(days=8))
    post.notify()

    assert [one.to for one in mail.outbox] == [["alice@example.test"]]


def test_who_was_here_before_the_mails_is_told_nothing_old(alice, bob, owner_connection):
    past_due = {"status": "past_due", "metadata": {}}
    post.subscribe(alice, **past_due)
    post.subscribe(bob, cancel_at_period_end=True)
    owner_connection.execute((Path(migrations.__file__).parent / "0002_old_news.sql").read_text())
    post.notify()

    assert mail.outbox == []
    assert set(Notification.objects.values_list("state", flat=True)) == {"skipped"}


def test_people_who_left_get_none(alice, bob):
    people.anonymise(alice)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    post.notify()

    assert mail.outbox == []


def test_who_leaves_before_the_mail_goes_gets_none(alice, settings):
    with post.mail_server(settings, MAIL="451 later"):
        post.notify()
    people.anonymise(alice)
    post.retry_now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    post.notify()

    assert mail.outbox == []
    assert post.states(alice, "welcome") == {"welcome": "skipped"}


def test_where_addresses_must_be_confirmed_the_welcome_waits_for_it(alice, bob, charlie, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    own = EmailAddress.objects.create(user=alice, email="Alice@Example.test", verified=False, primary=True)
    EmailAddress.objects.create(user=charlie, email="another@example.test", verified=True)
    post.notify()
    assert mail.outbox == []

    EmailAddress.objects.filter(pk=own.pk).update(verified=True)
    post.notify()
    assert [one.to for one in mail.outbox] == [["alice@example.test"]]


@pytest.mark.django_db(transaction=True)
def test_four_rounds_at_once_welcome_everybody_once(settings):
    people = User.objects.bulk_create(User(email=f"{number}@example.test") for number in range(30))
    with post.mail_server(settings) as server:
        assert together.at_once([post.notify] * 4) == [None] * 4

    told = sorted(line for one in server.taken for line in one.splitlines() if line.startswith("To: "))
    assert told == sorted(f"To: {one.email}" for one in people)
    assert set(Notification.objects.values_list("state", "attempts")) == {("sent", 1)}

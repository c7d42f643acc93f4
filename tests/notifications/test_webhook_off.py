"""A webhook endpoint that was switched off by itself: its owner is told, once, while it is so."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from hooks.models import Endpoint
from tests.notifications import post

OFF = "A webhook of yours was switched off"


@pytest.mark.parametrize(("because", "reason"), [
    ("failing", "nothing that we sent to it was taken for three days"), ("gone", "it answered 410 Gone"),
])  # fmt: skip
def test_its_owner_is_told_once_which_one_and_why(welcomed, bob, because, reason):
    endpoint = post.gave_up(welcomed, because)
    post.notify()
    post.notify()

    [told] = post.mails_to(welcomed)
    assert told.subject == OFF
    assert f"The endpoint below was switched off: {reason}" in told.body
    assert "> https://example.com/hook\n" in told.body
    assert f"/dashboard/settings/webhooks/{endpoint.pk}\n" in told.body
    assert post.subjects(bob) == []


def test_what_people_switch_off_themselves_is_no_news(welcomed):
    for because in ("owner", "operator"):
        post.gave_up(welcomed, because)
    post.notify()
    assert post.subjects(welcomed) == []


def test_each_endpoint_and_each_time_is_told(welcomed):
    for _ in range(2):
        endpoint = post.gave_up(welcomed)
    post.notify()
    assert post.subjects(welcomed) == [OFF, OFF]

    Endpoint.objects.filter(pk=endpoint.pk).update(off_at=Now() + timedelta(seconds=1))
    post.notify()
    assert post.subjects(welcomed) == [OFF, OFF, OFF]


def test_what_works_again_before_the_mail_goes_is_not_told(welcomed, settings):
    endpoint = post.gave_up(welcomed)
    with post.mail_server(settings, MAIL="451 later"):
        post.notify()
    Endpoint.objects.filter(pk=endpoint.pk).update(off_at=None, off_because="")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    post.retry_now()
    post.notify()
    assert post.subjects(welcomed) == []


def test_what_is_older_than_a_day_is_no_news(welcomed):
    endpoint = post.gave_up(welcomed)
    Endpoint.objects.filter(pk=endpoint.pk).update(off_at=Now() - timedelta(days=1, minutes=1))
    post.notify()
    assert post.subjects(welcomed) == []

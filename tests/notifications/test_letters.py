"""What all mails have in common: the same in text and HTML, small, with nothing from elsewhere."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from accounts.models import Profile
from notifications import console, delivery
from notifications.kinds import KINDS
from notifications.models import Notification
from tests.credits import acts
from tests.dashboard import scenes
from tests.notifications import post
from tests.support import desk


@pytest.fixture
def everything(alice, bob, charlie) -> list[EmailMultiAlternatives]:
    """A mail of every kind."""
    post.turn(alice, job_done=True)
    post.ran_for(scenes.failed(alice), 60)
    acts.charge(alice, 80)
    acts.charge(bob, 100)
    post.subscribe(charlie, status="past_due", cancel_at_period_end=True, metadata={})
    desk.answered(desk.opened(bob), alice)
    post.gave_up(bob)
    post.notify()
    assert set(Notification.objects.values_list("kind", flat=True)) == set(KINDS)
    return list(mail.outbox)


def as_read(html: str) -> str:
    html = html[html.index("<body") :]
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&quot;", '"').replace("&#x27;", "'").split())


def test_the_html_says_what_the_text_says(everything):
    for one in everything:
        said = as_read(post.html_of(one))
        letter, _, _ = one.body.partition("\n-- \n")
        for line in filter(None, letter.splitlines()):
            if not line.startswith("http"):
                assert line.removeprefix("> ").removesuffix(":") in said, line
        assert set(re.findall(r"http://localhost:8000/\S*", one.body)) == set(
            re.findall(r'href="([^"]+)"', post.html_of(one))
        )


def test_nothing_is_fetched_and_nothing_is_large(everything):
    for one in everything:
        html = post.html_of(one)
        assert len(html.encode()) < 30_000
        assert not re.search(r"<(img|link|script|iframe|object|video|audio|form)|url\(|@import|src=", html)
        assert "prefers-color-scheme: dark" in html
        assert len(one.message().as_bytes()) < 40_000


def test_subjects_hold_no_numbers_and_are_one_line(everything):
    for one in everything:
        assert not re.search(r"[\d\r\n]", one.subject), one.subject


def test_links_begin_with_the_site_of_the_settings(alice, settings):
    settings.SITE_URL = "https://avatarg.example"
    post.notify()

    [told] = post.mails_to(alice)
    assert set(re.findall(r"https?://[^/\s\"]+", told.body + post.html_of(told))) == {"https://avatarg.example"}
    assert told.extra_headers["Message-ID"].endswith("@avatarg.example>")


def test_a_name_is_greeted_as_text(alice):
    Profile.objects.filter(pk=alice.pk).update(full_name="Alice\r\nBcc: x@y.test <b>Liddell</b>")
    post.notify()

    [told] = post.mails_to(alice)
    assert told.body.startswith("Hello Alice Bcc: x@y.test <b>Liddell</b>,\n")
    assert "Hello Alice Bcc: x@y.test &lt;b&gt;Liddell&lt;/b&gt;," in post.html_of(told)
    assert told.message()["Bcc"] is None


def test_a_mail_that_cannot_be_written_keeps_nobody_from_theirs(alice, bob, monkeypatch):
    write = delivery.letters.letter_for

    def break_for_alice(told, job=None):
        if told.user == alice:
            raise KeyError(told.kind)
        return write(told, job)

    monkeypatch.setattr(delivery.letters, "letter_for", break_for_alice)
    post.notify()

    assert (post.subjects(alice), post.subjects(bob)) == ([], ["Welcome to Avatar G"])
    assert post.states(alice, "welcome") == {"welcome": "failed"}


def test_without_a_mail_server_the_text_alone_is_printed(alice, settings, capsys):
    settings.EMAIL_BACKEND = f"{console.__name__}.EmailBackend"
    post.notify()
    printed = capsys.readouterr().out

    assert "Subject: Welcome to Avatar G" in printed
    assert "/mail/off/" in printed
    assert "<table" not in printed

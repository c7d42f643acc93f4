"""The way out: from the mail, without signing in, one kind at a time."""

import re
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.test import Client

from accounts import people
from accounts.models import Profile
from notifications import links
from notifications.kinds import KINDS, LOW_BALANCE, WELCOME
from tests.dashboard import test_markup
from tests.dashboard.page import Visitor, read
from tests.notifications import post

SITE = "http://localhost:8000"


def off(user, kind=WELCOME) -> str:
    return links.off_link(user.pk, kind).removeprefix(SITE)


def switches(user) -> dict:
    return Profile.objects.get(pk=user.pk).preferences


def test_the_link_in_the_footer_asks_and_its_button_turns_the_kind_off(alice):
    post.notify()
    [told] = post.mails_to(alice)
    [link] = re.findall(rf"{SITE}(/mail/off/\S+)", told.body)
    assert f'href="{SITE}{link}"' in post.html_of(told)
    assert told.extra_headers["List-Unsubscribe"] == f"<{SITE}{link}>"

    visitor = Visitor()
    page = visitor.get(link)
    assert page.status == 200
    assert "Turn these mails off? You would get no more mails of the kind “Welcome”." in page.text
    assert switches(alice) == {}

    test_markup.assert_sound(page)
    page = visitor.post(link)
    test_markup.assert_sound(page)
    assert page.status == 200
    assert "These mails are off" in page.text
    assert switches(alice) == {"mail": {"welcome": False}}


def test_a_mail_program_does_it_with_one_post_without_cookies_and_no_redirect(alice, bob):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(off(alice, LOW_BALANCE), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert switches(alice) == {"mail": {"low_balance": False}}
    assert switches(bob) == {}


def test_other_kinds_and_preferences_survive_and_again_is_the_same(alice):
    kept = {"theme": "dark", "future": [1], "mail": {"job_done": True, "later": "x"}}
    Profile.objects.filter(pk=alice.pk).update(preferences=kept)
    for _ in range(2):
        Client().post(off(alice))

    assert switches(alice) == kept | {"mail": kept["mail"] | {"welcome": False}}


def test_an_old_link_works_again_after_the_kind_was_switched_on(alice):
    link = off(alice)
    Client().post(link)
    post.turn(alice, welcome=True)
    Client().get(link)
    assert switches(alice)["mail"]["welcome"] is True

    Client().post(link)
    assert switches(alice)["mail"]["welcome"] is False


def forged(user) -> list[str]:
    token = off(user).removeprefix("/mail/off/")
    body, _, signature = token.rpartition(".")
    stranger = f"{uuid4().hex}.welcome"
    return [
        f"{body}.{signature[:-1]}x",
        f"{user.pk.hex}.low_balance.{signature}",
        f"{stranger}.{signature}",
        body,
        f"{body}.",
        Signer(sep=".", salt="something.else").sign(body),
        Signer(sep=".", key="another key", salt="notifications.unsubscribe").sign(body),
        Signer(sep=".", salt="notifications.unsubscribe").sign(f"{user.pk.hex}.unknown"),
        Signer(sep=".", salt="notifications.unsubscribe").sign("not-a-uuid.welcome"),
        "x",
    ]


def test_what_we_did_not_sign_is_not_found_and_changes_nothing(alice, bob):
    for token in forged(alice):
        for call in (Client().get, Client().post):
            assert call(f"/mail/off/{token}").status_code == 404, token

    assert switches(alice) == switches(bob) == {}


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(alice, method):
    assert getattr(Client(), method)(off(alice)).status_code == 405


def test_who_left_keeps_no_preferences(alice):
    link = off(alice)
    people.anonymise(alice)
    answer = read(Client().post(link))

    assert answer.status == 200
    assert switches(alice) == {}


def test_every_kind_has_a_link_of_its_own(alice):
    for kind in KINDS.values():
        Client().post(off(alice, kind))

    assert switches(alice) == {"mail": dict.fromkeys(KINDS, False)}

"""Where addresses are confirmed, no door tells whether somebody has an account: not by words, status, way or work."""

import re

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client

STRANGER = "nobody@example.test"
MADE_ANEW = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
ANOTHER = "another-password-of-the-cast"


@pytest.fixture(autouse=True)
def with_mail(settings, alice) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """A line for every password that was hashed, which is what takes time."""
    lines: list[str] = []
    kind = hashers.get_hasher("default").__class__
    encode = kind.encode

    def counted(self, *given, **named):
        lines.append("hashed")
        return encode(self, *given, **named)

    monkeypatch.setattr(kind, "encode", counted)
    return lines


def told(path: str, **form: str) -> tuple[object, ...]:
    """What a stranger sees in the end, less what is made anew each time and the address they wrote themselves."""
    client = Client()
    client.get(path)
    answer = client.post(path, form, follow=True)
    page = MADE_ANEW.sub("", answer.content.decode())
    address = form.get("email") or form.get("login") or ""
    return answer.status_code, answer.redirect_chain, page.replace(address, "them"), sorted(client.cookies)


def test_signing_up_with_a_known_address_looks_the_same(alice):
    known = told("/accounts/signup/", email=alice.email, password1=ANOTHER)
    unknown = told("/accounts/signup/", email=STRANGER, password1=ANOTHER)

    assert known == unknown
    assert [letter.to for letter in mail.outbox] == [[alice.email], [STRANGER]]


def test_signing_in_with_an_unknown_address_looks_like_a_wrong_password(alice):
    assert told("/accounts/login/", login=alice.email, password="wrong-password") == told(
        "/accounts/login/", login=STRANGER, password="wrong-password"
    )


def test_signing_in_takes_the_same_work(alice, hashed):
    told("/accounts/login/", login=alice.email, password="wrong-password")
    known, hashed[:] = len(hashed), []
    told("/accounts/login/", login=STRANGER, password="wrong-password")

    assert (known, len(hashed)) == (1, 1)


def test_asking_for_a_new_password_looks_the_same(alice):
    assert told("/accounts/password/reset/", email=alice.email) == told("/accounts/password/reset/", email=STRANGER)


def test_a_forged_link_for_a_new_password_looks_the_same_for_all(alice):
    paths = [f"/accounts/password/reset/key/{who}-forged/" for who in ("1", "zz", "0")]

    pages = {path: Client().get(path, follow=True).content.decode() for path in paths}

    assert len({MADE_ANEW.sub("", page.replace(path, "")) for path, page in pages.items()}) == 1

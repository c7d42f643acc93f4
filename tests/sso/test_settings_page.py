"""/dashboard/settings/sso."""

import pytest
from django.test import Client

from sso import connections
from sso.models import SingleSignOn
from tests.dashboard.page import read
from tests.together import at_once

PAGE = "/dashboard/settings/sso"
FACTS = {"domain": "@Acme.test", "issuer": "https://id.acme.test/", "client_id": "avatarg", "client_secret": "s3cret"}


@pytest.fixture
def member(owner, client):
    client.force_login(owner)
    return client


def test_a_plan_without_it_is_told_which_has_it(alice, client):
    client.force_login(alice)

    page = client.get(PAGE)

    assert b"comes with the ENTERPRISE plan." in page.content
    assert client.post(PAGE, FACTS).status_code == 403
    assert not SingleSignOn.objects.exists()


def test_a_form_sent_many_times_at_once_is_kept_once(transactional_db, owner):
    def send() -> int:
        client = Client()
        client.force_login(owner)
        return client.post(PAGE, FACTS).status_code

    assert at_once([send] * 4) == [303] * 4
    assert SingleSignOn.objects.count() == 1


def test_what_is_told_is_kept_and_waits_for_the_check(member, owner):
    assert member.post(PAGE, FACTS).status_code == 303

    kept = SingleSignOn.objects.get()
    assert (kept.owner, kept.domain, kept.issuer) == (owner, "acme.test", "https://id.acme.test")
    assert kept.checked_at is None
    page = member.get(PAGE).content.decode()
    assert f"/accounts/oidc/{kept.pk}/login/callback/" in page
    assert "Waits for our check of the domain" in page


def test_the_secret_is_sealed_and_shown_nowhere(member):
    member.post(PAGE, FACTS)

    kept = SingleSignOn.objects.get()
    assert "s3cret" not in kept.sealed_secret
    assert connections.secret_of(kept) == "s3cret"
    assert b"s3cret" not in member.get(PAGE).content


def test_an_empty_secret_keeps_the_one_that_is_there(member):
    member.post(PAGE, FACTS)

    member.post(PAGE, FACTS | {"client_secret": ""})

    assert connections.secret_of(SingleSignOn.objects.get()) == "s3cret"


def test_the_hint_speaks_of_a_saved_secret_once_there_is_one(member):
    before = member.get(PAGE).context["form"].fields["client_secret"].help_text
    member.post(PAGE, FACTS)
    after = member.get(PAGE).context["form"].fields["client_secret"].help_text

    assert (before, after) == (
        "Kept encrypted and never shown.",
        "Kept encrypted and never shown. Left empty, the one you saved stays.",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("domain", "not a domain"),
        ("domain", "localhost"),
        ("issuer", "http://id.acme.test"),
        ("issuer", "javascript:1"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(member, name, value):
    page = member.post(PAGE, FACTS | {name: value})

    assert page.status_code == 400
    assert list(page.context["form"].errors) == [name]
    assert b'value="avatarg"' in page.content
    assert not SingleSignOn.objects.exists()


def test_removing_it_opens_the_passwords_again(member):
    member.post(PAGE, FACTS)

    for _ in range(2):
        assert member.post(f"{PAGE}/remove").status_code == 303

    assert not SingleSignOn.objects.exists()


def test_whether_to_remove_it_is_asked_first(member):
    member.post(PAGE, FACTS)
    page = read(member.get(PAGE))

    [asked] = page.all("dialog")
    assert asked.text.startswith("Remove single sign-on?")
    assert [one.text for one in page.all("summary", data_dialog=asked.attributes["id"])] == ["Remove"]

"""Where a company asks for its own sign-in, a password opens nothing for its people."""

import pytest

from accounts.models import User
from tests.cast import PASSWORD


@pytest.fixture
def dora(db) -> User:
    return User.objects.create_user(email="dora@acme.test", password=PASSWORD)


def signed_in(client, email: str) -> bool:
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


def test_a_password_opens_while_it_is_not_required(sign_on, dora, client):
    sign_on()

    assert signed_in(client, dora.email)


def test_a_password_leads_to_the_companys_sign_in(sign_on, dora, client):
    sign_on(required=True)

    answer = client.post("/accounts/login/", {"login": dora.email, "password": PASSWORD})

    assert answer.headers["Location"] == "/accounts/sso"
    assert "_auth_user_id" not in client.session


def test_others_sign_in_as_ever(sign_on, bob, client):
    sign_on(required=True)

    assert signed_in(client, bob.email)


def test_the_owner_is_never_locked_out(sign_on, owner, client):
    sign_on(required=True, domain="example.test")

    assert signed_in(client, owner.email)


def test_an_operator_is_never_locked_out(sign_on, dora, client):
    sign_on(required=True)
    User.objects.filter(pk=dora.pk).update(is_staff=True)

    assert signed_in(client, dora.email)

"""Setting a second factor up: once, however often the form is sent, and its secrets in no cache."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD
from tests.dashboard.page import read
from tests.together import at_once

ACTIVATE, CODES = "/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/"


@pytest.fixture
def ready(transactional_db, alice) -> Client:
    """Somebody who has just shown who they are."""
    cache.clear()
    client = Client()
    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": ACTIVATE})
    return client


def code_on(client: Client) -> dict[str, str]:
    page = read(client.get(ACTIVATE))
    secret = next(one.attributes["value"] for one in page.all("input", id="authenticator_secret"))
    return {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))}


def same_browser(client: Client) -> Client:
    other = Client()
    other.cookies = client.cookies.copy()
    return other


def test_a_form_sent_many_times_at_once_sets_up_one(ready):
    told = code_on(ready)
    tabs = [same_browser(ready) for _ in range(4)]

    said = at_once([lambda tab=tab: tab.post(ACTIVATE, told)["Location"] for tab in tabs])

    assert said == [CODES] * 4
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]


def test_a_form_sent_once_more_leads_to_the_codes_and_not_to_taking_it_away(ready):
    told = code_on(ready)

    assert [ready.post(ACTIVATE, told)["Location"] for _ in range(2)] == [CODES] * 2


def test_no_cache_keeps_a_page_with_its_secrets(ready):
    pages = [ready.get(ACTIVATE)]
    ready.post(ACTIVATE, code_on(ready))
    pages += [ready.get(CODES), ready.get(f"{CODES}download/")]

    assert [page.status_code for page in pages] == [200] * 3
    assert ["no-store" in page["Cache-Control"] for page in pages] == [True] * 3

"""API keys as a person meets them: made and shown once, listed, revoked."""

import logging
import secrets
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey
from tests.dashboard.page import Page, Visitor
from tests.jobs import acts

KEYS = "/dashboard/settings/keys"
ANSWERS = {"name": "Nightly films", "scopes": ["read", "execute"], "days": "90", "budget": "", "budget_per": "month"}


@pytest.fixture(autouse=True)
def on_premium(alice) -> None:
    acts.put_on(alice, "PREMIUM")


def make(visit: Visitor, **answers: object) -> Page:
    return visit.post(KEYS, **{**ANSWERS, "once": secrets.token_urlsafe(), **answers})


def secret_of(page: Page) -> str:
    [secret] = page.texts("code", class_="secret")
    return secret


def given(user, **facts) -> ApiKey:
    return keys.make_key(user_id=user.pk, **{"name": "a program", "scopes": ["read"], **facts}).key


def errors_of(page: Page) -> list[str]:
    return page.texts("p", class_="error")


def test_settings_lead_there(visit):
    assert KEYS in visit.get("/dashboard/settings").links()
    assert visit.get(KEYS).texts("h1") == ["API keys"]


def test_a_key_is_made_and_shown_on_the_page_that_follows(alice, visit):
    page = make(visit)

    found = keys.key_for(secret_of(page))
    assert (page.status, found.user, found.name, found.scopes) == (201, alice, "Nightly films", ["read", "execute"])
    assert (found.budget, found.budget_per) == (None, "")
    assert timedelta(days=89) < found.expires_at - timezone.now() <= timedelta(days=90)
    assert "It is shown this once" in page.text
    assert "no-store" in page.response.headers["Cache-Control"]
    assert page.value("name") == ""


def test_a_key_is_shown_this_once_and_is_in_no_cookie_session_log_or_later_page(visit, caplog):
    caplog.set_level(logging.DEBUG)
    page = make(visit)
    secret = secret_of(page)

    assert page.html.count(secret) == 1
    for path in (KEYS, "/dashboard/settings", "/dashboard"):
        assert secret not in visit.get(path).html
    assert secret not in str(visit.client.cookies) + str(page.response.headers) + caplog.text
    assert all(secret not in str(session.get_decoded()) for session in Session.objects.all())


def test_the_same_form_sent_again_makes_no_second_key(visit):
    once = visit.get(KEYS).value("once")
    first, again = make(visit, once=once), make(visit, once=once)

    assert (first.status, again.status, ApiKey.objects.count()) == (201, 303, 1)
    told = visit.get(KEYS)
    assert "That form was sent before, and its key was shown then." in told.text
    assert secret_of(first) not in told.html
    assert first.value("once") not in {"", once}


def test_a_form_that_was_refused_makes_its_key_once_there_is_room(alice, visit):
    keys_there = [given(alice) for _ in range(20)]
    assert make(visit, once="the form").status == 409
    keys.revoke_key(user_id=alice.pk, key_id=keys_there[0].pk)
    assert make(visit, once="the form").status == 201


@pytest.mark.parametrize(("days", "least", "most"), [("30", 29, 30), ("365", 364, 365)])
def test_a_key_ends_when_it_was_asked_to(visit, days, least, most):
    make(visit, days=days)
    assert timedelta(days=least) < ApiKey.objects.get().expires_at - timezone.now() <= timedelta(days=most)


def test_a_key_may_have_no_end_one_scope_and_a_budget(visit):
    page = make(visit, days="0", scopes=["read"], budget="1500", budget_per="day")

    key = ApiKey.objects.get()
    assert (key.expires_at, key.scopes, key.budget, key.budget_per) == (None, ["read"], 1500, "day")
    assert "may read, 1,500 credits a day" in page.text
    assert "Without an end" in page.text


@pytest.mark.parametrize("answers", [
    {"name": ""}, {"name": "x" * 61}, {"scopes": []}, {"scopes": ["admin"]}, {"days": "7000"}, {"days": ""},
    {"budget": "0"}, {"budget": "-5"}, {"budget": "many"}, {"budget": str(10**12)},
    {"budget": "5", "budget_per": "year"}, {"name": "a\x00b"},
])  # fmt: skip
def test_a_wrong_answer_is_told_beside_its_field_and_makes_nothing(visit, answers):
    page = make(visit, **answers)

    assert (page.status, len(errors_of(page)), ApiKey.objects.count()) == (400, 1, 0)
    assert page.texts("code", class_="secret") == []


def test_the_twenty_first_key_is_refused_with_the_way_out(alice, visit):
    for _ in range(20):
        given(alice)
    page = make(visit)

    assert (page.status, ApiKey.objects.count()) == (409, 20)
    assert "There may be 20 keys at a time. Revoke one first." in page.text
    assert page.value("name") == "Nightly films"


def test_the_list_shows_the_letters_use_and_end_of_the_own_keys_only(alice, bob, visit):
    mine, theirs = given(alice, name="Mine"), given(bob, name="Theirs")
    ApiKey.objects.filter(pk=mine.pk).update(last_used_at=timezone.now() - timedelta(hours=3))
    given(alice, name="Old", expires_at=timezone.now() - timedelta(days=1))
    page = visit.get(KEYS)

    assert page.texts("code") == [f"{one.prefix}…" for one in keys.keys_of(alice.pk).order_by("created_at")]
    assert "3 hours ago" in page.text
    assert "Never" in page.text
    assert "Expired" in page.text
    assert theirs.prefix not in page.html
    assert all(one.hash not in page.html for one in ApiKey.objects.all())
    assert len(page.all("form", action=f"{KEYS}/{mine.pk}/revoke")) == 1


def test_looking_at_the_list_writes_nothing(alice, visit):
    given(alice)
    before = list(ApiKey.objects.values())
    visit.get(KEYS)
    assert list(ApiKey.objects.values()) == before


def test_a_key_is_revoked_after_a_second_press(alice, visit):
    key = given(alice, name="Mine")
    [confirm] = [one for one in visit.get(KEYS).all("details") if "Yes, revoke it" in one.text]
    assert "open" not in confirm.attributes

    answer = visit.post(f"{KEYS}/{key.pk}/revoke")
    page = visit.get(KEYS)

    assert (answer.status, answer.response.headers["Location"]) == (303, KEYS)
    assert "Mine was revoked and works no more." in page.text
    assert ApiKey.objects.get().revoked_at is not None
    assert page.all("details") == []


def test_a_key_that_was_revoked_worked_until_then(alice, visit):
    key = given(alice)
    keys.revoke_key(user_id=alice.pk, key_id=key.pk)
    ApiKey.objects.update(revoked_at=datetime(2026, 3, 5, tzinfo=UTC))

    assert visit.get(KEYS).texts("td", class_="wide-only muted") == ["Never", "5 March 2026"]


def test_the_end_of_a_revoked_key_is_not_told_on_a_phone(alice, visit):
    end = timezone.now() + timedelta(days=365)
    key = given(alice, expires_at=end)
    line = f"Never used · works until {end.day} {end:%b %Y}"
    assert visit.get(KEYS).texts("span", class_="small muted phone") == [line]

    keys.revoke_key(user_id=alice.pk, key_id=key.pk)
    assert visit.get(KEYS).texts("span", class_="small muted phone") == ["Never used"]


def test_nobody_revokes_what_is_not_theirs(alice, bob, visit, nobody):
    theirs = given(bob)

    assert visit.post(f"{KEYS}/{theirs.pk}/revoke").status == 404
    assert visit.post(f"{KEYS}/{uuid4()}/revoke").status == 404
    assert nobody.post(f"{KEYS}/{theirs.pk}/revoke").status_code == 302
    assert visit.get(f"{KEYS}/{theirs.pk}/revoke").status == 405
    assert ApiKey.objects.get().revoked_at is None


@pytest.mark.parametrize("plan", ["FREE", "PRO"])
def test_a_plan_without_api_access_gets_a_sentence_and_the_way_up(bob, plan):
    if plan != "FREE":
        acts.put_on(bob, plan)
    visit = Visitor(bob)
    page, answer = visit.get(KEYS), make(visit)

    assert (page.status, answer.status, ApiKey.objects.count()) == (200, 403, 0)
    for one in (page, answer):
        assert "API keys come with the PREMIUM plan." in one.text
        assert "/dashboard/billing#upgrade" in one.links()
        assert one.all("input", name="name") == []


def test_after_a_downgrade_keys_are_still_listed_and_revoked(bob):
    key, visit = given(bob, name="From better days"), Visitor(bob)

    assert "From better days" in visit.get(KEYS).text
    assert visit.post(f"{KEYS}/{key.pk}/revoke").status == 303
    assert ApiKey.objects.get().revoked_at is not None


def test_a_key_is_made_by_its_owner_s_form_only(alice, nobody):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(alice)

    assert nobody.get(KEYS).headers["Location"] == f"/accounts/login/?next={KEYS}"
    assert nobody.post(KEYS, ANSWERS).status_code == 302
    assert careful.post(KEYS, ANSWERS).status_code == 403
    assert ApiKey.objects.count() == 0

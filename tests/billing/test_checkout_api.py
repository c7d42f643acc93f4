"""Checkout and portal by API: who may, what is refused, and that Stripe's silence costs nothing."""

import pytest
import stripe
from django.test import Client
from djstripe.models import Subscription as Mirrored

from billing.models import Subscription, WebhookEvent
from stripe_sandbox import store
from tests.billing.payers import WEBHOOK
from tests.together import at_once

CHECKOUT, PORTAL = "/api/billing/checkout", "/api/billing/portal"


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_checkout_is_for_the_plan_and_the_person_and_comes_back_here(payer):
    started = payer.open_checkout("PREMIUM")
    session = payer.sandbox.v1.checkout.sessions.retrieve(started["session_id"], {"expand": ["line_items"]})

    assert started == {"url": session.url, "session_id": session.id}
    assert (session.mode, session.customer, session.client_reference_id) == (
        "subscription", payer.customer, str(payer.user.pk),
    )  # fmt: skip
    assert [item.price.id for item in session.line_items.data] == ["price_sandbox_premium"]
    assert session.allow_promotion_codes
    back = "http://testserver/dashboard/billing?checkout"
    assert session.success_url == f"{back}=success&session_id={{CHECKOUT_SESSION_ID}}"
    assert session.cancel_url == f"{back}=canceled"


@pytest.mark.parametrize("body", [{"plan": "FREE"}, {"plan": "pro"}, {"plan": ""}, {"plan": 7}, {}, [], '"PRO"'])
def test_no_other_plan_can_be_bought(payer, body):
    assert code(payer.client.post(CHECKOUT, body, "application/json")) == (400, "INVALID_PLAN")
    assert not store.find("customer").exists()


@pytest.mark.parametrize("path", [CHECKOUT, PORTAL])
def test_who_is_not_signed_in_is_told_so(db, path):
    assert code(Client().post(path, {"plan": "PRO"}, "application/json")) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("path", [CHECKOUT, PORTAL])
def test_a_session_needs_its_csrf_token(payer, path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(payer.user)
    assert code(strict.post(path, {"plan": "PRO"}, "application/json")) == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize("status", ["active", "past_due", "trialing", "paused", "unpaid"])
def test_who_has_a_plan_that_has_not_ended_changes_it_in_the_portal(payer, status):
    payer.buy("PRO")
    contract = payer.contract()
    contract.data["status"] = status
    store.save(contract)
    assert code(payer.post(CHECKOUT, {"plan": "PREMIUM"})) == (409, "ALREADY_SUBSCRIBED")


def test_incident_6_no_route_takes_an_amount_of_credits(payer):
    payer.open_checkout("PRO")
    for path in (CHECKOUT, PORTAL, WEBHOOK):
        payer.post(path, {"plan": "PRO", "credits": 5000, "amount": 5000, "pack": "big"})
    assert payer.stands == ("FREE", "active", 100)


def test_ten_clicks_at_once_make_one_customer_and_leave_one_open_checkout(payer):
    def click() -> int:
        client = Client()
        client.force_login(payer.user)
        return client.post(CHECKOUT, {"plan": "PRO"}, "application/json").status_code

    assert at_once([click] * 10) == [200] * 10
    assert store.find("customer").count() == 1
    assert store.find("checkout.session", status="open").count() == 1


def test_a_lost_answer_makes_no_second_customer(payer, monkeypatch):
    ask = stripe.RequestsClient.request
    lost = []

    def deaf(self, method, url, *rest, **options):
        answer = ask(self, method, url, *rest, **options)
        if url.endswith("/v1/customers") and len(lost) < 3:
            lost.append(url)
            raise stripe.APIConnectionError("the line went dead after the request", should_retry=True)
        return answer

    monkeypatch.setattr(stripe.RequestsClient, "request", deaf)
    assert code(payer.post(CHECKOUT, {"plan": "PRO"})) == (503, "STRIPE_UNAVAILABLE")
    assert payer.open_checkout("PRO")["url"]
    assert store.find("customer").count() == 1


def test_a_customer_of_another_account_is_made_anew(payer):
    Subscription.objects.filter(pk=payer.user.pk).update(stripe_customer_id="cus_of_another_account")
    assert payer.open_checkout("PRO")["url"]
    assert payer.customer.startswith("cus_0")


@pytest.mark.parametrize("path", [CHECKOUT, PORTAL])
def test_while_stripe_is_away_nothing_is_lost(payer, settings, path):
    payer.buy("PRO").cancel_now()
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"
    assert code(payer.post(path, {"plan": "PRO"})) == (503, "STRIPE_UNAVAILABLE")
    assert payer.stands == ("FREE", "active", 100)


def test_a_plan_without_a_price_cannot_be_bought_yet(payer, settings):
    settings.STRIPE_PRICES = {**settings.STRIPE_PRICES, "PRO": ""}
    assert code(payer.post(CHECKOUT, {"plan": "PRO"})) == (503, "STRIPE_UNAVAILABLE")


def test_without_keys_payments_say_that_they_are_not_set_up(payer, settings):
    settings.STRIPE_SECRET_KEY = ""
    answer = payer.post(CHECKOUT, {"plan": "PRO"})
    assert code(answer) == (503, "STRIPE_UNAVAILABLE")
    assert "not set up" in answer.json()["error"]


def test_the_portal_opens_for_who_paid_and_for_nobody_else(payer):
    assert code(payer.post(PORTAL)) == (400, "NO_STRIPE_CUSTOMER")
    payer.buy("PRO")
    assert payer.post(PORTAL).json()["url"].startswith(f"{payer.sandbox.url}/portal/")


def test_incident_12_no_answer_shows_a_key(payer, settings):
    answers = [payer.post(path, {"plan": "PRO"}).content for path in (CHECKOUT, PORTAL)]
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"
    answers.append(payer.post(PORTAL).content)
    for secret in (settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET):
        assert not any(secret[:12].encode() in answer for answer in answers)


def test_dj_stripe_mirrors_what_was_bought(payer):
    payer.buy("PRO")
    mirrored = Mirrored.objects.get()
    assert (mirrored.id, mirrored.customer.id) == (payer.row.stripe_subscription_id, payer.customer)


def stumble(_event: dict) -> None:
    raise stripe.PermissionError("this key may not read accounts")


def test_what_dj_stripe_cannot_digest_keeps_nobody_from_their_plan(payer, monkeypatch):
    monkeypatch.setattr("billing.webhooks.Event.process", stumble)
    payer.pay(payer.open_checkout("PRO")["session_id"])
    assert {payer.tell(event) for event in payer.events()} == {"failed"}
    assert payer.stands == ("PRO", "active", 1000)
    assert "may not read accounts" in WebhookEvent.objects.first().error

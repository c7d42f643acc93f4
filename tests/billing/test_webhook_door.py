"""Who gets in at the webhook, and what the inbox keeps of it."""

import json
import time
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from billing import webhooks
from billing.models import Subscription, WebhookEvent
from tests.billing.payers import WEBHOOK, deliver

NOBODY = "cus_of_nobody"


def event(id: str = "evt_1", **more) -> dict:
    about = {"id": NOBODY, "object": "customer", "metadata": {}}
    known = {"id": id, "object": "event", "type": "customer.created", "created": 1_790_000_000, "livemode": False}
    return {**known, "api_version": "2026-05-27.dahlia", "data": {"object": about}, "request": None, **more}


def refused(answer, code: str, status: int) -> bool:
    return (answer.status_code, answer.json()["code"]) == (status, code) and not WebhookEvent.objects.exists()


@pytest.mark.django_db
class TestDoor:
    def test_an_event_that_stripe_signed_is_kept_and_answered_at_once(self, client):
        assert deliver(client, event()).json() == {"received": True, "repeated": False}
        kept = WebhookEvent.objects.get()
        assert (kept.id, kept.type, kept.customer, kept.state) == ("evt_1", "customer.created", NOBODY, "pending")

    def test_the_same_event_again_is_kept_once(self, client):
        deliver(client, event())
        assert deliver(client, event()).json() == {"received": True, "repeated": True}
        assert WebhookEvent.objects.count() == 1

    def test_a_forged_event_is_refused(self, client):
        assert refused(deliver(client, event(), secret="whsec_of_somebody"), "INVALID_SIGNATURE", 400)

    def test_an_unsigned_event_is_refused(self, client):
        answer = client.post(WEBHOOK, json.dumps(event()), "application/json")
        assert refused(answer, "INVALID_SIGNATURE", 400)

    @pytest.mark.parametrize("age", [301, 86_400])
    def test_an_old_signature_is_refused(self, client, age):
        assert refused(deliver(client, event(), at=int(time.time()) - age), "INVALID_SIGNATURE", 400)

    def test_a_signature_of_another_body_is_refused(self, client):
        signed = deliver(client, event()).wsgi_request.headers["Stripe-Signature"]
        WebhookEvent.objects.all().delete()
        other = json.dumps(event("evt_2"))
        answer = client.post(WEBHOOK, other, "application/json", headers={"Stripe-Signature": signed})
        assert refused(answer, "INVALID_SIGNATURE", 400)

    @pytest.mark.parametrize(
        "garbage", [b"", b"{", b"[]", b"null", b'"event"', b"\xff\xfe", b'{"object": "event"}', b'{"id": 1}', b"0" * 99]
    )
    def test_garbage_is_refused_even_when_it_is_signed(self, client, garbage):
        assert refused(deliver(client, garbage), "INVALID_SIGNATURE", 400)

    def test_a_huge_body_is_refused_before_it_is_read(self, client):
        assert refused(deliver(client, b"x" * (256 * 1024 + 1)), "PAYLOAD_TOO_LARGE", 413)

    def test_an_event_of_the_other_mode_is_refused(self, client):
        assert refused(deliver(client, event(livemode=True)), "INVALID_SIGNATURE", 400)

    def test_incident_25_without_a_secret_nothing_gets_in(self, client, settings):
        settings.STRIPE_WEBHOOK_SECRET = ""
        assert refused(deliver(client, event(), secret=""), "INVALID_SIGNATURE", 400)

    def test_only_post_is_taken(self, client):
        answer = client.get(WEBHOOK)
        assert (answer.status_code, answer.json()["code"]) == (405, "METHOD_NOT_ALLOWED")

    def test_it_needs_no_session_and_no_csrf(self, client, settings):
        client.handler.enforce_csrf_checks = True
        assert deliver(client, event()).status_code == 200

    def test_stripe_is_never_rate_limited(self, client, settings):
        settings.API_RATES = {"read": "1/minute", "write": "1/minute", "execute": "1/minute"}
        assert [deliver(client, event(f"evt_{number}")).status_code for number in range(3)] == [200, 200, 200]

    def test_incident_12_no_part_of_a_secret_is_in_an_answer(self, client, settings):
        text = deliver(client, event(), secret="whsec_of_somebody").content.decode()
        assert settings.STRIPE_WEBHOOK_SECRET[:9] not in text

    def test_old_bodies_go_and_their_rows_stay(self, client):
        for id in ("evt_old", "evt_new", "evt_waiting"):
            deliver(client, event(id))
        old = WebhookEvent.objects.filter(pk__in=["evt_old", "evt_waiting"])
        WebhookEvent.objects.exclude(pk="evt_waiting").update(state="processed", processed_at=Now())
        old.filter(pk="evt_old").update(processed_at=Now() - timedelta(days=31))

        assert webhooks.purge_bodies() == 1
        assert dict(WebhookEvent.objects.values_list("pk", "body__id")) == {
            "evt_old": None, "evt_new": "evt_new", "evt_waiting": "evt_waiting",
        }  # fmt: skip


def test_an_event_about_nobody_of_ours_is_ignored(payer):
    stranger = payer.sandbox.v1.customers.create({"email": "stranger@example.test"})
    wanted = {"items": [{"price": "price_sandbox_pro"}], "payment_behavior": "default_incomplete"}
    payer.sandbox.v1.subscriptions.create({"customer": stranger.id, **wanted})
    payer.hear()
    assert set(WebhookEvent.objects.values_list("state", flat=True)) == {"ignored"}
    assert payer.stands == ("FREE", "active", 100)


def test_an_event_that_fails_is_tried_again_and_given_up_at_last(payer, settings):
    payer.pay(payer.open_checkout("PRO")["session_id"])
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"
    first = payer.events()[0]
    deliver(payer.client, first)
    row = WebhookEvent.objects.get(pk=first["id"])

    for attempt in range(len(webhooks.RETRY_SECONDS)):
        assert webhooks.process(row.pk) == "failed"
        row.refresh_from_db()
        assert row.attempts == attempt + 1
        assert "StripeUnavailable" in row.error or "APIConnectionError" in row.error
    assert webhooks.process(row.pk) == "dead"
    assert payer.stands == ("FREE", "active", 100)

    settings.STRIPE_API_HOST = payer.sandbox.url
    assert webhooks.process(row.pk, again=True) == "processed"
    assert payer.stands == ("PRO", "active", 1000)


def test_beat_processes_what_nobody_rang_for(payer):
    payer.pay(payer.open_checkout("PRO")["session_id"])
    for one in payer.events():
        deliver(payer.client, one)
    WebhookEvent.objects.update(due_at=Now() - timedelta(seconds=6))

    assert webhooks.process_due() == len(payer.events())
    assert webhooks.process_due() == 0
    assert payer.stands == ("PRO", "active", 1000)


def test_what_stripe_could_not_deliver_is_read_again(payer):
    payer.sandbox.v1.webhook_endpoints.create({"url": "http://127.0.0.1:9/nobody", "enabled_events": webhooks.TYPES})
    payer.pay(payer.open_checkout("PRO")["session_id"])

    assert webhooks.reread() == len(payer.events())
    assert webhooks.reread() == 0
    WebhookEvent.objects.update(due_at=Now() - timedelta(seconds=6))
    webhooks.process_due()
    assert payer.stands == ("PRO", "active", 1000)


def test_a_customer_whose_making_was_not_answered_is_found_by_the_user_on_it(payer):
    session = payer.open_checkout("PRO")["session_id"]
    Subscription.objects.filter(pk=payer.user.pk).update(stripe_customer_id="")
    payer.pay(session)
    payer.hear()
    assert payer.stands == ("PRO", "active", 1000)

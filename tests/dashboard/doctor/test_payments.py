"""Stripe: key, prices, events."""

from datetime import UTC, datetime, timedelta

from billing.models import WebhookEvent
from tests.dashboard.doctor.report import SHOULD_NOT_BE_SEEN, report


def test_real_money_on_a_developers_machine_is_wrong(in_production):
    in_production.DEBUG, in_production.SITE_URL = True, "http://localhost:8000"
    in_production.ALLOWED_HOSTS = ["localhost"]
    in_production.STRIPE_SECRET_KEY, in_production.STRIPE_LIVE_MODE = f"sk_live_{SHOULD_NOT_BE_SEEN}", True
    found = report()
    assert found.at("wrong") == ["STRIPE_SECRET_KEY"]
    assert "real money" in found.says("STRIPE_SECRET_KEY")


def test_prices_are_compared_with_stripes(stripe_here, in_production):
    def price(**more: object) -> str:
        monthly = {"currency": "usd", "recurring": {"interval": "month"}, "product_data": {"name": "Another"}}
        return stripe_here.v1.prices.create(monthly | more).id

    in_production.STRIPE_PRICES = {
        "PRO": price(unit_amount=2800),
        "PREMIUM": price(unit_amount=9900, recurring={"interval": "year"}),
        "ENTERPRISE": "price_of_nobody",
    }
    found = report()
    assert found.says("STRIPE_PRICE_PRO").startswith("is not 29.00 USD at Stripe")
    assert found.says("STRIPE_PRICE_PREMIUM").startswith("is not paid every month")
    assert found.says("STRIPE_PRICE_ENTERPRISE").startswith("Stripe has no such price")
    assert found.code == 1


def test_while_stripe_is_away_prices_are_a_remark(in_production):
    found = report()
    assert found.level("STRIPE_PRICE_PRO") == "warn"
    assert "does not answer" in found.says("STRIPE_PRICE_PRO")
    assert found.at("wrong") == []


def test_without_a_key_nobody_can_pay(in_production):
    in_production.STRIPE_SECRET_KEY = ""
    assert report().says("STRIPE_SECRET_KEY").startswith("is not set, so nobody can pay")


def test_events_that_nobody_processes(in_production):
    long_ago = datetime.now(UTC) - timedelta(minutes=10)
    WebhookEvent.objects.update(state="pending", due_at=long_ago)
    assert "the queue billing" in report().says("events")
    WebhookEvent.objects.update(state="dead")
    assert report().level("events") == "warn"
    WebhookEvent.objects.all().delete()
    assert "https://avatarg.example/api/billing/webhook" in report().says("webhook")


def test_an_archived_price_and_a_key_that_stripe_refuses(stripe_here, in_production):
    stripe_here.v1.prices.update("price_sandbox_pro", {"active": False})
    assert report().says("STRIPE_PRICE_PRO").startswith("is archived at Stripe")

    in_production.STRIPE_SECRET_KEY, in_production.STRIPE_LIVE_MODE = f"sk_live_{SHOULD_NOT_BE_SEEN}", True
    found = report()
    assert "Stripe refuses STRIPE_SECRET_KEY" in found.says("STRIPE_PRICE_PRO")
    assert "Canary" not in found.said

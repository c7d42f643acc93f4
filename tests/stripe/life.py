"""A short life of a few customers, told through the API: it leaves an object of every kind behind."""

from typing import Any

from stripe_sandbox import store
from stripe_sandbox.engine import checkout
from tests.stripe.sandboxes import Sandbox

CARD = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123", "name": "Nino"}
URL = "https://shop.test/ok?s={CHECKOUT_SESSION_ID}"


def lead(sandbox: Sandbox) -> dict[str, str]:
    """Returns the ids of what a test may want to look at, by kind."""
    v1 = sandbox.v1
    buyer = v1.customers.create({"email": "buyer@example.test", "name": "Buyer"})
    session = buy(sandbox, buyer.id)
    subscription = v1.subscriptions.retrieve(session.subscription)
    upgrade(sandbox, subscription)
    schedule = downgrade(sandbox, subscription.id)
    invoice = v1.invoices.retrieve(session.invoice, {"expand": ["payments"]})
    intent = v1.payment_intents.retrieve(invoice.payments.data[0].payment.payment_intent)
    refund = v1.refunds.create({"charge": intent.latest_charge, "amount": 500})
    dispute = quarrel(sandbox)
    v1.invoice_items.create({"customer": buyer.id, "amount": 150, "currency": "usd", "description": "A sticker"})
    methods = {"enabled": True, "allow_redirects": "never"}
    setup = v1.setup_intents.create(
        {
            "customer": buyer.id,
            "payment_method": "pm_card_visa",
            "confirm": True,
            "automatic_payment_methods": methods,
        }
    )
    v1.billing_portal.sessions.create({"customer": buyer.id})
    v1.webhook_endpoints.create({"url": "http://127.0.0.1:9/hook", "enabled_events": ["charge.expired"]})
    return {
        "customer": buyer.id, "session": session.id, "subscription": subscription.id, "schedule": schedule.id,
        "invoice": invoice.id, "payment_intent": intent.id, "charge": intent.latest_charge, "refund": refund.id,
        "dispute": dispute.id, "setup_intent": setup.id, "payment_method": subscription.default_payment_method,
    }  # fmt: skip


def buy(sandbox: Sandbox, customer: str) -> Any:
    """PRO through Checkout, as a person who knows a coupon does."""
    made = sandbox.v1.checkout.sessions.create(
        {
            "customer": customer,
            "mode": "subscription",
            "line_items": [{"price": "price_sandbox_pro", "quantity": 1}],
            "discounts": [{"coupon": "welcome20"}],
            "success_url": URL,
        }
    )
    with store.acting():
        checkout.complete(store.get("checkout.session", made.id), **CARD)
    return sandbox.v1.checkout.sessions.retrieve(made.id)


def upgrade(sandbox: Sandbox, subscription: Any) -> None:
    item = subscription["items"].data[0].id
    sandbox.v1.subscriptions.update(
        subscription.id,
        {"items": [{"id": item, "price": "price_sandbox_premium"}], "proration_behavior": "always_invoice"},
    )


def downgrade(sandbox: Sandbox, subscription: str) -> Any:
    """At the period's end, by a schedule."""
    schedule = sandbox.v1.subscription_schedules.create({"from_subscription": subscription})
    now = schedule.phases[0]
    phases = [
        {
            "items": [{"price": "price_sandbox_premium", "quantity": 1}],
            "start_date": now.start_date,
            "end_date": now.end_date,
        },
        {"items": [{"price": "price_sandbox_pro", "quantity": 1}]},
    ]
    return sandbox.v1.subscription_schedules.update(schedule.id, {"end_behavior": "release", "phases": phases})


def quarrel(sandbox: Sandbox) -> Any:
    """A customer whose card pays and then disputes it; the dispute comes by the clock."""
    clock = sandbox.v1.test_helpers.test_clocks.create({"frozen_time": 1_767_225_600})
    card = "pm_card_createDispute"
    customer = sandbox.v1.customers.create(
        {"test_clock": clock.id, "payment_method": card, "invoice_settings": {"default_payment_method": card}}
    )
    sandbox.v1.subscriptions.create({"customer": customer.id, "items": [{"price": "price_sandbox_pro"}]})
    sandbox.v1.test_helpers.test_clocks.advance(clock.id, {"frozen_time": 1_767_225_600 + 7_200})
    return sandbox.v1.disputes.list().data[0]

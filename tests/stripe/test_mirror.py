"""dj-stripe against the sandbox: every object becomes a row of its mirror, every event is processed."""

import pytest
import stripe
from djstripe import models

from stripe_sandbox.models import Record
from stripe_sandbox.shapes import account
from tests.stripe import life
from tests.stripe.sandboxes import KEY

MIRRORED = {
    "charge": models.Charge,
    "checkout.session": models.Session,
    "coupon": models.Coupon,
    "customer": models.Customer,
    "dispute": models.Dispute,
    "invoice": models.Invoice,
    "invoiceitem": models.InvoiceItem,
    "payment_intent": models.PaymentIntent,
    "payment_method": models.PaymentMethod,
    "price": models.Price,
    "product": models.Product,
    "promotion_code": models.PromotionCode,
    "refund": models.Refund,
    "setup_intent": models.SetupIntent,
    "subscription": models.Subscription,
    "subscription_schedule": models.SubscriptionSchedule,
}
NOT_MIRRORED = {
    "billing_portal.configuration", "billing_portal.session", "discount", "event", "invoice_payment", "item",
    "test_helpers.test_clock", "webhook_endpoint",
}  # fmt: skip


@pytest.fixture
def lived(sandbox, monkeypatch) -> dict[str, str]:
    monkeypatch.setattr(stripe, "api_base", sandbox.url)
    return life.lead(sandbox)


def test_a_life_leaves_every_kind_of_object_that_is_mirrored(lived):
    kinds = set(Record.objects.values_list("object", flat=True))
    assert kinds - NOT_MIRRORED == set(MIRRORED)


def test_every_object_becomes_a_row(lived):
    """Read as dj-stripe reads it, with all that it expands."""
    for kind, model in MIRRORED.items():
        for id in Record.objects.filter(object=kind).values_list("id", flat=True):
            found = model(id=id).api_retrieve(api_key=KEY)
            row = model.sync_from_stripe_data(found, api_key=KEY)
            assert (row.id, row.stripe_data["object"]) == (id, kind)


def test_what_hangs_on_an_object_comes_with_it(lived, sandbox):
    found = sandbox.v1.subscriptions.retrieve(lived["subscription"])
    row = models.Subscription.sync_from_stripe_data(found, api_key=KEY)
    assert row.customer.id == lived["customer"]
    assert row.default_payment_method == lived["payment_method"]
    assert [item.price.id for item in row.items.all()] == ["price_sandbox_premium"]
    assert row.djstripe_owner_account.id == account.ID


def test_the_account_becomes_a_row(lived, sandbox):
    row = models.Account.sync_from_stripe_data(sandbox.v1.accounts.retrieve_current(), api_key=KEY)
    assert (row.id, row.default_currency) == (account.ID, "usd")


def test_every_event_is_processed(lived):
    events = list(Record.objects.filter(object="event").order_by("position"))
    for event in events:
        models.Event.process(event.data, api_key=KEY)
    assert set(models.Event.objects.values_list("id", flat=True)) == {event.id for event in events}
    subscription = models.Subscription.objects.get(id=lived["subscription"])
    assert subscription.stripe_data["items"]["data"][0]["price"]["id"] == "price_sandbox_premium"
    assert models.Charge.objects.get(id=lived["charge"]).stripe_data["amount_refunded"] == 500
    assert models.Dispute.objects.filter(id=lived["dispute"]).exists()

"""Every call to Stripe, in one place. Answers are plain dicts in the shape of Stripe's API; money is integer cents.

Any function raises StripeUnavailable when Stripe does not answer or refuses; what is missing is None where it may be.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from billing.errors import StripeUnavailable

log = logging.getLogger(__name__)

SECONDS = 10
RETRIES = 2
PAGE = 100
Found = dict[str, Any]

# dj-stripe speaks through the SDK's own defaults.
stripe.api_version = settings.STRIPE_API_VERSION
stripe.max_network_retries = RETRIES
stripe.default_http_client = stripe.RequestsClient(timeout=SECONDS)


class CustomerMissing(StripeUnavailable):
    """Stripe does not know this customer (another account's, or deleted)."""


@cache
def _client(key: str, host: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=settings.STRIPE_API_VERSION,
        base_addresses={"api": host} if host else None,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=SECONDS),
    )


def client() -> Any:
    if not settings.STRIPE_SECRET_KEY:
        raise StripeUnavailable(_("Payments are not set up here yet."))
    return _client(settings.STRIPE_SECRET_KEY, getattr(settings, "STRIPE_API_HOST", "")).v1


@contextmanager
def speaking() -> Iterator[None]:
    """Turns the SDK's errors into ours. What Stripe says goes to the log, never to a page."""
    try:
        yield
    except stripe.InvalidRequestError as error:
        if error.code == "resource_missing" and error.param in ("customer", "id"):
            raise CustomerMissing from error
        log.exception("Stripe refused a request")
        raise StripeUnavailable from error
    except stripe.StripeError as error:
        log.warning("Stripe is away: %s", type(error).__name__)
        raise StripeUnavailable from error


def _all(list_page: Callable[..., Any], **params: Any) -> list[Found]:
    """Every object of a list, newest first."""
    with speaking():
        page = list_page(params={**params, "limit": PAGE})
        return [one.to_dict(for_json=True) for one in page.auto_paging_iter()]


def create_customer(*, user_id: UUID, email: str, name: str, idempotency_key: str) -> str:
    """Made with what never changes, so that the key holds however often it is tried; then named."""
    with speaking():
        customer = client().customers.create(
            params={"metadata": {"user_id": str(user_id)}}, options={"idempotency_key": idempotency_key}
        )
        client().customers.update(customer.id, params={"email": email, "name": name or email})
    return str(customer.id)


def create_checkout(*, customer: str, price: str, user_id: UUID, success_url: str, cancel_url: str, key: str) -> Found:
    """A Checkout Session for a subscription. Raises CustomerMissing."""
    about = {"user_id": str(user_id)}
    with speaking():
        session = client().checkout.sessions.create(
            params={
                "mode": "subscription",
                "customer": customer,
                "client_reference_id": str(user_id),
                "line_items": [{"price": price, "quantity": 1}],
                "allow_promotion_codes": True,
                "success_url": success_url,
                "cancel_url": cancel_url,
                "metadata": about,
                "subscription_data": {"metadata": about},
            },
            options={"idempotency_key": key},
        )
    found: Found = session.to_dict(for_json=True)
    return found


def expire_open_checkouts(customer: str) -> None:
    """Close every Checkout that a customer left open, so that only one can be paid. One just paid stays."""
    for session in _all(client().checkout.sessions.list, customer=customer, status="open"):
        try:
            with speaking():
                client().checkout.sessions.expire(session["id"])
        except StripeUnavailable:
            if checkout(session["id"])["status"] == "open":
                raise


def checkout(session_id: str) -> Found:
    with speaking():
        found: Found = client().checkout.sessions.retrieve(session_id).to_dict(for_json=True)
    return found


def create_portal(*, customer: str, return_url: str) -> str:
    """The address of a Portal Session. Raises CustomerMissing."""
    with speaking():
        session = client().billing_portal.sessions.create(params={"customer": customer, "return_url": return_url})
    return str(session.url)


def subscriptions_of(customer: str) -> list[Found]:
    """All of them, ended ones too, newest first, each with its schedule and its latest invoice."""
    return _all(
        client().subscriptions.list, customer=customer, status="all", expand=["data.schedule", "data.latest_invoice"]
    )


def paid_invoices_of(subscription: str) -> list[Found]:
    """Newest first: the last hundred, which is years of a monthly plan."""
    with speaking():
        page = client().invoices.list(params={"subscription": subscription, "status": "paid", "limit": PAGE})
        return [one.to_dict(for_json=True) for one in page.data]


def cancel_subscription(subscription: str) -> None:
    """At once, without credit for what was paid: refunds are an operator's decision."""
    with speaking():
        client().subscriptions.cancel(
            subscription, params={"prorate": False, "invoice_now": False},
            options={"idempotency_key": f"cancel:{subscription}"},
        )  # fmt: skip


def charges_of(customer: str) -> list[Found]:
    with speaking():
        page = client().charges.list(params={"customer": customer, "limit": PAGE})
        return [one.to_dict(for_json=True) for one in page.data]


def disputes_of(charge: str) -> list[Found]:
    return _all(client().disputes.list, charge=charge)


def invoice_of_payment(payment_intent: str) -> str | None:
    """The invoice that a payment intent paid; charges and intents no longer name it."""
    payment = {"type": "payment_intent", "payment_intent": payment_intent}
    found = _all(client().invoice_payments.list, payment=payment)
    return str(found[0]["invoice"]) if found else None


def events_since(created: int, types: list[str]) -> list[Found]:
    """Events of these types that Stripe could not deliver, since a moment (Unix time), newest first."""
    return _all(client().events.list, types=types, delivery_success=False, created={"gte": created})


def customer_of_charge(charge: str) -> str:
    with speaking():
        found = client().charges.retrieve(charge).to_dict(for_json=True)
    return str(found.get("customer") or "")


def price(price_id: str) -> Found:
    """Asked once, for a person waits; StripeUnavailable says by its cause whether there is none."""
    with speaking():
        found: Found = client().prices.retrieve(price_id, options={"max_network_retries": 0}).to_dict(for_json=True)
    return found

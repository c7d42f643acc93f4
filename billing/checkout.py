"""From our pages to Stripe's: paying for a plan, and managing it."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from billing import gateway, reconcile, stripe_state
from billing.errors import AlreadySubscribed, InvalidPlan, NoStripeCustomer, StripeUnavailable
from billing.models import Subscription

PAID = ("PRO", "PREMIUM", "ENTERPRISE")


def ensure_customer(user_id: UUID) -> str:
    """The user's Stripe customer, made once: under a lock, with a key that was stored with the user."""
    with transaction.atomic():
        subscription = Subscription.objects.select_for_update().get(pk=user_id)
        if subscription.stripe_customer_id:
            return subscription.stripe_customer_id
        user = User.objects.select_related("profile").get(pk=user_id)
        customer = gateway.create_customer(
            user_id=user_id, email=user.email, name=user.profile.full_name,
            idempotency_key=f"customer:{subscription.customer_key}",
        )  # fmt: skip
        Subscription.objects.filter(pk=user_id).update(stripe_customer_id=customer, updated_at=Now())
        return customer


def forget_customer(user_id: UUID, customer: str) -> None:
    """Stripe does not know this customer: it was another account's, or it was deleted there."""
    Subscription.objects.filter(pk=user_id, stripe_customer_id=customer).update(
        stripe_customer_id="", customer_key=uuid4(), updated_at=Now()
    )


def start_checkout(*, user_id: UUID, plan: str, back: str) -> dict[str, str]:
    """A Checkout for a plan: `url` and `session_id`. `back` is the absolute address of the billing page.

    Raises InvalidPlan, AlreadySubscribed, StripeUnavailable. A Checkout that the user left open is closed.
    """
    if plan not in PAID:
        raise InvalidPlan
    price = settings.STRIPE_PRICES[plan]
    if not price:
        raise StripeUnavailable(_("%(plan)s cannot be bought yet: it has no price.") % {"plan": plan})
    customer = ensure_customer(user_id)
    try:
        return _open(user_id, customer, price, back)
    except gateway.CustomerMissing:
        forget_customer(user_id, customer)
        return _open(user_id, ensure_customer(user_id), price, back)


def _open(user_id: UUID, customer: str, price: str, back: str) -> dict[str, str]:
    with transaction.atomic():
        _take_turns(user_id)
        contracts = [stripe_state.contract_from(one) for one in gateway.subscriptions_of(customer)]
        if stripe_state.governing(contracts) is not None:
            raise AlreadySubscribed
        gateway.expire_open_checkouts(customer)
        success = f"{back}?{urlencode({'checkout': 'success'})}&session_id={{CHECKOUT_SESSION_ID}}"
        session = gateway.create_checkout(
            customer=customer, price=price, user_id=user_id, success_url=success,
            cancel_url=f"{back}?{urlencode({'checkout': 'canceled'})}", key=str(uuid4()),
        )  # fmt: skip
    return {"url": session["url"], "session_id": session["id"]}


def _take_turns(user_id: UUID) -> None:
    """One Checkout of a user at a time: of two tabs, the later one closes what the earlier one opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"checkout:{user_id}"])


def open_portal(*, user_id: UUID, back: str) -> str:
    """The address of Stripe's portal. Raises NoStripeCustomer, StripeUnavailable."""
    customer = Subscription.objects.values_list("stripe_customer_id", flat=True).get(pk=user_id)
    if not customer:
        raise NoStripeCustomer
    try:
        return gateway.create_portal(customer=customer, return_url=back)
    except gateway.CustomerMissing:
        raise NoStripeCustomer from None


def come_back(user_id: UUID) -> None:
    """A person returns from Stripe's pages: what they did there shows at once. Raises StripeUnavailable."""
    reconcile.reconcile(user_id)

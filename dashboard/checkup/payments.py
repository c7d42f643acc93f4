"""Stripe: the key, the webhook's secret, and the three prices as Stripe has them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import stripe
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from avatarg.findings import Finding, ok, warn, wrong
from billing import gateway
from billing.errors import StripeUnavailable
from billing.models import Concern, WebhookEvent
from billing.plans import PLANS
from dashboard.checkup import bounded
from dashboard.checkup.work import told_age

KEYS = ("sk_test_", "rk_test_", "sk_live_", "rk_live_")
STUCK = timedelta(minutes=5)
WEBHOOK = "/api/billing/webhook"


def check() -> Iterator[Finding]:
    if settings.STRIPE_SANDBOX and not settings.DEBUG:
        yield wrong("STRIPE_SANDBOX", "is on while DEBUG is off: nobody would really pay. Remove STRIPE_SANDBOX.")
    if not settings.STRIPE_SECRET_KEY:
        yield warn("STRIPE_SECRET_KEY", "is not set, so nobody can pay: docs/stripe.md, step 1.")
        return
    yield key()
    yield webhook_secret()
    yield from prices()


def key() -> Finding:
    if not settings.STRIPE_SECRET_KEY.startswith(KEYS):
        return wrong("STRIPE_SECRET_KEY", "is not a secret key: it begins with sk_ or rk_, then test_ or live_.")
    if settings.STRIPE_LIVE_MODE and settings.DEBUG:
        return wrong("STRIPE_SECRET_KEY", "is a live key while DEBUG is on: real money. Set DEBUG=0, or a test key.")
    if settings.STRIPE_LIVE_MODE:
        return ok("STRIPE_SECRET_KEY", "is a live key: money moves.")
    if settings.DEBUG:
        return ok("STRIPE_SECRET_KEY", "is a test key: no money moves.")
    return warn("STRIPE_SECRET_KEY", "is a test key while DEBUG is off: right for a rehearsal, nobody really pays.")


def webhook_secret() -> Finding:
    if not settings.STRIPE_WEBHOOK_SECRET:
        return wrong("STRIPE_WEBHOOK_SECRET", "is not set: no event of Stripe's is believed. docs/stripe.md, step 4.")
    if settings.STRIPE_SANDBOX:
        return ok("STRIPE_WEBHOOK_SECRET", "is shared with the sandbox.")
    if not settings.STRIPE_WEBHOOK_SECRET.startswith("whsec_"):
        return wrong("STRIPE_WEBHOOK_SECRET", "does not begin with whsec_: copy the signing secret of the webhook.")
    return ok("STRIPE_WEBHOOK_SECRET", "is set. Whether it is that of this webhook shows the next event.")


def prices() -> Iterator[Finding]:
    """Those that are named are asked for at the same time, so that all answer within the time of one."""
    given: dict[str, str] = settings.STRIPE_PRICES
    ask = {plan: price for plan, price in given.items() if price.startswith("price_") and not settings.STRIPE_SANDBOX}
    with ThreadPoolExecutor(len(given)) as pool:
        answers = dict(zip(ask, pool.map(_at_stripe, ask.values()), strict=True))
    for plan, price in given.items():
        name = f"STRIPE_PRICE_{plan}"
        others = [other for other, its in given.items() if other != plan and price and its == price]
        if not price:
            yield wrong(name, f"is not set, so {plan} can not be bought: docs/stripe.md, step 2.")
        elif others:
            yield wrong(name, f"is the price of {others[0]} too: each plan has its own.")
        elif not price.startswith("price_"):
            yield wrong(name, "is not a price's id: price_…, not prod_….")
        elif plan in answers:
            yield _judged(name, plan, answers[plan])
        else:
            yield ok(name, "is set; the sandbox is not asked.")


def _at_stripe(price: str) -> dict[str, Any] | Exception:
    try:
        return bounded.answer_of(lambda: gateway.price(price))
    except (StripeUnavailable, bounded.Silent) as error:
        return error


def _judged(name: str, plan: str, answer: dict[str, Any] | Exception) -> Finding:
    if isinstance(answer, Exception):
        return _unanswered(name, answer.__cause__)
    cents = PLANS[plan].price_cents
    every = answer.get("recurring") or {}
    if (every.get("interval"), every.get("interval_count")) != ("month", 1):
        return wrong(name, "is not paid every month: make a recurring price, monthly.")
    if answer["currency"] != "usd" or answer["unit_amount"] != cents:
        return wrong(name, f"is not {cents // 100}.00 USD at Stripe, as the pages say: docs/stripe.md, step 2.")
    if not answer["active"]:
        return wrong(name, "is archived at Stripe, so nobody can buy it.")
    return ok(name, f"{cents // 100}.00 USD a month, at Stripe too.")


def _unanswered(name: str, cause: BaseException | None) -> Finding:
    if isinstance(cause, stripe.AuthenticationError):
        return wrong(name, "Stripe refuses STRIPE_SECRET_KEY: copy it anew.")
    if isinstance(cause, stripe.PermissionError):
        return warn(name, "The restricted key may not read prices: let it.")
    if isinstance(cause, stripe.InvalidRequestError):
        return wrong(name, "Stripe has no such price: of another account, or of the other mode (test, live).")
    return warn(name, "is set; Stripe does not answer, so it could not be compared.")


def events() -> Iterator[Finding]:
    """Needs the database."""
    if settings.STRIPE_SECRET_KEY:
        yield webhook()
        yield inbox()
        yield concerns()


def webhook() -> Finding:
    newest = WebhookEvent.objects.order_by("-received_at").annotate(age=Now() - F("received_at")).first()
    address = f"https://{urlsplit(settings.SITE_URL).hostname}{WEBHOOK}"
    look = f"Stripe must have {address} with the nine events of docs/stripe.md, deliveries 200"
    if newest is not None:
        return ok("webhook", f"The last event came {told_age(newest.age)} ago.")
    if settings.STRIPE_SANDBOX:
        return ok("webhook", "The sandbox has sent no event yet.")
    return warn("webhook", f"No event came yet, and from here it can not be seen why: {look}.")


def inbox() -> Finding:
    states = WebhookEvent.State
    waiting = WebhookEvent.objects.filter(state__in=(states.PENDING, states.FAILED), due_at__lt=Now() - STUCK).count()
    dead = WebhookEvent.objects.filter(state=states.DEAD).count()
    if waiting:
        return wrong("events", f"{waiting} are due for over 5 minutes: a worker must serve the queue billing.")
    if dead:
        return warn("events", f"{dead} were given up: admin, Webhook events, has the error and Process again.")
    return ok("events", "None waits.")


def concerns() -> Finding:
    open_ones = Concern.objects.filter(resolved_at=None).count()
    if open_ones:
        return warn("concerns", f"{open_ones} about payments are open: admin, Concerns.")
    return ok("concerns", "None is open.")

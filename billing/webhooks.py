"""The inbox of Stripe's events. Taking one in is a signature check and an insert; the work is done behind it."""

import json
import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import stripe
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from djstripe.models import Event

from billing import gateway, reconcile, stripe_state
from billing.errors import InvalidSignature
from billing.models import Subscription, WebhookEvent

log = logging.getLogger(__name__)

TYPES = [
    "checkout.session.completed", "customer.subscription.created", "customer.subscription.updated",
    "customer.subscription.deleted", "invoice.paid", "invoice.payment_succeeded", "invoice.payment_failed",
    "charge.refunded", "charge.dispute.created",
]  # fmt: skip
MOST_BYTES = 256 * 1024
TOLERANCE_SECONDS = 300
RETRY_SECONDS = (10, 60, 300, 1800, 7200, 21600, 86400)
BODIES_KEPT_DAYS = 30
REREAD_DAYS = 3
Found = dict[str, Any]


def receive(body: bytes, signature: str) -> bool:
    """Check and keep an event; true when it is new. Raises InvalidSignature for what Stripe did not just send."""
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise InvalidSignature
    try:
        stripe.WebhookSignature.verify_header(
            body.decode(), signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS
        )
        event = json.loads(body)
        if event["object"] != "event" or event["livemode"] is not settings.STRIPE_LIVE_MODE:
            raise InvalidSignature(_("This event belongs to Stripe's other mode: test and live are never mixed."))
        return keep(event)
    except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidSignature from error


def keep(event: Found) -> bool:
    row = WebhookEvent(
        id=event["id"], type=event["type"], customer=stripe_state.customer_of(event),
        created_at=stripe_state.moment(event["created"]), body=event,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_webhookevent (id, type, customer, created_at, body, state, attempts, error)"
            " VALUES (%s, %s, %s, %s, %s, 'pending', 0, '') ON CONFLICT DO NOTHING",
            [row.id, row.type, row.customer, row.created_at, json.dumps(row.body)],
        )
        new = bool(cursor.rowcount)
    if new:
        transaction.on_commit(lambda: ring(row.id))
    return new


def ring(event_id: str) -> None:
    """Tell a worker. When the broker does not take it, beat finds the event in the inbox."""
    try:
        current_app.send_task("billing.process_event", args=[event_id], queue="billing")
    except Exception as error:
        log.warning("Event %s waits for beat: the broker did not take it (%s)", event_id, type(error).__name__)


def process(event_id: str, *, again: bool = False) -> str:
    """Mirror an event in dj-stripe, reconcile its customer, and note the outcome. Returns the state it is in.

    `again`: also one that is done. A failure is noted and tried again later; it never undoes the reconciling.
    """
    row = WebhookEvent.objects.get(pk=event_id)
    if row.body is None or (row.state in (WebhookEvent.State.PROCESSED, WebhookEvent.State.IGNORED) and not again):
        return row.state
    try:
        state, error = _process(row.body)
    except Exception as failure:
        log.exception("Event %s failed", event_id)
        state, error = WebhookEvent.State.FAILED, f"{type(failure).__name__}: {failure}"
    return _note(row, state, error)


def _process(event: Found) -> tuple[str, str]:
    with transaction.atomic():
        customer = customer_of(event)
        if customer:
            reconcile.lock_customer(customer)
        mirror_error = _mirror(event)
        user_id = user_of(event, customer)
        if user_id is not None:
            reconcile.reconcile(user_id)
    if mirror_error:
        return WebhookEvent.State.FAILED, mirror_error
    return (WebhookEvent.State.PROCESSED if user_id else WebhookEvent.State.IGNORED), ""


def _mirror(event: Found) -> str:
    """dj-stripe's own processing. What it cannot digest must not keep a person from what they paid for."""
    try:
        with transaction.atomic():
            Event.process(event)
    except Exception as failure:
        log.exception("dj-stripe could not mirror event %s", event["id"])
        return f"dj-stripe: {type(failure).__name__}: {failure}"
    return ""


def customer_of(event: Found) -> str:
    """The customer whom an event is about; a dispute names only its charge."""
    about = event["data"]["object"]
    if about["object"] == "dispute":
        return gateway.customer_of_charge(stripe_state.id_of(about["charge"]))
    return stripe_state.customer_of(event)


def user_of(event: Found, customer: str) -> UUID | None:
    """Whose customer it is. One that we made and lost the answer of is found by the user id on it, and linked."""
    rows = Subscription.objects.filter(stripe_customer_id=customer).values_list("pk", flat=True) if customer else []
    for user_id in rows:
        return user_id
    try:
        named = UUID(stripe_state.user_named_in(event))
    except ValueError:
        return None
    linked = Subscription.objects.filter(pk=named, stripe_customer_id="").update(
        stripe_customer_id=customer, updated_at=Now()
    )
    return named if linked else None


def _note(row: WebhookEvent, state: str, error: str) -> str:
    facts: dict[str, Any] = {"state": state, "error": error[:2000], "attempts": F("attempts") + 1}
    if state == WebhookEvent.State.FAILED and row.attempts < len(RETRY_SECONDS):
        facts["due_at"] = Now() + timedelta(seconds=RETRY_SECONDS[row.attempts])
    elif state == WebhookEvent.State.FAILED:
        facts["state"] = WebhookEvent.State.DEAD
    else:
        facts["processed_at"] = Now()
    WebhookEvent.objects.filter(pk=row.pk).update(**facts)
    return str(facts["state"])


def process_due(*, limit: int = 200) -> int:
    """What was not rung for, or failed and may be tried again. Returns how many were tried."""
    waiting = (WebhookEvent.State.PENDING, WebhookEvent.State.FAILED)
    due = WebhookEvent.objects.filter(state__in=waiting, due_at__lte=Now() - timedelta(seconds=5))
    ids = list(due.order_by("due_at").values_list("pk", flat=True)[:limit])
    for event_id in ids:
        process(event_id)
    return len(ids)


def reread() -> int:
    """Take in what Stripe could not deliver in the last days. Returns how many events were new."""
    if not settings.STRIPE_SECRET_KEY:
        return 0
    since = int((timezone.now() - timedelta(days=REREAD_DAYS)).timestamp())
    return sum(keep(event) for event in reversed(gateway.events_since(since, TYPES)))


def purge_bodies() -> int:
    """Drop the bodies of old events that are done with; the rows stay."""
    old = WebhookEvent.objects.filter(processed_at__lt=Now() - timedelta(days=BODIES_KEPT_DAYS), body__isnull=False)
    return old.update(body=None)

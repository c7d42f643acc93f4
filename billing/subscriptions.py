"""Writes of the Subscription: what a user is on, and the allowance that goes with it."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from billing import reconcile
from billing.errors import StripeUnavailable
from billing.models import Subscription
from billing.plans import plan_for
from credits import ledger
from credits.models import CreditAccount

log = logging.getLogger(__name__)


def provision(user_id: UUID) -> list[str]:
    """Give a user what is missing of profile, subscription and credits; the names of what was given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT provision_user(%s)", [user_id])
        return list(cursor.fetchone()[0])


def put_on_plan(*, user_id: UUID, plan: str, source: str, started_at: datetime, ends_at: datetime) -> ledger.Entry:
    """Put a user on a plan for a calendar period and replace the allowance, once for each source.

    For plans that an operator gives; those that Stripe bills follow their invoices.
    """
    with transaction.atomic():
        entry = ledger.start_period(
            user_id=user_id, allowance=plan_for(plan).credits, renewal=CreditAccount.Renewal.CALENDAR, source=source,
            started_at=started_at, ends_at=ends_at, description=f"{plan} monthly credits",
        )  # fmt: skip
        if not entry.repeated:
            Subscription.objects.filter(pk=user_id).update(
                plan=plan, status=Subscription.Status.ACTIVE, current_period_start=started_at,
                current_period_end=ends_at, updated_at=Now(),
            )  # fmt: skip
    return entry


def sync(user_id: UUID) -> bool:
    """Follow Stripe now; false for who never paid. Raises StripeUnavailable."""
    if not Subscription.objects.filter(pk=user_id).exclude(stripe_customer_id="").exists():
        return False
    reconcile.reconcile(user_id)
    return True


def reconcile_due() -> int:
    """Follow Stripe for every subscription whose period should have ended by now. Returns how many were due."""
    due = Subscription.objects.exclude(stripe_subscription_id="").filter(current_period_end__lt=Now())
    ids = list(due.values_list("pk", flat=True))
    for user_id in ids:
        try:
            reconcile.reconcile(user_id)
        except StripeUnavailable:
            log.warning("The subscription of %s waits for the next round: Stripe is away.", user_id)
    return len(ids)

"""Writes of the Subscription: what a user is on, and the allowance that goes with it."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from billing.models import Subscription
from billing.plans import plan_for
from credits import ledger
from credits.models import CreditAccount


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

"""The balance as the API tells it."""

from typing import Any
from uuid import UUID

from billing import entitlements
from billing.serializers import BalanceSerializer
from credits import selectors


def balance_of(user_id: UUID) -> dict[str, Any]:
    """Credits now, the open lots in the order in which they burn, and the next reset."""
    account = selectors.account_of(user_id)
    facts = {
        "balance": account.balance, "monthly_allowance": account.monthly_allowance,
        "plan": entitlements.standing_of(user_id).plan.id, "last_reset_at": account.period_started_at,
        "next_reset_at": account.next_reset_at, "total_earned": account.total_earned,
        "total_spent": account.total_spent, "lots": selectors.open_lots_of(user_id),
    }  # fmt: skip
    return dict(BalanceSerializer(facts).data)

"""What a user may do: the one home of entitlement. Decided from our Subscription alone, never from Stripe's mirror."""

from dataclasses import dataclass
from uuid import UUID

from billing.models import Subscription
from billing.plans import Plan, plan_for

INACTIVE = frozenset({Subscription.Status.PAST_DUE, Subscription.Status.UNPAID, Subscription.Status.PAUSED})


@dataclass(frozen=True, slots=True)
class Standing:
    """A user's plan and the status of their subscription."""

    plan: Plan
    status: str

    @property
    def is_active(self) -> bool:
        return self.status not in INACTIVE


def standing_of(user_id: UUID) -> Standing:
    plan, status = Subscription.objects.values_list("plan", "status").get(pk=user_id)
    return Standing(plan_for(plan), status)

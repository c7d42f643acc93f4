"""When the clock must look at a subscription next."""

from typing import Any

from stripe_sandbox.engine import reckoning
from stripe_sandbox.models import Record

HOUR = 3_600
INCOMPLETE_SECONDS = 23 * HOUR
TRIAL_WARNING = reckoning.days(3)
ENDED = ("canceled", "incomplete_expired")


def plan(subscription: Record) -> None:
    """Set `due_at` from what the subscription is now; the caller saves."""
    data = subscription.data
    if data["status"] in ENDED:
        subscription.due_at = None
    elif data["status"] == "incomplete":
        subscription.due_at = data["created"] + INCOMPLETE_SECONDS
    else:
        moments = [data["cancel_at"], (data["pause_collection"] or {}).get("resumes_at")]
        if data["status"] != "paused":
            moments.append(reckoning.period_of(data["items"]["data"])[1])
        moments.append(_warning(subscription, data))
        subscription.due_at = min((moment for moment in moments if moment is not None), default=None)


def _warning(subscription: Record, data: dict[str, Any]) -> int | None:
    if data["status"] != "trialing" or subscription.private.get("warned"):
        return None
    return max(int(data["trial_end"]) - TRIAL_WARNING, int(data["trial_start"]))

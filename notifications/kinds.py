"""What the product writes to people about, as data. `sentence` stands beside the switch in settings."""

from dataclasses import dataclass
from typing import Any

PREFERENCE = "mail"
"""The key in Profile.preferences under which the switches are kept: {"mail": {"job_done": true}}."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`default` is how its switch stands while the person has not touched it; due.py knows it as well."""

    id: str
    name: str
    sentence: str
    default: bool = True


WELCOME = Kind("welcome", "Welcome", "Welcome: one mail when you are new here.")
LOW_BALANCE = Kind(
    "low_balance", "Credits run low", "Credits run low: when a quarter, and when a tenth, of a month's credits is left."
)
OUT_OF_CREDITS = Kind("out_of_credits", "Out of credits", "Out of credits: when nothing is left to start a job with.")
PAYMENT_FAILED = Kind("payment_failed", "Payment failed", "Payment failed: when your plan could not be paid.")
PLAN_ENDS = Kind("plan_ends", "Plan ends", "Plan ends: when you cancel, and again three days before the end.")
JOB_DONE = Kind("job_done", "Job done", "Job done: when a job that ran for more than 20 seconds ends.", default=False)

KINDS = {kind.id: kind for kind in (WELCOME, LOW_BALANCE, OUT_OF_CREDITS, PAYMENT_FAILED, PLAN_ENDS, JOB_DONE)}


def is_on(kind: Kind, preferences: dict[str, Any]) -> bool:
    """How a switch stands. Whatever is neither true nor false counts as untouched."""
    switches = preferences.get(PREFERENCE)
    chosen = switches.get(kind.id) if isinstance(switches, dict) else None
    return chosen if isinstance(chosen, bool) else kind.default

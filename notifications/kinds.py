"""What the product writes to people about, as data. `sentence` stands beside the switch in settings."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

PREFERENCE = "mail"
"""The key in Profile.preferences under which the switches are kept: {"mail": {"job_done": true}}."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`default` is how its switch stands while the person has not touched it; due.py knows it as well.

    What ends in `_en` is English, the property without it the same in the reader's language.
    """

    id: str
    name_en: str
    sentence_en: str
    default: bool = True

    @property
    def name(self) -> str:
        return gettext(self.name_en)

    @property
    def sentence(self) -> str:
        return gettext(self.sentence_en)


WELCOME = Kind("welcome", _("Welcome"), _("Welcome: one email when you are new here."))
LOW_BALANCE = Kind(
    "low_balance",
    _("Credits run low"),
    _("Credits run low: when a quarter, and when a tenth, of a month's credits is left."),
)
OUT_OF_CREDITS = Kind(
    "out_of_credits", _("Out of credits"), _("Out of credits: when nothing is left to start a job with.")
)
PAYMENT_FAILED = Kind("payment_failed", _("Payment failed"), _("Payment failed: when your plan could not be paid."))
PLAN_ENDS = Kind("plan_ends", _("Plan ends"), _("Plan ends: when you cancel, and again three days before the end."))
JOB_DONE = Kind(
    "job_done", _("Job done"), _("Job done: when a job that ran for more than 20 seconds ends."), default=False
)
SUPPORT = Kind("support", _("Support"), _("Support: when we answer a ticket of yours, or close it."))

WEBHOOK_OFF = Kind(
    "webhook_off",
    _("Webhook switched off"),
    _("Webhook switched off: when nothing could be delivered to it for days."),
)

KINDS = {
    kind.id: kind
    for kind in (WELCOME, LOW_BALANCE, OUT_OF_CREDITS, PAYMENT_FAILED, PLAN_ENDS, JOB_DONE, SUPPORT, WEBHOOK_OFF)
}


def is_on(kind: Kind, preferences: dict[str, Any]) -> bool:
    """How a switch stands. Whatever is neither true nor false counts as untouched."""
    switches = preferences.get(PREFERENCE)
    chosen = switches.get(kind.id) if isinstance(switches, dict) else None
    return chosen if isinstance(chosen, bool) else kind.default

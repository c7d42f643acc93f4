"""A refusal as a person meets it: what happened, that nothing was charged, and the one way to mend it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from avatarg.errors import Refusal
from dashboard import words


@dataclass(frozen=True, slots=True)
class Banner:
    """`tone` is bad (access is stopped), warn, info or ok. `portal` labels a button to Stripe's portal."""

    tone: str
    icon: str
    title: str
    text: str
    link: str = ""
    label: str = ""
    portal: str = ""


def upgrade_url() -> str:
    return f"{reverse('billing')}#upgrade"


def jobs_url(**filters: str) -> str:
    return f"{reverse('jobs')}?{urlencode(filters)}" if filters else reverse("jobs")


def banner_for(refusal: Refusal) -> Banner:
    make = MAKERS.get(refusal.code)
    return make(refusal) if make else Banner("warn", "alert", "That did not work", refusal.message)


def plan_required(refusal: Refusal) -> Banner:
    plan = refusal.metadata.get("required_plan", "a higher plan")
    return Banner("info", "lock", f"This comes with {plan}", refusal.message, upgrade_url(), "Compare the plans")


def not_allowed(refusal: Refusal) -> Banner:
    return Banner("info", "lock", "Not part of your plan", refusal.message, upgrade_url(), "Compare the plans")


def coming_soon(refusal: Refusal) -> Banner:
    return Banner("info", "clock", "Not live yet", refusal.message, reverse("dashboard"), "See what is ready")


def inactive(refusal: Refusal) -> Banner:
    return Banner("bad", "alert", "Your agents are paused", refusal.message, reverse("billing"), "Open billing")


def quota(refusal: Refusal) -> Banner:
    if refusal.metadata.get("quota") == "avatars":
        link, label = jobs_url(agent="avatar-builder"), "See your avatars"
    elif refusal.metadata.get("quota") == "stored":
        link, label = jobs_url(), "See your results"
    else:
        link, label = upgrade_url(), "Compare the plans"
    return Banner(
        "warn", "alert", "That is all your plan holds", f"{refusal.message} Nothing was charged.", link, label
    )


def concurrency(refusal: Refusal) -> Banner:
    limit = refusal.metadata.get("limit", 1)
    text = f"Your plan runs {words.counted(limit, 'job')} at once. Nothing was charged; send this again in a moment."
    return Banner("info", "clock", "Another job is still running", text, jobs_url(), "See your jobs")


def waiting(refusal: Refusal) -> Banner:
    """The same before anything was sent."""
    text = f"Your plan runs {words.counted(refusal.metadata['limit'], 'job')} at once. This can start when one ends."
    return Banner("info", "clock", "Another job is still running", text, jobs_url(), "See your jobs")


def insufficient(refusal: Refusal) -> Banner:
    required, available = refusal.metadata["required"], refusal.metadata["available"]
    text = f"This takes {required:,} and you have {available:,}. Nothing was charged."
    if reset_at := refusal.metadata.get("next_reset_at"):
        at = datetime.fromisoformat(reset_at)
        text = f"{text} Your next monthly credits come on {words.day(at)}."
    missing = words.counted(required - available, "more credit")
    return Banner("warn", "credits", f"You need {missing}", text, upgrade_url(), "Compare the plans")


def limited(refusal: Refusal) -> Banner:
    text = f"{refusal.message} Nothing was charged."
    return Banner("info", "clock", "A little slower, please", text, jobs_url(), "See your jobs")


def deduction_failed(refusal: Refusal) -> Banner:
    return Banner("bad", "alert", "The credits were not taken", refusal.message, reverse("credits"), "Open the ledger")


MAKERS = {
    "PLAN_REQUIRED": plan_required,
    "AGENT_NOT_ALLOWED": not_allowed,
    "AGENT_COMING_SOON": coming_soon,
    "SUBSCRIPTION_INACTIVE": inactive,
    "QUOTA_EXCEEDED": quota,
    "CONCURRENCY_LIMIT": concurrency,
    "INSUFFICIENT_CREDITS": insufficient,
    "RATE_LIMITED": limited,
    "DEDUCTION_FAILED": deduction_failed,
}

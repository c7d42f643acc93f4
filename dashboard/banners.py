"""A refusal as a person meets it: what happened, that nothing was charged, and the one way to mend it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avatarg.errors import Refusal
from dashboard import words


@dataclass(frozen=True, slots=True)
class Banner:
    """`tone` is bad (access is stopped), warn, info or ok. `portal` labels a button to Stripe's portal."""

    tone: str
    icon: str
    title: words.Words
    text: words.Words
    link: str = ""
    label: str = ""
    portal: str = ""


def upgrade_url() -> str:
    return f"{reverse('billing')}#upgrade"


def jobs_url(**filters: str) -> str:
    return f"{reverse('jobs')}?{urlencode(filters)}" if filters else reverse("jobs")


def banner_for(refusal: Refusal) -> Banner:
    make = MAKERS.get(refusal.code)
    return make(refusal) if make else Banner("warn", "alert", _("That did not work"), refusal.message)


def not_allowed(refusal: Refusal) -> Banner:
    return Banner("info", "lock", _("Not part of your plan"), refusal.message, upgrade_url(), _("Compare the plans"))


def coming_soon(refusal: Refusal) -> Banner:
    return Banner("info", "clock", _("Not live yet"), refusal.message, reverse("dashboard"), _("See what is ready"))


def inactive(refusal: Refusal) -> Banner:
    return Banner("bad", "alert", _("Your agents are paused"), refusal.message, reverse("billing"), _("Open billing"))


def quota(refusal: Refusal) -> Banner:
    if refusal.metadata.get("quota") == "avatars":
        link, label = jobs_url(agent="avatar-builder"), _("See your avatars")
    elif refusal.metadata.get("quota") == "stored":
        link, label = jobs_url(), _("See your results")
    else:
        link, label = upgrade_url(), _("Compare the plans")
    return Banner("warn", "alert", _("That is all your plan holds"), not_charged(refusal), link, label)


def not_charged(refusal: Refusal) -> str:
    return f"{refusal.message} {_('Nothing was charged.')}"


def concurrency(refusal: Refusal) -> Banner:
    told = ngettext(
        "Your plan runs %(limit)d job at once. Nothing was charged; send this again in a moment.",
        "Your plan runs %(limit)d jobs at once. Nothing was charged; send this again in a moment.",
        refusal.metadata.get("limit", 1),
    ) % {"limit": refusal.metadata.get("limit", 1)}
    return Banner("info", "clock", _("Another job is still running"), told, jobs_url(), _("See your jobs"))


def waiting(refusal: Refusal) -> Banner:
    """The same before anything was sent."""
    told = ngettext(
        "Your plan runs %(limit)d job at once. This can start when one ends.",
        "Your plan runs %(limit)d jobs at once. This can start when one ends.",
        refusal.metadata["limit"],
    ) % {"limit": refusal.metadata["limit"]}
    return Banner("info", "clock", _("Another job is still running"), told, jobs_url(), _("See your jobs"))


def insufficient(refusal: Refusal) -> Banner:
    required, available = refusal.metadata["required"], refusal.metadata["available"]
    numbers = {"required": words.amount(required), "available": words.amount(available)}
    text = _("This takes %(required)s and you have %(available)s. Nothing was charged.") % numbers
    if reset_at := refusal.metadata.get("next_reset_at"):
        at = datetime.fromisoformat(reset_at)
        text = f"{text} {_('Your next monthly credits come on %(day)s.') % {'day': words.day(at)}}"
    missing = required - available
    title = ngettext("You need %(shown)s more credit", "You need %(shown)s more credits", missing)
    shown = {"shown": words.amount(missing)}
    return Banner("warn", "credits", title % shown, text, upgrade_url(), _("Compare the plans"))


def limited(refusal: Refusal) -> Banner:
    return Banner("info", "clock", _("A little slower, please"), not_charged(refusal), jobs_url(), _("See your jobs"))


def deduction_failed(refusal: Refusal) -> Banner:
    title, label = _("The credits were not taken"), _("Open the ledger")
    return Banner("bad", "alert", title, refusal.message, reverse("credits"), label)


def way_for(code: str) -> tuple[str, str]:
    """Where a refused plan of steps can be mended: address and words."""
    ways = {
        "CONCURRENCY_LIMIT": (jobs_url(), _("See your jobs")),
        "SUBSCRIPTION_INACTIVE": (reverse("billing"), _("Open billing")),
        "DEDUCTION_FAILED": (reverse("credits"), _("Open the ledger")),
    }
    return ways.get(code, (upgrade_url(), _("See the plans")))


MAKERS = {
    "PLAN_REQUIRED": not_allowed,
    "AGENT_NOT_ALLOWED": not_allowed,
    "AGENT_COMING_SOON": coming_soon,
    "SUBSCRIPTION_INACTIVE": inactive,
    "QUOTA_EXCEEDED": quota,
    "CONCURRENCY_LIMIT": concurrency,
    "INSUFFICIENT_CREDITS": insufficient,
    "RATE_LIMITED": limited,
    "DEDUCTION_FAILED": deduction_failed,
}

"""What each plan promises about answers: the one place where it is defined.

Hours are counted on business days: Monday to Friday around the clock, UTC. Holidays are not known here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext, ngettext

from billing.plans import ENTERPRISE, FREE, PREMIUM, PRO

SATURDAY = 5
DAY = 24


@dataclass(frozen=True, slots=True)
class Promise:
    """An answer within so many `hours` on business days; `best_effort` aims at them and promises nothing."""

    hours: int
    best_effort: bool = False


PROMISES = {
    FREE.id: Promise(72, best_effort=True),
    PRO.id: Promise(24),
    PREMIUM.id: Promise(12),
    ENTERPRISE.id: Promise(4),
}


def due_at(tier: str, asked_at: datetime) -> datetime:
    """When the answer is due to something that was asked then."""
    at, left = asked_at.astimezone(UTC), timedelta(hours=PROMISES[tier].hours)
    if at.weekday() >= SATURDAY:
        at = weekend_before(at) + timedelta(days=2)
    while at + left > (weekend := weekend_before(at) + timedelta(days=7)):
        left -= weekend - at
        at = weekend + timedelta(days=2)
    return at + left


def weekend_before(at: datetime) -> datetime:
    """The last beginning of a Saturday."""
    midnight = datetime.combine(at.date(), time(), UTC)
    return midnight - timedelta(days=(at.weekday() - SATURDAY) % 7)


def sentence(tier: str) -> str:
    """The promise to a person."""
    promise = PROMISES[tier]
    if promise.best_effort:
        days = promise.hours // DAY
        said = ngettext("%(days)s business day", "%(days)s business days", days) % {"days": days}
        return gettext("On %(plan)s we aim to answer within %(time)s.") % {"plan": tier, "time": said}
    return gettext("On %(plan)s we answer within %(hours)s hours on business days.") % {
        "plan": tier, "hours": promise.hours,
    }  # fmt: skip

"""Billing periods: counted from the anchor, so that 31 January is followed by 28 February and then by 31 March."""

import calendar
from datetime import UTC, datetime
from typing import Any

SECONDS = {"day": 86_400, "week": 7 * 86_400}
MONTHS = {"month": 1, "year": 12}


def end_of(anchor: int, recurring: dict[str, Any], start: int) -> int:
    """The end of the period that begins at `start`: the first boundary after it."""
    count = recurring["interval_count"]
    if recurring["interval"] in SECONDS:
        step: int = SECONDS[recurring["interval"]] * count
        return anchor + ((start - anchor) // step + 1) * step
    months = MONTHS[recurring["interval"]] * count
    first, here = datetime.fromtimestamp(anchor, UTC), datetime.fromtimestamp(start, UTC)
    passed = (here.year - first.year) * 12 + here.month - first.month
    number = passed // months
    while add_months(anchor, number * months) <= start:
        number += 1
    return add_months(anchor, number * months)


def add_months(moment: int, months: int) -> int:
    """The same day and second so many months on, or the month's last day where there is no such day."""
    here = datetime.fromtimestamp(moment, UTC)
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    day = min(here.day, calendar.monthrange(year, month + 1)[1])
    return int(here.replace(year=year, month=month + 1, day=day).timestamp())


def date_of(moment: int) -> str:
    """As Stripe writes it in a line: 3 Feb 2026."""
    here = datetime.fromtimestamp(moment, UTC)
    return f"{here.day} {here:%b %Y}"

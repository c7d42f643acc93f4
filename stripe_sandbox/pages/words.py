"""How the pages say money, moments, cards and states. Money comes in integer cents, moments as unix time, in UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stripe_sandbox.engine import periods

SIGNS = {"usd": "$", "eur": "€", "gbp": "£"}
BRANDS = {
    "visa": "Visa", "mastercard": "Mastercard", "amex": "American Express", "discover": "Discover", "diners": "Diners",
    "jcb": "JCB", "unionpay": "UnionPay",
}  # fmt: skip

MARKS = {
    "visa": "VISA",
    "mastercard": "MC",
    "amex": "AMEX",
    "discover": "DISC",
    "diners": "DC",
    "jcb": "JCB",
    "unionpay": "UP",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state as a badge shows it: never colour alone."""

    word: str
    icon: str
    tone: str = ""


SUBSCRIPTION_STATES = {
    "active": State("Active", "check", "ok"),
    "trialing": State("Trial", "clock", "live"),
    "past_due": State("Past due", "alert", "bad"),
    "unpaid": State("Unpaid", "alert", "bad"),
    "canceled": State("Canceled", "minus"),
    "incomplete": State("Incomplete", "clock", "warn"),
    "incomplete_expired": State("Expired", "minus"),
    "paused": State("Paused", "minus", "warn"),
}
INVOICE_STATES = {
    "paid": State("Paid", "check", "ok"),
    "open": State("Open", "clock", "warn"),
    "draft": State("Draft", "file"),
    "void": State("Void", "minus"),
    "uncollectible": State("Uncollectible", "x", "bad"),
}
DELIVERY_STATES = {
    "waiting": State("On its way", "clock", "live"),
    "held": State("Held", "pause", "warn"),
    "delivered": State("Delivered", "check", "ok"),
    "failed": State("Given up", "x", "bad"),
    "dropped": State("Dropped", "minus"),
}
DISPUTE_STATES = {
    "needs_response": State("Disputed", "alert", "warn"),
    "under_review": State("Disputed", "alert", "warn"),
    "won": State("Dispute won", "check", "ok"),
    "lost": State("Dispute lost", "x", "bad"),
}


def money(cents: int | None, currency: str = "usd") -> str:
    """$1,234.50; a minus sign stands before the currency."""
    amount = f"{abs(cents or 0) / 100:,.2f}"
    sign = SIGNS.get(currency)
    said = f"{sign}{amount}" if sign else f"{amount} {currency.upper()}"
    return f"\N{MINUS SIGN}{said}" if (cents or 0) < 0 else said


def at(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)


def day(moment: int | None) -> str:
    """4 December 2026."""
    return f"{at(moment).day} {at(moment):%B %Y}" if moment else ""


def short_day(moment: int | None) -> str:
    """4 Dec 2026."""
    return f"{at(moment).day} {at(moment):%b %Y}" if moment else ""


def minute(moment: int | None) -> str:
    """4 Dec 2026, 09:30."""
    return f"{short_day(moment)}, {at(moment):%H:%M}" if moment else ""


def every(recurring: dict[str, Any] | None) -> str:
    """a month, every 3 months; nothing for what is paid once."""
    if not recurring:
        return ""
    interval, count = recurring["interval"], recurring.get("interval_count", 1)
    if count == 1:
        return f"a{'n' if interval[0] in 'aeiou' else ''} {interval}"
    return f"every {count} {interval}s"


def price(data: dict[str, Any], quantity: int = 1) -> str:
    """$29.00 a month."""
    return f"{money((data['unit_amount'] or 0) * quantity, data['currency'])} {every(data.get('recurring'))}".strip()


def brand(name: str) -> str:
    return BRANDS.get(name, name.replace("_", " ").title())


def mark(brand: str) -> str:
    """What is written on the small picture of a card."""
    return MARKS.get(brand, "CARD")


def card(data: dict[str, Any] | None) -> str:
    """Visa ending 4242, from the `card` of a payment method."""
    return f"{brand(data['brand'])} ending {data['last4']}" if data else ""


def expiry(data: dict[str, Any]) -> str:
    return f"{data['exp_month']:02d} / {data['exp_year'] % 100:02d}"


def distance(start: int, end: int) -> str:
    """By the calendar, the two largest units: 13 months, 4 days; 2 hours, 10 minutes."""
    months = (at(end).year - at(start).year) * 12 + at(end).month - at(start).month
    months -= months > 0 and periods.add_months(start, months) > end
    left, said = end - periods.add_months(start, months), [(months, "month")]
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count, left = divmod(left, size)
        said.append((count, name))
    shown = [f"{count} {name}{'s' if count != 1 else ''}" for count, name in said if count]
    return ", ".join(shown[:2]) or "less than a minute"

"""Paying what is open with a card, and saying how it went."""

from dataclasses import dataclass

from stripe_sandbox import store
from stripe_sandbox.engine import invoices
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.pages import words

ASKS = "authentication_required"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`asks`: the bank wants to ask before this invoice is paid."""

    says: str
    tone: str = "ok"
    asks: str = ""
    paid: str = ""


def pay_now(open_ones: list[Record], method: Record, *, authenticated: bool = False) -> Outcome:
    """One after the other; stops at the first that fails."""
    paid, currency = 0, "usd"
    for invoice in open_ones:
        amount, currency = invoice.data["amount_remaining"], invoice.data["currency"]
        try:
            with store.acting():
                invoices.pay(store.get("invoice", invoice.id), method, authenticated=authenticated)
        except StripeError as error:
            if error.code == ASKS:
                return Outcome("", asks=invoice.id)
            return Outcome(f"{words.money(amount, currency)} was not paid. {error.message}", tone="bad")
        paid += amount
    said = words.money(paid, currency)
    return Outcome(f"{said} is paid with {words.card(method.data['card'])}.", paid=said) if paid else Outcome("")

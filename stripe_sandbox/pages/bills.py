"""Invoices as pages show them: a row of the history, and the whole of one."""

from dataclasses import dataclass
from typing import Any

from stripe_sandbox import store
from stripe_sandbox.models import Record
from stripe_sandbox.pages import words

SHOWN = 24


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    number: str
    day: str
    amount: str
    says: str
    state: words.State
    is_open: bool


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    period: str
    amount: str


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice, or the receipt that it is once it is paid."""

    id: str
    title: str
    number: str
    state: words.State
    facts: list[tuple[str, str]]
    lines: list[Line]
    sums: list[tuple[str, str]]
    due_label: str
    due: str
    is_open: bool
    refunded: str


def rows_for(customer: str) -> list[Row]:
    found = store.find("invoice", customer=customer).exclude(data__status="draft")
    return [row_of(invoice.data) for invoice in found[:SHOWN]]


def row_of(data: dict[str, Any]) -> Row:
    return Row(
        id=data["id"], number=data["number"] or "Draft", day=words.short_day(data["created"]),
        amount=words.money(data["total"], data["currency"]), says=says(data),
        state=words.INVOICE_STATES[data["status"] or "draft"],
        is_open=data["status"] == "open" and data["amount_remaining"] > 0,
    )  # fmt: skip


def says(data: dict[str, Any]) -> str:
    """What the invoice is for, in the words of its last line that costs something."""
    lines = data["lines"]["data"]
    dear = [line for line in lines if line["amount"] > 0] or lines
    return str(dear[-1]["description"] or "") if dear else ""


def lines_of(data: dict[str, Any]) -> list[Line]:
    return [
        Line(
            text=line["description"] or "", amount=words.money(line["amount"], line["currency"]),
            period=f"{words.short_day(line['period']['start'])} \N{EN DASH} {words.short_day(line['period']['end'])}",
        )
        for line in data["lines"]["data"]
    ]  # fmt: skip


def sums_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The way from the lines to what is due."""
    currency = data["currency"]
    off = sum(one["amount"] for one in data["total_discount_amounts"] or [])
    applied = data["amount_due"] - data["total"]
    sums = []
    if off:
        sums += [("Subtotal", words.money(data["subtotal"], currency)), ("Discount", words.money(-off, currency))]
    if off or applied:
        sums.append(("Total", words.money(data["total"], currency)))
    if applied:
        sums.append(("Credit balance" if applied < 0 else "Credited to the balance", words.money(applied, currency)))
    return sums


def bill_of(invoice: Record) -> Bill:
    data = invoice.data
    paid_at = data["status_transitions"]["paid_at"]
    facts = [
        ("Invoice", data["number"] or "Draft"),
        ("Date", words.day(data["created"])),
        ("Billed to", data["customer_email"] or data["customer_name"] or data["customer"]),
    ]
    charge = charge_of(invoice.id)
    if paid_at:
        facts.append(("Paid on", words.day(paid_at)))
    if charge is not None and charge["paid"]:
        facts.append(("Paid with", words.card(charge["payment_method_details"]["card"])))
    refunded = charge["amount_refunded"] if charge else 0
    is_paid = data["status"] == "paid"
    return Bill(
        id=invoice.id, title="Receipt" if is_paid else "Invoice", number=data["number"] or "Draft",
        state=words.INVOICE_STATES[data["status"] or "draft"], facts=facts, lines=lines_of(data), sums=sums_of(data),
        due_label="Amount paid" if is_paid else "Amount due",
        due=words.money(data["amount_paid"] if is_paid else data["amount_due"], data["currency"]),
        is_open=data["status"] == "open" and data["amount_remaining"] > 0,
        refunded=words.money(refunded, data["currency"]) if refunded else "",
    )  # fmt: skip


def charge_of(invoice: str) -> dict[str, Any] | None:
    """The last charge of the payment that an invoice asked for."""
    for link in store.find("invoice_payment", invoice=invoice):
        intent = store.lookup("payment_intent", link.data["payment"]["payment_intent"])
        charge = store.lookup("charge", intent.data["latest_charge"] or "") if intent else None
        if charge is not None:
            found: dict[str, Any] = charge.data
            return found
    return None


def open_ones(customer: str) -> list[Record]:
    """What waits to be paid, oldest first."""
    return [one for one in store.find("invoice", customer=customer, status="open").order_by("position")
            if one.data["amount_remaining"] > 0]  # fmt: skip

"""Charges with what can become of them: refunded, disputed."""

from dataclasses import dataclass

from stripe_sandbox import store
from stripe_sandbox.engine import disputes, payments, refunds
from stripe_sandbox.models import Record
from stripe_sandbox.pages import words
from stripe_sandbox.pages.forms import cents

PAGE = 40


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    amount: str
    state: words.State
    who: str
    customer: str
    card: str
    day: str
    says: str
    invoice: str
    number: str
    left: str
    can_dispute: bool
    dispute: str
    position: int


def rows_for(*, customer: str = "", before: int | None = None) -> tuple[list[Row], int | None]:
    """A page, newest first, and where the next one begins."""
    found = store.find("charge")
    if customer:
        found = found.filter(customer=customer)
    if before:
        found = found.filter(position__lt=before)
    page = list(found[: PAGE + 1])
    return [_row(one) for one in page[:PAGE]], page[PAGE - 1].position if len(page) > PAGE else None


def refund(id: str, said: str) -> str:
    """The amount as a person wrote it. Returns what was done; raises StripeError."""
    with store.acting():
        charge = store.get("charge", id)
        left = charge.data["amount"] - charge.data["amount_refunded"]
        made = refunds.refund(charge, cents(said, most=left) if left else None)
    return f"{words.money(made.data['amount'], made.data['currency'])} is refunded."


def dispute(id: str) -> str:
    with store.acting():
        made = disputes.open_dispute(store.get("charge", id))
    return f"{words.money(made.data['amount'], made.data['currency'])} is disputed."


def close_dispute(id: str, *, won: bool) -> str:
    with store.acting():
        disputes.close(store.get("dispute", id), won=won)
    return "The dispute is won: the money comes back." if won else "The dispute is lost: the money is gone."


def _row(charge: Record) -> Row:
    data = charge.data
    customer = store.lookup("customer", data["customer"] or "")
    disputed = store.find("dispute", charge=charge.id).first() if data["disputed"] else None
    invoice = payments.invoice_of(data["payment_intent"] or "")
    left = data["amount"] - data["amount_refunded"]
    paid = data["status"] == "succeeded"
    lost = disputed is not None and disputed.data["status"] != "won"
    return Row(
        id=charge.id, amount=words.money(data["amount"], data["currency"]), state=_state(charge, disputed),
        who=str((customer.data["email"] or customer.data["name"] or customer.id) if customer else "Nobody"),
        customer=data["customer"] or "", card=words.card(data["payment_method_details"]["card"]),
        day=words.minute(charge.created), says=_says(charge), invoice=invoice.id if invoice else "",
        number=(invoice.data["number"] or "") if invoice else "",
        left=f"{left / 100:.2f}" if paid and left and not lost else "",
        can_dispute=paid and not data["disputed"],
        dispute=disputed.id if disputed and disputed.data["status"] not in ("won", "lost") else "",
        position=charge.position,
    )  # fmt: skip


def _state(charge: Record, disputed: Record | None) -> words.State:
    data = charge.data
    if data["status"] != "succeeded":
        return words.State("Declined", "x", "bad")
    if disputed is not None:
        return words.DISPUTE_STATES.get(disputed.data["status"], words.DISPUTE_STATES["needs_response"])
    if data["refunded"]:
        return words.State("Refunded", "refund")
    if data["amount_refunded"]:
        return words.State("Partly refunded", "refund", "live")
    return words.State("Paid", "check", "ok")


def _says(charge: Record) -> str:
    data = charge.data
    if data["failure_message"]:
        return str(data["failure_message"])
    back = data["amount_refunded"]
    return f"{words.money(back, data['currency'])} refunded" if back and not data["refunded"] else ""

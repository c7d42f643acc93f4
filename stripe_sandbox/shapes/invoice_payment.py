from typing import Any


def build(*, id: str, invoice: str, payment_intent: str, amount: int, currency: str, created: int) -> dict[str, Any]:
    """What links an invoice to its payment intent; neither of the two names the other."""
    return {
        "id": id,
        "object": "invoice_payment",
        "amount_paid": None,
        "amount_requested": amount,
        "created": created,
        "currency": currency,
        "invoice": invoice,
        "is_default": True,
        "livemode": False,
        "payment": {"payment_intent": payment_intent, "type": "payment_intent"},
        "status": "open",
        "status_transitions": {"canceled_at": None, "paid_at": None},
    }

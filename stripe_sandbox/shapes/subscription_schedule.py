from typing import Any

from stripe_sandbox.shapes.blank import fill

EMPTY: dict[str, Any] = {
    "id": "",
    "object": "subscription_schedule",
    "application": None,
    "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible"},
    "canceled_at": None,
    "completed_at": None,
    "created": 0,
    "current_phase": None,
    "customer": "",
    "customer_account": None,
    "default_settings": {
        "application_fee_percent": None,
        "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
        "billing_cycle_anchor": "automatic",
        "billing_thresholds": None,
        "collection_method": "charge_automatically",
        "default_payment_method": None,
        "description": None,
        "invoice_settings": {"account_tax_ids": None, "days_until_due": None, "issuer": {"type": "self"}},
        "on_behalf_of": None,
        "transfer_data": None,
    },
    "end_behavior": "release",
    "livemode": False,
    "metadata": {},
    "phases": [],
    "released_at": None,
    "released_subscription": None,
    "status": "active",
    "subscription": None,
    "test_clock": None,
}
EMPTY_PHASE: dict[str, Any] = {
    "add_invoice_items": [],
    "application_fee_percent": None,
    "billing_cycle_anchor": None,
    "billing_thresholds": None,
    "collection_method": None,
    "currency": "usd",
    "default_payment_method": None,
    "default_tax_rates": [],
    "description": None,
    "discounts": [],
    "end_date": 0,
    "invoice_settings": None,
    "items": [],
    "metadata": {},
    "on_behalf_of": None,
    "proration_behavior": "create_prorations",
    "start_date": 0,
    "transfer_data": None,
    "trial_end": None,
}


def build(**facts: Any) -> dict[str, Any]:
    return fill(EMPTY, facts)


def phase(**facts: Any) -> dict[str, Any]:
    return fill(EMPTY_PHASE, facts)


def phase_item(price: str, quantity: int) -> dict[str, Any]:
    return {
        "billing_thresholds": None,
        "discounts": [],
        "metadata": {},
        "price": price,
        "quantity": quantity,
        "tax_rates": [],
    }

from typing import Any

from stripe_sandbox.shapes.blank import fill, listing

EMPTY: dict[str, Any] = {
    "id": "",
    "object": "subscription",
    "application": None,
    "application_fee_percent": None,
    "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
    "billing_cycle_anchor": 0,
    "billing_cycle_anchor_config": None,
    "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible"},
    "billing_schedules": [],
    "billing_thresholds": None,
    "cancel_at": None,
    "cancel_at_period_end": False,
    "canceled_at": None,
    "cancellation_details": {"comment": None, "feedback": None, "reason": None},
    "collection_method": "charge_automatically",
    "created": 0,
    "currency": "usd",
    "customer": "",
    "customer_account": None,
    "days_until_due": None,
    "default_payment_method": None,
    "default_source": None,
    "default_tax_rates": [],
    "description": None,
    "discounts": [],
    "ended_at": None,
    "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}},
    "items": {},
    "latest_invoice": None,
    "livemode": False,
    "managed_payments": None,
    "metadata": {},
    "next_pending_invoice_item_invoice": None,
    "on_behalf_of": None,
    "pause_collection": None,
    "payment_settings": {
        "payment_method_options": None,
        "payment_method_types": None,
        "save_default_payment_method": "off",
    },
    "pending_invoice_item_interval": None,
    "pending_setup_intent": None,
    "pending_update": None,
    "schedule": None,
    "start_date": 0,
    "status": "incomplete",
    "test_clock": None,
    "transfer_data": None,
    "trial_end": None,
    "trial_settings": {"end_behavior": {"missing_payment_method": "create_invoice"}},
    "trial_start": None,
}
EMPTY_ITEM: dict[str, Any] = {
    "id": "",
    "object": "subscription_item",
    "billing_thresholds": None,
    "created": 0,
    "current_period_end": 0,
    "current_period_start": 0,
    "discounts": [],
    "metadata": {},
    "price": {},
    "quantity": 1,
    "subscription": "",
    "tax_rates": [],
}


def build(*, items: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    """A subscription; where its items' periods are is in the items."""
    return fill(EMPTY, {**facts, "items": list_of_items(facts["id"], items)})


def item(**facts: Any) -> dict[str, Any]:
    return fill(EMPTY_ITEM, facts)


def list_of_items(subscription: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return listing(items, f"/v1/subscription_items?subscription={subscription}")

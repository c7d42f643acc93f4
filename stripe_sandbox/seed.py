"""What a sandbox needs to sell Avatar G's plans. Planting it again mends what is missing and changes nothing else."""

from typing import Any

from django.conf import settings

from stripe_sandbox import store
from stripe_sandbox.models import Record
from stripe_sandbox.shapes import (
    coupon,
    portal_configuration,
    price,
    product,
    promotion_code,
    webhook_endpoint,
)

PLANS = (
    ("pro", "PRO", "1,000 credits a month, 3 jobs at once, voices and business reports.", 2_900),
    ("premium", "PREMIUM", "5,000 credits a month, orchestration, and an API.", 9_900),
    ("enterprise", "ENTERPRISE", "50,000 credits a month, single sign-on, and a queue of your own.", 49_900),
)
COUPON, CODE = "welcome20", "WELCOME20"
CONFIGURATION, ENDPOINT = "bpc_sandbox", "we_sandbox"
EVENTS = [
    "checkout.session.completed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "invoice.paid",
    "invoice.payment_succeeded",
    "invoice.payment_failed",
    "charge.refunded",
    "charge.dispute.created",
]


def plant() -> None:
    with store.acting():
        now = store.now()
        for word, name, description, cents in PLANS:
            _plant_plan(word, name, description, cents, now)
        _keep(
            coupon.build(
                id=COUPON,
                created=now,
                duration="repeating",
                duration_in_months=3,
                percent_off=20,
                name="20% off at first",
            )
        )
        _keep(promotion_code.build(id="promo_sandbox_welcome20", created=now, code=CODE, coupon=COUPON))
        _keep(
            portal_configuration.build(
                id=CONFIGURATION, created=now, features=portal_features(), is_default=True, name="Avatar G"
            )
        )
        _plant_endpoint(settings.STRIPE_SANDBOX_WEBHOOK_URL, settings.STRIPE_WEBHOOK_SECRET, now)


def portal_features() -> dict[str, Any]:
    """Upgrades are invoiced at once; a downgrade or a cancellation waits for the period's end."""
    features = portal_configuration.features()
    features["customer_update"] = {"allowed_updates": ["email", "name", "address"], "enabled": True}
    features["invoice_history"]["enabled"] = True
    features["payment_method_update"]["enabled"] = True
    features["subscription_cancel"]["enabled"] = True
    features["subscription_cancel"]["cancellation_reason"]["enabled"] = True
    one = {"enabled": False, "maximum": None, "minimum": 1}
    features["subscription_update"] |= {
        "default_allowed_updates": ["price", "promotion_code"],
        "enabled": True,
        "products": [
            {"adjustable_quantity": one, "prices": [f"price_sandbox_{word}"], "product": f"prod_sandbox_{word}"}
            for word, *_ in PLANS
        ],
        "proration_behavior": "always_invoice",
        "schedule_at_period_end": {"conditions": [{"type": "decreasing_item_amount"}]},
    }
    return features


def _plant_plan(word: str, name: str, description: str, cents: int, now: int) -> None:
    id, price_id = f"prod_sandbox_{word}", f"price_sandbox_{word}"
    _keep(product.build(id=id, created=now, name=f"Avatar G {name}", description=description, default_price=price_id))
    _keep(
        price.build(
            id=price_id,
            created=now,
            product=id,
            currency="usd",
            unit_amount=cents,
            recurring=price.recurring("month"),
            lookup_key=f"avatarg_{word}",
        )
    )


def _plant_endpoint(url: str, secret: str, now: int) -> None:
    """The product's own: always where the settings say, signed with the product's secret."""
    if not url:
        return
    endpoint = _keep(
        webhook_endpoint.build(id=ENDPOINT, created=now, url=url, enabled_events=EVENTS, description="Avatar G"),
    )
    endpoint.data |= {"url": url, "enabled_events": EVENTS}
    endpoint.private = {"secret": secret}
    store.save(endpoint, "private")


def _keep(data: dict[str, Any]) -> Record:
    return Record.objects.filter(id=data["id"]).first() or store.add(data)

"""Ways to Stripe's own pages, for operators."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

DASHBOARD = "https://dashboard.stripe.com"


def stripe_link(kind: str, id: str, customer: str) -> SafeString | str:
    """A link to Stripe's dashboard, or to the customer's page in the sandbox."""
    if not id:
        return "-"
    host = getattr(settings, "STRIPE_API_HOST", "")
    mode = "" if settings.STRIPE_LIVE_MODE else "/test"
    address = f"{host}/customers/{customer}" if host else f"{DASHBOARD}{mode}/{kind}/{id}"
    return format_html('<a href="{}">{}</a>', address, id)

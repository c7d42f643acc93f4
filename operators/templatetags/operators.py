from django import template
from django.utils.safestring import SafeString

from billing.links import stripe_link

register = template.Library()


@register.filter
def in_stripe(customer: str) -> SafeString | str:
    """A link to a customer's page in Stripe's dashboard."""
    return stripe_link("customers", customer, customer)

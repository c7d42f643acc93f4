"""Whether a plan carries webhooks, for the card in settings."""

from django import template

from hooks import selectors

register = template.Library()


@register.filter
def carries_webhooks(plan: str) -> bool:
    return plan in selectors.CARRYING


@register.simple_tag
def webhooks_plan() -> str:
    """The cheapest that does."""
    return selectors.CARRYING[0]

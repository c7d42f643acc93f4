"""Which plan a thing comes with, for the lists of what there is."""

from django import template

from billing.plans import PLANS, plan_for

register = template.Library()


@register.simple_tag
def missing_plan(plan: str, feature: str) -> str:
    """The cheapest plan that has it, "" for who is on one that has."""
    if getattr(plan_for(plan), feature):
        return ""
    return next(one.id for one in PLANS.values() if getattr(one, feature))

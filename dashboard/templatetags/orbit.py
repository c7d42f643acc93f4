"""The button of an agent that is coming soon."""

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template import RequestContext

from agents import interests
from agents.registry import Agent
from dashboard.views.member import member

register = template.Library()


@register.inclusion_tag("partials/orbit_interest.html", takes_context=True)
def interest_button(context: RequestContext, agent: Agent, back: str, asked: bool | None = None) -> dict[str, Any]:
    """`asked` None: it is looked up. The token is its own, for partials are often included with nothing else."""
    request = context.request
    if asked is None:
        asked = agent.id in interests.interests_of(member(request))
    return {"agent": agent, "back": back, "asked": asked, "csrf_token": get_token(request)}

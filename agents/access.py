"""Who may use which agent: the first rows of the enforcement table, as pure functions."""

from django.utils.translation import gettext as _

from agents.errors import AgentComingSoon, AgentNotAllowed, PlanRequired, SubscriptionInactive
from agents.registry import Agent
from avatarg.errors import Refusal
from billing.entitlements import Standing
from billing.plans import includes


def refusal_for(agent: Agent, standing: Standing, *, live: bool) -> Refusal | None:
    """Why this person may not run this agent now, None when they may. `live`: the operation has a runner and is on."""
    if not live:
        return AgentComingSoon()
    if not standing.is_active:
        return SubscriptionInactive(status=standing.status)
    if not includes(standing.plan.id, agent.required_plan):
        return PlanRequired(
            _("%(agent)s asks for the %(plan)s plan.") % {"agent": agent.name, "plan": agent.required_plan},
            required_plan=agent.required_plan, plan=standing.plan.id,
        )  # fmt: skip
    if agent.id not in standing.plan.agents:
        return AgentNotAllowed(plan=standing.plan.id)
    return None

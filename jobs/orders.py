"""What a call asks for: the agent, its operation, a typed input and, of the orchestrator, the steps of its plan."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agents import access, catalogue
from agents.errors import AgentComingSoon
from agents.registry import Agent, Operation
from agents.runners.avatar_g_agent import GoalInput
from agents.runners.base import RunInput
from avatarg.errors import InvalidInput
from billing import entitlements
from billing.entitlements import Standing
from jobs import media, planning
from jobs.planning import PlannedStep


@dataclass(frozen=True, slots=True)
class Order:
    """A call that is well made; whether this person may run it now is found out under the account's lock.

    Of an orchestrated one `ceiling` is the most that it may take, `facts` what was noted when it was planned.
    """

    agent: Agent
    operation: Operation
    input: RunInput
    steps: tuple[PlannedStep, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    ceiling: int = 0

    @property
    def price(self) -> int:
        """Credits of the operation and of all steps."""
        return self.operation.cost + sum(step.operation.cost for step in self.steps)

    @property
    def cost(self) -> int:
        """Credits that are taken at the start: of a plan all that it may come to, the rest is given back at its end."""
        return max(self.price, self.ceiling)

    @property
    def base_cost(self) -> int | None:
        """What a plan costs beside its steps; None for what is no plan."""
        return self.operation.cost if self.steps else None


def ordered(
    user_id: UUID, agent_id: str, operation: str | None, input: dict[str, Any], max_credits: int | None
) -> Order:
    """The rows of the table that the call itself decides. Raises the first row that refuses it.

    The rows of switches, status and plan come before that of the input: a wrong input is told to who passes them.
    """
    agent = catalogue.agent_for(agent_id)
    chosen = catalogue.operation_for(agent, operation)
    runner = catalogue.runner_for(agent.id, chosen.name)
    if runner is None:
        raise AgentComingSoon
    try:
        typed = catalogue.validated(runner, input)
        media.require(user_id, agent.id, typed)
        order = Order(agent, chosen, typed)
        if isinstance(typed, GoalInput):
            plan = planning.planned(user_id, chosen, typed, require_access(user_id, agent))
            order = Order(agent, chosen, typed, plan.steps, plan.facts, max_credits or 0)
        if max_credits is not None and order.price > max_credits:
            sentence = _("The price is %(price)d credits.") % {"price": order.price}
            raise InvalidInput({"max_credits": [sentence]}, _("The price is above your limit."))
    except InvalidInput:
        require_access(user_id, agent)
        raise
    return order


def require_access(user_id: UUID, agent: Agent) -> Standing:
    """The rows of switches, status and plan, as things stand. Raises the first that refuses."""
    standing = entitlements.standing_of(user_id)
    if refusal := access.refusal_for(agent, standing, live=agent.id not in catalogue.switched_off()):
        raise refusal
    return standing

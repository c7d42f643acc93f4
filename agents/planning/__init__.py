"""A goal in words becomes a plan of steps, each of them one operation of a live agent."""

import logging

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agents.planning import model, rules, validation
from agents.planning.plan import Plan, Step
from agents.planning.validation import BadPlan, MayUse
from avatarg.errors import InvalidInput

__all__ = ["Plan", "Step", "plan"]
log = logging.getLogger(__name__)
NOT_PLANNED = gettext_noop("No plan could be made of this. Please say it in other words.")


def plan(goal: str, *, seed: int, most_steps: int, may_use: MayUse, thorough: bool = False) -> Plan:
    """By the configured text model where there is one and it plans well, else by rules.

    `may_use(agent_id, operation)` says what is live, switched on and allowed. Raises InvalidInput when nothing in the
    goal can be done.
    """
    made = model.plan(goal, seed=seed, most_steps=most_steps, may_use=may_use, thorough=thorough)
    if made is not None:
        return made
    made = rules.plan(goal, seed=seed, most_steps=most_steps, may_use=may_use, thorough=thorough)
    try:
        validation.check(made, may_use=may_use, most_steps=most_steps)
    except BadPlan as error:
        log.error("The rules made a plan that cannot be run: %s", error)
        raise InvalidInput({"goal": [_(NOT_PLANNED)]}) from error
    return made

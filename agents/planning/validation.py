"""What every plan must hold to, whoever wrote it: checked before it is priced, shown or run."""

import re
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from agents import catalogue
from agents.planning.outcomes import ACCEPTED, DELIVERED, SPOKEN
from agents.planning.plan import Plan, Step, references_in, replaced
from agents.registry import AGENTS, AVATAR_G_AGENT
from agents.runners import RUNNERS
from avatarg.errors import InvalidInput

MayUse = Callable[[str, str], bool]
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
PERSONAL = {("voice-lab", "clone")}
"""What asks for somebody's consent: no plan gives it for them."""
LONGEST_KEY, LONGEST_REASON = 40, 300
SOME_JOB = UUID(int=1)
SOME_WORDS = "Words to come."


class BadPlan(Exception):
    """The plan can not be run. The message says why, to who reads the log."""


def check(plan: Plan, *, may_use: MayUse, most_steps: int) -> None:
    """Raises BadPlan."""
    if not plan.steps:
        raise BadPlan("there are no steps")
    if len(plan.steps) > most_steps:
        raise BadPlan(f"{len(plan.steps)} steps are more than {most_steps}")
    earlier: dict[str, Step] = {}
    for step in plan.steps:
        check_name(step, earlier)
        check_operation(step, may_use)
        check_references(step, earlier)
        check_input(step)
        earlier[step.key] = step


def check_name(step: Step, earlier: dict[str, Step]) -> None:
    if not KEY.match(step.key) or len(step.key) > LONGEST_KEY:
        raise BadPlan(f"{step.key[:60]!r} is no key")
    if step.key in earlier:
        raise BadPlan(f"{step.key} is there twice")
    if not step.reason.strip() or len(step.reason) > LONGEST_REASON or not catalogue.storable(step.reason):
        raise BadPlan(f"{step.key} has no reason of a readable length")


def check_operation(step: Step, may_use: MayUse) -> None:
    agent = AGENTS.get(step.agent_id)
    if agent is None or agent.operation(step.operation) is None or not step.operation:
        raise BadPlan(f"{step.key} asks for an unknown operation")
    if agent is AVATAR_G_AGENT:
        raise BadPlan(f"{step.key} would orchestrate again")
    if (step.agent_id, step.operation) in PERSONAL:
        raise BadPlan(f"{step.key} asks for a consent that only a person gives")
    if (step.agent_id, step.operation) not in RUNNERS or not may_use(step.agent_id, step.operation):
        raise BadPlan(f"{step.key}: {step.agent_id} {step.operation} can not be used")


def check_references(step: Step, earlier: dict[str, Step]) -> None:
    """References name files that a step before delivers, of a kind that the field works on; so there are no cycles."""
    for field, reference in references_in(step.input):
        key, name = reference.get("step"), reference.get("name")
        if set(reference) != {"step", "name"} or not isinstance(key, str) or not isinstance(name, str):
            raise BadPlan(f"{step.key}: a reference in {field} is not of a step and a name")
        if key not in earlier:
            raise BadPlan(f"{step.key} needs {key[:60]!r}, which does not come before it")
        source = earlier[key]
        kind = DELIVERED.get((source.agent_id, source.operation), {}).get(name)
        if kind is None:
            raise BadPlan(f"{step.key}: {key} delivers no {name[:60]!r}")
        if kind not in ACCEPTED.get((step.agent_id, step.operation, field), frozenset()):
            raise BadPlan(f"{step.key}: {field} can not work on {name}")


def check_input(step: Step) -> None:
    """With every reference to a step in the form it will have: a job's file. Nothing else outside the plan is named."""
    if names_the_outside(step.input):
        raise BadPlan(f"{step.key} names a file from outside the plan")
    stands = {
        (reference["step"], reference["name"]): {"job_id": str(SOME_JOB), "name": reference["name"]}
        for _, reference in references_in(step.input)
    }
    try:
        catalogue.validated(RUNNERS[step.agent_id, step.operation], replaced(worded(step), stands))
    except InvalidInput as error:
        raise BadPlan(f"{step.key}: {error.metadata['fields']}") from error
    except RecursionError as error:
        raise BadPlan(f"{step.key} is nested too deeply") from error


def worded(step: Step) -> dict[str, Any]:
    """The input with words where the words of a file will be."""
    return {
        name: SOME_WORDS if (step.agent_id, step.operation, name) in SPOKEN and isinstance(value, dict) else value
        for name, value in step.input.items()
    }


def names_the_outside(value: Any) -> bool:
    if isinstance(value, dict):
        return bool({"upload_id", "job_id", "conversation", "saved_voice"} & value.keys()) or any(
            map(names_the_outside, value.values())
        )
    return isinstance(value, list) and any(map(names_the_outside, value))


def ordered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps so that each comes after what it needs, else in their order; what can not be ordered stays last."""
    waiting, out = list(steps), list[Step]()
    done: set[str] = set()
    while waiting:
        ready = next((step for step in waiting if set(step.needs) <= done), None)
        if ready is None:
            return (*out, *waiting)
        waiting.remove(ready)
        out.append(ready)
        done.add(ready.key)
    return tuple(out)

"""From a goal to the steps of a job: the plan of `agents.planning`, as jobs to be that refer to each other."""

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import new_id
from agents import access, catalogue, planning
from agents.planning.plan import Plan
from agents.registry import AVATAR_G_AGENT, Agent, Operation
from agents.runners.avatar_g_agent import GoalInput
from avatarg.errors import InvalidInput
from billing.entitlements import Standing
from jobs import wording
from jobs.models import Artifact, Job

MOST_STEPS = {"orchestrate": 8, "complex-task": 16}
REMEMBERED_SECONDS = 24 * 3600
NO_PLAN = gettext_noop("There is no finished plan of yours to go on from. Please choose another one.")
NOTHING_MISSING = gettext_noop("Everything of that plan is there already.")


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A job to be: its input refers to files of other steps by their jobs, which it depends on."""

    id: UUID
    agent: Agent
    operation: Operation
    input: dict[str, Any]
    reason: str
    depends_on: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """Steps in an order in which each comes after what it depends on. `facts` go with the job as its first output."""

    steps: tuple[PlannedStep, ...]
    facts: dict[str, Any] = field(default_factory=dict)


def planned(user_id: UUID, operation: Operation, given: GoalInput, standing: Standing) -> Planned:
    """Raises InvalidInput when nothing of the goal can be done, or nothing of an earlier plan is missing."""
    if given.continue_from:
        return what_is_missing(user_id, given.continue_from.root)
    plan = plan_of(operation, given, standing)
    ids = {step.key: new_id() for step in plan.steps}
    steps = tuple(
        PlannedStep(
            ids[step.key], *operation_of(step.agent_id, step.operation), typed(step.agent_id, step.operation,
            wired(step.input, ids)), step.reason, tuple(ids[key] for key in step.needs),
        )
        for step in plan.steps
    )  # fmt: skip
    return Planned(steps, {"planner": plan.planner, "left_out": list(plan.left_out)})


def plan_of(operation: Operation, given: GoalInput, standing: Standing) -> Plan:
    """The same goal gives the same plan, so that what was quoted is what runs: a model's is remembered for a day."""
    if not settings.TEXT_MODEL:
        return new_plan(operation, given, standing)
    told = f"{settings.TEXT_MODEL}\n{standing.plan.id}\n{operation.name}\n{given.seed}\n{given.goal}"
    key = f"plan:{hashlib.sha256(told.encode()).hexdigest()}"
    known: Plan | None = cache.get(key)
    may_use = allowed(standing)
    if known and all(may_use(step.agent_id, step.operation) for step in known.steps):
        return known
    plan = new_plan(operation, given, standing)
    cache.set(key, plan, REMEMBERED_SECONDS)
    return plan


def new_plan(operation: Operation, given: GoalInput, standing: Standing) -> Plan:
    seed = zlib.crc32(given.goal.encode()) if given.seed is None else given.seed
    return planning.plan(
        given.goal, seed=seed, most_steps=MOST_STEPS[operation.name], may_use=allowed(standing),
        thorough=operation.name == "complex-task",
    )  # fmt: skip


def allowed(standing: Standing) -> Callable[[str, str], bool]:
    """What a plan of this person's may use: live, switched on, and open to them."""
    off = catalogue.switched_off()

    def may_use(agent_id: str, operation: str) -> bool:
        agent = catalogue.agent_for(agent_id)
        live = agent_id not in off and catalogue.runner_for(agent_id, operation) is not None
        return access.refusal_for(agent, standing, live=live) is None

    return may_use


def operation_of(agent_id: str, name: str) -> tuple[Agent, Operation]:
    agent = catalogue.agent_for(agent_id)
    return agent, catalogue.operation_for(agent, name)


def typed(agent_id: str, operation: str, data: dict[str, Any]) -> dict[str, Any]:
    """A step's input as its runner understands it. Raises InvalidInput."""
    runner = catalogue.runner_for(agent_id, operation)
    if runner is None:
        agent = catalogue.agent_for(agent_id).name
        raise InvalidInput({"goal": [_("%(agent)s cannot be used right now.") % {"agent": agent}]})
    awaited = {name: data[name] for name in wording.awaited(agent_id, operation, data)}
    known = catalogue.validated(runner, wording.stood_in(agent_id, operation, data))
    return known.model_dump(mode="json", exclude_none=True) | awaited


def wired(data: Any, ids: dict[str, UUID]) -> Any:
    """An input with the files of other steps named by their jobs."""
    if isinstance(data, list):
        return [wired(one, ids) for one in data]
    if not isinstance(data, dict):
        return data
    if data.keys() == {"step", "name"}:
        return {"job_id": str(ids[data["step"]]), "name": data["name"]}
    return {name: wired(one, ids) for name, one in data.items()}


def what_is_missing(user_id: UUID, job_id: UUID) -> Planned:
    """The steps of an earlier plan that were not delivered, or whose files are gone, with the files that are there."""
    earlier = Job.objects.filter(
        pk=job_id, user_id=user_id, agent_id=AVATAR_G_AGENT.id, base_cost__isnull=False, finished_at__isnull=False
    ).first()
    if earlier is None:
        raise InvalidInput({"continue_from": [_(NO_PLAN)]})
    steps = list(earlier.children.order_by("position"))
    gone = set(Artifact.objects.filter(job__in=steps).exclude(deleted_at=None).values_list("job_id", flat=True))
    missing = [step for step in steps if step.status != Job.Status.COMPLETED or step.pk in gone]
    if not missing:
        raise InvalidInput({"continue_from": [_(NOTHING_MISSING)]})
    ids = {str(step.pk): new_id() for step in missing}
    facts = {name: (earlier.output or {}).get(name) for name in ("planner", "left_out")}
    return Planned(tuple(again(step, ids) for step in missing), facts)


def again(step: Job, ids: dict[str, UUID]) -> PlannedStep:
    depends_on = tuple(ids[str(one)] for one in step.depends_on if str(one) in ids)
    agent, operation = operation_of(step.agent_id, step.operation)
    data = typed(step.agent_id, step.operation, moved(step.input, ids))
    if not depends_on:
        data = wording.written(step.user_id, step.agent_id, step.operation, data)
    return PlannedStep(ids[str(step.pk)], agent, operation, data, step.reason, depends_on)


def moved(data: Any, ids: dict[str, UUID]) -> Any:
    """An input that refers to the new jobs where there are such."""
    if isinstance(data, list):
        return [moved(one, ids) for one in data]
    if isinstance(data, dict):
        return {name: moved(one, ids) for name, one in data.items()}
    return str(ids[data]) if isinstance(data, str) and data in ids else data

"""A plan as people see it: its steps in stages, each with what it is for, what it costs, and how far it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents import sentences
from agents.registry import AGENTS, Agent, Operation
from dashboard import words
from dashboard.words import Badge
from jobs.models import Job
from jobs.planning import PlannedStep

NOT_RUN = Badge("canceled", "minus", gettext_lazy("Not run"))
WAITS = Badge("queued", "clock", gettext_lazy("Waits"))


@dataclass(frozen=True, slots=True)
class StepCard:
    """`asked` are the words that the step works from. `job` and `badge` are there once the plan was started.

    `error` says why nothing came of it.
    """

    agent: Agent
    operation: Operation
    asked: str
    reason: str
    cost: int
    job: Job | None = None
    badge: Badge | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that can run at the same time."""

    label: str
    steps: list[StepCard]


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """`price` is the base and all steps, `delivered` what was, `held` what was taken for steps to come: credits.

    `missing` counts the steps that could still be run.
    """

    stages: list[Stage]
    base: int
    price: int
    left_out: Sequence[str]
    planner: str = ""
    delivered: int = 0
    missing: int = 0
    missing_price: int = 0
    held: int = 0


def of_quote(steps: Sequence[PlannedStep], operation: Operation, left_out: Sequence[str]) -> WorkPlan:
    cards = {step.id: planned_card(step) for step in steps}
    price = operation.cost + sum(step.operation.cost for step in steps)
    return WorkPlan(
        staged(cards, {step.id: step.depends_on for step in steps}),
        operation.cost,
        price,
        [sentences.said(one) for one in left_out],
    )


def planned_card(step: PlannedStep) -> StepCard:
    return StepCard(
        step.agent, step.operation, words.asked_for(step.input), sentences.said(step.reason), step.operation.cost
    )


def of_job(plan: Job) -> WorkPlan | None:
    """None for a job that is no plan."""
    if plan.base_cost is None:
        return None
    steps = list(plan.children.order_by("position"))
    ended = not plan.is_active
    lost = [step for step in steps if step.status != Job.Status.COMPLETED] if ended else []
    facts = plan.output or {}
    delivered = sum(step.cost for step in steps if step.status == Job.Status.COMPLETED)
    return WorkPlan(
        staged({step.pk: step_card(step) for step in steps}, {step.pk: step.depends_on for step in steps}),
        base=plan.base_cost, price=plan.base_cost + sum(step.cost for step in steps),
        left_out=[sentences.said(one) for one in facts.get("left_out") or ()], planner=facts.get("planner") or "",
        delivered=delivered, missing=len(lost),
        held=plan.cost - plan.base_cost - delivered, missing_price=plan.base_cost + sum(step.cost for step in lost),
    )  # fmt: skip


def step_card(step: Job) -> StepCard:
    agent = AGENTS[step.agent_id]
    operation = agent.operation(step.operation) or agent.operations[0]
    badge = words.badge_of(step)
    if step.status == Job.Status.QUEUED and step.waiting:
        badge = WAITS
    elif step.status == Job.Status.CANCELED:
        badge = NOT_RUN
    return StepCard(
        agent, operation, words.asked_for(step.input), sentences.said(step.reason), step.cost, step, badge,
        sentences.failure(step.error_code, step.error_message),
    )  # fmt: skip


def staged(cards: dict[UUID, StepCard], needs: dict[UUID, Iterable[UUID]]) -> list[Stage]:
    """A step stands one stage after the last of those that it needs."""
    depth: dict[UUID, int] = {}
    for key in cards:
        depth[key] = 1 + max((depth[one] for one in needs[key] if one in depth), default=-1)
    stages = [[card for key, card in cards.items() if depth[key] == level] for level in sorted(set(depth.values()))]
    return [Stage(label_of(number, len(stages), len(steps)), steps) for number, steps in enumerate(stages)]


def label_of(number: int, stages: int, steps: int) -> str:
    if stages == 1:
        return _("%(steps)d at the same time") % {"steps": steps} if steps > 1 else _("One step")
    if steps == 1:
        return _("First") if number == 0 else _("At last") if number == stages - 1 else _("Then")
    if number == 0:
        told = _("First, %(steps)d at the same time")
    elif number == stages - 1:
        told = _("At last, %(steps)d at the same time")
    else:
        told = _("Then, %(steps)d at the same time")
    return told % {"steps": steps}


def seen_of(plan: Job) -> str:
    """What a watching page shows of the steps; nothing for a job that is no plan."""
    if plan.base_cost is None:
        return ""
    steps = plan.children.order_by("position").values_list("status", "progress")
    return "".join(f"-{status[:2]}{progress}" for status, progress in steps)

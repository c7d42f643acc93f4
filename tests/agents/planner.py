"""Plans for the tests, and a provider that answers with one."""

import json
from typing import Any
from uuid import UUID, uuid4

from agents import planning
from agents.planning import validation
from agents.planning.plan import Plan, references_in, replaced
from agents.runners import RUNNERS
from agents.runners.base import Delivery, Media
from tests.agents.provider import provider

BAKERY = "a 20-second launch video for a bakery, with music and a voice"
GOALS = (
    "Our choir sings in St. Mary's church on December 20 at 7 pm, please advertise the concert with a video "
    "and a flyer",
    "A lullaby for a newborn called Emil, one minute, and a picture of a sleeping bear under the moon",
    "Teach people how bees make honey: illustrated, narrated, about half a minute",
    "We sell handmade ceramic mugs on Etsy. I need product pictures, a slogan and a jingle.",
    "Prepare a marketing plan for a mobile bike repair service, and let a mascot present it",
    'Epic trailer for our school play "The Last Dragon", 16:9, deep voice',
    "Meditation for sleeping: a calm voice reading over ambient music",
    "Feedback: “Great coffee but the queue is too long. The staff is friendly. Prices went up twice this year and "
    "nobody told us.” Tell me what stands out and write a reply.",
    "something cool for my roof garden business",
    "60 seconds about the old harbour of Hamburg, black and white, melancholic, no captions",
)
NEVER_IN_A_TEXT = ("lorem", "placeholder", "todo", "{", "}", "quotation1", "[", "]", "none")


def anything(agent_id: str, operation: str) -> bool:
    return True


def planned(goal: str, **wishes: Any) -> Plan:
    """A plan that holds to everything a plan must hold to."""
    most = wishes.setdefault("most_steps", 8)
    plan = planning.plan(goal, **{"seed": 1, "may_use": anything, **wishes})
    validation.check(plan, may_use=wishes.get("may_use", anything), most_steps=most)
    return plan


def made_by(plan: Plan) -> list[str]:
    return [f"{step.agent_id} {step.operation}" for step in plan.steps]


def step_of(plan: Plan, agent_id: str, operation: str = "") -> Any:
    return next(step for step in plan.steps if step.agent_id == agent_id and operation in ("", step.operation))


def sources(step: Any) -> set[tuple[str, str]]:
    return {(reference["step"], reference["name"]) for _, reference in references_in(step.input)}


def answering(answer: Any) -> Any:
    """A provider that writes this, in pieces."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return provider({"pieces": [text[at : at + 50] for at in range(0, len(text), 50)]})


class PlanRun:
    """A step's job: it has the files of the steps before, by their jobs."""

    def __init__(self, found: dict[tuple[UUID, str], Media] | None = None) -> None:
        self.seed, self.key, self.found = 7, "a-key", found or {}

    def progress(self, percent: int, step: str) -> None:
        assert 0 <= percent < 100

    def draft(self, text: str) -> None:
        pass

    def media(self, reference: Any) -> Media:
        return self.found[reference.job_id, reference.name]


def carried_out(plan: Plan) -> dict[str, Delivery]:
    """Every step run and checked, each with what it needs of those before."""
    jobs = {step.key: uuid4() for step in plan.steps}
    found: dict[tuple[UUID, str], Media] = {}
    deliveries = {}
    for step in plan.steps:
        stands = {
            (one["step"], one["name"]): {"job_id": str(jobs[one["step"]]), "name": one["name"]}
            for _, one in references_in(step.input)
        }
        runner = RUNNERS[step.agent_id, step.operation]
        delivery = runner.run(PlanRun(found), runner.input.model_validate(replaced(step.input, stands)))
        runner.check(delivery)
        deliveries[step.key] = delivery
        found |= {(jobs[step.key], file.name): Media(file.content_type, file.data) for file in delivery.files}
    return deliveries

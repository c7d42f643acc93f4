"""Plans of the tests: six steps, each of which echoes what it is told, or fails as often as a test wants."""

import io
import zipfile
from collections import Counter
from typing import Any

import pytest

from accounts.models import User
from agents import planning
from agents.planning.plan import Plan, Step
from agents.runners.base import Delivery, Run, RunFailed
from jobs import execution, submission
from jobs.models import Job
from tests.jobs import acts

BASE, SHARE = 50, 1
GOAL = {"goal": "everything, please"}


def step(key: str, needs: str = "") -> Step:
    told: dict[str, Any] = {"message": key}
    if needs:
        told["medium"] = {"step": needs, "name": "note.txt"}
    return Step(key, "chat", "message", told, f"Because of {key}.")


SIX = (step("a"), step("b"), step("c", "a"), step("d", "b"), step("e", "d"), step("f"))
"""a → c, b → d → e, and f alone."""


class Troupe:
    """Runs plans whose steps do as they are told: `failing` counts how often a step fails before it works."""

    def __init__(self, steps: tuple[Step, ...] = SIX) -> None:
        self.steps = steps
        self.failing: Counter[str] = Counter()
        self.tried: Counter[str] = Counter()

    def plan(self, goal: str, **_: Any) -> Plan:
        return Plan(self.steps, ("Games are coming soon.",), "planner of the tests")

    def work(self, run: Run, given: acts.Note) -> Delivery:
        self.tried[given.message] += 1
        if self.failing[given.message] >= self.tried[given.message]:
            raise RunFailed(f"{given.message} cannot be made.")
        return acts.echo(run, given)


def start(user: User, **call: Any) -> Job:
    accepted = submission.submit(user_id=user.pk, agent_id="avatar-g-agent", **{"input": GOAL, **call})
    return Job.objects.get(pk=accepted.job_id)


def steps_of(plan: Job) -> dict[str, Job]:
    """The steps by what they were told."""
    return {one.input["message"]: one for one in plan.children.order_by("position")}


def states_of(plan: Job) -> dict[str, str]:
    return {key: one.status for key, one in steps_of(plan).items()}


def ready(plan: Job) -> list[Job]:
    """What a worker could take now: steps, at the end the plan itself."""
    waiting = Job.objects.filter(status="queued", waiting=False)
    return list(waiting.filter(parent=plan).order_by("position")) or list(waiting.filter(pk=plan.pk))


def work_off(plan: Job) -> Job:
    """All of it, by one worker that takes what is ready."""
    while jobs := ready(plan):
        for job in jobs:
            execution.run(job.pk)
    return acts.again(plan)


def kept(plan: Job) -> int:
    return plan.cost - plan.refunded


def bundle_of(plan: Job) -> dict[str, bytes]:
    artifact = plan.artifacts.get(name="bundle.zip")
    with artifact.file.open("rb") as stream, zipfile.ZipFile(io.BytesIO(stream.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def troupe(monkeypatch, install) -> Troupe:
    found = Troupe()
    monkeypatch.setattr(planning, "plan", found.plan)
    install(acts.runner(found.work))
    return found

"""Plans under fire: their workers are shot between and within steps, and each ends charged for what was delivered."""

import random
import time

import pytest

from agents import planning
from agents.planning.plan import Plan, Step
from credits.models import CreditTransaction
from jobs import submission, upkeep
from jobs.models import ACTIVE, Job
from tests.faults.crew import Crew, sweep_until
from tests.faults.test_chaos import shoot
from tests.jobs import acts


def step(key: str, seconds: float, needs: str = "") -> Step:
    told = {"message": f"work {seconds}"} | ({"medium": {"step": needs, "name": "note.txt"}} if needs else {})
    return Step(key, "chat", "message", told, f"Because of {key}.")


STEPS = (
    step("a", 0.3), step("b", 0.4), step("c", 0.3, "a"), step("d", 0.2, "b"), step("e", 0.3, "d"), step("f", 0.5)
)  # fmt: skip


@pytest.fixture
def plan_of_six(monkeypatch) -> None:
    monkeypatch.setattr(planning, "plan", lambda goal, **_: Plan(STEPS, (), "planner of the tests"))


def test_plans_whose_workers_are_killed_end_once_and_cost_what_they_delivered(crew: Crew, alice, plan_of_six):
    acts.put_on(alice, "PREMIUM")
    dice, worker = random.Random(5), crew.worker()
    jobs = [
        submission.submit(user_id=alice.pk, agent_id="avatar-g-agent", input={"goal": "everything"}) for _ in range(3)
    ]
    for shot in range(8):
        time.sleep(dice.uniform(0.1, 0.6))
        shoot(worker, dice, parent=shot % 4 == 3)
        if shot % 4 == 3:
            worker = crew.worker()
        upkeep.sweep()
    sweep_until(lambda: not Job.objects.filter(status__in=ACTIVE).exists(), 90, worker.said)

    for accepted in jobs:
        plan = Job.objects.get(pk=accepted.job_id)
        delivered = plan.children.filter(status="completed").count()
        assert plan.status == ("completed" if delivered else "failed")
        assert plan.cost - plan.refunded == (50 + delivered if delivered else 0)
        assert CreditTransaction.objects.filter(job_id=plan.pk).count() == (1 if delivered == 6 else 2)
    assert Job.objects.filter(parent__isnull=False, status="completed").count() >= 6

"""Which queue a job waits in, who serves it, and in what order."""

import pytest
from django.conf import settings

from agents.registry import AGENTS
from avatarg.queues import MostlyInOrder
from billing.plans import PLANS
from embedded import app
from jobs import queues, quotas
from tests.jobs import acts


@pytest.mark.parametrize(
    ("plan", "queue"), [("FREE", "standard"), ("PRO", "priority"), ("PREMIUM", "priority"), ("ENTERPRISE", "dedicated")]
)
def test_the_plan_decides_the_queue_and_a_film_waits_beside_it(alice, plan, queue):
    if plan != "FREE":
        acts.put_on(alice, plan)
    answer = acts.worked(acts.queued(alice))
    film = acts.queued(alice, "video-studio")

    assert (answer.queue, film.queue) == (queue, f"{queue}-heavy")


def test_make_run_serves_every_queue_that_a_job_or_a_task_may_wait_in():
    operations = [operation for agent in AGENTS.values() for operation in agent.operations]
    jobs = {quotas.queue_for(operation, plan) for operation in operations for plan in PLANS.values()}
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} | {settings.CELERY_TASK_DEFAULT_QUEUE}
    asked = {entry["options"]["queue"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if "options" in entry}
    light, heavy = app.QUEUES.split(","), app.HEAVY_QUEUES.split(",")

    assert jobs | routed | asked == {*light, *heavy}
    assert set(light) & set(heavy) == set()
    assert tuple(heavy) == queues.HEAVY_QUEUES
    assert tuple(light[-3:]) == queues.LIGHT_QUEUES


def test_a_worker_is_known_by_the_queues_it_serves():
    assert queues.kinds_of(app.QUEUES.split(",")) == {"standard": "dedicated"}
    assert queues.kinds_of(["standard-heavy"]) == {"heavy": "standard-heavy"}
    assert queues.kinds_of(["standard", "standard-heavy", "upkeep"]) == {
        "standard": "standard",
        "heavy": "standard-heavy",
    }
    assert queues.kinds_of(["billing"]) == {}


def served(order: MostlyInOrder, waiting: dict[str, int], turns: int) -> str:
    """The queues that a worker takes its messages from."""
    taken = ""
    for _ in range(turns):
        name = next(name for name in order.consume(len(waiting)) if waiting[name])
        waiting[name] -= 1
        taken += order.rotate(name)
    return taken


def test_priority_comes_first_and_every_fourth_message_from_who_waited_longest():
    assert served(MostlyInOrder("ps"), {"p": 50, "s": 50}, 12) == "pppspppsppps"


def test_nobody_waits_forever_whatever_the_others_send():
    taken = served(MostlyInOrder("bdps"), {"b": 99, "d": 99, "p": 99, "s": 99}, 60)

    assert {name: taken.count(name) for name in "bdps"} == {"b": 45, "d": 5, "p": 5, "s": 5}


def test_what_waits_alone_is_taken_at_once():
    assert served(MostlyInOrder("ps"), {"p": 0, "s": 5}, 5) == "sssss"

from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_init, worker_ready

from agents import runners
from jobs import execution, queues, upkeep


@shared_task(name="jobs.run")
def run(job_id: str) -> None:
    execution.run(UUID(job_id))


@shared_task(name="jobs.sweep", expires=30)
def sweep() -> None:
    upkeep.sweep()


@shared_task(name="jobs.prune")
def prune() -> None:
    upkeep.prune()


@shared_task(name="jobs.canary", expires=30)
def canary(kind: str = "standard") -> None:
    upkeep.record_pulse(kind)


@worker_init.connect
def load_work(sender: Any, **_: Any) -> None:
    for kind in kinds_of(sender):
        runners.load_work(heavy=kind == "heavy")


@worker_ready.connect
def prove_life(sender: Any, **_: Any) -> None:
    """A worker that has just started says so by its first canary, without waiting for beat."""
    for kind, queue in kinds_of(sender).items():
        canary.apply_async((kind,), queue=queue)


def kinds_of(worker: Any) -> dict[str, str]:
    """By the queues that it was told to serve."""
    return queues.kinds_of(worker.app.amqp.queues.consume_from)

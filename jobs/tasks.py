from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_init, worker_ready

from agents import runners
from jobs import execution, upkeep


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
def canary() -> None:
    upkeep.record_pulse("standard")


@worker_init.connect
def load_work(**_: Any) -> None:
    runners.load_work()


@worker_ready.connect
def prove_life(**_: Any) -> None:
    """A worker that has just started says so by its first canary, without waiting for beat."""
    canary.delay()

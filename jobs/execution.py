"""One run of one job by one worker: claim, work outside any transaction, check, store, publish."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, InterfaceError, OperationalError, connection
from structlog.contextvars import bound_contextvars

from agents import catalogue
from agents.delivery import Delivery, File, Media, RunFailed
from agents.runners.base import MediaReference, StepResult, Told
from avatarg.errors import Refusal
from jobs import lifecycle, media, results
from jobs.errors import Ended, Superseded
from jobs.files import job_folder, remove_tree
from jobs.lifecycle import StoredFile
from jobs.models import Artifact, Job

log = logging.getLogger(__name__)
DRAFT_SECONDS = 0.3
BROKEN = "Something went wrong on our side. Your credits are back."


class RunningJob:
    """What a runner sees of its job. Each report also proves that the job is still this worker's."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.seed = job.seed
        self.key = f"{job.pk}-again" if job.run_again else str(job.pk)
        self.told = (-1, "")
        self.drafted_at = float("-inf")

    def progress(self, percent: int, step: str) -> None:
        if (percent, step) == self.told:
            return
        self.require_ours(lifecycle.report(self.job.pk, self.job.fence, percent, step))
        self.told = (percent, step)

    def draft(self, text: str) -> None:
        now = time.monotonic()
        if now - self.drafted_at < DRAFT_SECONDS:
            return
        self.require_ours(lifecycle.draft(self.job.pk, self.job.fence, text))
        self.drafted_at = now

    def require_ours(self, written: bool) -> None:
        if not written:
            raise Ended if lifecycle.is_over(self.job.pk) else Superseded

    def media(self, reference: MediaReference) -> Media:
        return media.read(self.job.user_id, reference)

    def earlier(self, job_id: UUID) -> Told | None:
        found = media.earlier_job(self.job.user_id, job_id)
        return Told(found.agent_id, found.input, found.output or {}) if found else None

    def voice(self, voice_id: UUID) -> dict[str, Any]:
        return media.voice_profile(self.job.user_id, voice_id)

    def steps(self) -> list[StepResult]:
        return results.steps_of(self.job)

    def plan_facts(self) -> dict[str, Any]:
        return self.job.output or {}


def run(job_id: UUID) -> None:
    """Run a queued job to its end. Whatever happens here, the sweeper finishes what this worker cannot."""
    with bound_contextvars(job_id=str(job_id)):
        job = lifecycle.claim(job_id)
        if job is not None:
            with bound_contextvars(user_id=str(job.user_id)):
                carry_out(job)


def carry_out(job: Job) -> None:
    try:
        with heartbeat(job):
            delivery = delivered(job)
        publish(job, delivery)
    except Superseded:
        log.info("Job %s was taken from this worker; nothing was written.", job.pk)
    except RunFailed as failure:
        lifecycle.fail(job, code=failure.code, message=failure.message, provider_cost=failure.provider_cost)
    except SoftTimeLimitExceeded:
        lifecycle.fail(job, code="TIME_LIMIT", message="This took too long and was stopped. Your credits are back.")
    except (OperationalError, InterfaceError):
        raise  # the database is away: the sweeper takes the job up again
    except Exception:
        log.exception("Job %s failed unexpectedly.", job.pk)
        lifecycle.fail(job, code="ENGINE_FAILED", message=BROKEN)


def delivered(job: Job) -> Delivery:
    """Run the job's runner and check what it hands over: delivery is checked, not believed. Raises RunFailed."""
    runner = catalogue.runner_for(job.agent_id, job.operation)
    if runner is None:
        raise RunFailed("This agent is not live any more. Your credits are back.", "AGENT_COMING_SOON")
    try:
        typed = catalogue.validated(runner, job.input)
    except Refusal:
        raise RunFailed("The input no longer fits this agent. Your credits are back.", "VALIDATION_ERROR") from None
    delivery = runner.run(RunningJob(job), typed)
    if not delivery.files and not delivery.output:
        raise RunFailed("Nothing was delivered. Your credits are back.", "DELIVERY_INVALID")
    try:
        runner.check(delivery)
    except RunFailed as failure:
        failure.provider_cost = delivery.provider_cost
        raise
    return delivery


def publish(job: Job, delivery: Delivery) -> None:
    """Store the files under this run's own path, then publish them with the job's completion, or leave none."""
    try:
        files = [stored(job, file) for file in delivery.files]
        published = lifecycle.complete(
            job, files=files, output=delivery.output, engine=delivery.engine, provider_cost=delivery.provider_cost,
            voice=delivery.voice,
        )  # fmt: skip
        if not published:
            raise Superseded
    except Exception:
        if not Artifact.objects.filter(job=job, file__startswith=f"{run_folder(job)}/").exists():
            remove_tree(run_folder(job))
        raise


def run_folder(job: Job) -> str:
    """Where this run's files lie: no other run of the same job writes there."""
    return f"{job_folder(job.pk)}/{job.fence}"


def stored(job: Job, file: File) -> StoredFile:
    path = default_storage.save(f"{run_folder(job)}/{file.name}", ContentFile(file.data))
    return StoredFile(file.name, file.kind, file.content_type, len(file.data), path)


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Renew the job's lease from a thread of its own while the work goes on."""
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(settings.JOBS_LEASE_SECONDS / 3):
                try:
                    if not lifecycle.renew(job.pk, job.fence):
                        return
                except Error:
                    log.warning("The lease of job %s could not be renewed this time.", job.pk)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"lease-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()

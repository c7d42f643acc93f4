"""From the moment a job is accepted to the moment a worker has it, on an idle system."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import redis
from django.conf import settings

from benchmarks import people
from benchmarks.place import ROOT, Place
from benchmarks.results import Measure, Report
from embedded import app
from jobs import submission
from jobs.models import Job

PATIENCE = 30
WARM_UP = 10
WORKER = ["worker", "--loglevel", "ERROR", "--queues", app.QUEUES, "--concurrency", "2"]


class NoWorker(Exception):
    pass


def measure_bells(place: Place, report: Report, *, samples: int) -> None:
    redis.from_url(settings.REDIS_URL).flushdb()  # bells of other parts, and the work behind them
    with worker():
        waits = [waited(place, people.id_of(number % 900 + 1)) for number in range(samples + WARM_UP)]
    waits = sorted(waits[WARM_UP:])
    report.add(
        Measure("enqueue to start: p50", waits[len(waits) // 2], unit="ms"),
        Measure("enqueue to start: p99", waits[int(len(waits) * 0.99)], 20, at_most=True, unit="ms",
                note=f"{samples} jobs"),
    )  # fmt: skip


@contextmanager
def worker() -> Iterator[None]:
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "avatarg.celery", *WORKER], cwd=ROOT, env=os.environ.copy(),
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            yield
        except NoWorker:
            log.seek(0)
            raise RuntimeError(f"No worker took the job: {log.read().decode()}") from None
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


def waited(place: Place, user_id: UUID) -> float:
    """Milliseconds by the database's clock, from the job's row to its claim."""
    job = submission.submit(user_id=user_id, agent_id="avatar-builder", input={"prompt": "green eyes"}).job_id
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = Job.objects.get(pk=job)
        if found.finished_at and found.started_at:
            return (found.started_at - found.created_at).total_seconds() * 1000
        time.sleep(0.02)
    raise NoWorker

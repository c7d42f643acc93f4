"""The product's Celery with chat and films in the hands of these tests: a message says what its run is to do.

`work 0.5` reports and delivers after half a second, `silent 3` reports nothing meanwhile, `fail why` says why,
`die` kills its process. Engines are loaded before it forks only where a test works with them (FAULTS_WITH_ENGINES).
"""

import os
import signal
import time

import django
from celery.signals import worker_init

from avatarg.celery import app

django.setup()

from agents.runners import RUNNERS  # noqa: E402  models, as the worker sees them once Django is set up
from agents.runners.base import Delivery, File, Run, RunFailed  # noqa: E402
from jobs import tasks  # noqa: E402
from tests.jobs import acts  # noqa: E402

__all__ = ["app"]
STEP = 0.05

if "FAULTS_WITH_ENGINES" not in os.environ:
    worker_init.disconnect(tasks.load_work)


def perform(run: Run, given: acts.Note) -> Delivery:
    word, _, rest = given.message.partition(" ")
    if word == "fail":
        raise RunFailed(rest)
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "silent":
        time.sleep(float(rest))
    if word == "work":
        steps = int(float(rest) / STEP)
        for step in range(steps):
            run.progress(100 * step // steps, f"Step {step}")
            time.sleep(STEP)
    note = f"delivered by run {run.job.fence}"  # type: ignore[attr-defined]
    return Delivery((File("note.txt", "text", "text/plain", note.encode()),), {"text": note}, "test")


RUNNERS["chat", "message"] = RUNNERS["video-studio", "generate"] = acts.runner(perform)

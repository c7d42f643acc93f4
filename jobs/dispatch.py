"""The doorbell. Postgres holds the queue; a ring that is lost is made again by the sweeper."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring(job_id: str, queue: str) -> None:
    """Tell the workers of a queued job. A broker that is away costs the person nothing but a few seconds."""
    try:
        current_app.send_task("jobs.run", args=[str(job_id)], queue=queue)
    except OperationalError as error:
        log.warning("Job %s waits for the sweeper: the broker is away (%s)", job_id, error)

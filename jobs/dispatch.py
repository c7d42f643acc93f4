"""The doorbell. Postgres holds the queue; a ring that is lost is made again by the sweeper."""

import logging

from celery import current_app

log = logging.getLogger(__name__)


def ring(job_id: str, queue: str) -> bool:
    """Tell the workers of a queued job. Whatever the broker says, it costs the person nothing but a few seconds."""
    try:
        current_app.send_task("jobs.run", args=[str(job_id)], queue=queue)
    except Exception as error:
        log.warning("Job %s waits for the sweeper: the broker did not take it (%s)", job_id, type(error).__name__)
        return False
    return True

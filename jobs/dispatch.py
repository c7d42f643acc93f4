"""The doorbell. Postgres holds the queue; a ring that is lost is made again by the sweeper."""

import logging

from celery import current_app, uuid

from avatarg import tracing

log = logging.getLogger(__name__)


def ring(job_id: str, queue: str) -> bool:
    """Tell the workers of a queued job. Whatever the broker says, it costs the person nothing but a few seconds."""
    try:
        publish(str(job_id), queue)
    except Exception as error:
        log.warning("Job %s waits for the sweeper: the broker did not take it (%s)", job_id, type(error).__name__)
        return False
    return True


def publish(job_id: str, queue: str) -> None:
    """Celery's own message, straight into a queue: half of what `send_task` costs, which looks up much before it."""
    message = current_app.amqp.as_task_v2(
        uuid(), "jobs.run", (job_id,), argsrepr=job_id, kwargsrepr="{}", ignore_result=True
    )
    message.headers.update(tracing.carried())
    with current_app.producer_pool.acquire(block=True) as producer:
        producer.publish(
            message.body, exchange="", routing_key=queue, serializer="json", headers=message.headers,
            retry=current_app.conf.task_publish_retry, retry_policy=current_app.conf.task_publish_retry_policy,
            **message.properties,
        )  # fmt: skip

from celery import shared_task

from hooks import delivery, recording


@shared_task(name="hooks.deliver", expires=30)
def deliver() -> None:
    """Also what was recorded before is sent when recording fails."""
    try:
        recording.record_due()
    finally:
        delivery.deliver_due()


@shared_task(name="hooks.prune")
def prune() -> None:
    delivery.prune()

from celery import shared_task

from notifications import delivery, due


@shared_task(name="notifications.notify", expires=50)
def notify() -> None:
    due.record_due()
    delivery.send_due()


@shared_task(name="notifications.prune")
def prune() -> None:
    delivery.prune()

from celery import shared_task

from metrics import rollup


@shared_task(name="metrics.refresh", expires=240)
def refresh() -> None:
    rollup.refresh()

from celery import shared_task

from billing import subscriptions, webhooks


@shared_task(name="billing.process_event")
def process_event(event_id: str) -> None:
    webhooks.process(event_id)


@shared_task(name="billing.process_due", expires=60)
def process_due() -> None:
    webhooks.process_due()


@shared_task(name="billing.reread", expires=600)
def reread() -> None:
    webhooks.reread()


@shared_task(name="billing.reconcile_due", expires=1800)
def reconcile_due() -> None:
    subscriptions.reconcile_due()


@shared_task(name="billing.purge")
def purge() -> None:
    webhooks.purge_bodies()

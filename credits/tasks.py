from celery import shared_task

from credits import ledger


@shared_task(name="credits.reset")
def reset() -> int:
    return ledger.reset_due()

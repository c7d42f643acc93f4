from celery import shared_task

from operators import campaigns


@shared_task(name="operators.grant")
def grant(campaign_id: int) -> int:
    return campaigns.run(campaign_id)


@shared_task(name="operators.go_on")
def go_on() -> int:
    return campaigns.go_on()

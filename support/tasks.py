from celery import shared_task

from support import post


@shared_task(name="support.tell_operators", expires=50)
def tell_operators() -> None:
    post.tell_operators()

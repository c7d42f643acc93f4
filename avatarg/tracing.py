"""One id from the request through the broker to the worker, so that one search finds all that it led to."""

from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

HEADER = "request_id"


def carried() -> dict[str, str]:
    """The headers that a message takes along."""
    request_id = get_contextvars().get(HEADER)
    return {HEADER: request_id} if request_id else {}


@before_task_publish.connect
def hand_over(headers: dict[str, Any], **_: Any) -> None:
    headers.update(carried())


@task_prerun.connect
def take_up(task: Any, task_id: str, **_: Any) -> None:
    clear_contextvars()
    bind_contextvars(task=task.name, task_id=task_id)
    if request_id := getattr(task.request, HEADER, None):
        bind_contextvars(**{HEADER: request_id})


@task_postrun.connect
def let_go(**_: Any) -> None:
    clear_contextvars()

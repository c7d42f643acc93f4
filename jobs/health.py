"""Whether the product lives: the process, and what it leans on. No secret and no address is told."""

import logging
from datetime import timedelta

import redis
from django.conf import settings
from django.db import Error
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse
from django.utils.log import log_response

from jobs import queues
from jobs.models import Job, Pulse

log = logging.getLogger(__name__)
FRESH = timedelta(seconds=60)


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Whether to send people here: database and broker answer, and a worker for short work lives.

    Without a studio, the worker of heavy operations, films wait while all else goes on: `studio` tells it to who
    watches, and nobody is turned away for it.
    """
    try:
        database, worker, studio = True, lives("standard"), lives("heavy")
    except Error:
        database = worker = studio = False
    needed = {"database": database, "broker": broker_answers(), "worker": worker}
    ok = all(needed.values())
    told = {"status": "ok" if ok else "unavailable", **needed, "studio": studio}
    response = JsonResponse(told, status=200 if ok else 503)
    if not ok:  # the answer to a question, not an error of ours: who asks knows what to make of it
        log_response("Not ready: %s", request.path, response=response, request=request, level="debug")
    return response


def lives(kind: str) -> bool:
    """A worker of this kind ran a canary within the last minute, or is holding a job."""
    held = Job.objects.filter(status=Job.Status.RUNNING, waiting=False, lease_until__gt=Now())
    held = held.filter(queue__endswith=queues.HEAVY) if kind == "heavy" else held.exclude(queue__endswith=queues.HEAVY)
    return Pulse.objects.filter(queue=kind, at__gt=Now() - FRESH).exists() or held.exists()


def broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False

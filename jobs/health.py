"""Whether the product lives: the process, and what it leans on. No secret and no address is told."""

import logging
from datetime import timedelta

import redis
from django.conf import settings
from django.db import Error
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse
from django.utils.log import log_response

from jobs.models import Job, Pulse

log = logging.getLogger(__name__)
FRESH = timedelta(seconds=60)


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Database and broker answer, and a worker lives: it ran a canary within the last minute, or is holding a job."""
    try:
        canary = Pulse.objects.filter(at__gt=Now() - FRESH).exists()
        worker = canary or Job.objects.filter(status=Job.Status.RUNNING, lease_until__gt=Now()).exists()
        database = True
    except Error:
        worker = database = False
    found = {"database": database, "broker": broker_answers(), "worker": worker}
    ok = all(found.values())
    response = JsonResponse({"status": "ok" if ok else "unavailable", **found}, status=200 if ok else 503)
    if not ok:  # the answer to a question, not an error of ours: who asks knows what to make of it
        log_response("Not ready: %s", request.path, response=response, request=request, level="debug")
    return response


def broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False

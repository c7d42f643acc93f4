"""The broker, the two kinds of workers, beat, and whether jobs wait."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from avatarg.findings import Finding, ok, warn, wrong
from dashboard.checkup import bounded
from jobs import health, queues
from jobs.models import Job, Pulse

LONG, VERY_LONG = timedelta(minutes=2), timedelta(minutes=15)
UPKEEP_WAITING = 50
NO_ADDRESS = "can not be read: redis://:password@host:6379/0, signs like @ : / # % in it as %40 %3A %2F %23 %25."
REFUSED = "The broker refuses the user or the password: it must be that of requirepass in its configuration."
REASONS = {
    "refused": "Nobody listens at that host and port: start Valkey, or correct the address.",
    "not known": "Nobody knows that host: correct the address.",
    "name resolution": "Nobody knows that host: correct the address.",
    "out of range": "The broker has no database of the number at its end: /0 is always there.",
}
SILENT = "The broker does not answer. Is it running, and is the address right?"


def broker() -> Iterator[Finding]:
    """Without it nothing is lost: jobs wait in PostgreSQL."""
    try:
        told = bounded.answer_of(_told)
    except (redis.RedisError, OSError, ValueError, bounded.Silent) as error:
        yield wrong("REDIS_URL", _why(error))
        return
    yield ok("REDIS_URL", "The broker answers.")
    policy = told.get("maxmemory_policy", "unknown")
    if policy != "noeviction":
        yield warn("broker memory", f"Under pressure it drops messages ({policy}): set maxmemory-policy noeviction.")
    else:
        yield ok("broker memory", "noeviction")
    if told.get("aof_enabled"):
        yield ok("broker persistence", "appendonly")
    else:
        yield warn(
            "broker persistence", "A restart of the broker forgets rung bells, which delays jobs: appendonly yes."
        )
    yield upkeep(told["upkeep"])


def _why(error: Exception) -> str:
    if isinstance(error, ValueError):
        return NO_ADDRESS
    if isinstance(error, redis.AuthenticationError):
        return REFUSED
    return next((says for known, says in REASONS.items() if known in str(error)), SILENT)


def _told() -> dict[str, Any]:
    wait = bounded.CONNECT_SECONDS / 2
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=wait, socket_connect_timeout=wait) as client:
        told = dict(client.info("memory")) | dict(client.info("persistence"))
        return told | {"upkeep": client.llen("upkeep")}


def upkeep(waiting: int) -> Finding:
    if waiting > UPKEEP_WAITING:
        return wrong("queue upkeep", f"{waiting} messages wait: a worker must serve it, --queues billing,upkeep,….")
    return ok("queue upkeep", "is served, or empty.")


def check() -> Iterator[Finding]:
    """Needs the database."""
    yield worker()
    yield studio()
    yield beat()
    yield oldest()


def worker() -> Finding:
    if health.lives("standard"):
        return ok("worker", "gave a sign of life within the last minute.")
    served = ",".join(("billing", "upkeep", *queues.LIGHT_QUEUES))
    return wrong("worker", f"No sign of life: {_start(f'worker --queues {served}')}")


def studio() -> Finding:
    if health.lives("heavy"):
        return ok("studio", "gave a sign of life within the last minute.")
    served = ",".join(queues.HEAVY_QUEUES)
    return warn("studio", f"No sign of life, so films wait: {_start(f'worker --queues {served}')}")


def beat() -> Finding:
    """Known by its canaries: when no worker runs them, beat may live unseen."""
    newest = Pulse.objects.order_by("-at").annotate(age=Now() - F("at")).first()
    if newest is not None and newest.age < health.FRESH:
        return ok("beat", "rang within the last minute.")
    ago = "ever" if newest is None else f"for {told_age(newest.age)}"
    return wrong("beat", f"Not heard {ago}. {_start('beat', 'When a worker lives, start exactly one: ')}")


def _start(process: str, hint: str = "") -> str:
    return "make run starts it." if settings.EMBEDDED else f"{hint}celery -A avatarg.celery {process}"


def oldest() -> Finding:
    waiting = Job.objects.filter(status=Job.Status.QUEUED, waiting=False).annotate(age=Now() - F("created_at"))
    job = waiting.order_by("created_at").first()
    if job is None:
        return ok("jobs", "None waits.")
    says = f"The oldest waits for {told_age(job.age)} in {job.queue}"
    if job.age < LONG:
        return ok("jobs", f"{says}.")
    tell = wrong if job.age > VERY_LONG else warn
    return tell("jobs", f"{says}: a worker must serve that queue, or there are too few.")


def told_age(age: timedelta) -> str:
    minutes, seconds = divmod(int(age.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"

"""Log lines: JSON for machines, a short line for people, each with the request, user and job it belongs to.

No line carries a secret: those of the settings and everything that looks like one (keys, tokens, passwords in
addresses, the secret part of links in e-mails) is masked in the last step before a line is written.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, cast

import structlog
from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from structlog.typing import EventDict, Processor, WrappedLogger

requests_log = logging.getLogger("avatarg.requests")
MASK = "[secret]"
SECRETIVE = re.compile(
    r"""avg_live_[\w-]{6,} | whsec_[\w+/=-]{6,} | \b(?:sk|rk)_(?:live|test)_\w+
    | (?<=://)[^/\s:@]+:[^/\s@]+(?=@)
    | (?i:(?<=bearer\s)|(?<=basic\s))[\w.+/=~-]{8,}
    | (?<=/reset/key/)[^/\s"']+ | (?<=/confirm-email/)[^/\s"']+ | (?<=/unsubscribe/)[^/\s"']+
    | (?i:(?<=sessionid=)|(?<=csrftoken=)|(?<=password=)|(?<=token=))[^\s;&"']+""",
    re.VERBOSE,
)
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
present: ContextVar[HttpRequest | None] = ContextVar("present", default=None)


class Masking:
    """Replaces secrets in every string of a log line or a report, however deep."""

    def __init__(self, known: Iterable[str]) -> None:
        kept = sorted({re.escape(secret) for secret in known if len(secret) >= 8}, key=len, reverse=True)
        self.known = re.compile("|".join(kept)) if kept else None

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return cast(EventDict, self.masked(event))

    def masked(self, value: Any) -> Any:
        if isinstance(value, str):
            return SECRETIVE.sub(MASK, self.known.sub(MASK, value) if self.known else value)
        if isinstance(value, dict):
            return {key: self.masked(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.masked(one) for one in value]
        return value


def with_user(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The id of who is signed in, if the request has found out: a log line asks the database nothing."""
    request = present.get()
    if request is not None and "user_id" not in event and (user_id := known_user(request)):
        event["user_id"] = user_id
    return event


def known_user(request: HttpRequest) -> str:
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = request.__dict__.get("_cached_user")
    return str(user.pk) if user is not None and user.pk else ""


def line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """One line for a person: level, logger, sentence, what it belongs to, and the trace below it."""
    level, logger, said = (event.pop(key, "") for key in ("level", "logger", "event"))
    trace = event.pop("exception", "")
    event.pop("timestamp", None)
    facts = "".join(f" {key}={value}" for key, value in event.items())
    return f"{str(level).upper()} {logger}: {said}{facts}" + (f"\n{trace}" if trace else "")


SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    with_user,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configuration(*, level: str, as_json: bool, masking: Masking) -> dict[str, Any]:
    """Django's LOGGING. Every logger of every library goes through it."""
    last: Processor = structlog.processors.JSONRenderer() if as_json else line
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.processors.format_exc_info,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    masking,
                    last,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "avatarg.requests": {"level": "NOTSET" if as_json else "WARNING"},
            "stripe": {"level": "WARNING"},
            "httpx2": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
        "root": {"handlers": ["console"], "level": level},
    }


def told(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: names the request in every line and in X-Request-ID, and writes one line when it is answered.

    The route is written, never the address: addresses carry ids and the keys of e-mailed links.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        present.set(request)
        response = get_response(request)
        response["X-Request-ID"] = request_id
        route = request.resolver_match.route if request.resolver_match else ""
        milliseconds = round((time.perf_counter() - began) * 1000)
        facts = {"method": request.method, "route": route, "status": response.status_code, "ms": milliseconds}
        with structlog.contextvars.bound_contextvars(**facts):
            requests_log.info("answered")
        return response

    return middleware


@receiver(request_finished)
def forget_request(**_: Any) -> None:
    """After Django's own last words on it."""
    structlog.contextvars.unbind_contextvars("request_id")
    present.set(None)

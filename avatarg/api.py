"""The API's conventions: one error body, who may call, how often."""

import logging
import time
from typing import TYPE_CHECKING, Any

import limits
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError
from rest_framework import authentication, exceptions, throttling
from rest_framework.request import Request
from rest_framework.response import Response

from avatarg.errors import Refusal

if TYPE_CHECKING:
    from rest_framework.views import APIView  # DRF's settings import this module while it loads

log = logging.getLogger(__name__)

NOT_FOUND = ("NOT_FOUND", "There is nothing here.", 404)
FORBIDDEN = ("PERMISSION_DENIED", "You may not do that.", 403)
FRAMEWORK_ERRORS: tuple[tuple[type[Exception], tuple[str, str, int]], ...] = (
    (exceptions.NotAuthenticated, ("UNAUTHENTICATED", "Please sign in first.", 401)),
    (exceptions.AuthenticationFailed, ("UNAUTHENTICATED", "Please sign in first.", 401)),
    (exceptions.PermissionDenied, FORBIDDEN),
    (PermissionDenied, FORBIDDEN),
    (exceptions.NotFound, NOT_FOUND),
    (Http404, NOT_FOUND),
    (exceptions.MethodNotAllowed, ("METHOD_NOT_ALLOWED", "This address does not take that method.", 405)),
    (exceptions.UnsupportedMediaType, ("VALIDATION_ERROR", "The body has a type that is not read here.", 400)),
    (exceptions.ParseError, ("VALIDATION_ERROR", "The body could not be read.", 400)),
    (exceptions.Throttled, ("RATE_LIMITED", "That is too many calls at once. Please wait a little.", 429)),
)


def error_body(code: str, sentence: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"error": sentence, "code": code, "metadata": metadata or {}}


def error_response(code: str, sentence: str, status: int, metadata: dict[str, Any] | None = None) -> JsonResponse:
    return JsonResponse(error_body(code, sentence, metadata), status=status)


def refusal_response(refusal: Refusal) -> Response:
    return Response(error_body(refusal.code, refusal.message, refusal.metadata), status=refusal.status)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Render every expected error as the one body; the unexpected go on to Django's 500."""
    if isinstance(error, Refusal):
        return refusal_response(error)
    if isinstance(error, exceptions.ValidationError):
        fields = {name: [str(line) for line in lines] for name, lines in dict(error.detail).items()}
        return Response(error_body("VALIDATION_ERROR", "Some of the input is not right.", {"fields": fields}), 400)
    for kind, (code, sentence, status) in FRAMEWORK_ERRORS:
        if isinstance(error, kind):
            response = Response(error_body(code, sentence), status=status)
            if challenge := getattr(error, "auth_header", None):
                response["WWW-Authenticate"] = challenge
            if wait := getattr(error, "wait", None):
                response["Retry-After"] = str(max(1, round(wait)))
            return response
    return None


def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Every unknown path under /api."""
    code, sentence, status = NOT_FOUND
    return error_response(code, sentence, status)


class SessionAuthentication(authentication.SessionAuthentication):
    """The signed-in session, with CSRF. It names a scheme, so that a stranger gets 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class ClassThrottle(throttling.BaseThrottle):
    """Calls a user may make in each class (`throttle_class` of the view: read, write or execute), counted in Valkey.

    While Valkey is away everybody passes: a limit is a courtesy, a job is not.
    """

    limiter: FixedWindowRateLimiter | None = None
    retry_after: float | None = None

    @classmethod
    def counter(cls) -> FixedWindowRateLimiter:
        if cls.limiter is None:
            storage = storage_from_string(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
            cls.limiter = FixedWindowRateLimiter(storage)
        return cls.limiter

    def allow_request(self, request: Request, view: "APIView") -> bool:
        name = getattr(view, "throttle_class", None) or ("read" if request.method in ("GET", "HEAD") else "write")
        rate = limits.parse(settings.API_RATES[name])
        who = str(request.user.pk) if request.user.is_authenticated else self.get_ident(request)
        try:
            if self.counter().hit(rate, name, who):
                return True
            stats = self.counter().get_window_stats(rate, name, who)
        except RedisError as error:
            log.warning("Rate limits are off while Valkey is away: %s", type(error).__name__)
            return True
        self.retry_after = stats.reset_time
        return False

    def wait(self) -> float | None:
        return None if self.retry_after is None else max(1.0, self.retry_after - time.time())

"""The API's conventions: one error body, who may call, how often."""

import logging
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import limits
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.csrf import csrf_exempt
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError
from rest_framework import authentication, exceptions, negotiation, parsers, throttling
from rest_framework.request import Request
from rest_framework.response import Response

from avatarg.errors import PayloadTooLarge, Refusal

if TYPE_CHECKING:
    from rest_framework.views import APIView  # DRF's settings import this module while it loads

log = logging.getLogger(__name__)
MOST_LEVELS = 32

NOT_FOUND = ("NOT_FOUND", _("There is nothing here."), 404)
FORBIDDEN = ("PERMISSION_DENIED", _("You may not do that."), 403)
FRAMEWORK_ERRORS: tuple[tuple[type[Exception], tuple[str, str, int]], ...] = (
    (exceptions.NotAuthenticated, ("UNAUTHENTICATED", _("Please sign in first."), 401)),
    (exceptions.AuthenticationFailed, ("UNAUTHENTICATED", _("Please sign in first."), 401)),
    (exceptions.PermissionDenied, FORBIDDEN),
    (PermissionDenied, FORBIDDEN),
    (exceptions.NotFound, NOT_FOUND),
    (Http404, NOT_FOUND),
    (exceptions.MethodNotAllowed, ("METHOD_NOT_ALLOWED", _("This address does not take that method."), 405)),
    (exceptions.UnsupportedMediaType, ("VALIDATION_ERROR", _("The body has a type that is not read here."), 400)),
    (exceptions.ParseError, ("VALIDATION_ERROR", _("The body could not be read."), 400)),
    (RequestDataTooBig, ("PAYLOAD_TOO_LARGE", _("This is too large."), 413)),
    (SuspiciousOperation, ("VALIDATION_ERROR", _("The body could not be read."), 400)),
    (exceptions.NotAcceptable, ("VALIDATION_ERROR", _("This is not available in that form."), 406)),
    (exceptions.Throttled, ("RATE_LIMITED", _("That is too many calls at once. Please wait a little."), 429)),
)


def caller(request: Request) -> UUID:
    """The id of the signed-in user; views that ask for it let nobody else in."""
    return cast(UUID, request.user.pk)


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
        fields = {name: [str(line) for line in lines] for name, lines in cast(dict[str, Any], error.detail).items()}
        sentence = gettext("Some of the input is not right.")
        return Response(error_body("VALIDATION_ERROR", sentence, {"fields": fields}), 400)
    for kind, (code, sentence, status) in FRAMEWORK_ERRORS:
        if isinstance(error, kind):
            response = Response(error_body(code, gettext(sentence)), status=status)
            if challenge := getattr(error, "auth_header", None):
                response["WWW-Authenticate"] = challenge
            if wait := getattr(error, "wait", None):
                response["Retry-After"] = str(max(1, round(wait)))
            return response
    return None


@csrf_exempt
def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Every unknown path under /api."""
    code, sentence, status = NOT_FOUND
    return error_response(code, gettext(sentence), status)


class SessionAuthentication(authentication.SessionAuthentication):
    """The signed-in session, with CSRF. It names a scheme, so that a stranger gets 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class Negotiation(negotiation.DefaultContentNegotiation):
    """Where there is one form, a client gets it whatever it says it accepts: files and CSV are not DRF's to render."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        if len(renderers) == 1:
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)


class JSONParser(parsers.JSONParser):
    """JSON of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes (DRF alone reads any size) and MOST_LEVELS levels."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise PayloadTooLarge
        try:
            data = super().parse(BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise exceptions.ParseError from None
        if levels_in(data) > MOST_LEVELS:
            raise exceptions.ParseError
        return data


def levels_in(data: Any) -> int:
    level, here = 0, [data]
    while here := [child for one in here if isinstance(one, dict | list) for child in children_of(one)]:
        level += 1
    return level


def children_of(one: "dict[str, Any] | list[Any]") -> Any:
    return one.values() if isinstance(one, dict) else one


class MultiPartParser(parsers.MultiPartParser):
    """A form with a file, refused by its length before any of it is read."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        length = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0"
        if int(length) > settings.MAX_UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise PayloadTooLarge(too_large())
        return super().parse(stream, media_type, parser_context)


def too_large() -> str:
    return gettext("Files up to %(most)d MB are taken.") % {"most": settings.MAX_UPLOAD_BYTES // 2**20}


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

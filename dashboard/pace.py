"""How often a person may start jobs from pages: the API's class of calls, counted together with it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.views import APIView

from avatarg.api import ClassThrottle
from avatarg.errors import Refusal


class RateLimited(Refusal):
    code, status = "RATE_LIMITED", 429


class StartsJobs(APIView):
    """What the throttle looks at in a view."""

    throttle_class = "execute"


class AsksSupport(APIView):
    throttle_class = "support"


STARTS_JOBS, ASKS_SUPPORT = StartsJobs(), AsksSupport()


def require_calm(request: HttpRequest, view: APIView = STARTS_JOBS, sentence: str | None = None) -> None:
    """Count a job about to be started, or what else the view is for. Raises RateLimited, with the seconds to wait."""
    throttle, counted = ClassThrottle(), Request(request)
    counted.user = request.user
    if not throttle.allow_request(counted, view):
        told = sentence or _("That is too many jobs in so short a time. Please wait a little.")
        raise RateLimited(told, retry_after=round(throttle.wait() or 1))


def with_wait(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """Tells programs too when to come back."""
    if wait := refusal.metadata.get("retry_after"):
        response["Retry-After"] = str(wait)
    return response

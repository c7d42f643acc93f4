"""Error pages in the product's own design; under /api the one error body instead."""

import logging
from collections.abc import Callable

from allauth.account import app_settings as doors
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from avatarg import api
from dashboard import words

log = logging.getLogger(__name__)
MINUTE = 60
SECONDS = {"s": 1, "m": MINUTE, "h": 60 * MINUTE, "d": 24 * 60 * MINUTE}
LIMITS = {
    "account_login": "login",
    "account_signup": "signup",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_change_password": "change_password",
    "account_email": "manage_email",
    "account_reauthenticate": "reauthenticate",
    "account_email_verification_sent": "confirm_email",
}


def is_api(request: HttpRequest) -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


def known_host(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a name that is not ours is refused before anything else is asked, in DEBUG too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost as error:
            log.warning("%s", error)
            return bad_request(request, error)
        return get_response(request)

    return middleware


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_api(request):
        return api.error_response("PERMISSION_DENIED", _("The CSRF token is missing or wrong."), 403)
    return render(request, "errors/403.html", {"csrf": True, "scene": "shut"}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api.not_found(request)
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api.error_response("VALIDATION_ERROR", _("That request could not be read."), 400)
    context = {"host": isinstance(exception, DisallowedHost), "scene": "shut"}
    return render(request, "errors/400.html", context, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api.error_response("PERMISSION_DENIED", _("You may not do that."), 403)
    return render(request, "errors/403.html", {"scene": "shut"}, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """A door (sign in, sign up, a new password …) was tried too often; its limits say how long to wait at most."""
    wait = longest_wait(request)
    if is_api(request):
        sentence = _("That is too many calls at once. Please wait a little.")
        response: HttpResponse = api.error_response("RATE_LIMITED", sentence, 429, {"retry_after": wait})
    else:
        said = words.counted(round(wait / MINUTE), "minute") if wait >= MINUTE else words.counted(wait, "second")
        response = render(request, "errors/429.html", {"wait": said, "scene": "wait"}, status=429)
    response["Retry-After"] = str(wait)
    return response


def longest_wait(request: HttpRequest) -> int:
    """Seconds. A rate is written as 20/m/ip or 1/180s/key: so many in such a time."""
    name = request.resolver_match.url_name if request.resolver_match else None
    rates = doors.RATE_LIMITS.get(LIMITS.get(name or "", ""))
    spans = [rate.split("/")[1] for rate in rates.split(",")] if rates else ["m"]
    return max(int(span[:-1] or 1) * SECONDS[span[-1]] for span in spans)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return api.error_response("SERVER_ERROR", _("Something broke on our side. Nothing was charged twice."), 500)
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)  # nothing may be asked of anything

"""The door to the admin: operators sign in where everybody does, and none goes in without a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts import second_factor as factors

ASKED_FOR = "Operators need a second factor. Set one up, then the admin opens."


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Whoever has none sets it up first; whoever has one and has not shown it in this session shows it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.OPERATORS_NEED_SECOND_FACTOR or not request.path.startswith(reverse("admin:index")):
            return get_response(request)
        user = request.user
        if not user.is_authenticated or not user.is_staff or request.path == reverse("admin:logout"):
            return get_response(request)
        if not factors.has_one(user):
            messages.info(request, ASKED_FOR)
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        if not factors.was_shown(request, user):
            back = {"next": request.get_full_path() if request.method == "GET" else reverse("admin:index")}
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode(back)}")
        return get_response(request)

    return middleware

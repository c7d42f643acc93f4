"""The choice of a language, and the pages that show a second factor's secrets: kept by no cache."""

from typing import Any, cast

from allauth.mfa.recovery_codes.views import download_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import languages, second_factor
from accounts.models import User


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Kept in a cookie, and with the profile of who is signed in. What is not spoken here changes nothing."""
    code = request.POST.get("language", "")
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else "/", status=303)
    if languages.is_known(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE, httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )  # fmt: skip
        if request.user.is_authenticated:
            languages.choose_language(user_id=request.user.pk, code=code)
    return response


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app is set up once: the form sent again leads where the first one did."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not request.user.is_authenticated:
            return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))
        with transaction.atomic():
            user = User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
            if second_factor.has_one(user):
                return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
            return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))


set_up_app = never_cache(SetUpApp.as_view())
recovery_codes = never_cache(view_recovery_codes)
recovery_codes_as_file = never_cache(download_recovery_codes)

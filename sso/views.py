"""The door for who signs in by a company: an address, and on to that company's own sign-in."""

from typing import cast

import requests
from allauth.account.internal.decorators import login_not_required
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sso import connections


class DoorForm(forms.Form):
    email = forms.EmailField(
        label=_("Your work email"), max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def door(request: HttpRequest) -> HttpResponse:
    """Whether a domain has single sign-on is told; whether a person has an account is not."""
    if request.user.is_authenticated:
        return redirect("dashboard")
    if request.method == "POST" and (limited := ratelimit.consume_or_429(request, action="login")):
        return cast(HttpResponse, limited)
    form = DoorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sign_on = connections.working_for(form.cleaned_data["email"])
        if sign_on:
            return onward(request, str(sign_on.pk))
        form.add_error("email", _("There is no single sign-on for this address. Sign in with your password."))
    return render(request, "account/sso.html", {"form": form}, status=400 if form.is_bound else 200)


def onward(request: HttpRequest, provider_id: str) -> HttpResponse:
    """By a page that leads on: the policy of our pages lets no form end at another's address."""
    try:
        answer = get_adapter(request).get_provider(request, provider_id).redirect(request, "login")
    except ImmediateHttpResponse as stopped:
        return cast(HttpResponse, stopped.response)
    except (requests.RequestException, ValueError, KeyError):
        messages.error(request, _("Your company's sign-in does not answer. Please try again later."))
        return redirect("sso")
    if not isinstance(answer, HttpResponseRedirect):
        return redirect("sso")
    return render(request, "account/sso_onward.html", {"url": answer.url})


@require_safe
def elsewhere(request: HttpRequest, **_: str) -> HttpResponse:
    """In the place of allauth's own pages: nobody connects providers by hand, and the way in begins at the door."""
    return redirect("sso")

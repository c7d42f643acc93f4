"""Single sign-on in the settings: what a company tells of its provider, and what it must tell its provider."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from avatarg.errors import InvalidInput
from dashboard import banners
from dashboard.views.member import member, member_page, refusal_by, see_other, tell
from dashboard.words import Badge
from sso import connections
from sso.models import SingleSignOn


class SignOnForm(forms.Form):
    domain = forms.CharField(
        max_length=253, label=gettext_lazy("Email domain"),
        help_text=gettext_lazy("Such as example.com. Whoever has an address there signs in with your provider."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip
    issuer = forms.URLField(
        max_length=500, label=gettext_lazy("Issuer"), assume_scheme="https",
        help_text=gettext_lazy("The address of your OpenID Connect provider; its configuration is found below it."),
        widget=forms.URLInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip
    client_id = forms.CharField(
        max_length=190, label=gettext_lazy("Client ID"),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip
    client_secret = forms.CharField(
        max_length=500, required=False, label=gettext_lazy("Client secret"),
        help_text=gettext_lazy("Kept encrypted and never shown."),
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip
    required = forms.BooleanField(
        required=False, label=gettext_lazy("Turn passwords off for this domain, except yours"),
    )  # fmt: skip

    def clean_domain(self) -> str:
        return str(self.cleaned_data["domain"]).strip().lower().removeprefix("@")

    def clean_issuer(self) -> str:
        issuer = str(self.cleaned_data["issuer"]).rstrip("/")
        if not issuer.startswith("https://") and not settings.SSO_ALLOW_LOOPBACK:
            raise forms.ValidationError(_("The issuer must begin with https://."))
        return issuer


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def sign_on(request: HttpRequest) -> HttpResponse:
    user_id = member(request)
    closed = refusal_by(connections.require_plan, user_id)
    found = connections.sign_on_of(user_id)
    form = SignOnForm(request.POST or None, initial=told_of(found))
    if found and found.sealed_secret:
        form.fields["client_secret"].help_text = _(
            "Kept encrypted and never shown. Left empty, the one you saved stays."
        )
    if request.method == "POST" and not closed and form.is_valid():
        try:
            connections.save_sign_on(owner_id=user_id, **form.cleaned_data)
        except InvalidInput as refusal:
            form.add_error("domain", refusal.metadata["fields"]["domain"])
        else:
            tell(request, _("Saved. It works once we have seen that the domain is yours."))
            return see_other(reverse("sso-settings"))
    context = {
        "form": form, "found": found, "closed": closed, "badge": badge_of(found) if found else None,
        "notice": banners.banner_for(closed) if closed else None, "callback": callback_of(found),
    }  # fmt: skip
    status = 400 if request.method == "POST" and not closed else closed.status if closed and form.is_bound else 200
    return render(request, "dashboard/sso.html", context, status=status)


@require_POST
@member_page
def remove(request: HttpRequest) -> HttpResponse:
    connections.remove_sign_on(owner_id=member(request))
    tell(request, _("Single sign-on was removed. Passwords open again."))
    return see_other(reverse("sso-settings"))


def told_of(found: SingleSignOn | None) -> dict[str, object]:
    names = ("domain", "issuer", "client_id", "required")
    return {name: getattr(found, name) for name in names} if found else {}


def badge_of(found: SingleSignOn) -> Badge:
    if found.checked_at:
        return Badge("ok", "check", _("Works"))
    return Badge("warn", "clock", _("Waits for our check of the domain"))


def callback_of(found: SingleSignOn | None) -> str:
    """What the provider must allow as a redirect."""
    if found is None:
        return ""
    address: str = settings.SITE_URL
    return address + reverse("openid_connect_callback", kwargs={"provider_id": str(found.pk)})

"""Allauth's two adapters: what single sign-on lets in, and what it makes a password no longer open."""

from typing import Any
from uuid import UUID

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal.flows.email_authentication import wipe_password
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import people
from accounts.models import User
from avatarg import sealing
from sso import connections, wire
from sso.models import SingleSignOn


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers are what customers' rows say, each under its own id; no provider is offered to everybody."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        sign_on = sign_on_by(provider)
        return [app_for(sign_on)] if sign_on and client_id in (None, sign_on.client_id) else []

    def get_requests_session(self) -> requests.Session:
        return wire.CheckedSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in addresses of the customer's own domain, and no operator. Raises ImmediateHttpResponse."""
        sign_on = sign_on_by(sociallogin.account.provider)
        told = next(iter(sociallogin.email_addresses), None)
        claims = sociallogin.account.extra_data.get("userinfo") or sociallogin.account.extra_data.get("id_token") or {}
        if sign_on is None or told is None or sociallogin.state.get("process") != "login":
            raise refusal(request, _("Your company's sign-in did not say who you are."))
        if connections.domain_of(told.email) != sign_on.domain or claims.get("email_verified") is False:
            raise refusal(request, _("Your company's sign-in gave an address that is not of its domain."))
        told.email, told.verified = told.email.lower(), True
        known = sociallogin.user if sociallogin.is_existing else User.objects.filter(email=told.email).first()
        if known is None:
            return
        if known.is_staff or known.is_superuser or connections.domain_of(known.email) != sign_on.domain:
            raise refusal(request, _("This account does not sign in by a company."))
        if not sociallogin.is_existing:
            join(request, sociallogin, known)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        claims = sociallogin.account.extra_data.get("userinfo") or {}
        if name := str(claims.get("name") or "")[:120].strip():
            people.update_profile(user_id=user.pk, full_name=name, preferences={})
        return user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        raise refusal(request, _("Your company's sign-in did not work. Please try again."))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("The email address or the password is wrong.")
    }

    def pre_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse | None:
        """Where a company asks for its own sign-in, a password opens nothing; operators' accounts are ours."""
        stopped: HttpResponse | None = super().pre_login(request, user, **facts)
        if stopped or "sociallogin" in (facts.get("signal_kwargs") or {}) or user.is_staff:
            return stopped
        sign_on = connections.working_for(user.email)
        if sign_on is None or not sign_on.required or sign_on.owner_id == user.pk:
            return None
        messages.info(request, _("Your company asks you to sign in with its own sign-in."))
        return redirect("sso")


def sign_on_by(provider: str | None) -> SingleSignOn | None:
    try:
        return connections.working().get(pk=UUID(provider or ""))
    except (ValueError, SingleSignOn.DoesNotExist):
        return None


def app_for(sign_on: SingleSignOn) -> SocialApp:
    """As allauth wants it; it is never stored."""
    try:
        secret = connections.secret_of(sign_on)
    except sealing.Unreadable:
        secret = ""
    return SocialApp(
        provider="openid_connect", provider_id=str(sign_on.pk), name=sign_on.domain, client_id=sign_on.client_id,
        secret=secret, settings={"server_url": sign_on.issuer, "oauth_pkce_enabled": True},
    )  # fmt: skip


def join(request: HttpRequest, sociallogin: SocialLogin, known: User) -> None:
    """The provider speaks for its domain: the account is its address's. A password set by who never proved to have the
    address is wiped, and with it every session that it opened."""
    wipe_password(request, known, known.email)
    sociallogin.connect(request, known)
    EmailAddress.objects.update_or_create(user=known, email=known.email, defaults={"verified": True, "primary": True})


def refusal(request: HttpRequest, sentence: str) -> ImmediateHttpResponse:
    messages.error(request, sentence)
    return ImmediateHttpResponse(redirect("sso"))

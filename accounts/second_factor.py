"""Second factors: what is kept of them is enciphered, and a session knows that it has shown one."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from avatarg import sealing

PURPOSE = "second factor"
ASKED_AT_SIGN_IN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A copy of the database alone makes no codes."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, purpose=PURPOSE)


@receiver(authenticator_added)
def note_first_use(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Whoever sets one up has just shown it."""
    if authenticator.type in ASKED_AT_SIGN_IN:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def has_one(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=ASKED_AT_SIGN_IN).exists())


def was_shown(request: HttpRequest, user: User) -> bool:
    """In this session."""
    return any(one.get("method") == "mfa" for one in get_authentication_records(request, user))

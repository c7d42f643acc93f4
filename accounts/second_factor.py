"""Second factors: what is kept of them is enciphered, and a session knows that it has shown one."""

import base64
import hashlib
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User

ASKED_AT_SIGN_IN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def cipher() -> MultiFernet:
    """Of SECRET_KEY and, to read, of those before it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A copy of the database alone makes no codes."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


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

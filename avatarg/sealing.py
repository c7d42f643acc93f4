"""Secrets that must be had in the clear again, at rest: Fernet (AES-128-CBC with HMAC-SHA256) under a key that is
derived from SECRET_KEY and from what it is for. Who has the database alone has no secret.

After SECRET_KEY was changed, the old one among SECRET_KEY_FALLBACKS keeps them readable; without it they are lost.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """It was sealed under a SECRET_KEY that is not known any more, or for something else."""


def seal(secret: str, *, purpose: str) -> str:
    return box(purpose).encrypt(secret.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Raises Unreadable."""
    try:
        return box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def box(purpose: str) -> MultiFernet:
    return box_for(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def box_for(purpose: str, *words: str) -> MultiFernet:
    """Seals under the first and opens under any."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived(purpose, word))) for word in words])


def derived(purpose: str, word: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(word.encode())

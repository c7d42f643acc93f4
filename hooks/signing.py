"""Secrets of endpoints, and the signatures made with them: the scheme of Standard Webhooks, by its own library.

A secret must be had in the clear to sign, so it is kept sealed: Fernet (AES-128-CBC with HMAC-SHA256) under a key that
is derived from SECRET_KEY. Who has the database alone has no secret. After SECRET_KEY was changed, the old one among
SECRET_KEY_FALLBACKS keeps the secrets readable; without it they must be made anew.
"""

import base64
import secrets
from datetime import UTC, datetime
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from standardwebhooks.webhooks import Webhook

from hooks.errors import SecretUnreadable

START = "whsec_"
BYTES = 32
PURPOSE = b"avatarg: secrets of webhook endpoints, 1"


def new_secret() -> str:
    return START + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def seal(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises SecretUnreadable."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SecretUnreadable from None


def headers_for(message_id: str, body: str, moment: datetime, keys: list[str]) -> dict[str, str]:
    """Signed with each key: during a rotation either of two verifies."""
    now = moment.astimezone(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(message_id, now, body) for key in keys),
    }


def _box() -> MultiFernet:
    return _box_for(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _box_for(*words: str) -> MultiFernet:
    """Seals under the first and opens under any."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(word))) for word in words])


def _derived(word: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(word.encode())

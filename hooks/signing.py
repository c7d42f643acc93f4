"""Secrets of endpoints, and the signatures made with them: the scheme of Standard Webhooks, by its own library."""

import base64
import secrets
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

from avatarg import sealing

START = "whsec_"
BYTES = 32
PURPOSE = "avatarg: secrets of webhook endpoints, 1"


def new_secret() -> str:
    return START + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def seal(secret: str) -> str:
    """A secret must be had in the clear to sign, so it is kept sealed, not hashed."""
    return sealing.seal(secret, purpose=PURPOSE)


def unseal(sealed: str) -> str:
    """Raises sealing.Unreadable."""
    return sealing.unseal(sealed, purpose=PURPOSE)


def headers_for(message_id: str, body: str, moment: datetime, keys: list[str]) -> dict[str, str]:
    """Signed with each key: during a rotation either of two verifies."""
    now = moment.astimezone(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(message_id, now, body) for key in keys),
    }

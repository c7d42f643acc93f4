"""Absolute addresses for mails, and the signed word in them that switches one kind of mail off without signing in."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from avatarg.errors import NotFound
from notifications.kinds import KINDS, Kind

_signer = Signer(sep=".", salt="notifications.unsubscribe")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def off_link(user_id: UUID, kind: Kind) -> str:
    """It does not run out: an old mail must be able to end later ones."""
    return absolute(reverse("unsubscribe", args=[_signer.sign(f"{user_id.hex}.{kind.id}")]))


def read_token(token: str) -> tuple[UUID, Kind]:
    """Whose mails of which kind. Raises NotFound for what we did not sign."""
    try:
        user_id, kind = _signer.unsign(token).split(".")
        return UUID(user_id), KINDS[kind]
    except (BadSignature, KeyError, ValueError):
        raise NotFound(_("This link is damaged, or none of ours.")) from None

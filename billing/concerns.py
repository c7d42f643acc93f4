"""What operators must see: raised by whoever notices, once for each subject, until it is resolved."""

import logging
from uuid import UUID

from django.db.models.functions import Now

from billing.models import Concern

log = logging.getLogger(__name__)


def raise_concern(*, kind: str, subject: str, user_id: UUID, detail: str) -> None:
    """Open a concern, or keep it open with the latest detail. One that was resolved stays so until it changes."""
    concern, new = Concern.objects.get_or_create(
        kind=kind, subject=subject, defaults={"user_id": user_id, "detail": detail}
    )
    if new:
        log.error("An operator is needed: %s (%s)", concern, detail)
    elif concern.detail != detail:
        Concern.objects.filter(pk=concern.pk).update(detail=detail, resolved_at=None)


def resolve(*, kind: str, user_id: UUID, subject: str = "") -> None:
    """Close what is no longer so: of one subject, or of all."""
    open_ones = Concern.objects.filter(kind=kind, user_id=user_id, resolved_at=None)
    if subject:
        open_ones = open_ones.filter(subject=subject)
    open_ones.update(resolved_at=Now())

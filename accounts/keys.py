"""API keys: shown once when made, kept as a hash, found again by it."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import TooManyKeys
from accounts.models import ApiKey, User
from avatarg.errors import NotFound

START = "avg_live_"
ENTROPY_BYTES = 32
WHOLE = re.compile(rf"{START}[A-Za-z0-9_-]{{43}}")
SHOWN_LETTERS = len(START) + 6
MOST_LIVE = 20
USE_IS_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A new key. `secret` is the key itself, for the one answer that shows it."""

    key: ApiKey
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Budget:
    """What jobs started with a key may take: `limit` credits since `since`; None is no limit."""

    key_id: UUID
    limit: int | None
    since: datetime | None


def live() -> Q:
    return Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=Now()))


def hash_of(secret: str) -> str:
    """No salt and no slow hash: 256 random bits are not guessed, and a key is looked up by this on every call."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_key(
    *, user_id: UUID, name: str, scopes: list[str], expires_at: datetime | None = None, budget: int | None = None,
    budget_per: str = "",
) -> Made:  # fmt: skip
    """Raises TooManyKeys."""
    secret = START + secrets.token_urlsafe(ENTROPY_BYTES)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user_id)
        if ApiKey.objects.filter(live(), user_id=user_id).count() >= MOST_LIVE:
            sentence = _("There may be %(most)d keys at a time. Revoke one first.") % {"most": MOST_LIVE}
            raise TooManyKeys(sentence, limit=MOST_LIVE)
        key = ApiKey.objects.create(
            user_id=user_id, name=name, prefix=secret[:SHOWN_LETTERS], hash=hash_of(secret), scopes=scopes,
            expires_at=expires_at, budget=budget, budget_per=budget_per if budget else "",
        )  # fmt: skip
    return Made(key, secret)


def revoke_key(*, user_id: UUID, key_id: UUID) -> ApiKey:
    """For good; safe to repeat. Raises NotFound, for a stranger's too."""
    ApiKey.objects.filter(pk=key_id, user_id=user_id, revoked_at=None).update(revoked_at=Now())
    key = ApiKey.objects.filter(pk=key_id, user_id=user_id).first()
    if key is None:
        raise NotFound(_("There is no such key."))
    return key


def keys_of(user_id: UUID) -> QuerySet[ApiKey]:
    """Newest first."""
    return ApiKey.objects.filter(user_id=user_id).order_by("-created_at", "-id")


def key_for(secret: str) -> ApiKey | None:
    """The live key of an active user, with the user; None for anything else. Only its hash is compared."""
    if not WHOLE.fullmatch(secret):
        return None
    found = ApiKey.objects.select_related("user").filter(live(), hash=hash_of(secret), user__is_active=True)
    return found.first()


def note_use(*, key: ApiKey) -> None:
    """At most once a minute, however many calls come at once."""
    if key.last_used_at and key.last_used_at > timezone.now() - USE_IS_NOTED_EVERY:
        return
    is_old = Q(last_used_at=None) | Q(last_used_at__lte=Now() - USE_IS_NOTED_EVERY)
    ApiKey.objects.filter(is_old, pk=key.pk).update(last_used_at=Now())


def budget_of(key: ApiKey) -> Budget:
    """As it stands now, for a job that is started with this key."""
    if key.budget is None:
        return Budget(key.pk, None, None)
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    since = today.replace(day=1) if key.budget_per == ApiKey.Per.MONTH else today
    return Budget(key.pk, key.budget, since)

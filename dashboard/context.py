from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame of every signed-in page shows."""

    name: str
    avatar: str
    theme: str
    plan: str
    balance: int
    allowance: int
    next_reset_at: datetime


def shell_of(user_id: UUID) -> Shell:
    user = User.objects.select_related("profile", "subscription", "credit_account").get(pk=user_id)
    return Shell(
        name=user.profile.full_name or user.email.partition("@")[0],
        avatar=f"{reverse('picture')}?{user.profile.avatar.name}" if user.profile.avatar else "",
        theme=user.profile.preferences.get("theme", ""),
        plan=user.subscription.plan,
        balance=user.credit_account.balance,
        allowance=user.credit_account.monthly_allowance,
        next_reset_at=user.credit_account.next_reset_at,
    )


def shell(request: HttpRequest) -> dict[str, Any]:
    """One query, made only by pages that show the frame."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"shell": SimpleLazyObject(lambda: shell_of(cast(UUID, user.pk)))}

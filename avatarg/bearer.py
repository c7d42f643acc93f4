"""The API by key: who calls, on which plan, and what the key may do.

A key reads whatever a safe method gives. Any other call is open to keys only where its view names a `key_scope`.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions, permissions
from rest_framework.request import Request

from accounts import keys
from accounts.models import ApiKey, User
from agents.errors import PlanRequired
from billing import entitlements
from billing.plans import PLANS

CHEAPEST = next(plan.id for plan in PLANS.values() if plan.api_access)


class KeyAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer avg_live_…`. A key counts before any session that comes with it; no CSRF."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        words = request.headers.get("Authorization", "").split()
        if not words or words[0].lower() != "bearer":
            return None
        key = keys.key_for(words[1]) if len(words) == 2 else None
        if key is None:
            raise exceptions.AuthenticationFailed
        keys.note_use(key=key)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer" if request.headers.get("Authorization") else "Session"


class KeyMayDoThis(permissions.BasePermission):
    """Of a call by key: the plan first, then its scope. Raises PlanRequired."""

    def has_permission(self, request: Request, view: Any) -> bool:
        key = request.auth
        if not isinstance(key, ApiKey):
            return True
        require_plan(key.user_id)
        return scope_for(request.method or "", view) in key.scopes


def scope_for(method: str, view: Any) -> str | None:
    """What a key must hold for this call; None is for no key at all."""
    if method in permissions.SAFE_METHODS:
        return ApiKey.Scope.READ.value
    return getattr(view, "key_scope", None)


def require_plan(user_id: UUID) -> None:
    """Raises PlanRequired unless the plan has API access."""
    plan = entitlements.standing_of(user_id).plan
    if not plan.api_access:
        sentence = _("API keys come with the %(plan)s plan.") % {"plan": CHEAPEST}
        raise PlanRequired(sentence, required_plan=CHEAPEST, plan=plan.id)


def budget_for(request: Request) -> keys.Budget | None:
    """Of the key that calls; None in a session."""
    return keys.budget_of(request.auth) if isinstance(request.auth, ApiKey) else None

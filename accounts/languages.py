"""The language that a person reads: the one they chose, else that of the browser's cookie or header, else English.

Operators' pages are English. What the database keeps is English as well: it is translated when it is shown.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from allauth.account.signals import user_signed_up
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts.models import Profile, User

PREFERENCE = "language"
"""The key in Profile.preferences."""
OPERATORS = "/admin/"
Answer = Callable[[HttpRequest], HttpResponse]


def is_known(code: object) -> bool:
    return code in dict(settings.LANGUAGES)


def language_of(profile: Profile) -> str:
    """The code that a person chose, "" while they chose none, or one that is not there any more."""
    code = profile.preferences.get(PREFERENCE)
    return str(code) if is_known(code) else ""


def choose_language(*, user_id: UUID, code: str) -> None:
    """Keep a choice; other preferences stay. Safe to repeat."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update().filter(pk=user_id, user__is_active=True).first()
        if profile is None or not is_known(code):
            return
        profile.preferences = {**profile.preferences, PREFERENCE: code}
        profile.save(update_fields=["preferences"])


@receiver(user_signed_up)
def keep_language(*, user: User, **_facts: Any) -> None:
    """Who signs up in another language than English is written to in it."""
    code = translation.get_language()
    if code != settings.LANGUAGE_CODE:
        choose_language(user_id=user.pk, code=code)


def written_for(profile: Profile) -> AbstractContextManager[None]:
    """What is written inside is in the language of this person."""
    return translation.override(language_of(profile) or settings.LANGUAGE_CODE)


def own_language(get_response: Answer) -> Answer:
    """Middleware, behind Django's, which knows cookie and header: a signed-in person's own choice goes before both."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = settings.LANGUAGE_CODE if request.path.startswith(OPERATORS) else chosen_by(request)
        if code:
            translation.activate(code)
            request.LANGUAGE_CODE = code
        return get_response(request)

    return middleware


def chosen_by(request: HttpRequest) -> str:
    """Whoever brings no session is not looked for; nor is anybody while the database is away."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    user: User | AnonymousUser = request.user
    try:
        return language_of(user.profile) if user.is_authenticated and hasattr(user, "profile") else ""
    except DatabaseError:
        return ""

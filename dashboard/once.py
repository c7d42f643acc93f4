"""Forms whose answer is shown once and stored nowhere: each showing of one works once, however often it is sent."""

import secrets
from uuid import UUID

from django import forms
from django.core.cache import cache

REMEMBERED = 24 * 3600


class OnceForm(forms.Form):
    """`once` is of one showing of the form."""

    once = forms.CharField(max_length=64, widget=forms.HiddenInput)


def fresh() -> dict[str, str]:
    """What a blank form begins with."""
    return {"once": secrets.token_urlsafe(18)}


def claim(form: OnceForm, *, kind: str, user_id: UUID) -> bool:
    """Whether this showing was not sent before; it counts as sent from now on."""
    return bool(cache.add(place(form, kind, user_id), True, REMEMBERED))


def give_up(form: OnceForm, *, kind: str, user_id: UUID) -> None:
    """It came to nothing, and may be sent again."""
    cache.delete(place(form, kind, user_id))


def place(form: OnceForm, kind: str, user_id: UUID) -> str:
    return f"{kind}-form:{user_id}:{form.cleaned_data['once']}"

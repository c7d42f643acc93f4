"""API keys: made, shown once, listed, revoked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import keys as api_keys
from accounts.models import ApiKey
from avatarg import bearer
from avatarg.errors import Refusal
from dashboard import banners, once
from dashboard.once import OnceForm
from dashboard.views.member import member, member_page, refusal_by, see_other, status_of, tell
from dashboard.words import Badge

ENDED_SHOWN = 10
SENT_BEFORE = gettext_lazy(
    "That form was sent before, and its key was shown then. If it was not copied, revoke it and make another one."
)
BADGES = {
    "live": Badge("ok", "check", gettext_lazy("Works")),
    "expired": Badge("", "clock", gettext_lazy("Expired")),
    "revoked": Badge("", "x", gettext_lazy("Revoked")),
}


class KeyForm(OnceForm):
    LIVES = (
        (30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("A year")),
        (0, gettext_lazy("Without an end")),
    )  # fmt: skip

    name = forms.CharField(
        max_length=60, label=gettext_lazy("Name"),
        help_text=gettext_lazy("What it is for, so that you know which one to revoke."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        choices=ApiKey.Scope.choices, label=gettext_lazy("It may"), initial=list(ApiKey.Scope.values),
        widget=forms.CheckboxSelectMultiple(), help_text=gettext_lazy(
            "Read: the catalogue, prices, jobs, files and credits. "
            "Execute: start, cancel and repeat jobs, send and delete files."
        ),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        choices=LIVES,
        coerce=int,
        label=gettext_lazy("It works for"),
        initial=90,
        widget=forms.Select(attrs={"class": "input"}),
    )
    budget = forms.IntegerField(
        min_value=1, max_value=10_000_000, required=False, label=gettext_lazy("Most credits its jobs may take"),
        help_text=gettext_lazy("Leave it empty for no limit."),
        widget=forms.NumberInput(attrs={"class": "input"}),
    )  # fmt: skip
    budget_per = forms.ChoiceField(
        choices=(("day", gettext_lazy("Day")), ("month", gettext_lazy("Month"))),
        required=False,
        label=gettext_lazy("Counted by"),
        initial="month",
        widget=forms.RadioSelect(),
    )

    def facts(self) -> dict[str, Any]:
        told, days = self.cleaned_data, self.cleaned_data["days"]
        return {
            "name": told["name"], "scopes": told["scopes"], "budget": told["budget"],
            "budget_per": told["budget_per"] or ApiKey.Per.MONTH.value,
            "expires_at": timezone.now() + timedelta(days=days) if days else None,
        }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def keys(request: HttpRequest) -> HttpResponse:
    """Making one answers with the page that shows it: no address, session or second page ever holds the key."""
    user_id, refused, made = member(request), None, None
    closed = refusal_by(bearer.require_plan, user_id)
    form = KeyForm(request.POST) if request.method == "POST" else blank()
    if form.is_bound and not closed and form.is_valid():
        if not once.claim(form, kind="key", user_id=user_id):
            tell(request, str(SENT_BEFORE), ok=False)
            return see_other(reverse("keys"))
        try:
            made, form = api_keys.make_key(user_id=user_id, **form.facts()), blank()
        except Refusal as refusal:
            once.give_up(form, kind="key", user_id=user_id)
            refused = refusal
    refused = refused or closed
    context = {
        "form": form, "made": made, "closed": closed, "rows": rows_of(user_id),
        "notice": banners.banner_for(refused) if refused else None,
    }  # fmt: skip
    return render(request, "dashboard/keys.html", context, status=status_of(request, form, refused))


def blank() -> KeyForm:
    return KeyForm(initial=once.fresh())


@dataclass(frozen=True, slots=True)
class Row:
    """A key in the list."""

    key: ApiKey
    state: str

    @property
    def id(self) -> str:
        return str(self.key.pk)

    @property
    def badge(self) -> Badge:
        return BADGES[self.state]

    @property
    def scopes(self) -> str:
        labels = [str(ApiKey.Scope(scope).label) for scope in self.key.scopes]
        return get_text_list(labels, _("and")).lower()


def rows_of(user_id: UUID) -> list[Row]:
    """Those that work, then the latest that ended."""
    now = timezone.now()
    rows = [Row(key, key.state_at(now)) for key in api_keys.keys_of(user_id)]
    live = [row for row in rows if row.state == "live"]
    return live + [row for row in rows if row.state != "live"][:ENDED_SHOWN]


@require_POST
@member_page
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    key = api_keys.revoke_key(user_id=member(request), key_id=key_id)
    tell(request, _("%(key)s was revoked and works no more.") % {"key": key.name})
    return see_other(reverse("keys"))

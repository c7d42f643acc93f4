"""The studio of Avatar G: a goal, then its plan with the price, then the confirmation that starts it."""

import secrets
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from agents import catalogue
from agents.registry import AVATAR_G_AGENT
from avatarg.errors import Refusal
from credits import selectors as ledger_reads
from dashboard import banners, pace, prices
from dashboard.banners import Banner
from dashboard.forms import StudioForm
from dashboard.prices import GoalPrice
from dashboard.views import studio
from dashboard.views.member import member, member_page
from dashboard.views.studio import Desk
from jobs import quotes, selectors
from jobs.quotes import Quote

FEW = 3
DEARER = Banner(
    "warn", "alert", gettext_lazy("The plan costs more by now"),
    gettext_lazy("Nothing was taken. Look at it again before it runs."),
)  # fmt: skip


@member_page
def goal(request: HttpRequest) -> HttpResponse:
    desk = studio.desk_for(request, AVATAR_G_AGENT.id)
    if not desk.is_open:
        return page(request, desk, None)
    user_id = member(request)
    if request.method != "POST":
        return page(request, desk, GoalForm(desk.schema, user_id, initial=studio.initial_for(request, desk)))
    if "switch" in request.POST:
        return page(request, desk, GoalForm(desk.schema, user_id, initial=studio.typed_for(request, desk)))
    form = GoalForm(desk.schema, user_id, request.POST)
    if not form.is_valid():
        return page(request, desk, form, status=400)
    if "confirmed" in request.POST:
        return start(request, desk, form)
    return planned(request, desk, form)


class GoalForm(StudioForm):
    """A goal; once its plan is shown, the most that it may take."""

    max_credits = forms.IntegerField(min_value=0, max_value=10_000_000, required=False, widget=forms.HiddenInput)

    @property
    def ceiling(self) -> int | None:
        ceiling: int | None = self.cleaned_data.get("max_credits")
        return ceiling

    def to_input(self) -> dict[str, Any]:
        return {name: value for name, value in super().to_input().items() if name != "max_credits"}


def start(request: HttpRequest, desk: Desk, form: GoalForm) -> HttpResponse:
    """Run what was shown, for no more than was shown."""
    try:
        return studio.started(request, desk, form, max_credits=form.ceiling)
    except Refusal as refusal:
        if "max_credits" in refusal.metadata.get("fields", ()):
            return planned(request, desk, form, dearer=True)
        return studio.declined(request, desk, form, refusal, page)


def planned(request: HttpRequest, desk: Desk, form: GoalForm, *, dearer: bool = False) -> HttpResponse:
    """What it would take, step by step; nothing is taken yet. `dearer`: more than was confirmed."""
    try:
        pace.require_calm(request)
        quote = quote_of(desk, form)
    except Refusal as refusal:
        return studio.declined(request, desk, form, refusal, page)
    return page(request, desk, form, quote=quote, banner=DEARER if dearer else None, status=409 if dearer else 200)


def quote_of(desk: Desk, form: StudioForm) -> Quote:
    """Raises InvalidInput."""
    return quotes.quote(
        user_id=form.user_id, agent_id=desk.agent.id, operation=desk.operation.name, input=form.to_input()
    )


def priced(user_id: UUID, desk: Desk, quote: Quote | None, *, is_shown: bool = False) -> GoalPrice:
    return prices.goal_price(desk.operation, ledger_reads.account_of(user_id), quote, is_shown=is_shown)


def page(
    request: HttpRequest, desk: Desk, form: StudioForm | None, *, refusal: Refusal | None = None, status: int = 200,
    quote: Quote | None = None, banner: Banner | None = None,
) -> HttpResponse:  # fmt: skip
    user_id = member(request)
    runner = catalogue.runner_for(desk.agent.id, desk.operation.name)
    price = priced(user_id, desk, quote, is_shown=quote is not None)
    results = selectors.jobs_of(user_id, agent_id=desk.agent.id).prefetch_related("artifacts")[:FEW]
    context = {
        "desk": desk, "agent": desk.agent, "form": form, "plan": price.plan, "price": price,
        "submit_key": secrets.token_urlsafe(18),
        "banner": banners.banner_for(refusal) if refusal else banner, "studio": reverse("studio", args=[desk.agent.id]),
        "examples": runner.examples if runner else (), "results": [studio.result_of(job) for job in results],
    }  # fmt: skip
    return render(request, "dashboard/goal.html", context, status=status)

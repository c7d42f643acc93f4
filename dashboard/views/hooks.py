"""Webhooks: endpoints that are made, looked at, changed and tried, and the log of what was sent to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from avatarg import paging
from avatarg.errors import InvalidInput, NotFound, Refusal
from dashboard import banners, once
from dashboard.once import OnceForm
from dashboard.views.member import member, member_page, refusal_by, see_other, status_of, tell
from dashboard.words import Badge
from hooks import endpoints, selectors, targets
from hooks.endpoints import Made
from hooks.errors import UnsafeAddress
from hooks.events import EVENTS, JOB_CANCELED, JOB_COMPLETED, JOB_FAILED
from hooks.models import Delivery, Endpoint

SHOWN = 20
SENT_BEFORE = gettext_lazy(
    "That form was sent before, and its secret was shown then. If it was not copied, make a new secret."
)
LOOKS = {
    Delivery.State.WAITING: ("queued", "clock"),
    Delivery.State.SENDING: ("running", "spin"),
    Delivery.State.DELIVERED: ("ok", "check"),
    Delivery.State.FAILED: ("bad", "x"),
    Delivery.State.SKIPPED: ("", "minus"),
}


class EndpointForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("URL"), max_length=targets.MOST_LETTERS,
        help_text=gettext_lazy("Where your program listens, beginning with https://."),
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Tell it when"), choices=list(EVENTS.items()), widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy(
            "Credits run low: a quarter, a tenth or nothing of the month's credits is left. Credits change: a new row "
            "in the ledger."
        ),
        initial=[JOB_COMPLETED, JOB_FAILED, JOB_CANCELED],
    )  # fmt: skip

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        try:
            targets.read(url)
        except UnsafeAddress as refusal:
            raise ValidationError(refusal.message) from None
        return url

    def facts(self) -> dict[str, Any]:
        return {"url": self.cleaned_data["url"], "chosen": self.cleaned_data["events"]}


class NewEndpointForm(EndpointForm, OnceForm):
    pass


@dataclass(frozen=True, slots=True)
class Row:
    """An endpoint as it stands."""

    endpoint: Endpoint
    is_carried: bool

    @property
    def badge(self) -> Badge:
        if self.endpoint.off_at:
            return Badge("", "minus", _("Off"))
        if not self.is_carried:
            return Badge("", "pause", _("Paused"))
        if self.endpoint.failing_since:
            return Badge("warn", "alert", _("Failing"))
        return Badge("ok", "check", _("On"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery in the log."""

    delivery: Delivery

    @property
    def badge(self) -> Badge:
        state = Delivery.State(self.delivery.state)
        return Badge(*LOOKS[state], str(state.label))

    @property
    def waits_again(self) -> bool:
        return self.delivery.state == Delivery.State.WAITING and self.delivery.attempts > 0


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def hooks(request: HttpRequest) -> HttpResponse:
    """Making one answers with the page that shows its secret: no address, session or second page ever holds it."""
    user_id, refused, made = member(request), None, None
    closed = refusal_by(endpoints.require_plan, user_id)
    form = NewEndpointForm(request.POST) if request.method == "POST" else blank()
    if form.is_bound and not closed and form.is_valid():
        if not once.claim(form, kind="endpoint", user_id=user_id):
            tell(request, str(SENT_BEFORE), ok=False)
            return see_other(reverse("hooks"))
        try:
            made, form = endpoints.make_endpoint(user_id=user_id, **form.facts()), blank()
        except Refusal as refusal:
            once.give_up(form, kind="endpoint", user_id=user_id)
            refused = refusal
    refused = refused or closed
    context = {
        "form": form, "made": made, "closed": closed, "most": endpoints.MOST_ENDPOINTS,
        "rows": [Row(one, closed is None) for one in selectors.endpoints_of(user_id)],
        "notice": banners.banner_for(refused) if refused else None,
    }  # fmt: skip
    return render(request, "dashboard/hooks.html", context, status=status_of(request, form, refused))


def blank() -> NewEndpointForm:
    return NewEndpointForm(initial={**once.fresh(), "events": EndpointForm.base_fields["events"].initial})


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def hook(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """One endpoint: what it is told, its log, and the form that changes it."""
    endpoint = selectors.endpoint_of(member(request), endpoint_id)
    if request.method != "POST":
        return show(request, endpoint)
    form = EndpointForm(request.POST)
    if not form.is_valid():
        return show(request, endpoint, form=form, status=400)
    change = endpoints.change_endpoint
    return done(
        request, endpoint_id, lambda user_id: change(user_id=user_id, endpoint_id=endpoint_id, **form.facts()),
        _("The endpoint is changed."),
    )  # fmt: skip


def show(
    request: HttpRequest, endpoint: Endpoint, *, form: EndpointForm | None = None, made: Made | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    closed = refusal_by(endpoints.require_plan, endpoint.user_id)
    try:
        log, cursor = paging.newest_first(selectors.deliveries_of(endpoint), request.GET.get("cursor"), SHOWN)
    except InvalidInput:
        raise Http404("There is no such page.") from None
    context = {
        "endpoint": endpoint, "row": Row(endpoint, closed is None), "made": made, "closed": closed,
        "form": form or EndpointForm(initial={"url": endpoint.url, "events": endpoint.events}),
        "log": [Sent(delivery) for delivery in log], "cursor": cursor,
        "notice": banners.banner_for(closed) if closed else None,
    }  # fmt: skip
    return render(request, "dashboard/hooks_endpoint.html", context, status=status)


def done(request: HttpRequest, endpoint_id: UUID | None, act: Callable[[UUID], object], sentence: str) -> HttpResponse:
    """Do something to what is the person's own, say how it went, and show it; None is the list of all."""
    try:
        act(member(request))
    except NotFound:
        raise
    except Refusal as refusal:
        tell(request, refusal.message, ok=False)
    else:
        tell(request, sentence)
    return see_other(reverse("hook", args=[endpoint_id]) if endpoint_id else reverse("hooks"))


@require_POST
@member_page
def secret(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """A new secret, shown by the answer alone."""
    try:
        made = endpoints.rotate_secret(user_id=member(request), endpoint_id=endpoint_id)
    except NotFound:
        raise
    except Refusal as refusal:
        tell(request, refusal.message, ok=False)
        return see_other(reverse("hook", args=[endpoint_id]))
    return show(request, made.endpoint, made=made, status=201)


@require_POST
@member_page
def switch(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """The button says which of the two is wanted, so that sending it twice changes nothing."""
    if request.POST.get("wanted") == "on":
        on = endpoints.switch_on
        return done(
            request, endpoint_id, lambda user_id: on(user_id=user_id, endpoint_id=endpoint_id),
            _("The endpoint is on: it is told what happens from now on."),
        )  # fmt: skip
    selectors.endpoint_of(member(request), endpoint_id)
    endpoints.switch_off(endpoint_id=endpoint_id, because=Endpoint.Off.OWNER)
    tell(request, _("The endpoint is off: nothing is sent to it."))
    return see_other(reverse("hook", args=[endpoint_id]))


@require_POST
@member_page
def delete(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    gone = endpoints.delete_endpoint
    return done(
        request, None, lambda user_id: gone(user_id=user_id, endpoint_id=endpoint_id),
        _("The endpoint is deleted, with its log."),
    )  # fmt: skip


@require_POST
@member_page
def test(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    send = endpoints.send_test
    return done(
        request, endpoint_id, lambda user_id: send(user_id=user_id, endpoint_id=endpoint_id),
        _("A test is on its way. The log shows how it went in a few seconds."),
    )  # fmt: skip


@require_POST
@member_page
def again(request: HttpRequest, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    selectors.endpoint_of(member(request), endpoint_id)
    send = endpoints.send_again
    return done(
        request, endpoint_id, lambda user_id: send(user_id=user_id, delivery_id=delivery_id),
        _("It is sent again. The log shows how it went in a few seconds."),
    )  # fmt: skip

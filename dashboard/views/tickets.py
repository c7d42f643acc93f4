"""Support: a person's tickets, a form for a new one, and the conversation of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from avatarg import paging
from avatarg.errors import InvalidInput, NotFound, Refusal
from billing import entitlements
from dashboard import pace
from dashboard.banners import Banner
from dashboard.ticket_forms import PressForm, ReplyForm, TicketForm
from dashboard.views.member import member, member_page, see_other, tell
from dashboard.words import Badge
from jobs.models import Job
from support import selectors, sla, tickets
from support.models import Ticket

PAGE = 20
BADGES = {
    Ticket.State.OPEN: ("queued", "clock"),
    Ticket.State.ANSWERED: ("ok", "chat"),
    Ticket.State.CLOSED: ("", "check"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in the list."""

    ticket: Ticket

    @property
    def badge(self) -> Badge:
        return badge_of(self.ticket)


def badge_of(ticket: Ticket) -> Badge:
    state = Ticket.State(ticket.state)
    return Badge(*BADGES[state], str(state.label))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def support(request: HttpRequest) -> HttpResponse:
    """The list; or the form for a new one, whose POST opens one ticket however often it is sent."""
    user_id = member(request)
    if request.method != "POST" and not request.GET.keys() & {"new", "topic", "job"}:
        return listed(request, user_id)
    form = TicketForm(user_id, request.POST if request.method == "POST" else None, beginning_of(request))
    ticket, refused = sent(request, form, lambda: tickets.open_ticket(user_id=user_id, key=form.key(), **form.facts()))
    if ticket:
        tell(request, _("Your ticket is open. %(promise)s") % {"promise": sla.sentence(ticket.tier)})
        return see_other(address_of(ticket.pk))
    context = {"form": form, "notice": notice_of(refused), "promise": promise_to(user_id)}
    return answered(render(request, "dashboard/support_new.html", context), form, refused)


def listed(request: HttpRequest, user_id: UUID) -> HttpResponse:
    try:
        page, cursor = paging.newest_first(
            selectors.tickets_of(user_id), request.GET.get("cursor"), PAGE, by=("updated_at", "id")
        )
    except InvalidInput:
        raise Http404(_("There is no such page.")) from None
    context = {"rows": [Row(one) for one in page], "cursor": cursor, "promise": promise_to(user_id)}
    return render(request, "dashboard/support.html", context)


def promise_to(user_id: UUID) -> str:
    return sla.sentence(entitlements.standing_of(user_id).plan.id)


def beginning_of(request: HttpRequest) -> dict[str, Any]:
    """What a link to the form says that it is about. Raises NotFound for what is no job's id."""
    topic = request.GET.get("topic", "")
    if job := request.GET.get("job", ""):
        try:
            return {"topic": Ticket.Topic.JOB, "job": UUID(job)}
        except ValueError:
            raise NotFound(_("There is no such job.")) from None
    return {"topic": topic} if topic in Ticket.Topic.values else {}


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The conversation. A POST is a reply, written down once however often it is sent."""
    user_id = member(request)
    found = selectors.ticket_of(user_id, ticket_id)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    told, refused = sent(request, form, lambda: tickets.reply(
        user_id=user_id, ticket_id=ticket_id, key=form.key(), text=form.cleaned_data["text"]
    ))  # fmt: skip
    if told:
        tell(request, _("Your message was sent. %(promise)s") % {"promise": sla.sentence(told.tier)})
        return see_other(f"{address_of(ticket_id)}#latest")
    context = {
        "ticket": found, "badge": badge_of(found), "messages_of_both": list(selectors.conversation_of(found)),
        "job": Job.objects.filter(pk=found.job_id, user_id=user_id).first() if found.job_id else None,
        "promise": sla.sentence(found.tier), "is_late": found.is_overdue(timezone.now()), "form": form,
        "press": PressForm(), "notice": notice_of(refused),
    }  # fmt: skip
    return answered(render(request, "dashboard/ticket.html", context), form, refused)


@require_POST
@member_page
def close(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    return pressed(request, ticket_id, tickets.close_own_ticket, _("This ticket is closed."))


@require_POST
@member_page
def reopen(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    return pressed(request, ticket_id, tickets.reopen_ticket, _("This ticket is open again."))


def pressed(request: HttpRequest, ticket_id: UUID, act: Callable[..., Ticket], sentence: str) -> HttpResponse:
    user_id, form = member(request), PressForm(request.POST)
    done, refused = sent(request, form, lambda: act(user_id=user_id, ticket_id=ticket_id, key=form.key()))
    if done:
        tell(request, sentence)
    elif refused:
        tell(request, refused.message, ok=False)
    return see_other(address_of(ticket_id))


def sent(
    request: HttpRequest, form: PressForm, act: Callable[[], Ticket]
) -> tuple[Ticket | None, Refusal | None]:  # fmt: skip
    """Do what a form asks for, if it was sent and is whole: the ticket, or why not. Raises NotFound."""
    if not (form.is_bound and form.is_valid()):
        return None, None
    try:
        slower = _("That is a lot in so short a time. Please wait a little; nothing was sent.")
        pace.require_calm(request, pace.ASKS_SUPPORT, slower)
        return act(), None
    except NotFound:
        raise
    except InvalidInput as refusal:
        form.show_errors(refusal)
        return None, None
    except Refusal as refusal:
        return None, refusal


def notice_of(refused: Refusal | None) -> Banner | None:
    return Banner("warn", "alert", _("This was not sent"), refused.message) if refused else None


def answered(response: HttpResponse, form: PressForm, refused: Refusal | None) -> HttpResponse:
    response.status_code = refused.status if refused else 400 if form.is_bound else 200
    return pace.with_wait(response, refused) if refused else response


def address_of(ticket_id: UUID) -> str:
    return reverse("ticket", args=[ticket_id])

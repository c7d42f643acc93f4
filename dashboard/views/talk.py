"""The latest turn of a conversation, for the page that watches it being written."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agents.registry import CHAT
from dashboard import talks, words
from dashboard.views import studio
from dashboard.views.member import member, member_page, see_other
from jobs import selectors


@require_safe
@member_page
def turn(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """What changed, nothing, or, once the answer is there, the answer with the form for the next message."""
    user_id = member(request)
    found = selectors.job_of(user_id, job_id)
    if found.agent_id != CHAT.id:
        raise Http404("This is no turn of a conversation.")
    if not getattr(request, "htmx", False):
        return see_other(talks.address_of(job_id))
    if found.is_active and request.GET.get("seen") == words.seen_of(found):
        return HttpResponse(status=204)
    context = {"turn": talks.turn_of(found)}
    if not found.is_active:
        desk = studio.desk_for(request, CHAT.id)
        form = studio.next_message(user_id, desk, found, {}) if desk.is_open else None
        context |= studio.sheet(user_id, desk, form)
    return render(request, "dashboard/talk_live.html", context)

"""The price beside a form that is being filled in. It writes nothing, and sends nothing while nothing has changed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from agents.registry import AVATAR_G_AGENT
from avatarg.errors import InvalidInput
from dashboard.prices import GoalPrice, PriceCard
from dashboard.views import goals, studio
from dashboard.views.goals import GoalForm
from dashboard.views.member import member, member_page, see_other
from dashboard.views.studio import Desk
from jobs.quotes import Quote


@require_POST
@member_page
def price(request: HttpRequest, agent_id: str) -> HttpResponse:
    """The inside of the card. Without htmx there is nothing to put it into."""
    if not getattr(request, "htmx", False):
        return see_other(request.path.removesuffix("/price"))
    desk = studio.desk_for(request, agent_id)
    if not desk.is_open:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if desk.agent.id == AVATAR_G_AGENT.id:
        return changed(request, "goal_sums", goals.priced(member(request), desk, foreseen(request, desk)))
    return changed(request, "price_sums", studio.priced(member(request), desk))


def foreseen(request: HttpRequest, desk: Desk) -> Quote | None:
    """What the goal as it stands would take; None while it says too little.

    Where a model plans, none is asked before the person asks for the plan.
    """
    form = GoalForm(desk.schema, member(request), request.POST)
    if settings.TEXT_MODEL or not form.is_valid():
        return None
    try:
        return goals.quote_of(desk, form)
    except InvalidInput:
        return None


def changed(request: HttpRequest, name: str, card: PriceCard | GoalPrice) -> HttpResponse:
    if request.POST.get("seen") == card.seen:
        return HttpResponse(status=204)
    return render(request, f"partials/{name}.html", {"card": card})

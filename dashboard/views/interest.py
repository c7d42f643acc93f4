"""Tell me when it is live: a wish that is noted, or withdrawn, by a button."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agents import catalogue, interests
from agents.errors import UnknownAgent
from agents.registry import Agent
from dashboard.views.member import member, member_page, see_other, tell


@require_POST
@member_page
def interest(request: HttpRequest, agent_id: str) -> HttpResponse:
    """The button says which of the two is wanted, so that sending it twice changes nothing."""
    try:
        agent = catalogue.agent_for(agent_id)
    except UnknownAgent:
        raise Http404("There is no such agent.") from None
    if request.POST.get("wanted") != "yes":
        interests.withdraw_interest(user_id=member(request), agent_id=agent.id)
    elif catalogue.runnable(agent, set()):
        tell(request, _("%(agent)s is live already.") % {"agent": agent.name})
    else:
        interests.record_interest(user_id=member(request), agent_id=agent.id)
        told = _("Noted. When %(agent)s is live, your dashboard will tell you.")
        tell(request, told % {"agent": agent.name})
    return see_other(way_back(request, agent))


def way_back(request: HttpRequest, agent: Agent) -> str:
    if request.POST.get("back") == "studio":
        return reverse("studio", args=[agent.id])
    return f"{reverse('dashboard')}#agent-{agent.id}"

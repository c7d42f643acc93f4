"""Jobs: the list, one job with its result, and what can be done with it."""

import secrets
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agents import catalogue
from agents.registry import AGENTS, CHAT
from avatarg import paging
from avatarg.errors import InvalidInput, Refusal
from dashboard import cards, facts, pace, reading, results, talks, words, workplan
from dashboard.views.member import member, member_page, see_other, tell, tell_refusal
from jobs import lifecycle, selectors, submission, upkeep
from jobs.models import Artifact, Job

PAGE = 20
USES = {
    "image": [
        ("image-creator", "upscale", gettext_lazy("Upscale it")),
        ("avatar-builder", "scan", gettext_lazy("Make an avatar from it")),
        ("video-studio", "animate", gettext_lazy("Let it speak")),
    ],
    "audio": [
        ("music-studio", "remix", gettext_lazy("Remix it")),
        ("music-studio", "extend", gettext_lazy("Extend it")),
    ],
    "video": [
        ("media-production", "video", gettext_lazy("Cut and title it")),
        ("media-production", "composite", gettext_lazy("Lay something over it")),
    ],
}
POINTLESS = {("voice-lab", "music-studio"), ("avatar-builder", "avatar-builder")}
"""From one studio to another: speech is no music, and an avatar is one already."""


@require_safe
@member_page
def jobs(request: HttpRequest) -> HttpResponse:
    status, agent_id = request.GET.get("status", ""), request.GET.get("agent", "")
    status = status if status in Job.Status.values else ""
    agent_id = agent_id if agent_id in AGENTS else ""
    rows = selectors.jobs_of(member(request), status=status, agent_id=agent_id)
    try:
        page, cursor = paging.newest_first(rows, request.GET.get("cursor"), PAGE, by=("created_at", "id"))
    except InvalidInput:
        raise Http404("There is no such page.") from None
    filters = {name: value for name, value in (("status", status), ("agent", agent_id)) if value}
    context = {
        "rows": cards.job_rows(page), "cursor": cursor, "query": urlencode(filters), "status": status,
        "agent_id": agent_id,
        "statuses": [(state.value, said) for state, (_tone, _icon, said) in words.STATES.items()],
        "agents": AGENTS.values(), "filtered": bool(status or agent_id),
    }  # fmt: skip
    return render(request, "dashboard/jobs.html", context)


@require_safe
@member_page
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job. A page that watches it run asks by htmx: it gets what changed, nothing, or word to load itself anew."""
    found = selectors.job_of(member(request), job_id)
    is_watching = bool(getattr(request, "htmx", False))
    if is_watching and not found.is_active:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    seen = words.seen_of(found) + workplan.seen_of(found)
    if is_watching and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    schema, artifacts = schema_of(found), selectors.artifacts_of(found)
    context = {
        "row": cards.job_rows([found])[0], "job": found, "files": results.shown(artifacts),
        "whole_file": results.whole(artifacts),
        "asked": facts.asked(found.input, schema), "facts": facts.delivered(found.output or {}),
        "uses": uses_of(found, artifacts), "awaited": results.awaited(found),
        "submit_key": secrets.token_urlsafe(18), "seen": seen,
        "plan": workplan.of_job(found), "can_run": bool(schema), "pace": "500ms" if found.agent_id == CHAT.id else "1s",
        "draft": reading.read(found.draft) if found.status == Job.Status.RUNNING and found.draft else "",
    }  # fmt: skip
    return render(request, "dashboard/job_live.html" if is_watching else "dashboard/job.html", context)


def schema_of(found: Job) -> dict[str, Any]:
    """Empty when the operation cannot run any more."""
    runner = catalogue.runner_for(found.agent_id, found.operation)
    return catalogue.input_schema(found.agent_id, found.operation) if runner else {}


def uses_of(found: Job, artifacts: list[Artifact]) -> list[tuple[str, str]]:
    """Where the main result can go next, as address and words."""
    main = next(iter(artifacts), None)
    if main is None:
        return []
    if found.agent_id == CHAT.id and catalogue.runner_for(CHAT.id, "context"):
        return [(f"{reverse('studio', args=[CHAT.id])}?operation=context&after={found.pk}", _("Go on from here"))]
    return [
        (f"{reverse('studio', args=[agent_id])}?operation={operation}&use={found.pk}/{main.name}", str(text))
        for agent_id, operation, text in USES.get(main.kind, [])
        if catalogue.runner_for(agent_id, operation) and (found.agent_id, agent_id) not in POINTLESS
    ]


@require_POST
@member_page
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    try:
        canceled = lifecycle.cancel(user_id=member(request), job_id=job_id)
        back = words.returned(canceled.refunded) if canceled.refunded else ""
        tell(request, f"{_('Canceled.')} {back}".strip())
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        tell(request, refusal.message, ok=False)
    return see_other(back_to(request, job_id))


def back_to(request: HttpRequest, job_id: object) -> str:
    """A job's page, or its conversation when the person acted there."""
    return talks.address_of(job_id) if "talk" in request.POST else reverse("job", args=[job_id])


@require_POST
@member_page
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    try:
        pace.require_calm(request)
        key = f"page:{request.POST.get('submit_key', '')[:64]}"
        accepted = submission.retry(user_id=member(request), job_id=job_id, key=key)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        tell_refusal(request, refusal)
        return see_other(back_to(request, job_id))
    return see_other(back_to(request, accepted.job_id))


@require_POST
@member_page
def missing(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Run what an ended plan did not deliver, from what it did, as a new job."""
    plan = selectors.job_of(member(request), job_id)
    try:
        pace.require_calm(request)
        accepted = submission.submit(
            user_id=plan.user_id, agent_id=plan.agent_id, operation=plan.operation,
            input={**plan.input, "continue_from": str(plan.pk)}, key=f"page:{request.POST.get('submit_key', '')[:64]}",
        )  # fmt: skip
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return see_other(reverse("job", args=[job_id]))
    return see_other(reverse("job", args=[accepted.job_id]))


@require_POST
@member_page
def remove(request: HttpRequest, job_id: UUID, name: str) -> HttpResponse:
    upkeep.remove_artifact(selectors.artifact_of(member(request), job_id, name, deleted=True))
    tell(request, _("%(file)s was deleted and its storage is free again.") % {"file": name})
    return see_other(reverse("job", args=[job_id]))

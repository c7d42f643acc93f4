"""Jobs: the list, one job with its result, and what can be done with it."""

import secrets
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agents import catalogue
from agents.registry import AGENTS
from avatarg import paging
from avatarg.errors import InvalidInput, Refusal
from dashboard import cards, words
from dashboard.views.member import member, member_page, see_other, tell
from jobs import lifecycle, selectors, submission, upkeep
from jobs.models import Job

PAGE = 20
USES = {"image": [("image-creator", "upscale", "Upscale it"), ("avatar-builder", "scan", "Make an avatar from it")],
        "audio": [("music-studio", "remix", "Remix it"), ("music-studio", "extend", "Extend it")]}  # fmt: skip


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
    context = {
        "rows": cards.job_rows(page), "cursor": cursor, "status": status, "agent_id": agent_id,
        "statuses": Job.Status.choices, "agents": AGENTS.values(), "filtered": bool(status or agent_id),
    }  # fmt: skip
    return render(request, "dashboard/jobs.html", context)


@require_safe
@member_page
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job; asked for by htmx while it runs, only the part that changes."""
    found = selectors.job_of(member(request), job_id)
    context = {
        "row": cards.job_rows([found])[0], "job": found, "artifacts": selectors.artifacts_of(found),
        "asked": words.facts_of(found.input),
        "facts": words.facts_of(found.output, without=("traits",)), "uses": uses_of(found),
        "submit_key": secrets.token_urlsafe(18),
    }  # fmt: skip
    return render(
        request, "dashboard/job_live.html" if getattr(request, "htmx", False) else "dashboard/job.html", context
    )


def uses_of(found: Job) -> list[tuple[str, str]]:
    """Where the main result can go next, as address and words."""
    main = next(iter(selectors.artifacts_of(found)), None)
    if main is None:
        return []
    return [
        (f"{reverse('studio', args=[agent_id])}?operation={operation}&use={found.pk}/{main.name}", text)
        for agent_id, operation, text in USES.get(main.kind, [])
        if catalogue.runner_for(agent_id, operation)
    ]


@require_POST
@member_page
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    try:
        canceled = lifecycle.cancel(user_id=member(request), job_id=job_id)
        tell(request, f"Canceled. Your {canceled.refunded} credits are back.")
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        tell(request, refusal.message, ok=False)
    return see_other(reverse("job", args=[job_id]))


@require_POST
@member_page
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    try:
        key = f"page:{request.POST.get('submit_key', '')[:64]}"
        accepted = submission.retry(user_id=member(request), job_id=job_id, key=key)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        tell(request, refusal.message, ok=False)
        return see_other(reverse("job", args=[job_id]))
    return see_other(reverse("job", args=[accepted.job_id]))


@require_POST
@member_page
def remove(request: HttpRequest, job_id: UUID, name: str) -> HttpResponse:
    upkeep.remove_artifact(selectors.artifact_of(member(request), job_id, name, deleted=True))
    tell(request, f"{name} was deleted and its storage is free again.")
    return see_other(reverse("job", args=[job_id]))

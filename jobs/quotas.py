"""What a plan allows, in the words of migration 0006: `jobs` at once, and the quotas."""

import json
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from agents import access
from agents.registry import AVATAR_BUILDER, MUSIC_STUDIO, VIDEO_STUDIO, VOICE_LAB, Agent, Operation
from billing.entitlements import Standing
from billing.models import Subscription
from billing.plans import GB, PLANS, Plan

QUOTAS = ("this_period", "avatars", "stored", "voices")
PERIOD_WORDS = {VIDEO_STUDIO.id: "videos", MUSIC_STUDIO.id: "tracks"}
JOBS_USED_UP = gettext_noop("Your plan's %(limit)d jobs for this month are used up.")
PERIOD_SENTENCES = {
    VIDEO_STUDIO.id: gettext_noop("Your plan's %(limit)d videos for this month are used up."),
    MUSIC_STUDIO.id: gettext_noop("Your plan's %(limit)d tracks for this month are used up."),
}


def limits_for(agent: Agent, operation: Operation, plan: Plan) -> dict[str, int]:
    """The limits that count for a job of this operation; what is unlimited is absent. `stored` is in bytes."""
    makes_voice = (agent.id, operation.name) == (VOICE_LAB.id, "clone")
    limits = {
        "jobs": plan.concurrent_jobs,
        "stored": plan.storage_bytes,
        "avatars": plan.avatars if agent.id == AVATAR_BUILDER.id else None,
        "this_period": {VIDEO_STUDIO.id: plan.videos_a_month, MUSIC_STUDIO.id: plan.tracks_a_month}.get(agent.id),
        "voices": plan.voice_slots if makes_voice else None,
    }
    return {name: limit for name, limit in limits.items() if limit is not None}


def queue_for(operation: Operation, plan: Plan) -> str:
    """What keeps a worker long waits beside the rest, so that a short answer does not wait behind a film."""
    return f"{plan.queue}-heavy" if operation.heavy else plan.queue


def terms_for(agent: Agent, operation: Operation) -> dict[str, dict[str, Any]]:
    """On what terms each plan lets this operation run; a plan that does not is missing."""
    return terms_of(agent, operation, tuple(PLANS.values()))


def terms_as_json(agent: Agent, operation: Operation) -> str:
    return json_of(agent, operation, tuple(PLANS.values()))


@cache
def terms_of(agent: Agent, operation: Operation, plans: tuple[Plan, ...]) -> dict[str, dict[str, Any]]:
    open_to = [
        plan for plan in plans
        if access.refusal_for(agent, Standing(plan, Subscription.Status.ACTIVE), live=True) is None
    ]  # fmt: skip
    return {plan.id: {"queue": queue_for(operation, plan), **limits_for(agent, operation, plan)} for plan in open_to}


@cache
def json_of(agent: Agent, operation: Operation, plans: tuple[Plan, ...]) -> str:
    return json.dumps(terms_of(agent, operation, plans))


def sentence_for(details: dict[str, Any], agent: Agent) -> str:
    limit = details["limit"]
    match details["quota"]:
        case "avatars":
            sentence = ngettext(
                "Your plan keeps %(limit)d avatar. Delete one, or upgrade, to make another.",
                "Your plan keeps %(limit)d avatars. Delete one, or upgrade, to make another.",
                limit,
            )
        case "voices":
            sentence = ngettext(
                "Your plan's %(limit)d voice slot is taken. Delete a voice, or upgrade.",
                "Your plan's %(limit)d voice slots are taken. Delete a voice, or upgrade.",
                limit,
            )
        case "stored":
            sentence, limit = _("Your %(limit)d GB of storage are full. Delete some results, or upgrade."), limit // GB
        case "api_key":
            sentence = _("This API key may take %(limit)d credits and has taken %(used)d. This is more than is left.")
        case _this_period:
            sentence = _(PERIOD_SENTENCES.get(agent.id, JOBS_USED_UP))
    return sentence % {"limit": limit, "used": details.get("used", 0)}

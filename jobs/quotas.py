"""What a plan allows, in the words of migration 0003: `jobs` at once, and the three quotas."""

import json
from functools import cache
from typing import Any

from agents import access
from agents.registry import AVATAR_BUILDER, MUSIC_STUDIO, VIDEO_STUDIO, Agent
from billing.entitlements import Standing
from billing.models import Subscription
from billing.plans import GB, PLANS, Plan

QUOTAS = ("this_period", "avatars", "stored")
PERIOD_WORDS = {VIDEO_STUDIO.id: "videos", MUSIC_STUDIO.id: "tracks"}


def limits_for(agent_id: str, plan: Plan) -> dict[str, int]:
    """The limits that count for a job of this agent; what is unlimited is absent. `stored` is in bytes."""
    limits = {
        "jobs": plan.concurrent_jobs,
        "stored": plan.storage_bytes,
        "avatars": plan.avatars if agent_id == AVATAR_BUILDER.id else None,
        "this_period": {VIDEO_STUDIO.id: plan.videos_a_month, MUSIC_STUDIO.id: plan.tracks_a_month}.get(agent_id),
    }
    return {name: limit for name, limit in limits.items() if limit is not None}


def terms_for(agent: Agent) -> str:
    """On what terms each plan lets this agent run, as JSON; a plan that does not is missing."""
    return terms_of(agent, tuple(PLANS.values()))


@cache
def terms_of(agent: Agent, plans: tuple[Plan, ...]) -> str:
    open_to = [
        plan for plan in plans
        if access.refusal_for(agent, Standing(plan, Subscription.Status.ACTIVE), live=True) is None
    ]  # fmt: skip
    return json.dumps({plan.id: {"queue": plan.queue, **limits_for(agent.id, plan)} for plan in open_to})


def sentence_for(details: dict[str, Any], agent: Agent) -> str:
    limit = details["limit"]
    match details["quota"]:
        case "avatars":
            return f"Your plan keeps {limit} avatar{'s' * (limit != 1)}. Delete one, or upgrade, to make another."
        case "stored":
            return f"Your {limit // GB} GB of storage are full. Delete some results, or upgrade."
    return f"Your plan's {limit} {PERIOD_WORDS.get(agent.id, 'jobs')} for this month are used up."

"""What a plan allows, in the words of migration 0006: `jobs` at once, and the quotas."""

import json
from functools import cache
from typing import Any

from agents import access
from agents.registry import AVATAR_BUILDER, MUSIC_STUDIO, VIDEO_STUDIO, VOICE_LAB, Agent, Operation
from billing.entitlements import Standing
from billing.models import Subscription
from billing.plans import GB, PLANS, Plan

QUOTAS = ("this_period", "avatars", "stored", "voices")
PERIOD_WORDS = {VIDEO_STUDIO.id: "videos", MUSIC_STUDIO.id: "tracks"}


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
            return f"Your plan keeps {limit} avatar{'s' * (limit != 1)}. Delete one, or upgrade, to make another."
        case "voices":
            return (
                f"Your plan's {limit} voice slot{'s are' if limit != 1 else ' is'} taken. Delete a voice, or upgrade."
            )
        case "stored":
            return f"Your {limit // GB} GB of storage are full. Delete some results, or upgrade."
        case "api_key":
            return f"This API key may take {limit} credits and has taken {details['used']}. This is more than is left."
    return f"Your plan's {limit} {PERIOD_WORDS.get(agent.id, 'jobs')} for this month are used up."

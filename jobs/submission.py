"""The one door through which every job starts: the enforcement table of the contract, in its order."""

import hashlib
import json
import logging
import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext, ngettext
from psycopg.types.json import Jsonb
from rest_framework.serializers import DateTimeField

from accounts.keys import Budget
from accounts.models import new_id
from agents.registry import AGENTS
from agents.runners.base import MAX_SEED
from avatarg.errors import Refusal
from billing import entitlements
from credits.errors import DeductionFailed, InsufficientCredits
from jobs import dispatch, orders, quotas, selectors
from jobs.errors import ConcurrencyLimit, IdempotencyConflict, JobNotFinished, QuotaExceeded
from jobs.models import IdempotencyKey, Job
from jobs.orders import Order
from jobs.planning import PlannedStep

log = logging.getLogger(__name__)
ATTEMPTS = 3
KEPT = timedelta(hours=24)
INACTIVE = "{" + ",".join(sorted(entitlements.INACTIVE)) + "}"  # as PostgreSQL writes an array
STATEMENT = """
    SELECT outcome, details, queue FROM submit_job(
      p_user => %(user)s, p_job => %(job)s, p_agent => %(agent)s, p_operation => %(operation)s, p_input => %(input)s,
      p_seed => %(seed)s, p_cost => %(cost)s, p_description => %(description)s, p_terms => %(terms)s,
      p_inactive => %(inactive)s, p_response => %(response)s, p_body_hash => %(body_hash)s, p_key => %(key)s,
      p_base => %(base)s, p_steps => %(steps)s, p_facts => %(facts)s, p_key_id => %(key_id)s,
      p_key_budget => %(key_budget)s, p_key_since => %(key_since)s)
"""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to an accepted call; the same for a repeated one."""

    job_id: str
    status: str
    agent_id: str
    operation: str
    cost: int
    balance: int


def submit(
    *, user_id: UUID, agent_id: str, input: dict[str, Any], operation: str | None = None, key: str | None = None,
    max_credits: int | None = None, retry_of: UUID | None = None, budget: Budget | None = None,
) -> Accepted:  # fmt: skip
    """Check, create the job, take the credits and mark the dispatch in one statement; then ring the workers.

    `key` makes the call repeatable for 24 hours, `budget` is of the API key that calls. Raises the refusals of the
    contract's section 3.
    """
    body_hash = hash_of(
        {"agent_id": agent_id, "operation": operation, "input": input, "max_credits": max_credits, "of": retry_of}
    )
    for _ in range(ATTEMPTS):
        try:
            order = orders.ordered(user_id, agent_id, operation, input, max_credits)
        except Refusal:
            if key and (known := answer_for(user_id, key, body_hash)):
                return known
            raise
        outcome = take(user_id, order, key, body_hash, budget)
        if outcome.name != "closed":
            return accepted(outcome, order, body_hash)
        for agent in {order.agent, *(step.agent for step in order.steps)}:
            orders.require_access(user_id, agent)
    raise DeductionFailed(gettext("Your plan is changing right now. Please try again in a moment."))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What submit_job answered (migration 0006); only of what is done is there a `queue`."""

    name: str
    details: dict[str, Any]
    queue: str


def take(user_id: UUID, order: Order, key: str | None, body_hash: str, budget: Budget | None) -> Outcome:
    """One statement, one transaction: who may run what, quota, place and credits are decided under the lock."""
    job_id = new_id()
    asked = getattr(order.input, "seed", None)
    seed = secrets.randbelow(MAX_SEED) if asked is None else asked
    answer = {
        "job_id": str(job_id), "status": "queued", "agent_id": order.agent.id, "operation": order.operation.name,
        "cost": order.cost,
    }  # fmt: skip
    return written({
        "user": user_id, "job": job_id, "agent": order.agent.id, "operation": order.operation.name,
        "input": Jsonb(order.input.model_dump(mode="json", exclude_none=True)), "seed": seed, "cost": order.cost,
        "description": f"{order.agent.name}: {order.operation.title_en.lower()}",
        "terms": quotas.terms_as_json(order.agent, order.operation), "inactive": INACTIVE, "response": Jsonb(answer),
        "body_hash": body_hash, "key": key, "base": order.base_cost,
        "facts": Jsonb(order.facts) if order.steps else None,
        "steps": Jsonb([described(*step, seed) for step in enumerate(order.steps)]) if order.steps else None,
        "key_id": budget and budget.key_id, "key_budget": budget and budget.limit, "key_since": budget and budget.since,
    })  # fmt: skip


def described(position: int, step: PlannedStep, seed: int) -> dict[str, Any]:
    """A step as submit_job takes it. Chance is the plan's: the same seed gives the same results."""
    drawn = random.Random(f"{seed} {position}").randrange(MAX_SEED)
    return {
        "id": str(step.id), "agent": step.agent.id, "operation": step.operation.name, "input": step.input,
        "seed": step.input.get("seed", drawn), "cost": step.operation.cost, "reason": step.reason[:300],
        "depends_on": [str(one) for one in step.depends_on], "terms": quotas.terms_for(step.agent, step.operation),
    }  # fmt: skip


def written(arguments: dict[str, Any]) -> Outcome:
    """What the statement answered. Raises DeductionFailed when the database refused it: then nothing was written.

    Without an answer nobody knows, and the error goes on: the caller asks again with the same key.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT, arguments)
            name, details, queue = cursor.fetchone()
    except DatabaseError as error:
        if isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", None) is None:
            raise
        log.exception("The database refused a charge.")
        raise DeductionFailed from error
    return Outcome(name, json.loads(details or "{}"), queue or "")


def accepted(outcome: Outcome, order: Order, body_hash: str) -> Accepted:
    match outcome.name:
        case "done":
            answer = Accepted(**outcome.details)
            transaction.on_commit(lambda: ring(answer.job_id, outcome.queue, order))
            return answer
        case "replay" if outcome.details["body_hash"] == body_hash:
            return Accepted(**outcome.details["response"])
        case "replay":
            raise IdempotencyConflict
    raise refusal_from(outcome.name, outcome.details, order)


def ring(job_id: str, queue: str, order: Order) -> None:
    """For the job, or for the steps of its plan that wait for nothing."""
    if not order.steps:
        dispatch.ring(job_id, queue)
        return
    ready = [step.id for step in order.steps if not step.depends_on]
    for step_id, of_step in Job.objects.filter(pk__in=ready).values_list("pk", "queue"):
        dispatch.ring(str(step_id), of_step)


def refusal_from(outcome: str, details: dict[str, Any], order: Order) -> Refusal:
    match outcome:
        case "quota":
            agent = AGENTS[details.get("agent", order.agent.id)]
            return QuotaExceeded(quotas.sentence_for(details, agent), **details)
        case "concurrency":
            return ConcurrencyLimit(**details)
        case "insufficient":
            return InsufficientCredits(
                ngettext(
                    "This takes %(cost)d credit and you have %(available)d.",
                    "This takes %(cost)d credits and you have %(available)d.",
                    order.cost,
                )
                % {"cost": order.cost, "available": details["available"]},
                required=order.cost, available=details["available"],
                next_reset_at=DateTimeField().to_representation(datetime.fromisoformat(details["next_reset_at"])),
            )  # fmt: skip
    return DeductionFailed(reason=details.get("reason"))


def retry(*, user_id: UUID, job_id: UUID, key: str | None = None, budget: Budget | None = None) -> Accepted:
    """Run a finished job's input again as a new job, with a new charge. Raises NotFound, JobNotFinished."""
    job = selectors.job_of(user_id, job_id)
    if job.is_active:
        raise JobNotFinished
    return submit(
        user_id=user_id, agent_id=job.agent_id, operation=job.operation, input=job.input, key=key, retry_of=job.pk,
        budget=budget,
    )  # fmt: skip


def answer_for(user_id: UUID, key: str, body_hash: str) -> Accepted | None:
    """The stored answer to this key, None when it is new. Raises IdempotencyConflict for another body."""
    known = IdempotencyKey.objects.filter(user_id=user_id, key=key, created_at__gt=Now() - KEPT).first()
    if known is None:
        return None
    if known.body_hash != body_hash:
        raise IdempotencyConflict
    return Accepted(**known.response)


def is_known(user_id: UUID, key: str) -> bool:
    """Whether a call with this key was accepted in the last 24 hours."""
    return IdempotencyKey.objects.filter(user_id=user_id, key=key, created_at__gt=Now() - KEPT).exists()


def hash_of(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()

"""The one door through which every job starts: the enforcement table of the contract, in its order."""

import hashlib
import json
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from psycopg.types.json import Jsonb
from rest_framework.serializers import DateTimeField

from accounts.models import new_id
from agents import access, catalogue
from agents.errors import AgentComingSoon
from agents.registry import Agent, Operation
from agents.runners.base import MAX_SEED, RunInput
from avatarg.errors import InvalidInput, Refusal
from billing import entitlements
from billing.entitlements import Standing
from credits import ledger
from credits import selectors as ledger_reads
from credits.errors import DeductionFailed, InsufficientCredits
from credits.models import CreditAccount
from jobs import dispatch, media, quotas, selectors
from jobs.errors import ConcurrencyLimit, IdempotencyConflict, JobNotFinished, QuotaExceeded
from jobs.models import IdempotencyKey

log = logging.getLogger(__name__)
ATTEMPTS = 3
KEPT = timedelta(hours=24)
INACTIVE = "{" + ",".join(sorted(entitlements.INACTIVE)) + "}"  # as PostgreSQL writes an array
STATEMENT = """
    SELECT outcome, details, queue FROM submit_job(
      p_user => %(user)s, p_job => %(job)s, p_agent => %(agent)s, p_operation => %(operation)s, p_input => %(input)s,
      p_seed => %(seed)s, p_cost => %(cost)s, p_description => %(description)s, p_terms => %(terms)s,
      p_inactive => %(inactive)s, p_response => %(response)s, p_body_hash => %(body_hash)s, p_key => %(key)s)
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


@dataclass(frozen=True, slots=True)
class Quote:
    """What a call would cost and whether it would be accepted now. `message` says why not."""

    agent_id: str
    operation: str
    cost: int
    balance: int
    balance_after: int | None
    allowed: bool
    code: str | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A call that is well made; whether this person may run it now is found out under the account's lock."""

    agent: Agent
    operation: Operation
    input: RunInput


def submit(
    *, user_id: UUID, agent_id: str, input: dict[str, Any], operation: str | None = None, key: str | None = None,
    max_credits: int | None = None, retry_of: UUID | None = None,
) -> Accepted:  # fmt: skip
    """Check, create the job, take the credits and mark the dispatch in one statement; then ring the workers.

    `key` makes the call repeatable for 24 hours. Raises the refusals of the contract's section 3.
    """
    body_hash = hash_of(
        {"agent_id": agent_id, "operation": operation, "input": input, "max_credits": max_credits, "of": retry_of}
    )
    for _ in range(ATTEMPTS):
        try:
            order = ordered(user_id, agent_id, operation, input, max_credits)
        except Refusal:
            if key and (known := answer_for(user_id, key, body_hash)):
                return known
            raise
        outcome = take(user_id, order, key, body_hash)
        if outcome.name != "closed":
            return accepted(outcome, order, body_hash)
        require_access(user_id, order.agent)
    raise DeductionFailed("Your plan is changing right now. Please try again in a moment.")


def ordered(
    user_id: UUID, agent_id: str, operation: str | None, input: dict[str, Any], max_credits: int | None
) -> Order:
    """The rows of the table that the call itself decides. Raises the first row that refuses it.

    The rows of switches, status and plan come before that of the input: a wrong input is told to who passes them.
    """
    agent = catalogue.agent_for(agent_id)
    chosen = catalogue.operation_for(agent, operation)
    runner = catalogue.runner_for(agent.id, chosen.name)
    if runner is None:
        raise AgentComingSoon
    try:
        typed = catalogue.validated(runner, input)
        media.require(user_id, agent.id, typed)
        if max_credits is not None and chosen.cost > max_credits:
            sentence = f"The price is {chosen.cost} credits."
            raise InvalidInput({"max_credits": [sentence]}, "The price is above your limit.")
    except InvalidInput:
        require_access(user_id, agent)
        raise
    return Order(agent, chosen, typed)


def require_access(user_id: UUID, agent: Agent) -> Standing:
    """The rows of switches, status and plan, as things stand. Raises the first that refuses."""
    standing = entitlements.standing_of(user_id)
    if refusal := access.refusal_for(agent, standing, live=agent.id not in catalogue.switched_off()):
        raise refusal
    return standing


@dataclass(frozen=True, slots=True)
class Outcome:
    """What submit_job answered (migration 0003); only of what is done is there a `queue`."""

    name: str
    details: dict[str, Any]
    queue: str


def take(user_id: UUID, order: Order, key: str | None, body_hash: str) -> Outcome:
    """One statement, one transaction: who may run what, quota, place and credits are decided under the lock."""
    job_id = new_id()
    seed = getattr(order.input, "seed", None)
    answer = {
        "job_id": str(job_id), "status": "queued", "agent_id": order.agent.id, "operation": order.operation.name,
        "cost": order.operation.cost,
    }  # fmt: skip
    return written({
        "user": user_id, "job": job_id, "agent": order.agent.id, "operation": order.operation.name,
        "input": Jsonb(order.input.model_dump(mode="json", exclude_none=True)),
        "seed": secrets.randbelow(MAX_SEED) if seed is None else seed,
        "cost": order.operation.cost, "description": f"{order.agent.name}: {order.operation.title.lower()}",
        "terms": quotas.terms_for(order.agent), "inactive": INACTIVE, "response": Jsonb(answer),
        "body_hash": body_hash, "key": key,
    })  # fmt: skip


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
            transaction.on_commit(lambda: dispatch.ring(answer.job_id, outcome.queue))
            return answer
        case "replay" if outcome.details["body_hash"] == body_hash:
            return Accepted(**outcome.details["response"])
        case "replay":
            raise IdempotencyConflict
    raise refusal_from(outcome.name, outcome.details, order)


def refusal_from(outcome: str, details: dict[str, Any], order: Order) -> Refusal:
    match outcome:
        case "quota":
            return QuotaExceeded(quotas.sentence_for(details, order.agent), **details)
        case "concurrency":
            return ConcurrencyLimit(**details)
        case "insufficient":
            return InsufficientCredits(
                f"This takes {order.operation.cost} credits and you have {details['available']}.",
                required=order.operation.cost, available=details["available"],
                next_reset_at=DateTimeField().to_representation(datetime.fromisoformat(details["next_reset_at"])),
            )  # fmt: skip
    return DeductionFailed(reason=details.get("reason"))


def quote(
    *, user_id: UUID, agent_id: str, input: dict[str, Any], operation: str | None = None,
    max_credits: int | None = None,
) -> Quote:  # fmt: skip
    """The price and the answer that `submit` would give; takes nothing. Raises UnknownAgent and InvalidInput."""
    agent = catalogue.agent_for(agent_id)
    chosen = catalogue.operation_for(agent, operation)
    purse = purse_of(user_id)
    try:
        order = ordered(user_id, agent_id, operation, input, max_credits)
        refusal = foreseen(purse, order, require_access(user_id, agent))
    except InvalidInput:
        raise
    except Refusal as found:
        refusal = found
    return Quote(
        agent.id, chosen.name, chosen.cost, purse.balance, None if refusal else purse.balance - chosen.cost,
        refusal is None, refusal.code if refusal else None, refusal.message if refusal else "",
    )  # fmt: skip


def purse_of(user_id: UUID) -> CreditAccount:
    """The account as a charge would find it. A charge settles first what is due: that is tried here and rolled back."""
    purse = ledger_reads.account_of(user_id)
    if purse.due_at is None or purse.due_at > timezone.now():
        return purse
    with transaction.atomic():
        ledger.call("lock_credit_account", user=user_id)
        purse = ledger_reads.account_of(user_id)
        transaction.set_rollback(True)
    return purse


def foreseen(purse: CreditAccount, order: Order, standing: Standing) -> Refusal | None:
    """The refusal that the locked part would give as things stand; nothing is locked or taken."""
    limits = quotas.limits_for(order.agent.id, standing.plan)
    used = selectors.used_by(purse.user_id, order.agent.id, purse.period_started_at)
    for name in quotas.QUOTAS:
        if name in limits and used[name] >= limits[name]:
            return refusal_from("quota", {"quota": name, "limit": limits[name], "used": used[name]}, order)
    if used["running"] >= limits["jobs"]:
        return refusal_from("concurrency", {"limit": limits["jobs"], "running": used["running"]}, order)
    if purse.balance < order.operation.cost:
        details = {"available": purse.balance, "next_reset_at": purse.next_reset_at.isoformat()}
        return refusal_from("insufficient", details, order)
    if purse.frozen_at:
        return refusal_from("refused", {"reason": "frozen"}, order)
    return None


def retry(*, user_id: UUID, job_id: UUID, key: str | None = None) -> Accepted:
    """Run a finished job's input again as a new job, with a new charge. Raises NotFound, JobNotFinished."""
    job = selectors.job_of(user_id, job_id)
    if job.is_active:
        raise JobNotFinished
    return submit(
        user_id=user_id, agent_id=job.agent_id, operation=job.operation, input=job.input, key=key, retry_of=job.pk
    )


def answer_for(user_id: UUID, key: str, body_hash: str) -> Accepted | None:
    """The stored answer to this key, None when it is new. Raises IdempotencyConflict for another body."""
    known = IdempotencyKey.objects.filter(user_id=user_id, key=key, created_at__gt=Now() - KEPT).first()
    if known is None:
        return None
    if known.body_hash != body_hash:
        raise IdempotencyConflict
    return Accepted(**known.response)


def hash_of(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()

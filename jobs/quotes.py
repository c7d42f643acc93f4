"""What a call would cost and whether it would be accepted now. Takes nothing, writes nothing."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from accounts.keys import Budget
from agents import access, catalogue
from agents.registry import AGENTS, AVATAR_G_AGENT
from avatarg.errors import InvalidInput, Refusal
from billing.entitlements import Standing
from credits import ledger
from credits import selectors as ledger_reads
from credits.models import CreditAccount
from jobs import orders, quotas, selectors, submission
from jobs.orders import Order
from jobs.planning import PlannedStep

STEPS = "SELECT outcome, details FROM refusal_of_steps(%s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Quote:
    """What a call would cost and whether it would be accepted now. `message` says why not.

    `steps` and `left_out` are of a plan; None for what is none. Of a plan `cost` is what would be held.
    """

    agent_id: str
    operation: str
    cost: int
    balance: int
    balance_after: int | None
    allowed: bool
    code: str | None
    message: str = ""
    steps: tuple[PlannedStep, ...] | None = None
    left_out: tuple[str, ...] = ()
    price: int = 0


def quote(
    *, user_id: UUID, agent_id: str, input: dict[str, Any], operation: str | None = None,
    max_credits: int | None = None, budget: Budget | None = None,
) -> Quote:  # fmt: skip
    """The price and the answer that `submit` would give; takes nothing. Raises UnknownAgent and InvalidInput."""
    agent = catalogue.agent_for(agent_id)
    chosen = catalogue.operation_for(agent, operation)
    purse = purse_of(user_id)
    order = None
    try:
        order = orders.ordered(user_id, agent_id, operation, input, max_credits)
        refusal = foreseen(purse, order, orders.require_access(user_id, agent), budget)
    except InvalidInput:
        raise
    except Refusal as found:
        refusal = found
    cost = order.cost if order else chosen.cost
    return Quote(
        agent.id, chosen.name, cost, purse.balance, None if refusal else purse.balance - cost, refusal is None,
        refusal.code if refusal else None, refusal.message if refusal else "",
        steps=(order.steps if order else ()) if agent.id == AVATAR_G_AGENT.id else None,
        left_out=tuple(order.facts.get("left_out") or ()) if order else (), price=order.price if order else chosen.cost,
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


def foreseen(purse: CreditAccount, order: Order, standing: Standing, budget: Budget | None = None) -> Refusal | None:
    """The refusal that the locked part would give as things stand; nothing is locked or taken."""
    limits = quotas.limits_for(order.agent, order.operation, standing.plan)
    used = selectors.used_by(purse.user_id, order.agent.id, purse.period_started_at, limits)
    for name in quotas.QUOTAS:
        if name in limits and used[name] >= limits[name]:
            details = {"quota": name, "limit": limits[name], "used": used[name]}
            return submission.refusal_from("quota", details, order)
    of_steps = foreseen_of_steps(purse, order, standing) if order.steps else None
    if refusal := of_steps or foreseen_of_key(purse.user_id, order, budget):
        return refusal
    if used["running"] >= limits["jobs"]:
        details = {"limit": limits["jobs"], "running": used["running"]}
        return submission.refusal_from("concurrency", details, order)
    if purse.balance < order.cost:
        details = {"available": purse.balance, "next_reset_at": purse.next_reset_at.isoformat()}
        return submission.refusal_from("insufficient", details, order)
    if purse.frozen_at:
        return submission.refusal_from("refused", {"reason": "frozen"}, order)
    return None


def foreseen_of_key(user_id: UUID, order: Order, budget: Budget | None) -> Refusal | None:
    if budget is None or budget.limit is None or budget.since is None:
        return None
    taken = selectors.taken_by_key(user_id, budget.key_id, budget.since)
    if taken + order.cost <= budget.limit:
        return None
    return submission.refusal_from("quota", {"quota": "api_key", "limit": budget.limit, "used": taken}, order)


def foreseen_of_steps(purse: CreditAccount, order: Order, standing: Standing) -> Refusal | None:
    steps = json.dumps([submission.described(*step, 0) for step in enumerate(order.steps)])
    with connection.cursor() as cursor:
        cursor.execute(STEPS, [purse.user_id, standing.plan.id, purse.period_started_at, steps])
        outcome, details = cursor.fetchone()
    if outcome == "closed":
        return access.refusal_for(AGENTS[json.loads(details)["agent"]], standing, live=False)
    return submission.refusal_from(outcome, json.loads(details), order) if outcome else None

"""What a run would cost a person now, how much of their quotas is used, and what stands in the way of any run."""

import zlib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.registry import MUSIC_STUDIO, VIDEO_STUDIO, Agent, Operation
from avatarg.errors import Refusal
from billing.plans import Plan
from credits.errors import InsufficientCredits
from credits.models import CreditAccount
from dashboard import banners, workplan
from dashboard.banners import Banner
from dashboard.workplan import WorkPlan
from jobs import quotas, selectors
from jobs.errors import ConcurrencyLimit, QuotaExceeded
from jobs.quotes import Quote

SHARES = {VIDEO_STUDIO.id: gettext_lazy("Videos this month"), MUSIC_STUDIO.id: gettext_lazy("Tracks this month")}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a quota is used."""

    label: str
    used: int
    limit: int


@dataclass(frozen=True, slots=True)
class PriceCard:
    """`blocked` takes the button's place; `waiting` only warns, for the other job may end before this is sent."""

    operation: Operation
    balance: int
    full: int
    shares: list[Share]
    blocked: Banner | None
    waiting: Banner | None

    @property
    def after(self) -> int:
        return max(0, self.balance - self.operation.cost)

    @property
    def seen(self) -> str:
        return mark_of(self)


@dataclass(frozen=True, slots=True)
class GoalPrice:
    """`is_shown`: the steps stand beside it and may be confirmed; else they are what the goal would take as it stands.

    `way` leads on from a plan that cannot run.
    """

    operation: Operation
    balance: int
    plan: WorkPlan | None
    quote: Quote | None
    is_shown: bool
    way: tuple[str, str]

    @property
    def seen(self) -> str:
        steps = [(step.agent.id, step.cost) for stage in self.plan.stages for step in stage.steps] if self.plan else []
        message = self.quote.message if self.quote else ""
        return mark_of(self.operation.name, self.balance, steps, message, self.is_shown)


def goal_price(operation: Operation, account: CreditAccount, quote: Quote | None, *, is_shown: bool) -> GoalPrice:
    plan = workplan.of_quote(quote.steps or (), operation, quote.left_out) if quote else None
    code = quote.code if quote else None
    return GoalPrice(operation, account.balance, plan, quote, is_shown, banners.way_for(code or ""))


def mark_of(*shown: object) -> str:
    """The same for as long as the same is shown."""
    return f"{zlib.crc32(repr(shown).encode()):x}"


def price_card(agent: Agent, operation: Operation, plan: Plan, account: CreditAccount) -> PriceCard:
    limits = quotas.limits_for(agent, operation, plan)
    used = selectors.used_by(account.pk, agent.id, account.period_started_at, limits)
    refusal = standing_in_the_way(agent, operation, account, limits, used)
    is_full = used["running"] >= limits["jobs"]
    waiting = ConcurrencyLimit(limit=limits["jobs"], running=used["running"]) if is_full else None
    month = str(SHARES.get(agent.id, _("This month")))
    labels = {"avatars": _("Avatars kept"), "voices": _("Voice slots"), "this_period": month}
    return PriceCard(
        operation, account.balance, max(account.monthly_allowance, account.balance, 1),
        [Share(label, used[name], limits[name]) for name, label in labels.items() if name in limits],
        banners.banner_for(refusal) if refusal else None, banners.waiting(waiting) if waiting else None,
    )  # fmt: skip


def standing_in_the_way(
    agent: Agent, operation: Operation, account: CreditAccount, limits: dict[str, int], used: dict[str, Any]
) -> Refusal | None:
    """What would refuse this operation now whatever is filled in."""
    for name in quotas.QUOTAS:
        if name in limits and used[name] >= limits[name]:
            details = {"quota": name, "limit": limits[name], "used": used[name]}
            return QuotaExceeded(quotas.sentence_for(details, agent), **details)
    if account.balance < operation.cost:
        reset_at = account.next_reset_at.isoformat()
        return InsufficientCredits(required=operation.cost, available=account.balance, next_reset_at=reset_at)
    return None

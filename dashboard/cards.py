"""The cards of pages: one frozen dataclass and one function a card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agents import access, catalogue
from agents.registry import AGENTS, Agent
from billing.entitlements import Standing
from billing.models import Subscription
from billing.plans import Plan, next_plan, plan_for
from credits import selectors as ledger_reads
from credits.models import CreditAccount, CreditTransaction
from dashboard import charts, upgrades, words
from dashboard.banners import Banner
from jobs import selectors, usage
from jobs.models import Job

TIERS = ("FREE", "PRO", "PREMIUM")
STATES = ("ready", "locked", "off", "soon")
NEWS = timedelta(days=30)
YEAR, MOST_AGENTS = 365, 6
STOPPED = {
    "past due": (
        gettext_lazy("Your last payment did not go through"),
        gettext_lazy(
            "Your agents are paused until it does. Stripe tries again by itself; a card that works mends it at once."
        ),
    ),
    "unpaid": (
        gettext_lazy("Your subscription is unpaid"),
        gettext_lazy("Your agents are paused: no try to charge your card has worked. Pay the open invoice to go on."),
    ),
    "paused": (gettext_lazy("Your subscription is paused"), gettext_lazy("Your agents wait until you resume it.")),
}


@dataclass(frozen=True, slots=True)
class PlanCard:
    plan: Plan
    status: str
    is_active: bool
    renews_at: datetime
    ends: bool
    next: Plan | None
    managed: bool
    changes_to: str
    changes_at: datetime | None
    retries_at: datetime | None
    ended: str


def plan_card(subscription: Subscription, account: CreditAccount) -> PlanCard:
    standing = Standing(plan_for(subscription.plan), subscription.status)
    return PlanCard(
        plan=standing.plan,
        status=subscription.get_status_display().capitalize(),
        is_active=standing.is_active,
        renews_at=subscription.current_period_end or account.next_reset_at,
        ends=subscription.cancel_at_period_end,
        next=next_plan(standing.plan.id),
        managed=bool(subscription.stripe_subscription_id),
        changes_to=subscription.metadata.get("next_plan", ""),
        changes_at=parse_datetime(subscription.metadata.get("changes_at", "")),
        retries_at=parse_datetime(subscription.metadata.get("retries_at", "")),
        ended=ended_plan(subscription),
    )


def ended_plan(subscription: Subscription) -> str:
    """The paid plan that ended not long ago, "" when none did."""
    ended_at = parse_datetime(subscription.metadata.get("ended_at", ""))
    recent = ended_at is not None and timezone.now() - ended_at < NEWS
    return str(subscription.metadata["ended_plan"]) if recent else ""


@dataclass(frozen=True, slots=True)
class BalanceCard:
    """`pace` is credits a day since the period began; `lasts_until` is None when nothing is spent, or for a year."""

    balance: int
    allowance: int
    shown_of: int
    spent: int
    pace: int
    next_reset_at: datetime
    period_started_at: datetime
    lasts_until: date | None
    runs_short: bool
    forecast: str


def balance_card(account: CreditAccount, spent: int, now: datetime) -> BalanceCard:
    days_gone = max(1, (now - account.period_started_at).days + 1)
    pace = spent / days_gone
    lasts = account.balance / pace if pace > 0 else None
    until = now + timedelta(days=lasts) if lasts is not None and lasts < YEAR else None
    runs_short = not account.balance or (until is not None and until.date() < account.next_reset_at.date())
    return BalanceCard(
        balance=account.balance,
        allowance=account.monthly_allowance,
        shown_of=max(account.monthly_allowance, account.balance, 1),
        spent=spent,
        pace=round(pace),
        next_reset_at=account.next_reset_at,
        period_started_at=account.period_started_at,
        lasts_until=until.date() if until else None,
        runs_short=runs_short,
        forecast=forecast(account, until, pace, now),
    )


def forecast(account: CreditAccount, until: datetime | None, pace: float, now: datetime) -> str:
    """When the credits run out, in words."""
    reset_at = account.next_reset_at
    if not account.balance:
        return _("You have none left. The next ones come on %(day)s.") % {"day": words.day(reset_at)}
    if not pace:
        return _("Nothing is spent in this period yet, so there is no pace to go by.")
    if until and until.date() < reset_at.date():
        days = (reset_at.date() - until.date()).days
        return ngettext(
            "At this pace your credits last until %(day)s, %(days)d day before the reset.",
            "At this pace your credits last until %(day)s, %(days)d days before the reset.",
            days,
        ) % {"day": words.day(until), "days": days}
    left = max(0, round(account.balance - pace * max(0, (reset_at - now).days)))
    return ngettext(
        "At this pace about %(shown)s credit will be left on reset day.",
        "At this pace about %(shown)s credits will be left on reset day.",
        left,
    ) % {"shown": words.amount(left)}


def notice_of(plan: PlanCard, balance: BalanceCard) -> Banner | None:
    """The one thing worth a banner: what is stopped before what will end, and that before what runs low."""
    if not plan.is_active:
        return stopped(plan, balance)
    if plan.ends:
        text = _("Until then everything works. After that you are on FREE, with 100 credits a month.")
        title = _("%(plan)s ends on %(day)s") % {"plan": plan.plan.name, "day": words.day(plan.renews_at)}
        return Banner("warn", "clock", title, text, portal=_("Keep %(plan)s") % {"plan": plan.plan.name})
    if plan.ended:
        text = _("You are on FREE, with 100 credits a month. Credits that you bought or were given stay yours.")
        return Banner("info", "info", _("%(plan)s has ended") % {"plan": plan.ended}, text, "#upgrade", _("Come back"))
    if balance.balance * 4 > balance.allowance:
        return None
    return low(plan, balance)


def stopped(plan: PlanCard, balance: BalanceCard) -> Banner:
    title, what = STOPPED[plan.status.lower()]
    told = [str(what)]
    if plan.retries_at:
        told.append(_("The next try is on %(day)s.") % {"day": words.day(plan.retries_at)})
    safe = ngettext(
        "Your %(shown)s credit and your results are safe.", "Your %(shown)s credits and your results are safe.",
        balance.balance,
    )  # fmt: skip
    told.append(safe % {"shown": words.amount(balance.balance)})
    return Banner("bad", "alert", str(title), " ".join(told), portal=_("Fix the payment"))


def low(plan: PlanCard, balance: BalanceCard) -> Banner:
    text = _("%(left)s of %(most)s, and %(wait)s to the reset.") % {
        "left": words.amount(balance.balance), "most": words.amount(balance.allowance),
        "wait": words.until(balance.next_reset_at),
    }  # fmt: skip
    title = _("Your credits run low") if balance.balance else _("You are out of credits")
    link = ("#upgrade", _("See %(plan)s") % {"plan": plan.next.name}) if plan.next else ("", "")
    return Banner("info", "info", title, text, *link)


@dataclass(frozen=True, slots=True)
class UsageCard:
    """`agents` draws the first few of `shares`; both are most credits first."""

    usage: usage.Usage
    since: datetime
    chart: charts.Chart
    agents: charts.AgentChart
    shares: list[charts.Share]


def usage_card(used: usage.Usage, account: CreditAccount, now: datetime) -> UsageCard:
    last = (account.next_reset_at - timedelta(microseconds=1)).date()
    shares = charts.shares([(AGENTS[one.agent_id].name, one.credits, one.jobs) for one in used.by_agent])
    return UsageCard(
        usage=used,
        since=account.period_started_at,
        chart=charts.by_day(used.by_day, account.period_started_at.date(), last, now.date()),
        agents=charts.by_agent(shares[:MOST_AGENTS]),
        shares=shares,
    )


@dataclass(frozen=True, slots=True)
class JobRow:
    job: Job
    agent: Agent
    title: str
    badge: words.Badge

    @property
    def paid(self) -> int:
        return self.job.cost - self.job.refunded

    @property
    def operation(self) -> str:
        return words.operation_of(self.job)


def job_rows(jobs: Iterable[Job]) -> list[JobRow]:
    return [JobRow(job, AGENTS[job.agent_id], words.title_of(job), words.badge_of(job)) for job in jobs]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """`job_id` is None when there is no page to lead to: no job, or one that was pruned."""

    entry: CreditTransaction
    job_id: UUID | None


def ledger_rows(user_id: UUID, page: list[CreditTransaction]) -> list[LedgerRow]:
    named = [entry.job_id for entry in page if entry.job_id]
    kept = set(Job.objects.filter(user_id=user_id, pk__in=named).values_list("pk", flat=True)) if named else set()
    return [LedgerRow(entry, entry.job_id if entry.job_id in kept else None) for entry in page]


@dataclass(frozen=True, slots=True)
class AgentTile:
    """`state` is ready, locked, off or soon; `price` is the cheapest runnable operation's, of so many prices."""

    agent: Agent
    state: str
    price: int
    prices: int


@dataclass(frozen=True, slots=True)
class Tier:
    name: str
    tiles: list[AgentTile]
    ready: int


def agent_tiers(standing: Standing) -> list[Tier]:
    off = catalogue.switched_off()
    tiers = []
    for name in TIERS:
        tiles = [tile_of(agent, standing, off) for agent in AGENTS.values() if agent.required_plan == name]
        tiles.sort(key=lambda tile: STATES.index(tile.state))
        tiers.append(Tier(name, tiles, sum(tile.state == "ready" for tile in tiles)))
    return tiers


def tile_of(agent: Agent, standing: Standing, off: set[str]) -> AgentTile:
    runnable = catalogue.runnable(agent, off)
    refusal = access.refusal_for(agent, standing, live=bool(runnable))
    if runnable:
        state = "locked" if refusal else "ready"
    else:
        state = "off" if agent.id in off and catalogue.runnable(agent, set()) else "soon"
    prices = {operation.cost for operation in runnable} or {agent.base_cost}
    return AgentTile(agent, state, min(prices), len(prices))


def billing_cards(user_id: UUID) -> dict[str, object]:
    """Everything the billing page shows."""
    now = timezone.now()
    account = ledger_reads.account_of(user_id)
    subscription = Subscription.objects.get(pk=user_id)
    used = usage.usage_since(user_id, account.period_started_at)
    plan = plan_card(subscription, account)
    balance = balance_card(account, used.spent, now)
    return {
        "notice": notice_of(plan, balance),
        "plan": plan,
        "balance": balance,
        "usage": usage_card(used, account, now),
        "recent": job_rows(selectors.jobs_of(user_id)[:8]),
        "upgrade": upgrades.upgrade_card(user_id, plan.plan, now.date()),
    }

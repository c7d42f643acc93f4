"""The card that offers the next plan: what changes, and what a person's own ledger says of it, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agents import catalogue
from agents.registry import AGENTS
from billing.plans import Plan, next_plan
from dashboard import insights, words
from dashboard.insights import Insight, Quota
from jobs import usage
from jobs.usage import Spending


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the upgrade card."""

    what: str
    now: str
    then: str
    gained: bool


@dataclass(frozen=True, slots=True)
class UpgradeCard:
    current: Plan
    next: Plan
    changes: list[Change]
    insight: Insight | None
    title: str
    sentences: list[str]


def upgrade_card(user_id: UUID, current: Plan, today: date) -> UpgradeCard | None:
    """What the next plan would bring, and what it would have brought; None at the top."""
    if next_plan(current.id) is None:
        return None
    return card_for(usage.spending_since(user_id, today - (insights.DAYS - 1) * insights.ONE_DAY), current, today)


def card_for(spending: Spending, current: Plan, today: date) -> UpgradeCard | None:
    target = next_plan(current.id)
    if target is None:
        return None
    insight = insights.insight_of(spending, current, target, today)
    title = title_of(insight) if insight else more_title(current, target)
    sentences = list(sentences_of(insight)) if insight else []
    return UpgradeCard(current, target, changes(current, target), insight, title, sentences)


def title_of(insight: Insight) -> str:
    current, target = insight.current, insight.next
    told = {"plan": current.name, "next": target.name, "covered": insight.covered, "months": len(insight.windows)}
    if insight.was_enough:
        return span_sentence(insight.days, "enough") % told
    if not insight.fell_short:
        return more_title(current, target)
    if insight.covered == len(insight.windows):
        return span_sentence(insight.days, "covered") % told
    return _("%(next)s would have covered %(covered)d of your last %(months)d months") % told


def span_sentence(days: int, verdict: str) -> str:
    """A title about the last so many days, or about the first one; %(plan)s and %(next)s are left open."""
    if verdict == "enough":
        last, first = _("%(plan)s was enough for your last {days} days"), _("%(plan)s was enough for your first day")
    else:
        last = _("%(next)s would have covered all of your last {days} days")
        first = _("%(next)s would have covered all of your first day")
    return last.replace("{days}", str(days)) if days > 1 else first


def more_title(current: Plan, target: Plan) -> str:
    told = {"number": words.amount(target.credits - current.credits), "plan": target.name}
    return _("%(number)s more credits a month with %(plan)s") % told


def sentences_of(insight: Insight) -> Iterator[str]:
    yield spent_sentence(insight)
    if insight.dearths:
        yield dearth_sentence(insight)
    for quota in insight.quotas:
        yield quota_sentence(quota, insight)
    if (insight.next.credits - insight.current.credits) // max(1, insight.usual):
        yield more_sentence(insight)


def spent_sentence(insight: Insight) -> str:
    told = {
        "spent": words.counted(insight.spent, "credit"), "days": words.counted(insight.days, "day"),
        "plan": insight.next.name, "given": words.amount(insight.given), "monthly": words.amount(insight.next.credits),
    }  # fmt: skip
    if insight.days == insights.DAYS:
        return _("You spent %(spent)s in %(days)s; %(plan)s gives %(given)s in that time.") % told
    return _("You spent %(spent)s in %(days)s; %(plan)s gives %(monthly)s a month.") % told


def quota_sentence(quota: Quota, insight: Insight) -> str:
    told = {
        "months": quota.months, "limit": quota.limit, "what": quota.noun,
        "plan": insight.current.name, "next": insight.next.name,
    }  # fmt: skip
    return ngettext(
        "In one month you used all %(limit)d %(what)s of %(plan)s. %(next)s has no such limit.",
        "In %(months)d months you used all %(limit)d %(what)s of %(plan)s. %(next)s has no such limit.",
        quota.months,
    ) % told  # fmt: skip


def more_sentence(insight: Insight) -> str:
    more = insight.next.credits - insight.current.credits
    jobs = more // max(1, insight.usual)
    return ngettext(
        "Its %(credits)s more credits a month make one more of your usual jobs.",
        "Its %(credits)s more credits a month make %(jobs)s more of your usual jobs.",
        jobs,
    ) % {"credits": words.amount(more), "jobs": words.amount(jobs)}  # fmt: skip


def dearth_sentence(insight: Insight) -> str:
    last, times = insight.dearths[-1], len(insight.dearths)
    told = {
        "times": times, "days": words.counted(insight.short, "day"), "usual": words.counted(insight.usual, "credit"),
        "since": words.day(last.first), "early": words.counted(last.days, "day"),
    }  # fmt: skip
    if times == 1:
        ran = _("You ran out once: %(days)s ended with less than the %(usual)s of your usual job.")
    elif times == 2:
        ran = _("You ran out twice: %(days)s ended with less than the %(usual)s of your usual job.")
    else:
        ran = _("You ran out %(times)d times: %(days)s ended with less than the %(usual)s of your usual job.")
    if last.back:
        then = _("The last time was on %(since)s, %(early)s before new credits came.")
    else:
        then = _("You have been short since %(since)s.")
    return f"{ran % told} {then % told}"


def changes(current: Plan, target: Plan) -> list[Change]:
    pairs = [
        (_("Credits a month"), words.amount(current.credits), words.amount(target.credits)),
        (_("Jobs at once"), str(current.concurrent_jobs), str(target.concurrent_jobs)),
        (_("Artifact storage"), f"{current.storage_gb} GB", f"{target.storage_gb} GB"),
        (_("Avatars kept"), amount(current.avatars), amount(target.avatars)),
        (_("Videos a month"), amount(current.videos_a_month), amount(target.videos_a_month)),
        (_("Tracks a month"), amount(current.tracks_a_month), amount(target.tracks_a_month)),
        (_("Voice slots"), amount(current.voice_slots), amount(target.voice_slots)),
        (_("Agents"), str(live(current)), str(live(target))),
        (_("Multi-agent orchestration"), yes_no(current.orchestration), yes_no(target.orchestration)),
        (_("API access"), yes_no(current.api_access), yes_no(target.api_access)),
        (_("Dedicated queue"), yes_no(current.dedicated_queue), yes_no(target.dedicated_queue)),
        (_("Single sign-on"), yes_no(current.single_sign_on), yes_no(target.single_sign_on)),
        (_("Outgoing webhooks"), yes_no(current.outgoing_webhooks), yes_no(target.outgoing_webhooks)),
    ]
    return [Change(what, now, then, then == _("Yes")) for what, now, then in pairs if now != then]


def live(plan: Plan) -> int:
    """Agents of a plan that work today; those that are coming soon are promised to nobody."""
    return sum(bool(catalogue.runnable(AGENTS[agent_id], set())) for agent_id in plan.agents)


def amount(limit: int | None) -> str:
    return _("Unlimited") if limit is None else str(limit)


def yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")

"""`/styleguide`, where DEBUG is on: every component in all its states, from the real partials, with example people.

`?theme=dark`, `light`, or `both` side by side. Nothing here asks the database.
"""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from agents.registry import AGENTS
from billing.entitlements import Standing
from billing.models import Subscription
from billing.plans import FREE, PLANS, PRO, Plan, plan_for
from credits.errors import InsufficientCredits
from credits.models import CreditAccount
from dashboard import banners, cards, insights, orbit, prices, reading, upgrades, words, workplan
from dashboard.banners import Banner
from dashboard.context import Shell
from dashboard.results import ResultFile
from jobs.errors import ConcurrencyLimit
from jobs.models import ACTIVE, Artifact, Job
from jobs.usage import AgentUse, Spending, Usage

NOW = timezone.now()
BEGAN, ENDS = NOW - timedelta(days=18), NOW + timedelta(days=12)
NAMES = UUID("0a7a7a60-0000-4000-8000-000000000000")
THEMES = ("", "dark", "light")
PAINTS = (
    "bg", "surface", "raised", "line", "line-2", "control", "ink", "ink-2", "ink-3", "accent", "beam", "sun", "ok",
    "warn", "bad",
)  # fmt: skip
SPENT = (18, 8, 31, 0, 0, 23, 16, 50, 26, 9, 0, 5, 38, 24, 15, 41, 28, 3, 23)
USES = (
    ("music-studio", 105, 7), ("voice-lab", 75, 6), ("image-creator", 72, 9), ("video-studio", 60, 3),
    ("chat", 26, 26), ("avatar-builder", 20, 2),
)  # fmt: skip
JOBS = (
    ("video-studio", "generate", "A paper boat crossing a neon harbour", "running", 62, 20, 0),
    ("chat", "context", "Summarise the launch notes", "completed", 100, 2, 0),
    ("image-creator", "generate", "Isometric tea house at dusk", "failed", 40, 8, 8),
    ("music-studio", "generate", "Rain on the window, lo-fi", "queued", 0, 15, 0),
    ("business-agent", "report", "Q3 numbers for the board", "canceled", 10, 15, 15),
)
TOLD = "## Three acts\n\n1. The **spring** in the hills\n2. The town and its mills\n3. The sea\n\n> Rivers remember."


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404("The style guide is for developers.")
    theme = request.GET.get("theme", "")
    if theme == "both":
        return render(request, "styleguide/pair.html")
    context = {
        "shell": example_shell(theme), "sky": sky(), "paints": PAINTS, "icons": icons(),
        "banners": example_banners(), "said": said(), "form": filled_in(),
        "plan_cards": plan_cards(), "balances": balances(), "usages": usages(), "upgrades": upgrade_cards(),
        "prices": example_prices(), "agent": AGENTS["video-studio"],
        "rows": cards.job_rows(jobs()), "jobs": jobs(), "files": files(),
        "states": [words.badge_of(job) for job in jobs()], "plan": plan_of_steps(), "plans": PLANS.values(),
        "current": PRO,
    }  # fmt: skip
    return render(request, "styleguide/guide.html", context)


def icons() -> list[str]:
    return sorted(re.findall(r'id="i-([a-z-]+)"', (settings.BASE_DIR / "static" / "icons.svg").read_text()))


def example_banners() -> list[Banner]:
    broke = InsufficientCredits(required=20, available=9, next_reset_at=ENDS.isoformat())
    return [
        Banner("bad", "alert", *cards.STOPPED["past due"], portal="Fix the payment"),
        Banner("warn", "clock", "PRO ends in 12 days", "Until then everything works.", portal="Keep PRO"),
        banners.banner_for(broke),
        banners.banner_for(ConcurrencyLimit(limit=3, running=3)),
        Banner("ok", "refund", words.returned(8), "The picture came out damaged."),
    ]


def said() -> list[Message]:
    """What a page says once, after something was done."""
    return [
        Message(constants.SUCCESS, "Your settings are saved."),
        Message(constants.ERROR, "Stripe does not answer just now."),
    ]


class ExampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(widget=forms.TextInput(attrs={"class": "input"}), help_text="As others see it.")
    prompt = forms.CharField(widget=forms.Textarea(attrs={"class": "input", "rows": 3}), required=False)
    tempo = forms.IntegerField(
        min_value=40, max_value=220, widget=forms.NumberInput(attrs={"class": "input"}), help_text="Beats a minute."
    )
    genre = forms.ChoiceField(
        choices=[("lofi", "Lo-fi"), ("jazz", "Jazz")], widget=forms.Select(attrs={"class": "input"})
    )
    style = forms.ChoiceField(choices=[(one, one) for one in ("Painted", "Flat", "Neon")], widget=forms.RadioSelect)
    picture = forms.FileField(widget=forms.FileInput(attrs={"class": "input"}), required=False)
    captions = forms.BooleanField(required=False)
    terms = forms.BooleanField(label="I have read the terms")


def filled_in() -> ExampleForm:
    """As it comes back when it was not accepted."""
    form = ExampleForm({"name": "Nino", "tempo": "900", "genre": "jazz", "style": "Neon", "captions": "on"})
    form.full_clean()
    return form


def sky() -> orbit.Sky:
    """Somebody on PRO, with one agent switched off and one waited for: all that an agent can be."""
    standing, off = Standing(PRO, "active"), {"chat"}
    rings = []
    for name in cards.TIERS:
        tiles = [cards.tile_of(agent, standing, off) for agent in AGENTS.values() if agent.required_plan == name]
        rings.append(orbit.ring_of(cards.Tier(name, tiles, len(tiles)), standing, {"game-creator"}))
    keys = [orbit.Key(state, word, orbit.MARKS[state]) for state, word in orbit.KEYS.items()]
    return orbit.Sky(rings, keys, ready=9, arrived=[])


def example_shell(theme: str) -> Shell:
    return Shell("Nino", "", theme if theme in THEMES else "", "PRO", 642, 1000, ENDS)


def account(balance: int, plan: Plan = PRO) -> CreditAccount:
    return CreditAccount(
        balance=balance, monthly_allowance=plan.credits, period_started_at=BEGAN, next_reset_at=ENDS, anchor_at=BEGAN
    )


def plan_cards() -> list[cards.PlanCard]:
    """FREE, a paid one, one that ends, one that changes, one whose payment failed."""
    free = {
        "plan": "FREE",
        "status": "active",
        "metadata": {},
        "stripe_subscription_id": "",
        "cancel_at_period_end": False,
    }
    paid = {**free, "plan": "PRO", "stripe_subscription_id": "sub_example", "current_period_end": ENDS}
    change = {"next_plan": "FREE", "changes_at": ENDS.isoformat()}
    told: tuple[dict[str, Any], ...] = (
        free,
        paid,
        {**paid, "cancel_at_period_end": True},
        {**paid, "metadata": change},
        {**paid, "status": "past_due"},
    )
    return [cards.plan_card(Subscription(**one), account(642, plan_for(one["plan"]))) for one in told]


def balances() -> list[cards.BalanceCard]:
    """Plenty, running short, nothing left, nothing spent."""
    return [
        cards.balance_card(account(left), spent, NOW) for left, spent in ((642, 358), (190, 810), (0, 1000), (1000, 0))
    ]


def usages() -> list[cards.UsageCard]:
    by_day = {BEGAN.date() + timedelta(days=number): credits for number, credits in enumerate(SPENT)}
    used = Usage(56, 1, 52, 2, 1, 358, 31, by_day, [AgentUse(*use) for use in USES])
    nothing = Usage(0, 0, 0, 0, 0, 0, 0, {}, [])
    return [cards.usage_card(one, account(642), NOW) for one in (used, nothing)]


def upgrade_cards() -> list[upgrades.UpgradeCard]:
    """Somebody who ran out, somebody whose plan was enough, and somebody new."""
    today = NOW.date()
    days = [today - timedelta(days=number) for number in range(89, -1, -1)]
    ran = {day: pace for day, pace in zip(days, [36] * 27 + [0] * 3 + [29] * 30 + [12] * 30, strict=True)}
    short = {days[0]: 1000, days[26]: 4, days[30]: 1000, days[60]: 900}
    return [
        upgrade(PRO, ran, short, 15), upgrade(FREE, {days[3]: 8}, {days[0]: 100}, 8), upgrade(FREE, {}, {}, None)
    ]  # fmt: skip


def upgrade(plan: Plan, by_day: dict[date, int], closing: dict[date, int], usual: int | None) -> upgrades.UpgradeCard:
    today = NOW.date()
    spending = Spending(today - timedelta(days=insights.DAYS - 1), by_day, closing, [], [], usual)
    found = upgrades.card_for(spending, plan, today)
    if found is None:
        raise ValueError("There is nothing above this plan.")
    return found


def example_prices() -> list[prices.PriceCard]:
    """One that can run, and one that there are not enough credits for."""
    operation = AGENTS["video-studio"].operations[0]
    broke = InsufficientCredits(required=operation.cost, available=9, next_reset_at=ENDS.isoformat())
    share = [prices.Share("Videos this month", 3, 5)]
    return [
        prices.PriceCard(operation, 642, 1000, [], None, None),
        prices.PriceCard(operation, 9, 100, share, banners.banner_for(broke), None),
    ]


def jobs() -> list[Job]:
    return [example_job(*told) for told in JOBS]


def example_job(agent_id: str, operation: str, prompt: str, *facts: Any) -> Job:
    """It is in no table. `facts`: status, progress, cost, refunded."""
    status, progress, cost, refunded = facts
    began = NOW - timedelta(minutes=4)
    return Job(
        pk=uuid5(NAMES, prompt), agent_id=agent_id, operation=operation, plan="PRO", status=status, cost=cost,
        input={"prompt": prompt}, progress=progress, refunded=refunded, created_at=began, base_cost=None,
        started_at=None if status == "queued" else began, finished_at=None if status in ACTIVE else NOW,
        step="Drawing the sea" if status == "running" else "",
        error_message="The picture came out damaged." if status == "failed" else "",
    )  # fmt: skip


def files() -> list[ResultFile]:
    """A track and a text; they are drawn, not played."""
    track = Artifact(name="track.mp3", kind="audio", content_type="audio/mpeg", size=1_800_000)
    text = Artifact(name="notes.md", kind="text", content_type="text/markdown", size=len(TOLD))
    return [ResultFile(track, ""), ResultFile(text, TOLD, reading.read(TOLD))]


def plan_of_steps() -> workplan.WorkPlan:
    why = "Everything after it takes its colours from this."
    steps = [workplan.step_card(job) for job in jobs()]
    told = [
        workplan.StepCard(one.agent, one.operation, one.asked, why, one.cost, one.job, one.badge, one.error)
        for one in steps
    ]
    stages = [workplan.Stage("First", told[1:2]), workplan.Stage("Then, 4 at the same time", [told[0], *told[2:]])]
    return workplan.WorkPlan(stages, 50, 110, ["A game, because Game Creator is not live yet."], "Planned by rules")

"""The page of agents: bodies in rings around the person's credits, or the same as a list, and what is going on."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.registry import AVATAR_BUILDER, CHAT, IMAGE_CREATOR, MUSIC_STUDIO, Agent
from billing.entitlements import Standing
from billing.plans import includes
from dashboard import cards, words
from dashboard.cards import AgentTile, JobRow, Tier
from jobs import selectors
from jobs.models import ACTIVE, Job

VIEWS = ("orbit", "list")
COOKIE = "view"
YEAR = 365 * 86_400
RECENT = 5
SHOWN_ACTIVE = 4
MARKS = {"ready": "", "locked": "lock", "off": "pause", "soon": "clock"}
KEYS = {
    "ready": gettext_lazy("Ready"),
    "locked": gettext_lazy("Locked"),
    "off": gettext_lazy("Switched off"),
    "soon": gettext_lazy("Coming soon"),
}
FIRST_THINGS = {
    IMAGE_CREATOR.id: gettext_lazy("Make your first picture"),
    AVATAR_BUILDER.id: gettext_lazy("Make your first avatar"),
    MUSIC_STUDIO.id: gettext_lazy("Make your first track"),
    CHAT.id: gettext_lazy("Ask your first question"),
}


@dataclass(frozen=True, slots=True)
class Body:
    """One agent as this person finds it. `word` is its state or price as shown, `name` the link's whole name."""

    tile: AgentTile
    word: str
    name: str
    mark: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Ring:
    tier: str
    note: str
    bodies: list[Body]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    state: str
    word: words.Words
    mark: str


@dataclass(frozen=True, slots=True)
class Sky:
    """`arrived` are agents that this person waited for and that are there now."""

    rings: list[Ring]
    keys: list[Key]
    ready: int
    arrived: list[Agent]


def sky_of(standing: Standing, interests: set[str]) -> Sky:
    rings = [ring_of(tier, standing, interests) for tier in cards.agent_tiers(standing)]
    tiles = [body.tile for ring in rings for body in ring.bodies]
    found = {tile.state for tile in tiles}
    return Sky(
        rings=rings,
        keys=[Key(state, word, MARKS[state]) for state, word in KEYS.items() if state in found],
        ready=sum(tile.state == "ready" for tile in tiles),
        arrived=[tile.agent for tile in tiles if tile.agent.id in interests and tile.state in {"ready", "locked"}],
    )


def ring_of(tier: Tier, standing: Standing, interests: set[str]) -> Ring:
    bodies = [body_of(tile, standing, asked=tile.agent.id in interests) for tile in tier.tiles]
    if tier.name == "FREE":
        return Ring(tier.name, _("on every plan"), bodies)
    return Ring(tier.name, _("in your plan") if includes(standing.plan.id, tier.name) else _("with an upgrade"), bodies)


def body_of(tile: AgentTile, standing: Standing, *, asked: bool) -> Body:
    word, said = words_of(tile, standing, asked=asked)
    return Body(tile, word, f"{tile.agent.name}, {said}", MARKS[tile.state], asked and tile.state == "soon")


def words_of(tile: AgentTile, standing: Standing, *, asked: bool) -> tuple[str, str]:
    """The state of an agent as shown and as read aloud."""
    plan = tile.agent.required_plan
    match tile.state:
        case "ready":
            price = words.counted(tile.price, "credit")
            price = _("from %(price)s") % {"price": price} if tile.prices > 1 else price
            return price, _("ready, %(price)s") % {"price": price}
        case "locked" if not includes(standing.plan.id, plan):
            return _("Locked · %(plan)s") % {"plan": plan}, _("locked, comes with %(plan)s") % {"plan": plan}
        case "locked" if not standing.is_active:
            return _("Paused · billing"), _("paused until the payment is mended")
        case "locked":
            return _("Not in your plan"), _("locked, not part of your plan")
        case "off":
            return _("Switched off"), _("switched off for now")
    soon = _("Coming soon"), _("coming soon")
    return (_("Coming soon · noted"), _("coming soon, we will tell you")) if asked else soon


@dataclass(frozen=True, slots=True)
class Going:
    """What is running now and what was last; `more` active jobs are not shown."""

    active: list[JobRow]
    more: int
    recent: list[JobRow]

    @property
    def count(self) -> int:
        return len(self.active) + self.more

    @property
    def is_first_visit(self) -> bool:
        return not self.active and not self.recent


def going_of(user_id: UUID) -> Going:
    """In one query: an active job may be older than many that have ended."""
    jobs = selectors.jobs_of(user_id).defer("output", "draft")
    found = list(jobs.filter(status__in=ACTIVE).union(jobs[: RECENT + SHOWN_ACTIVE], all=True))
    active = sorted({job.pk: job for job in found if job.is_active}.values(), key=newness)
    ended = sorted((job for job in found if not job.is_active), key=newness)
    shown = active[:SHOWN_ACTIVE]
    return Going(cards.job_rows(shown), len(active) - len(shown), cards.job_rows(ended[:RECENT]))


def newness(job: Job) -> float:
    return -job.created_at.timestamp()


@dataclass(frozen=True, slots=True)
class FirstThing:
    """Something to begin with: one click to a form that is filled in, a second one to the job."""

    agent: Agent
    words: str
    cost: int


def first_things(sky: Sky, balance: int) -> list[FirstThing]:
    """Of what is ready and within the balance, three."""
    ready = {body.tile.agent.id: body.tile.agent for ring in sky.rings for body in ring.bodies if is_ready(body)}
    things = [
        FirstThing(ready[agent_id], str(what), ready[agent_id].operations[0].cost)
        for agent_id, what in FIRST_THINGS.items()
        if agent_id in ready
    ]
    return [thing for thing in things if thing.cost <= balance][:3]


def is_ready(body: Body) -> bool:
    return body.tile.state == "ready"


def view_of(request: HttpRequest) -> str:
    """The view that is asked for, the one of last time, or the orbit."""
    asked = (request.GET.get("view", ""), request.COOKIES.get(COOKIE, ""))
    return next((view for view in asked if view in VIEWS), VIEWS[0])


def remember_view(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For next time, when this time a view was asked for."""
    if request.GET.get("view") in VIEWS:
        response.set_cookie(
            COOKIE, view_of(request), max_age=YEAR, path="/dashboard", secure=settings.SESSION_COOKIE_SECURE,
            httponly=True, samesite="Lax",
        )  # fmt: skip
    return response

"""The four plans, as data. Money is integer US cents a month, credits are integers, None means unlimited."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

GB = 1024**3
RANK = ("FREE", "PRO", "PREMIUM", "ENTERPRISE")

FREE_AGENTS = frozenset({"avatar-builder", "video-studio", "music-studio", "chat", "image-creator", "prompt-builder"})
PRO_AGENTS = FREE_AGENTS | {
    "voice-lab", "media-production", "business-agent", "game-creator", "social-media", "online-shop"
}  # fmt: skip
ALL_AGENTS = PRO_AGENTS | {"avatar-g-agent"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What ends in `_en` is English, the property without it the same in the reader's language."""

    id: str
    price_cents: int
    description_en: str
    credits: int
    concurrent_jobs: int
    storage_gb: int
    avatars: int | None
    videos_a_month: int | None
    tracks_a_month: int | None
    voice_slots: int | None
    agents: frozenset[str]
    queue: str
    features_en: tuple[str, ...]
    orchestration: bool = False
    api_access: bool = False
    single_sign_on: bool = False
    outgoing_webhooks: bool = False
    dedicated_queue: bool = False

    @property
    def name(self) -> str:
        return self.id

    @property
    def description(self) -> str:
        return gettext(self.description_en)

    @property
    def features(self) -> tuple[str, ...]:
        return tuple(gettext(feature) for feature in self.features_en)

    @property
    def rank(self) -> int:
        return RANK.index(self.id)

    @property
    def storage_bytes(self) -> int:
        return self.storage_gb * GB

    @property
    def price_dollars(self) -> int:
        return self.price_cents // 100


FREE = Plan(
    id="FREE", price_cents=0, description_en=_("For a first look, and for small things."),
    credits=100, concurrent_jobs=1, storage_gb=1, avatars=1, videos_a_month=5, tracks_a_month=5, voice_slots=0,
    agents=FREE_AGENTS, queue="standard",
    features_en=(
        _("100 credits a month"), _("1 job at a time"), _("FREE agents"), _("Standard queue"), _("1 GB of storage"),
        _("1 avatar"),
    ),
)  # fmt: skip
PRO = Plan(
    id="PRO", price_cents=2900, description_en=_("For people who make things every week."),
    credits=1_000, concurrent_jobs=3, storage_gb=10, avatars=None, videos_a_month=None, tracks_a_month=None,
    voice_slots=3, agents=PRO_AGENTS, queue="priority",
    features_en=(
        _("1,000 credits a month"), _("3 jobs at once"), _("FREE and PRO agents"), _("Priority queue"),
        _("10 GB of storage"), _("3 voice slots"),
    ),
)  # fmt: skip
PREMIUM = Plan(
    id="PREMIUM", price_cents=9900, description_en=_("For studios that let agents work together."),
    credits=5_000, concurrent_jobs=10, storage_gb=50, avatars=None, videos_a_month=None, tracks_a_month=None,
    voice_slots=None, agents=ALL_AGENTS, queue="priority", orchestration=True, api_access=True,
    features_en=(
        _("5,000 credits a month"), _("10 jobs at once"), _("All agents"), _("Multi-agent orchestration"),
        _("50 GB of storage"), _("API access"),
    ),
)  # fmt: skip
ENTERPRISE = Plan(
    id="ENTERPRISE", price_cents=49900, description_en=_("For companies, with a queue of their own."),
    credits=50_000, concurrent_jobs=50, storage_gb=500, avatars=None, videos_a_month=None, tracks_a_month=None,
    voice_slots=None, agents=ALL_AGENTS, queue="dedicated", orchestration=True, api_access=True, single_sign_on=True,
    outgoing_webhooks=True, dedicated_queue=True,
    features_en=(
        _("50,000 credits a month"), _("50 jobs at once"), _("All agents"), _("Dedicated job queue"),
        _("500 GB of storage"), _("Single sign-on"), _("Outgoing webhooks"),
    ),
)  # fmt: skip

PLANS = {plan.id: plan for plan in (FREE, PRO, PREMIUM, ENTERPRISE)}


def plan_for(plan_id: str) -> Plan:
    return PLANS[plan_id]


def includes(plan_id: str, required: str) -> bool:
    """Whether a plan is at or above a tier."""
    return RANK.index(plan_id) >= RANK.index(required)


def next_plan(plan_id: str) -> Plan | None:
    """The plan one step up, None at the top."""
    rank = RANK.index(plan_id) + 1
    return PLANS[RANK[rank]] if rank < len(RANK) else None

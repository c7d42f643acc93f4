"""Every page and list asks the database as much for thirty rows as for one: the number of statements, by address."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.utils import timezone

from accounts import keys
from accounts.models import User
from agents import interests
from agents.models import AgentSwitch
from agents.registry import AGENTS
from billing.models import Concern, WebhookEvent
from credits import ledger
from hooks.models import Delivery, Endpoint
from jobs.models import Artifact, Job, Voice
from notifications.models import Notification
from tests.dashboard import scenes
from tests.dashboard.page import Visitor
from tests.jobs import acts
from tests.support import desk

FEW, MANY = 1, 30
OURS = {"accounts", "agents", "billing", "credits", "hooks", "jobs", "metrics", "notifications", "support"}
MEMBER = {
    "/dashboard": 7,
    "/dashboard?view=list": 7,
    "/dashboard/jobs": 4,
    "/dashboard/jobs?status=completed&agent=image-creator": 4,
    "/dashboard/jobs/{files}": 5,
    "/dashboard/jobs/{plan}": 7,
    "/dashboard/credits": 7,
    "/dashboard/credits?type=deduction": 7,
    "/dashboard/billing": 8,
    "/dashboard/settings": 4,
    "/dashboard/settings/keys": 5,
    "/dashboard/support": 5,
    "/dashboard/support?new=1": 5,
    "/dashboard/support/{ticket}": 5,
    "/dashboard/settings/webhooks": 5,
    "/dashboard/agents/image-creator": 9,
    "/dashboard/agents/image-creator?operation=upscale": 11,
    "/dashboard/agents/voice-lab": 10,
    "/dashboard/agents/voice-lab?operation=clone": 10,
    "/dashboard/agents/video-studio": 9,
    "/dashboard/agents/media-production": 10,
    "/dashboard/agents/avatar-g-agent": 8,
    "/dashboard/agents/avatar-g-agent?from={plan}": 9,
    "/dashboard/agents/chat?operation=context&after={turn}": 9,
    "/dashboard/agents/game-creator": 7,
    "/pricing": 4,
}
CALLS = {
    "/api/agents": 4,
    "/api/jobs/list?limit=100": 5,
    "/api/jobs/{files}": 5,
    "/api/jobs/{plan}": 5,
    "/api/voices": 3,
    "/api/credits/balance": 5,
    "/api/credits/transactions?limit=100": 3,
    "/api/credits/transactions.csv": 3,
}
OPERATOR = {
    "accounts/user": 5,
    "accounts/apikey": 4,
    "agents/agentinterest": 8,
    "agents/agentswitch": 7,
    "billing/concern": 4,
    "billing/subscription": 4,
    "billing/webhookevent": 5,
    "credits/creditaccount": 4,
    "credits/creditdebt": 4,
    "credits/creditlot": 4,
    "credits/credittransaction": 4,
    "hooks/delivery": 4,
    "hooks/endpoint": 4,
    "jobs/job": 5,
    "metrics/planchange": 4,
    "notifications/notification": 4,
    "support/ticket": 4,
}


class Member:
    """Somebody on PREMIUM, with one plan, one job of many files and one talk, each as long as the test wants."""

    def __init__(self, user: User) -> None:
        acts.put_on(user, "PREMIUM")
        self.user, self.made = user, 0
        self.plan = self.job("avatar-g-agent", "orchestrate", input={"goal": "A poster and a song"}, base_cost=0)
        self.files = self.job("music-studio", "generate")
        self.turn = self.job("chat", "context", input={"message": "What is a fugue?"})
        self.ticket = desk.opened(user)

    def job(self, agent_id: str = "image-creator", operation: str = "generate", **facts: Any) -> Job:
        """A job that took nothing, as far as the tables know."""
        done = {"status": "completed", "finished_at": timezone.now(), "output": {"text": "Done."}, "cost": 0}
        return Job.objects.create(
            user=self.user, agent_id=agent_id, operation=operation, plan="PREMIUM", queue="standard", seed=1,
            **{"input": {"prompt": "A lighthouse"}, **done, **facts},
        )  # fmt: skip

    def grow(self, count: int) -> None:
        """So many more of all that these pages list."""
        for _ in range(count):
            self.made += 1
            picture = self.job(cost=1)
            ledger.deduct(user_id=self.user.pk, amount=1, job_id=picture.pk, agent_id="image-creator", description="A")
            acts.give(self.user, self.made)
            self.keep(picture, "image.png", "image")
            self.keep(self.job("music-studio"), "track.mp3", "audio")
            self.keep(self.job("video-studio"), "video.mp4", "video")
            self.keep(self.files, f"{self.made}.mp3", "audio")
            self.job("avatar-g-agent", "orchestrate", input={"goal": "A song"}, base_cost=0)
            self.job(parent=self.plan, position=self.made, reason="Because.")
            self.job(status="queued", finished_at=None)
            self.turn = self.job("chat", "context", input={"message": "And?", "conversation": str(self.turn.pk)})
            Endpoint.objects.create(user=self.user, url="https://example.com/", events=["job.failed"])
            Voice.objects.create(user=self.user, name=f"Voice {self.made}")
            acts.store(self.user, 1)
            desk.replied(self.ticket)
            desk.closed(desk.opened(self.user))
            key = keys.make_key(user_id=self.user.pk, name=f"Key {self.made}", scopes=["read"]).key
            if self.made > 10:
                keys.revoke_key(user_id=self.user.pk, key_id=key.pk)

    def keep(self, job: Job, name: str, kind: str) -> None:
        _, content_type = scenes.KINDS.get(name, ("audio", "audio/mpeg"))
        Artifact.objects.create(
            job=job, user=self.user, name=name, kind=kind, content_type=content_type, size=1, file=name
        )

    def asked(self, addresses: dict[str, int]) -> dict[str, int]:
        named = {"plan": self.plan.pk, "files": self.files.pk, "turn": self.turn.pk, "ticket": self.ticket.pk}
        visitor = Visitor(self.user)
        return {address: visitor.queries(address.format(**named)) for address in addresses}


@pytest.mark.parametrize("addresses", [MEMBER, CALLS], ids=["pages", "api"])
def test_a_member_with_thirty_of_everything_costs_as_much_as_with_one(alice, addresses):
    member = Member(alice)
    member.grow(FEW)
    assert member.asked(addresses) == addresses

    member.grow(MANY - FEW)
    assert member.asked(addresses) == addresses


def test_billing_keeps_within_its_twelve_statements():
    assert MEMBER["/dashboard/billing"] <= 12


@pytest.fixture
def operator(db) -> Visitor:
    return Visitor(User.objects.create_superuser("operator@example.test", "a-long-password-1"))


def people(first: int, last: int) -> None:
    """Each with one of all that operators look at."""
    for number in range(first, last + 1):
        user = User.objects.create_user(f"{number}@example.test", "a-long-password-1")
        now = datetime.now(UTC)
        Member(user).grow(1)
        Concern.objects.create(kind="owed", subject=f"in_{number}", user=user)
        pay_and_take_back(user, f"in_{number}")
        WebhookEvent.objects.create(id=f"evt_{number}", type="invoice.paid", created_at=now - timedelta(minutes=number))
        Notification.objects.create(user=user, kind="welcome", occasion="once")
        hook = Endpoint.objects.create(user=user, url="https://example.com/", events=["job.failed"])
        Delivery.objects.create(endpoint=hook, type="job.failed", occasion="once", body="{}")
        interests.record_interest(user_id=user.pk, agent_id="game-creator")
        AgentSwitch.objects.get_or_create(agent_id=list(AGENTS)[number % len(AGENTS)])


def pay_and_take_back(user: User, invoice: str) -> None:
    now = datetime.now(UTC)
    ledger.start_period(
        user_id=user.pk, allowance=100, renewal="invoice", source=invoice, started_at=now, description="A month",
        ends_at=now + timedelta(days=30), metadata={"invoice": invoice},
    )  # fmt: skip
    ledger.claw_back(user_id=user.pk, invoice=invoice, refunded=1, charged=1, reason="Refunded")


def test_an_operators_list_of_thirty_people_costs_as_much_as_of_one(operator):
    def asked() -> dict[str, int]:
        return {name: operator.queries(f"/admin/{name}/") for name in OPERATOR}

    people(1, FEW)
    assert asked() == OPERATOR
    people(FEW + 1, MANY)
    assert asked() == OPERATOR


def test_every_list_of_an_operator_is_counted_here():
    registered = {one._meta for one in admin.site._registry if one._meta.app_label in OURS}
    assert sorted(f"{one.app_label}/{one.model_name}" for one in registered) == sorted(OPERATOR)

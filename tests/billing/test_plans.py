"""The plans are the contract's, and the database gives new users the FREE one."""

from dataclasses import asdict

import pytest
from django.db import connection

from billing.plans import FREE, PLANS, includes, next_plan

CONTRACT = {
    # price_cents, credits, concurrent_jobs, storage_gb, avatars, videos, tracks, voice_slots, queue
    "FREE": (0, 100, 1, 1, 1, 5, 5, 0, "standard"),
    "PRO": (2900, 1_000, 3, 10, None, None, None, 3, "priority"),
    "PREMIUM": (9900, 5_000, 10, 50, None, None, None, None, "priority"),
    "ENTERPRISE": (49900, 50_000, 50, 500, None, None, None, None, "dedicated"),
}
FLAGS = {
    "FREE": set(),
    "PRO": set(),
    "PREMIUM": {"orchestration", "api_access"},
    "ENTERPRISE": {
        "orchestration", "api_access", "single_sign_on", "outgoing_webhooks", "dedicated_queue",
    },
}  # fmt: skip


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_plan_says_what_the_contract_says(plan):
    assert CONTRACT[plan.id] == (
        plan.price_cents, plan.credits, plan.concurrent_jobs, plan.storage_gb, plan.avatars, plan.videos_a_month,
        plan.tracks_a_month, plan.voice_slots, plan.queue,
    )  # fmt: skip
    assert {name for name, value in asdict(plan).items() if value is True} == FLAGS[plan.id]


def test_tiers_are_ordered():
    assert [includes("PRO", tier) for tier in PLANS] == [True, True, False, False]
    assert [next_plan(tier).id if next_plan(tier) else None for tier in PLANS] == ["PRO", "PREMIUM", "ENTERPRISE", None]


@pytest.mark.django_db
def test_the_database_grants_new_users_what_the_free_plan_says(django_user_model):
    user = django_user_model.objects.create_user("new@example.test", "a-long-password")
    assert user.credit_account.balance == FREE.credits == user.credit_account.monthly_allowance
    assert user.subscription.plan == FREE.id
    with connection.cursor() as cursor:
        cursor.execute("SELECT provision_user(%s)", [user.pk])
        assert cursor.fetchone() == ([],)

"""Who may use which agent, as a pure function of plan, status and switch."""

from dataclasses import replace

import pytest

from agents.access import refusal_for
from agents.registry import AGENTS
from billing.entitlements import Standing
from billing.plans import PLANS

VOICE = AGENTS["voice-lab"]


def code_for(agent_id, plan, status="active", *, live=True):
    refusal = refusal_for(AGENTS[agent_id], Standing(PLANS[plan], status), live=live)
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("plan", "code"), [("FREE", "PLAN_REQUIRED"), ("PRO", None), ("PREMIUM", None), ("ENTERPRISE", None)]
)
def test_a_pro_agent_opens_with_pro(plan, code):
    assert code_for("voice-lab", plan) == code


@pytest.mark.parametrize("status", ["past_due", "unpaid", "paused"])
def test_an_inactive_subscription_opens_nothing_not_even_free_agents(status):
    assert code_for("image-creator", "PRO", status) == "SUBSCRIPTION_INACTIVE"


def test_a_trial_opens_like_a_paid_plan():
    assert code_for("voice-lab", "PRO", "trialing") is None


def test_coming_soon_is_said_before_anything_about_the_person():
    assert code_for("voice-lab", "FREE", "past_due", live=False) == "AGENT_COMING_SOON"


def test_inactive_is_said_before_the_plan():
    assert code_for("voice-lab", "FREE", "past_due") == "SUBSCRIPTION_INACTIVE"


def test_a_plan_may_leave_out_an_agent_whose_tier_fits():
    narrow = replace(PLANS["PRO"], agents=PLANS["PRO"].agents - {"voice-lab"})
    refusal = refusal_for(VOICE, Standing(narrow, "active"), live=True)
    assert refusal.code == "AGENT_NOT_ALLOWED"

"""The catalogue says what the contract says."""

import pytest

from agents import catalogue
from agents.errors import UnknownAgent
from agents.registry import AGENTS
from agents.runners import RUNNERS
from billing.plans import PLANS

CONTRACT = {
    "avatar-builder": ("FREE", 10, {"generate": 10, "scan": 5}),
    "video-studio": ("FREE", 20, {"generate": 20, "animate": 15}),
    "music-studio": ("FREE", 15, {"generate": 15, "remix": 10, "extend": 8}),
    "voice-lab": ("PRO", 50, {"clone": 50, "synthesize": 5}),
    "media-production": ("PRO", 25, {"video": 25, "composite": 20}),
    "business-agent": ("PRO", 15, {"report": 15, "analyze": 10}),
    "chat": ("FREE", 1, {"message": 1, "context": 2}),
    "game-creator": ("PRO", 30, {"generate": 30, "asset": 10}),
    "image-creator": ("FREE", 8, {"generate": 8, "upscale": 5}),
    "social-media": ("PRO", 5, {"post": 5, "campaign": 20}),
    "online-shop": ("PRO", 10, {"setup": 10, "product": 5}),
    "prompt-builder": ("FREE", 2, {"optimize": 2}),
    "avatar-g-agent": ("PREMIUM", 50, {"orchestrate": 50, "complex-task": 100}),
}
NO_RUNNER_YET = {
    "game-creator", "social-media", "online-shop",
    "prompt-builder",
}  # fmt: skip


def test_the_thirteen_agents_cost_and_ask_what_the_contract_says():
    found = {
        agent.id: (agent.required_plan, agent.base_cost, {one.name: one.cost for one in agent.operations})
        for agent in AGENTS.values()
    }
    assert found == CONTRACT


def test_the_first_operation_is_the_default():
    assert [agent.operation(None) for agent in AGENTS.values()] == [agent.operations[0] for agent in AGENTS.values()]


@pytest.mark.parametrize("agent", AGENTS.values(), ids=AGENTS)
def test_every_agent_is_presentable(agent):
    assert agent.name
    assert agent.description.endswith(".")
    assert agent.capabilities
    assert len(agent.colours) == 2
    assert agent.category in {"creation", "studio", "business", "premium"}


def test_an_agent_is_live_when_an_operation_has_a_runner():
    live = {agent.id for agent in AGENTS.values() if catalogue.runnable(agent, set())}
    assert live == set(AGENTS) - NO_RUNNER_YET


def test_an_agent_switched_off_has_no_operations():
    assert catalogue.runnable(AGENTS["image-creator"], {"image-creator"}) == []


def test_every_runner_belongs_to_an_operation_of_the_registry():
    assert [key for key in RUNNERS if AGENTS[key[0]].operation(key[1]) is None] == []


@pytest.mark.parametrize(("agent_id", "operation"), RUNNERS)
def test_every_input_has_a_schema_that_refuses_unknown_keys(agent_id, operation):
    schema = catalogue.input_schema(agent_id, operation)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


def test_a_stranger_is_named_as_such():
    with pytest.raises(UnknownAgent):
        catalogue.agent_for("nobody")


def test_plans_list_agents_that_exist_and_fit_their_tier():
    for plan in PLANS.values():
        assert plan.agents <= set(AGENTS)
        assert all(PLANS[AGENTS[agent_id].required_plan].rank <= plan.rank for agent_id in plan.agents)

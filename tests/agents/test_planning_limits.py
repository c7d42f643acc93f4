"""What plans leave out, and what they keep within: agents that may be used, steps, what a server has loaded."""

import os
import subprocess
import sys

import pytest

from agents.registry import AGENTS
from avatarg.errors import InvalidInput
from tests import environment
from tests.agents.planner import BAKERY, GOALS, made_by, planned


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("a poster for our fair and an instagram post", "Social posts are coming soon"),
        ("a film about cats and a video game about them", "Games are coming soon"),
        ("a jingle and an online shop for socks", "Online shops are coming soon"),
        ("a poster of a mountain and a logo", "Logos"),
        ("a 3-minute film about rivers", "60 seconds at most"),
        ("a film about rivers, then upload it", "Nothing is published"),
        ("a film in Spanish about rivers", "in English"),
        ("a song with lyrics about rivers", "Nobody sings"),
        ("a poster with our name, and a presentation about rivers", "Slides are not made"),
        ("a podcast about rivers, read in my own voice", "saved in Voice Lab"),
    ],
)
def test_what_cannot_be_done_is_said(goal, told):
    assert any(told in sentence for sentence in planned(goal).left_out)


def test_a_goal_of_which_nothing_can_be_done_is_refused_in_words():
    with pytest.raises(InvalidInput) as refused:
        planned("a game about cats")
    assert refused.value.metadata["fields"] == {"goal": ["Games are coming soon: the Game Creator is not live yet."]}


@pytest.mark.parametrize("most", range(1, 9))
def test_a_plan_keeps_within_its_steps(most):
    goal = "Twelve pictures of tulips for print, a 50-second film, a song, a mascot, a report, a poem and a podcast"
    plan = planned(goal, most_steps=most)

    assert 0 < len(plan.steps) <= most
    assert any("room" in told or "at most" in told for told in plan.left_out)


def test_what_may_not_be_used_is_replaced_or_left_out():
    def without(*refused):
        return lambda agent_id, operation: agent_id not in refused

    assert made_by(planned(BAKERY, may_use=without("media-production")))[-1] == "video-studio generate"
    assert made_by(planned(BAKERY, may_use=without("music-studio"))) == ["video-studio generate"]
    instead = planned(BAKERY, may_use=without("video-studio"))
    assert "media-production video" in made_by(instead)
    assert "Video Studio cannot be used" in instead.left_out[0]
    for agent_id in AGENTS:
        for goal in (BAKERY, *GOALS):
            assert agent_id not in {step.agent_id for step in safely(goal, without(agent_id))}
    with pytest.raises(InvalidInput, match="input"):
        planned(BAKERY, may_use=lambda agent_id, operation: False)


def safely(goal, may_use):
    try:
        return planned(goal, may_use=may_use).steps
    except InvalidInput:
        return ()


def test_planning_in_a_web_server_loads_no_engine():
    code = (
        "import django, sys\ndjango.setup()\nfrom agents import planning\n"
        f"planning.plan({BAKERY!r}, seed=1, most_steps=8, may_use=lambda a, o: True)\nprint(*sys.modules)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": environment.SETTINGS, "PYTHONWARNINGS": "", "TEXT_MODEL": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=environment.ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"numpy", "av", "mido", "onnxruntime", "piper", "resvg_py", "tinysoundfont", "xllamacpp", "openai", "fpdf"}
    assert not heavy & set(done.stdout.split())

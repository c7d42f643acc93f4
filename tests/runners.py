"""Runners of the tests in the place of real ones: quick, and bad where a test wants them so."""

from collections.abc import Callable

import pytest

from agents.runners import RUNNERS
from agents.runners.base import Runner
from tests.jobs import acts

QUICK = (
    ("chat", "message"), ("avatar-builder", "generate"), ("avatar-builder", "scan"), ("music-studio", "generate"),
    ("music-studio", "extend"), ("voice-lab", "synthesize"), ("video-studio", "generate"),
)  # fmt: skip


@pytest.fixture
def install(monkeypatch) -> Callable[..., None]:
    """Puts a runner in the place of an operation's: install(acts.runner(…)) for chat's message."""

    def installed(runner: Runner, agent_id: str = "chat", operation: str = "message") -> None:
        monkeypatch.setitem(RUNNERS, (agent_id, operation), runner)

    return installed


@pytest.fixture
def quick_runners(install) -> None:
    """Chat answers at once, and so do the agents that have quotas."""
    for agent_id, operation in QUICK:
        install(acts.runner(), agent_id, operation)

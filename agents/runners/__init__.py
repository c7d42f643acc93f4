"""What can run: one module an agent, each with its OPERATIONS. Adding an operation is adding it there."""

from importlib import import_module

from agents.registry import AGENTS
from agents.runners import (
    avatar_builder,
    avatar_g_agent,
    business_agent,
    chat,
    image_creator,
    media_production,
    music_studio,
    video_studio,
    voice_lab,
)
from agents.runners.base import Runner

MODULES = {
    "avatar-builder": avatar_builder,
    "avatar-g-agent": avatar_g_agent,
    "business-agent": business_agent,
    "chat": chat,
    "image-creator": image_creator,
    "media-production": media_production,
    "music-studio": music_studio,
    "video-studio": video_studio,
    "voice-lab": voice_lab,
}
RUNNERS: dict[tuple[str, str], Runner] = {
    (agent_id, operation): runner
    for agent_id, module in MODULES.items()
    for operation, runner in module.OPERATIONS.items()
}


def load_work(*, heavy: bool) -> None:
    """Load what the heavy ones or the others work with.

    A worker does so before it forks: its children share it and wait for nothing.
    """
    for agent_id, module in MODULES.items():
        if any(operation.heavy is heavy for operation in AGENTS[agent_id].operations):
            import_module(module.__name__.replace("agents.runners", "agents.runs"))

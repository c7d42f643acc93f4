"""What can run: one module an agent, each with its OPERATIONS. Adding an operation is adding it there."""

from importlib import import_module

from agents.runners import (
    avatar_builder,
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


def load_work() -> None:
    """Load what all of them work with. A worker does so before it forks: its children share it and wait for nothing."""
    for module in MODULES.values():
        import_module(module.__name__.replace("agents.runners", "agents.runs"))

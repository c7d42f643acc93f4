"""What can run: one module an agent, each with its OPERATIONS. Adding an operation is adding it there."""

from agents.runners import avatar_builder, image_creator, music_studio, voice_lab
from agents.runners.base import Runner

MODULES = {
    "avatar-builder": avatar_builder,
    "image-creator": image_creator,
    "music-studio": music_studio,
    "voice-lab": voice_lab,
}
RUNNERS: dict[tuple[str, str], Runner] = {
    (agent_id, operation): runner
    for agent_id, module in MODULES.items()
    for operation, runner in module.OPERATIONS.items()
}

"""The thirteen agents, as data: what each is, what plan it asks for, what its operations cost in credits.

Whether an operation can run is not said here: `agents.catalogue` asks the runners.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

Category = Literal["creation", "studio", "business", "premium"]


@dataclass(frozen=True, slots=True)
class Operation:
    """A `heavy` one keeps a processor busy for many seconds."""

    name: str
    cost: int
    title_en: str
    verb_en: str
    heavy: bool = False

    @property
    def title(self) -> str:
        return gettext(self.title_en)

    @property
    def verb(self) -> str:
        return gettext(self.verb_en)


@dataclass(frozen=True, slots=True)
class Agent:
    """`colours` are two CSS hex colours, from lit to deep; the first operation is the default.

    What ends in `_en` is English, the property without it the same in the reader's language. Names are names.
    """

    id: str
    name: str
    description_en: str
    icon: str
    category: Category
    required_plan: str
    base_cost: int
    capabilities_en: tuple[str, ...]
    colours: tuple[str, str]
    operations: tuple[Operation, ...]

    @property
    def description(self) -> str:
        return gettext(self.description_en)

    @property
    def capabilities(self) -> tuple[str, ...]:
        return tuple(gettext(capability) for capability in self.capabilities_en)

    def operation(self, name: str | None) -> Operation | None:
        """The named operation, the default for None, None for an unknown name."""
        if name is None:
            return self.operations[0]
        return next((operation for operation in self.operations if operation.name == name), None)


AVATAR_BUILDER = Agent(
    "avatar-builder", "Avatar Builder", _("A face of your own, from a sentence or a photo."), "avatar", "creation",
    "FREE", 10, (_("Avatars from a description"), _("Colours from a photo"), _("PNG and SVG")), ("#7deaff", "#06284a"),
    (Operation("generate", 10, _("Generate"), _("Create avatar")), Operation("scan", 5, _("Scan"), _("Scan photo"))),
)  # fmt: skip
VIDEO_STUDIO = Agent(
    "video-studio", "Video Studio", _("Short captioned videos from a prompt."), "video", "studio", "FREE", 20,
    (_("Motion videos"), _("Speaking avatars"), _("Captions")), ("#a9c0ff", "#101c5c"),
    (
        Operation("generate", 20, _("Generate"), _("Create video"), heavy=True),
        Operation("animate", 15, _("Animate"), _("Animate avatar"), heavy=True),
    ),
)  # fmt: skip
MUSIC_STUDIO = Agent(
    "music-studio", "Music Studio", _("Tracks composed for a genre and a mood."), "music", "studio", "FREE", 15,
    (_("Original tracks"), _("MP3 and MIDI"), _("Remix and extend")), ("#a9c0ff", "#101c5c"),
    (
        Operation("generate", 15, _("Generate"), _("Create track")),
        Operation("remix", 10, _("Remix"), _("Remix track")),
        Operation("extend", 8, _("Extend"), _("Extend track")),
    ),
)  # fmt: skip
VOICE_LAB = Agent(
    "voice-lab", "Voice Lab", _("Text that speaks, in a voice you choose."), "voice", "studio", "PRO", 50,
    (_("Speech from text"), _("Saved voices")), ("#a9c0ff", "#101c5c"),
    (
        Operation("clone", 50, _("Clone"), _("Clone voice")),
        Operation("synthesize", 5, _("Synthesize"), _("Speak text")),
    ),
)  # fmt: skip
MEDIA_PRODUCTION = Agent(
    "media-production", "Media Production", _("Cut, join and layer what you have made."), "media", "studio", "PRO", 25,
    (_("Cut and join"), _("Titles and fades"), _("Picture in picture")), ("#a9c0ff", "#101c5c"),
    (
        Operation("video", 25, _("Video"), _("Edit video"), heavy=True),
        Operation("composite", 20, _("Composite"), _("Composite video"), heavy=True),
    ),
)  # fmt: skip
BUSINESS_AGENT = Agent(
    "business-agent", "Business Agent", _("Reports and findings from briefs and tables."), "business", "business",
    "PRO", 15, (_("Structured reports"), _("Findings and charts"), _("Markdown and PDF")), ("#8df5d1", "#04363b"),
    (
        Operation("report", 15, _("Report"), _("Write report")),
        Operation("analyze", 10, _("Analyze"), _("Analyze data")),
    ),
)  # fmt: skip
CHAT = Agent(
    "chat", "Chat", _("Ask, and keep the thread."), "chat", "creation", "FREE", 1,
    (_("Answers"), _("Conversations with memory")), ("#7deaff", "#06284a"),
    (
        Operation("message", 1, _("Message"), _("Send message")),
        Operation("context", 2, _("Context"), _("Send with context")),
    ),
)  # fmt: skip
GAME_CREATOR = Agent(
    "game-creator", "Game Creator", _("Small games and their pieces."), "game", "creation", "PRO", 30,
    (_("Playable sketches"), _("Game assets")), ("#7deaff", "#06284a"),
    (Operation("generate", 30, _("Generate"), _("Create game")), Operation("asset", 10, _("Asset"), _("Create asset"))),
)  # fmt: skip
IMAGE_CREATOR = Agent(
    "image-creator", "Image Creator", _("Illustrative scenes from a sentence."), "image", "creation", "FREE", 8,
    (_("Illustrative scenes"), _("Upscaling")), ("#7deaff", "#06284a"),
    (
        Operation("generate", 8, _("Generate"), _("Create picture")),
        Operation("upscale", 5, _("Upscale"), _("Upscale picture")),
    ),
)  # fmt: skip
SOCIAL_MEDIA = Agent(
    "social-media", "Social Media", _("Posts and campaigns in your tone."), "social", "business", "PRO", 5,
    (_("Posts"), _("Campaigns")), ("#8df5d1", "#04363b"),
    (Operation("post", 5, _("Post"), _("Write post")), Operation("campaign", 20, _("Campaign"), _("Plan campaign"))),
)  # fmt: skip
ONLINE_SHOP = Agent(
    "online-shop", "Online Shop", _("A shop and its products, set up for you."), "shop", "business", "PRO", 10,
    (_("Shop set-up"), _("Product pages")), ("#8df5d1", "#04363b"),
    (Operation("setup", 10, _("Set up"), _("Set up shop")), Operation("product", 5, _("Product"), _("Add product"))),
)  # fmt: skip
PROMPT_BUILDER = Agent(
    "prompt-builder", "Prompt Builder", _("Better prompts from rough ones."), "prompt", "creation", "FREE", 2,
    (_("Prompt polishing"),), ("#7deaff", "#06284a"), (Operation("optimize", 2, _("Optimize"), _("Optimize prompt")),),
)  # fmt: skip
AVATAR_G_AGENT = Agent(
    "avatar-g-agent", "Avatar G", _("One goal, many agents: planned, priced and delivered."), "g", "premium", "PREMIUM",
    50, (_("Plans from a goal"), _("Agents in parallel"), _("One bundle")), ("#fff0c9", "#59250b"),
    (
        Operation("orchestrate", 50, _("Orchestrate"), _("Run the plan")),
        Operation("complex-task", 100, _("Complex task"), _("Run the task")),
    ),
)  # fmt: skip

AGENTS = {
    agent.id: agent
    for agent in (
        AVATAR_BUILDER, VIDEO_STUDIO, MUSIC_STUDIO, VOICE_LAB, MEDIA_PRODUCTION, BUSINESS_AGENT, CHAT, GAME_CREATOR,
        IMAGE_CREATOR, SOCIAL_MEDIA, ONLINE_SHOP, PROMPT_BUILDER, AVATAR_G_AGENT,
    )
}  # fmt: skip


def name_of(agent_id: str) -> str:
    """Jobs and wishes outlive an agent that was taken out of the catalogue: it is named by its id."""
    return AGENTS[agent_id].name if agent_id in AGENTS else agent_id

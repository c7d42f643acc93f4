"""The thirteen agents, as data: what each is, what plan it asks for, what its operations cost in credits.

Whether an operation can run is not said here: `agents.catalogue` asks the runners.
"""

from dataclasses import dataclass
from typing import Literal

Category = Literal["creation", "studio", "business", "premium"]


@dataclass(frozen=True, slots=True)
class Operation:
    """A `heavy` one keeps a processor busy for many seconds."""

    name: str
    cost: int
    title: str
    verb: str
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Agent:
    """`colours` are two CSS hex colours, from lit to deep; the first operation is the default."""

    id: str
    name: str
    description: str
    icon: str
    category: Category
    required_plan: str
    base_cost: int
    capabilities: tuple[str, ...]
    colours: tuple[str, str]
    operations: tuple[Operation, ...]

    def operation(self, name: str | None) -> Operation | None:
        """The named operation, the default for None, None for an unknown name."""
        if name is None:
            return self.operations[0]
        return next((operation for operation in self.operations if operation.name == name), None)


AVATAR_BUILDER = Agent(
    "avatar-builder", "Avatar Builder", "A face of your own, from a sentence or a photo.", "avatar", "creation",
    "FREE", 10, ("Avatars from a description", "Colours from a photo", "PNG and SVG"), ("#7deaff", "#06284a"),
    (Operation("generate", 10, "Generate", "Create avatar"), Operation("scan", 5, "Scan", "Scan photo")),
)  # fmt: skip
VIDEO_STUDIO = Agent(
    "video-studio", "Video Studio", "Short captioned videos from a prompt.", "video", "studio", "FREE", 20,
    ("Motion videos", "Speaking avatars", "Captions"), ("#a9c0ff", "#101c5c"),
    (
        Operation("generate", 20, "Generate", "Create video", heavy=True),
        Operation("animate", 15, "Animate", "Animate avatar", heavy=True),
    ),
)  # fmt: skip
MUSIC_STUDIO = Agent(
    "music-studio", "Music Studio", "Tracks composed for a genre and a mood.", "music", "studio", "FREE", 15,
    ("Original tracks", "MP3 and MIDI", "Remix and extend"), ("#a9c0ff", "#101c5c"),
    (
        Operation("generate", 15, "Generate", "Create track"), Operation("remix", 10, "Remix", "Remix track"),
        Operation("extend", 8, "Extend", "Extend track"),
    ),
)  # fmt: skip
VOICE_LAB = Agent(
    "voice-lab", "Voice Lab", "Text that speaks, in a voice you choose.", "voice", "studio", "PRO", 50,
    ("Speech from text", "Saved voices"), ("#a9c0ff", "#101c5c"),
    (Operation("clone", 50, "Clone", "Clone voice"), Operation("synthesize", 5, "Synthesize", "Speak text")),
)  # fmt: skip
MEDIA_PRODUCTION = Agent(
    "media-production", "Media Production", "Cut, join and layer what you have made.", "media", "studio", "PRO", 25,
    ("Cut and join", "Titles and fades", "Picture in picture"), ("#a9c0ff", "#101c5c"),
    (
        Operation("video", 25, "Video", "Edit video", heavy=True),
        Operation("composite", 20, "Composite", "Composite video", heavy=True),
    ),
)  # fmt: skip
BUSINESS_AGENT = Agent(
    "business-agent", "Business Agent", "Reports and findings from briefs and tables.", "business", "business",
    "PRO", 15, ("Structured reports", "Findings and charts", "Markdown and PDF"), ("#8df5d1", "#04363b"),
    (Operation("report", 15, "Report", "Write report"), Operation("analyze", 10, "Analyze", "Analyze data")),
)  # fmt: skip
CHAT = Agent(
    "chat", "Chat", "Ask, and keep the thread.", "chat", "creation", "FREE", 1,
    ("Answers", "Conversations with memory"), ("#7deaff", "#06284a"),
    (Operation("message", 1, "Message", "Send message"), Operation("context", 2, "Context", "Send with context")),
)  # fmt: skip
GAME_CREATOR = Agent(
    "game-creator", "Game Creator", "Small games and their pieces.", "game", "creation", "PRO", 30,
    ("Playable sketches", "Game assets"), ("#7deaff", "#06284a"),
    (Operation("generate", 30, "Generate", "Create game"), Operation("asset", 10, "Asset", "Create asset")),
)  # fmt: skip
IMAGE_CREATOR = Agent(
    "image-creator", "Image Creator", "Illustrative scenes from a sentence.", "image", "creation", "FREE", 8,
    ("Illustrative scenes", "Upscaling"), ("#7deaff", "#06284a"),
    (Operation("generate", 8, "Generate", "Create picture"), Operation("upscale", 5, "Upscale", "Upscale picture")),
)  # fmt: skip
SOCIAL_MEDIA = Agent(
    "social-media", "Social Media", "Posts and campaigns in your tone.", "social", "business", "PRO", 5,
    ("Posts", "Campaigns"), ("#8df5d1", "#04363b"),
    (Operation("post", 5, "Post", "Write post"), Operation("campaign", 20, "Campaign", "Plan campaign")),
)  # fmt: skip
ONLINE_SHOP = Agent(
    "online-shop", "Online Shop", "A shop and its products, set up for you.", "shop", "business", "PRO", 10,
    ("Shop set-up", "Product pages"), ("#8df5d1", "#04363b"),
    (Operation("setup", 10, "Set up", "Set up shop"), Operation("product", 5, "Product", "Add product")),
)  # fmt: skip
PROMPT_BUILDER = Agent(
    "prompt-builder", "Prompt Builder", "Better prompts from rough ones.", "prompt", "creation", "FREE", 2,
    ("Prompt polishing",), ("#7deaff", "#06284a"), (Operation("optimize", 2, "Optimize", "Optimize prompt"),),
)  # fmt: skip
AVATAR_G_AGENT = Agent(
    "avatar-g-agent", "Avatar G", "One goal, many agents: planned, priced and delivered.", "g", "premium", "PREMIUM",
    50, ("Plans from a goal", "Agents in parallel", "One bundle"), ("#fff0c9", "#59250b"),
    (
        Operation("orchestrate", 50, "Orchestrate", "Run the plan"),
        Operation("complex-task", 100, "Complex task", "Run the task"),
    ),
)  # fmt: skip

AGENTS = {
    agent.id: agent
    for agent in (
        AVATAR_BUILDER, VIDEO_STUDIO, MUSIC_STUDIO, VOICE_LAB, MEDIA_PRODUCTION, BUSINESS_AGENT, CHAT, GAME_CREATOR,
        IMAGE_CREATOR, SOCIAL_MEDIA, ONLINE_SHOP, PROMPT_BUILDER, AVATAR_G_AGENT,
    )
}  # fmt: skip

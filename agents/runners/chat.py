"""Chat: an answer to a message, alone or as the next turn of a conversation."""

from django.utils.translation import gettext_noop as _
from pydantic import Field

from agents.runners.base import EarlierJob, RunInput, Seed, runner_at

LONGEST = 4000


class MessageInput(RunInput):
    message: str = Field(
        min_length=1,
        max_length=LONGEST,
        title=_("Message"),
        description=_("A question or a task, up to 4,000 characters."),
    )
    seed: Seed


class ContextInput(RunInput):
    message: str = Field(
        min_length=1,
        max_length=LONGEST,
        title=_("Message"),
        description=_("What you say next, up to 4,000 characters."),
    )
    conversation: EarlierJob | None = Field(
        default=None,
        title=_("Goes on from"),
        description=_(
            "An earlier answer: the conversation that led to it is remembered. Without one, a new conversation begins."
        ),
    )
    seed: Seed


EXAMPLES = (
    {"message": "Give me three good reasons to take a walk in the morning."},
    {"message": "Write a short, friendly note to a neighbour about a lost cat."},
    {"message": "Explain what a credit is, in two sentences."},
)

OPERATIONS = {
    "message": runner_at("agents.runs.chat.message", MessageInput, EXAMPLES),
    "context": runner_at("agents.runs.chat.context", ContextInput, EXAMPLES),
}

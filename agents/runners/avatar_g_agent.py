"""Avatar G: a goal in words. What it takes is planned before it runs; at its end the results are made one bundle."""

from django.utils.translation import gettext_noop as _
from pydantic import Field

from agents.runners.base import EarlierPlan, RunInput, Seed, runner_at

LONGEST = 2000


class GoalInput(RunInput):
    goal: str = Field(
        min_length=3,
        max_length=LONGEST,
        title=_("What should be made?"),
        description=_("Say what you want to have at the end, what it is for, how long, and in what mood."),
    )
    continue_from: EarlierPlan | None = Field(
        default=None,
        title=_("Goes on from"),
        description=_("An earlier plan: only what is missing there is run. Without one, a new plan is made."),
    )
    seed: Seed


EXAMPLES = (
    {"goal": "A 20-second launch video for a bakery, with music and a voice"},
    {"goal": "Three wide pictures of a mountain village in winter, and a calm piano track to go with them"},
    {"goal": "A friendly robot mascot for a bicycle shop that says: “Come in, your first check is free!”"},
)

OPERATIONS = {
    "orchestrate": runner_at("agents.runs.avatar_g_agent.bundle", GoalInput, EXAMPLES),
    "complex-task": runner_at("agents.runs.avatar_g_agent.bundle", GoalInput, EXAMPLES),
}

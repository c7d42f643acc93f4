"""A plan in the making: steps with fresh keys, within the room there is and with the agents that may be used."""

from typing import Any

from agents.planning.plan import Step
from agents.planning.validation import MayUse
from agents.registry import AGENTS
from agents.runners import RUNNERS

Reference = dict[str, str]


class Draft:
    def __init__(self, *, may_use: MayUse, most_steps: int) -> None:
        self.may_use, self.most_steps = may_use, most_steps
        self.steps: list[Step] = []
        self.left_out: list[str] = []

    @property
    def room(self) -> int:
        return self.most_steps - len(self.steps)

    def can(self, agent_id: str, operation: str) -> bool:
        return (agent_id, operation) in RUNNERS and self.may_use(agent_id, operation)

    def add(self, key: str, agent_id: str, operation: str, input: dict[str, Any], reason: str) -> str:
        """The key of the new step: the one wished for, numbered where it is taken."""
        taken = {step.key for step in self.steps}
        fresh, number = key, 2
        while fresh in taken:
            fresh, number = f"{key}-{number}", number + 1
        given = {name: value for name, value in input.items() if value is not None}
        self.steps.append(Step(fresh, agent_id, operation, given, reason))
        return fresh

    def leave_out(self, sentence: str) -> None:
        if sentence not in self.left_out:
            self.left_out.append(sentence)

    def needs(self, agent_id: str, operation: str, what: str) -> bool:
        """Whether it may be used and there is room; else says what is left out for it."""
        if not self.can(agent_id, operation):
            self.leave_out(f"{AGENTS[agent_id].name} cannot be used right now, so {what} is left out.")
            return False
        if self.room < 1:
            self.leave_out(f"A plan has {self.most_steps} steps at most, so {what} is left out.")
            return False
        return True


def file_of(key: str, name: str) -> Reference:
    return {"step": key, "name": name}

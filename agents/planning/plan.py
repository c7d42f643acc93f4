"""What a plan is: steps that name one another, and what of the goal is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agents.registry import AGENTS


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of one agent.

    `key` is unique in its plan; `input` is JSON in which `{"step": key, "name": file}` stands for a file that an
    earlier step delivers; `reason` tells the person in a sentence what the step is for.
    """

    key: str
    agent_id: str
    operation: str
    input: dict[str, Any]
    reason: str

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys of the steps whose files it works on, in the order of its input."""
        return tuple(dict.fromkeys(str(reference["step"]) for _, reference in references_in(self.input)))

    @property
    def cost(self) -> int:
        """In credits."""
        operation = AGENTS[self.agent_id].operation(self.operation)
        if operation is None:
            raise KeyError(self.operation)
        return operation.cost


@dataclass(frozen=True, slots=True)
class Plan:
    """Every step comes after what it needs. `left_out` are sentences, `planner` is a label for the person."""

    steps: tuple[Step, ...]
    left_out: tuple[str, ...]
    planner: str

    @property
    def cost(self) -> int:
        """In credits, without what the orchestration itself costs."""
        return sum(step.cost for step in self.steps)


def is_reference(value: Any) -> bool:
    return isinstance(value, dict) and "step" in value


def references_in(value: Any, field: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each reference to an earlier step, with the field of the input it stands in."""
    if is_reference(value):
        yield field, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from references_in(part, field or str(name))
    elif isinstance(value, list):
        for part in value:
            yield from references_in(part, field)


def replaced(value: Any, references: dict[tuple[str, str], dict[str, Any]]) -> Any:
    """The same input with what stands for each (step, file name) in the references' place."""
    if is_reference(value):
        return references[value["step"], value["name"]]
    if isinstance(value, dict):
        return {name: replaced(part, references) for name, part in value.items()}
    if isinstance(value, list):
        return [replaced(part, references) for part in value]
    return value

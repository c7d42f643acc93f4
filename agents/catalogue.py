"""The registry joined with what can run: runners found in `agents.runners`, agents that an operator switched off."""

import json
import re
from functools import cache
from typing import Any, cast

from django.utils.translation import gettext
from pydantic import ValidationError

from agents.errors import UnknownAgent
from agents.models import AgentSwitch
from agents.registry import AGENTS, Agent, Operation
from agents.runners import RUNNERS
from agents.runners.base import RunInput, Runner
from agents.sentences import said
from avatarg.errors import InvalidInput

WORDS = ("title", "description")
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # as JSON writes it; an escaped backslash before u0000 is text


def agent_for(agent_id: str) -> Agent:
    """Raises UnknownAgent."""
    try:
        return AGENTS[agent_id]
    except KeyError:
        raise UnknownAgent(agent_id=agent_id) from None


def operation_for(agent: Agent, name: str | None) -> Operation:
    """The named operation or the default one. Raises UnknownAgent."""
    operation = agent.operation(name)
    if operation is None:
        raise UnknownAgent(agent_id=agent.id, operation=name)
    return operation


def runner_for(agent_id: str, operation: str) -> Runner | None:
    return RUNNERS.get((agent_id, operation))


def switched_off() -> set[str]:
    return set(AgentSwitch.objects.filter(off=True).values_list("agent_id", flat=True))


def runnable(agent: Agent, off: set[str]) -> list[Operation]:
    """The operations that can be run now; empty when the agent is coming soon or switched off."""
    if agent.id in off:
        return []
    return [operation for operation in agent.operations if (agent.id, operation.name) in RUNNERS]


def validated(runner: Runner, data: dict[str, Any]) -> RunInput:
    """The operation's input, typed. Raises InvalidInput with a sentence for each field."""
    if not storable(data):
        raise InvalidInput({"input": [gettext("There is a character in it that cannot be stored.")]})
    try:
        return runner.input.model_validate(data)
    except ValidationError as error:
        fields: dict[str, list[str]] = {}
        for problem in error.errors(include_url=False, include_context=False, include_input=False):
            name = ".".join(str(part) for part in problem["loc"]) or "input"
            fields.setdefault(name, []).append(worded_check(problem["msg"]))
        raise InvalidInput(fields) from None


def worded_check(sentence: str) -> str:
    """Ours as they are in the runner, those of the framework by their pattern."""
    english = sentence.removeprefix("Value error, ")
    ours = gettext(english)
    return said(english) if ours == english else ours


def storable(data: Any) -> bool:
    """Whether PostgreSQL can keep it: no NUL, no half of a surrogate pair."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return not NUL.search(text)


def input_schema(agent_id: str, operation: str) -> dict[str, Any]:
    """JSON Schema of a runnable operation's input, its words in the reader's language."""
    return cast(dict[str, Any], worded(schema_of(RUNNERS[agent_id, operation].input)))


def worded(schema: Any) -> Any:
    if isinstance(schema, list):
        return [worded(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: gettext(value) if name in WORDS and isinstance(value, str) and value
        else {key: said(label) for key, label in value.items()} if name == "labels" and isinstance(value, dict)
        else worded(value)
        for name, value in schema.items()
    }  # fmt: skip


@cache
def schema_of(model: type[RunInput]) -> dict[str, Any]:
    return model.model_json_schema()

"""Stripe's form encoding (`items[0][price]=…`), read into values of the right type."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from stripe_sandbox.errors import StripeError, parameter_invalid, parameter_missing

PART = re.compile(r"\[([^\]]*)\]")


def decode(encoded: str) -> dict[str, Any]:
    """Nested dicts and lists of text, from a query string or a form body."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        first, _, rest = name.partition("[")
        path = [first, *PART.findall("[" + rest if rest else "")]
        here = found
        for part in path[:-1]:
            here = here.setdefault(part, {})
            if not isinstance(here, dict):
                raise parameter_invalid(name, f"Invalid {first}: it is given twice, in two ways.")
        last = path[-1]
        here[str(len(here)) if last == "" else last] = value
    return {name: _lists(value) for name, value in found.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(inner) for key, inner in value.items()}


class Params:
    """Parameters of a call, read by type. Every reader raises StripeError naming the parameter."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self.values, self.path = values, path

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __iter__(self) -> Any:
        return iter(self.values)

    def name_of(self, name: str) -> str:
        return f"{self.path}[{name}]" if self.path else name

    def refuse_unknown(self, known: Iterable[str]) -> None:
        for name in self.values:
            if name not in known:
                raise StripeError(
                    f"Received unknown parameter: {self.name_of(name)}",
                    code="parameter_unknown",
                    param=self.name_of(name),
                )

    def text(self, name: str, default: str | None = None, *, required: bool = False) -> str | None:
        value = self.values.get(name, default)
        if required and value in (None, ""):
            raise parameter_missing(self.name_of(name))
        if value is not None and not isinstance(value, str):
            raise parameter_invalid(self.name_of(name), f"Invalid string: {value}")
        return value

    def needed(self, name: str) -> str:
        return self.text(name, required=True) or ""

    def choice(self, name: str, choices: Iterable[str], default: str | None = None) -> str | None:
        value = self.text(name, default)
        if value is not None and value not in choices:
            names = ", ".join(choices)
            raise parameter_invalid(self.name_of(name), f"Invalid {self.name_of(name)}: must be one of {names}")
        return value

    def integer(self, name: str, default: int | None = None) -> int | None:
        value = self.text(name)
        if value is None or value == "":
            return default
        if not re.fullmatch(r"-?\d{1,15}", value):
            raise parameter_invalid(self.name_of(name), f"Invalid integer: {value}")
        return int(value)

    def boolean(self, name: str, default: bool = False) -> bool:
        value = self.text(name)
        if value is None or value == "":
            return default
        if value.lower() not in ("true", "false"):
            raise parameter_invalid(self.name_of(name), f"Invalid boolean: {value}")
        return value.lower() == "true"

    def mapping(self, name: str) -> dict[str, Any]:
        """A dictionary such as metadata; an empty string empties it."""
        value = self.values.get(name, {})
        if value == "":
            return {}
        if not isinstance(value, dict):
            raise parameter_invalid(self.name_of(name), f"Invalid hash: {value}")
        return value

    def inner(self, name: str) -> "Params":
        return Params(self.mapping(name), self.name_of(name))

    def items(self, name: str) -> list[Any]:
        value = self.values.get(name, [])
        if value == "":
            return []
        if not isinstance(value, list):
            raise parameter_invalid(self.name_of(name), f"Invalid array: {value}")
        return value

    def inners(self, name: str) -> "list[Params]":
        """An array of dictionaries."""
        path = self.name_of(name)
        found = []
        for number, value in enumerate(self.items(name)):
            if not isinstance(value, dict):
                raise parameter_invalid(f"{path}[{number}]", f"Invalid hash: {value}")
            found.append(Params(value, f"{path}[{number}]"))
        return found

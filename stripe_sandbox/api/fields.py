"""Fields that many resources take, read as they are stored: only what was given, "" as null."""

from typing import Any

from stripe_sandbox.engine import story
from stripe_sandbox.errors import StripeError, parameter_invalid
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params

ADDRESS = ("city", "country", "line1", "line2", "postal_code", "state")
MOST_KEYS, LONGEST_KEY, LONGEST_VALUE = 50, 40, 500


def texts(params: Params, *names: str) -> dict[str, Any]:
    return {name: params.text(name) or None for name in names if name in params}


def integers(params: Params, *names: str) -> dict[str, Any]:
    return {name: params.integer(name) for name in names if name in params}


def booleans(params: Params, *names: str) -> dict[str, Any]:
    return {name: params.boolean(name) for name in names if name in params}


def lists(params: Params, *names: str) -> dict[str, Any]:
    """Arrays of text."""
    return {name: [_text(params, name, one) for one in params.items(name)] for name in names if name in params}


def metadata(params: Params, before: dict[str, str] | None = None) -> dict[str, Any]:
    """Given keys join those there before; an empty value removes its key, an empty whole removes all."""
    if "metadata" not in params:
        return {}
    given = params.mapping("metadata")
    kept = {**(before or {}), **given} if given else {}
    for key, value in given.items():
        if not isinstance(value, str) or len(value) > LONGEST_VALUE or len(key) > LONGEST_KEY:
            raise parameter_invalid(
                f"metadata[{key}]",
                f"Metadata keys are text of up to {LONGEST_KEY} characters, values of up to {LONGEST_VALUE}.",
            )
    kept = {key: value for key, value in kept.items() if value != ""}
    if len(kept) > MOST_KEYS:
        raise parameter_invalid("metadata", f"You can specify up to {MOST_KEYS} metadata keys.")
    return {"metadata": kept}


def url(params: Params, name: str) -> str:
    """A web address that must be given."""
    given = params.needed(name)
    if not given.startswith(("https://", "http://")):
        raise StripeError("Not a valid URL", code="url_invalid", param=name)
    return given


def address(params: Params, name: str = "address") -> dict[str, Any]:
    if name not in params:
        return {}
    given = params.inner(name)
    given.refuse_unknown(ADDRESS)
    return {name: {part: given.text(part) or None for part in ADDRESS} if given.values else None}


def must_be_one_of(params: Params, *names: str) -> None:
    """Of parameters that exclude each other, not more than one was given."""
    given = [name for name in names if name in params]
    if len(given) > 1:
        raise StripeError(f"You may only specify one of these parameters: {', '.join(given)}.", param=given[-1])


def change(record: Record, fields: dict[str, Any], *, event: str) -> dict[str, Any]:
    """Write the fields and tell of it, with the old values of what really changed."""
    with story.changing(record, event) as data:
        data.update(fields)
    return record.data


def _text(params: Params, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise parameter_invalid(params.name_of(name), f"Invalid string: {value}")
    return value

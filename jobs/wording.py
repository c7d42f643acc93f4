"""Words that one step writes for another to speak: a text file's in the place of a field's."""

import re
from typing import Any
from uuid import UUID

from django.db.models.fields.files import FieldFile

from agents.delivery import RunFailed
from agents.planning.outcomes import SPOKEN
from agents.planning.validation import SOME_WORDS
from agents.runners.base import MediaReference
from jobs import media

MARKS = re.compile(r"^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+|[*_`~|]+|^\s*-{3,}\s*$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def awaited(agent_id: str, operation: str, data: dict[str, Any]) -> list[str]:
    """The fields whose words are still to be written."""
    return [name for name, value in data.items() if (agent_id, operation, name) in SPOKEN and isinstance(value, dict)]


def stood_in(agent_id: str, operation: str, data: dict[str, Any]) -> dict[str, Any]:
    """The same input with some words where words are awaited: it can be checked before they are there."""
    return data | dict.fromkeys(awaited(agent_id, operation, data), SOME_WORDS)


def written(user_id: UUID, agent_id: str, operation: str, data: dict[str, Any]) -> dict[str, Any]:
    """The same input with the words of the files that it names; as it is where a file is gone."""
    return data | {
        name: words_in(user_id, data[name], SPOKEN[agent_id, operation, name]) or data[name]
        for name in awaited(agent_id, operation, data)
    }


def words_in(user_id: UUID, reference: dict[str, str], most: int) -> str:
    row = media.find(user_id, MediaReference.model_validate(reference))
    if row is None:
        return ""
    try:
        return spoken(text_of(row.file), most)
    except RunFailed:
        return ""


def text_of(file: FieldFile) -> str:
    return media.content_of(file).decode(errors="replace")


def spoken(markdown: str, most: int) -> str:
    """Markdown without its marks, up to the last whole sentence that has room."""
    text = " ".join(MARKS.sub(" ", LINK.sub(r"\1", markdown)).split())
    if len(text) <= most:
        return text
    head = text[:most]
    end = max(head.rfind(mark) for mark in (". ", "! ", "? ", ".\u201d "))
    return head[: end + 1] if end > most // 3 else head[: head.rfind(" ") + 1].rstrip(" ,;")

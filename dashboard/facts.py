"""What was asked for and what came of it, in words: a job's input and output as labelled facts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents import sentences
from dashboard import words

HIDDEN = {
    "width", "height", "from_width", "from_height", "text", "reply", "seed", "plain", "usage", "summary", "findings",
    "has_sound", "continue_from", "planner", "left_out", "steps", "delivered", "missing", "voice_id",
}  # fmt: skip
PERSONAL = {*words.TEXT_KEYS, "name", "title"}
"""What people wrote stays as it is."""
ORDER = (
    "kind_of_picture", "style", "shape", "setting", "shown", "not_drawn", "likeness", "time_of_day", "weather",
    "season", "traits", "found", "genre", "mood", "tempo", "key", "duration", "instruments", "sections", "name",
    "pitch_in_sample", "pitch_reached", "pace_in_sample", "pace_reached", "voice", "language", "speed",
)  # fmt: skip
LABELS = {
    "kind_of_picture": gettext_lazy("Kind"), "extended_by": gettext_lazy("Longer by"),
    "factor": gettext_lazy("Enlarged"), "found": gettext_lazy("Colours of the photo"),
    "duration": gettext_lazy("Length"), "seconds": gettext_lazy("Longer by"), "traits": gettext_lazy("Shown"),
    "style": gettext_lazy("Style"), "shape": gettext_lazy("Shape"), "setting": gettext_lazy("Setting"),
    "shown": gettext_lazy("Shown"), "not_drawn": gettext_lazy("Not drawn"), "likeness": gettext_lazy("Likeness"),
    "time_of_day": gettext_lazy("Time of day"), "weather": gettext_lazy("Weather"), "season": gettext_lazy("Season"),
    "genre": gettext_lazy("Genre"), "mood": gettext_lazy("Mood"), "tempo": gettext_lazy("Tempo"),
    "key": gettext_lazy("Key"), "instruments": gettext_lazy("Instruments"), "sections": gettext_lazy("Sections"),
    "name": gettext_lazy("Name"), "pitch_in_sample": gettext_lazy("Pitch in sample"),
    "pitch_reached": gettext_lazy("Pitch reached"), "pace_in_sample": gettext_lazy("Pace in sample"),
    "pace_reached": gettext_lazy("Pace reached"), "voice": gettext_lazy("Voice"),
    "language": gettext_lazy("Language"), "speed": gettext_lazy("Speed"), "prompt": gettext_lazy("Prompt"),
    "text": gettext_lazy("Text"), "message": gettext_lazy("Message"), "goal": gettext_lazy("Goal"),
    "scenes": gettext_lazy("Scenes"), "colours": gettext_lazy("Colours"), "words": gettext_lazy("Words"),
    "aspect": gettext_lazy("Format"),
}  # fmt: skip


OURS = {"kind_of_picture", "music"}
LONG_NAME = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """`colours` are swatches to show beside their names: (name, CSS hex colour)."""

    label: str
    value: str = ""
    colours: tuple[tuple[str, str], ...] = ()
    is_code: bool = False


def asked(given: dict[str, Any], schema: dict[str, Any]) -> list[Fact]:
    """The input by the titles of its fields; references and what was left open are not told."""
    rules = schema.get("properties", {})
    facts = []
    for name in in_order(given, tuple(rules)):
        value = given[name]
        if value is None or isinstance(value, dict) or is_references(value) or is_reference(rules.get(name, {})):
            continue
        title = "" if name in words.TEXT_KEYS else rules.get(name, {}).get("title", "")
        label = title or label_of(name)
        labels = rules.get(name, {}).get("labels", {})
        facts.append(Fact(label, labels.get(value, value) if labels else told(name, value), is_code=name == "seed"))
    return facts


def delivered(output: dict[str, Any]) -> list[Fact]:
    facts = size_of(output)
    for name in in_order(output, ORDER):
        if name not in HIDDEN and output[name] not in (None, "", [], {}):
            facts += fact(name, output[name])
    if "seed" in output:
        facts.append(Fact(_("Seed"), str(output["seed"]), is_code=True))
    return facts


def in_order(given: dict[str, Any], order: tuple[str, ...]) -> list[str]:
    """The keys in an order for people: JSONB keeps its own."""
    return sorted(given, key=lambda name: order.index(name) if name in order else len(order))


def label_of(name: str) -> str:
    return str(LABELS[name]) if name in LABELS else sentences.said(words.sentence_case(name))


def fact(name: str, value: Any) -> list[Fact]:
    label = label_of(name)
    if isinstance(value, dict):
        return facts_in(label, value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [Fact(label, listed(str(one["name"]) for one in value if "name" in one))]
    return [Fact(label, told(name, value))]


def facts_in(label: str, value: dict[str, Any]) -> list[Fact]:
    """Colours become swatches; lists and words inside a group become facts of their own."""
    colours = tuple((words.sentence_case(key), one) for key, one in value.items() if is_colour(one))
    facts = [Fact(_("Colours") if label == label_of("traits") else label, colours=colours)] if colours else []
    for key, one in value.items():
        if isinstance(one, dict) or (isinstance(one, (list, str)) and one and not is_colour(one)):
            facts += fact(key, one)
    return facts


def told(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, (int, float)):
        return AMOUNTS.get(name, words.amount)(value)
    if isinstance(value, list):
        return listed(sentences.choice_or(str(one), str(one).replace("_", " ")) for one in value)
    written = words.sentence_case(str(value)) if name in OURS else as_written(str(value))
    return written if name in PERSONAL else noted(str(value), written)


def listed(names: Iterable[str]) -> str:
    """Names in a row; sentences lose their stops and keep their capitals, with a dot between them."""
    named = [one.strip().rstrip(".") for one in names]
    between = " · " if any(len(one.split()) > LONG_NAME for one in named) else ", "
    return between.join(one[:1].title() + one[1:] if between != ", " or not at else one for at, one in enumerate(named))


AMOUNTS: dict[str, Callable[[float], str]] = {
    "duration": words.clock,
    "seconds": lambda value: words.counted(round(value), "second"),
    "extended_by": lambda value: words.counted(round(value), "second"),
    "tempo": lambda value: _("%(number)g beats a minute") % {"number": value},
    "factor": lambda value: _("%(number)g times") % {"number": value},
    "pitch_in_sample": "{:.0f} Hz".format,
    "pitch_reached": "{:.0f} Hz".format,
    "pace_in_sample": lambda value: _("About %(number).0f words a minute") % {"number": value},
    "pace_reached": lambda value: _("About %(number).0f words a minute") % {"number": value},
    "seed": str,
}


def noted(text: str, written: str) -> str:
    """What a studio offers to choose, and what is noted in fixed words, in the reader's language."""
    return sentences.choice_or(text, sentences.said(written))


def as_written(text: str) -> str:
    """A single word of ours is capitalised; what a person wrote stays as it is."""
    return words.sentence_case(text) if text.islower() and " " not in text else text


def size_of(output: dict[str, Any]) -> list[Fact]:
    if not (output.get("width") and output.get("height")):
        return []
    sides = {name: words.amount(output.get(name) or 0) for name in ("width", "height", "from_width", "from_height")}
    size = _("%(width)s by %(height)s pixels") % sides
    if output.get("from_width"):
        size = _("%(width)s by %(height)s pixels, from %(from_width)s by %(from_height)s") % sides
    return [Fact(_("Size"), size)]


def is_colour(value: Any) -> bool:
    return isinstance(value, str) and len(value) in (4, 7) and value.startswith("#")


def is_reference(rule: dict[str, Any]) -> bool:
    return any("$ref" in one for one in (rule, *rule.get("anyOf", ())))


def is_references(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)

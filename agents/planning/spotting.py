"""Finding words of a lexicon in a text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of a lexicon in a text: from, to, as it is listed, and what it stands for."""

    start: int
    end: int
    word: str
    value: str
    plural: bool


@cache
def pattern_for(words: tuple[str, ...]) -> re.Pattern[str]:
    """Longer words first, so that they hide the shorter ones inside them; spaces and hyphens are the same."""
    spelled = (re.escape(word).replace(r"\ ", r"[\s-]+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w'-])(?P<word>{'|'.join(spelled)})(?P<plural>e?s)?(?![\w-])", re.IGNORECASE)


def spots(text: str, lexicon: Mapping[Any, Iterable[str]]) -> list[Spot]:
    """In the order of the text, none within another."""
    value_of = {word: value for value, words in lexicon.items() for word in words}
    found = []
    for match in pattern_for(tuple(value_of)).finditer(text):
        word = re.sub(r"[\s-]+", " ", match["word"].lower())
        value = value_of.get(word) or value_of.get(match["word"].lower()) or value_of.get(word.replace(" ", "-"))
        if value:
            found.append(Spot(match.start(), match.end(), word, value, bool(match["plural"])))
    return found


def first_value(text: str, lexicon: Mapping[Any, Iterable[str]]) -> str | None:
    found = spots(text, lexicon)
    return found[0].value if found else None


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", text.lower())

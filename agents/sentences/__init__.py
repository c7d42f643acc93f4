"""What is kept in English — why a job failed, what it is doing, a line of the ledger — said in the reader's language.

A sentence with a part that varies is known by its pattern: `{name}` stands for that part, a number or a sentence.
"""

import re
from decimal import Decimal
from functools import cache, lru_cache

from django.utils import formats, translation
from django.utils.translation import gettext

from agents.registry import AGENTS
from agents.sentences import checks, choices, failures, ledger, plans, steps
from agents.sentences.failures import BY_CODE

KNOWN = 4096
EVERY = (
    *BY_CODE.values(), *checks.CHECKS, *choices.CHOICES, *choices.LABELS, *choices.NOTES, *choices.SCENERY,
    *choices.STANDINGS, *failures.FAILURES, *ledger.LINES, *plans.PLANS, *plans.REASONS, *steps.STEPS,
    *(operation.title_en for agent in AGENTS.values() for operation in agent.operations),
)  # fmt: skip
WHOLE = frozenset(one for one in EVERY if "{" not in one)
PART = re.compile(r"\\{(\w+)\\}")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def said(english: str) -> str:
    """As it is where it is none of these: people's own words are theirs."""
    language = translation.get_language() or "en"
    return english if not english or language.startswith("en") else retold(english, language)


def failure(code: str, english: str) -> str:
    """Why a job failed; the code's own sentence where the words are not known."""
    told = said(english)
    general = BY_CODE.get(code, "")
    return gettext(general) if told == english and general and said(general) != general else told


def choice(value: object) -> str:
    """The label of something that can be chosen: paper-cut is Paper cut."""
    return said(str(value).replace("-", " ").capitalize())


def choice_or(value: str, written: str) -> str:
    """The label of something that can be chosen, `written` where the reader's language has none."""
    label = choice(value)
    return written if label == value.replace("-", " ").capitalize() else label


@lru_cache(maxsize=KNOWN)
def retold(english: str, language: str) -> str:
    if english in WHOLE:
        return gettext(english)
    for pattern, sentence in patterns():
        if found := pattern.fullmatch(english):
            return gettext(sentence).format(**{name: part(name, value) for name, value in found.groupdict().items()})
    return english


def part(name: str, value: str) -> str:
    """Names of agents and plans are names; a mood is one of the choices."""
    if name in {"agent", "plan"}:
        return value
    if name in {"genre", "mood"}:
        return choice(value)
    if NUMBER.fullmatch(value):
        return formats.number_format(Decimal(value.replace(",", "")), force_grouping="," in value)
    return said(value)


@cache
def patterns() -> list[tuple[re.Pattern[str], str]]:
    """Those with the most words of their own come first."""
    varying = sorted((one for one in EVERY if "{" in one), key=lambda one: -len(re.sub(r"{\w+}", "", one)))
    return [(pattern_of(one), one) for one in varying]


def pattern_of(sentence: str) -> re.Pattern[str]:
    """A part that occurs again must say the same."""
    seen: set[str] = set()

    def group(found: re.Match[str]) -> str:
        name = found[1]
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    return re.compile(PART.sub(group, re.escape(sentence)), re.DOTALL)

"""A goal before it is read: without what is no language, its quotations and its table set apart."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from agents.engines import plain
from agents.planning import tongues

LONGEST = 6000
READ = 2500
"""How many signs of a goal, beside a table, are read for what it wants."""
TAGS = re.compile(r"</?[A-Za-z!][^<>]{0,300}>")
LINKS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{2,400})[\"”“»]")
ASIDES = re.compile(r"\(([^()\n]{3,120})\)")
ROWS = 3
FIGURE = re.compile(r"(?:^|[,;\t|])\s*\"?[-+$€£]?\s?\d[\d.\s%$€£]*\"?\s*(?:[,;\t|]|$)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`words` are the goal with its quotations as they stand, `masked` with a placeholder for each
    and without what stands in brackets, the `asides`. `language` is that of the goal where it is not English.
    """

    words: str
    masked: str
    quotes: tuple[str, ...]
    table: str
    asides: tuple[str, ...] = ()
    language: str = ""


def clean(goal: str) -> Cleaned:
    text = "".join(sign for sign in goal.replace("\r\n", "\n").replace("\r", "\n") if keeps(sign))
    text, table = parted(text[: LONGEST * 10])
    text = LINKS.sub(" ", TAGS.sub(" ", text)).replace("<", " ").replace(">", " ")
    text = re.sub(r"[*_#`~|\\{}\[\]]+", " ", text)
    lines = [re.sub(r"^[-•·\u2013]\s+|[^\S\n]+", " ", line).strip() for line in text[:LONGEST].split("\n")]
    words = "\n".join(line for line in lines if line)[:READ]
    quotes: list[str] = []

    def mask(match: re.Match[str]) -> str:
        quotes.append(match[1].strip())
        return f" quotation{len(quotes)} "

    masked, language = tongues.in_english(QUOTED.sub(mask, words))
    if language:
        words = restored(masked, quotes)
    asides = tuple(ASIDES.findall(masked))
    masked = re.sub(r"[^\S\n]+", " ", ASIDES.sub(" ", masked))
    return Cleaned(words, masked, tuple(quotes), table, asides, language)


def restored(masked: str, quotes: Sequence[str]) -> str:
    for number, quote in reversed([*enumerate(quotes, 1)]):
        masked = masked.replace(f"quotation{number}", f"“{quote}”")
    return masked


def keeps(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def parted(text: str) -> tuple[str, str]:
    """The text without the table in it, and the table."""
    lines = text.split("\n")
    best: tuple[int, int] = (0, 0)
    for start, line in enumerate(lines):
        for delimiter in plain.DELIMITERS:
            width = line.count(delimiter)
            end = start
            while width and end < len(lines) and lines[end].count(delimiter) == width:
                end += 1
            if end - start >= ROWS and end - start > best[1] - best[0]:
                best = (start, end)
    start, end = best
    if start == end:
        return text, ""
    before, _, heading = lines[start].rpartition(": ")
    rows = [heading or lines[start], *lines[start + 1 : end]]
    table = "\n".join(rows)
    if not is_of_figures(rows[1:]) or plain.table_of(table, 10_000) is None:
        return text, ""
    return "\n".join([*lines[:start], before, *lines[end:]]), table


def is_of_figures(rows: list[str]) -> bool:
    """Most rows hold a cell that is a number: lists of words have commas too."""
    return sum(bool(FIGURE.search(row)) for row in rows) >= 0.7 * len(rows)

"""A report from a brief: its own statements put in order, what it leaves open, and what follows from both."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from agents.engines.business import prose
from agents.engines.business.document import Block, Document, Section, points, words

TITLE_WORDS = 9
WHEN = re.compile(
    r"\b(?:by|before|until|from|in|on|this|next|end of)\s+(?:the\s+)?(?:end\s+of\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|spring|summer|autumn|winter|week|month|quarter|year|q[1-4]|20\d\d)\b|\b\d{4}-\d\d-\d\d\b|\bdeadline\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?(?:[$€£¥]|usd|eur|gbp|dollars?|euros?|pounds?)\b|\bbudget\b", re.IGNORECASE)
PEOPLE = re.compile(
    r"\b(?:team|manager|owner|lead|staff|employees?|volunteers?|people|director|partner|supplier)s?\b", re.I
)
GOAL = re.compile(
    r"\b(?:goal|aim|target|objective|want|plan|should|must|need|increase|reduce|grow|launch|open)\w*", re.I
)
RISK = re.compile(
    r"\b(?:risk|problem|issue|but|however|delay|late|lack|shortage|competit|threat|too few)\w*", re.IGNORECASE
)
MEASURE = re.compile(r"\d\s?%|\bpercent\b|\bkpi\b|\bmeasur\w+|\bmetric\w*|\btarget\b", re.IGNORECASE)
OPEN = (
    (WHEN, "When it is due", "Set a date for the result and for one check before it."),
    (MONEY, "What it may cost", "Agree on a budget, and on who may spend it."),
    (PEOPLE, "Who does it", "Name one person who answers for it."),
    (MEASURE, "How success is measured", "Choose one or two figures that will show success."),
    (RISK, "What could go wrong", "List the three largest risks and what would be done about each."),
)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The brief's sentences by what they are about."""

    title: str
    goals: list[str]
    dates: list[str]
    money: list[str]
    risks: list[str]
    others: list[str]


def ordered(brief: str) -> Ordered:
    sentences = list(dict.fromkeys(prose.sentences_of(brief)))
    rest = list(sentences)

    def taken(rule: re.Pattern[str]) -> list[str]:
        found = [one for one in rest if rule.search(one)]
        rest[:] = [one for one in rest if one not in found]
        return found

    risks, goals, money, dates = taken(RISK), taken(GOAL), taken(MONEY), taken(WHEN)
    return Ordered(title_of(brief), goals, dates, money, risks, rest)


def title_of(brief: str) -> str:
    first = next(iter(prose.sentences_of(brief)), "Report").strip(" .:!?")
    cut = first.split()
    return " ".join(cut[:TITLE_WORDS]).rstrip(" .,:;") + ("…" if len(cut) > TITLE_WORDS else "")


def missing_in(brief: str) -> list[tuple[str, str]]:
    """What a brief of this kind leaves open, and what to do about it."""
    return [(name, step) for rule, name, step in OPEN if not rule.search(brief)]


def document_of(brief: str, summary: str, discussion: str, note: str) -> Document:
    """`summary` and `discussion` are a model's words, which `note` says; without a summary the brief's own stand."""
    told = ordered(brief)
    if summary:
        sections = [
            Section("Executive summary", (words(*paragraphs(summary)),), note),
            Section("Key points", (points(prose.key_sentences(brief)),)),
        ]
    else:
        own = words(" ".join(prose.key_sentences(brief, 3)))
        sections = [Section("Executive summary", (own,), "In the words of the brief.")]
    parts: list[tuple[str, list[str]]] = [
        ("Situation", told.others), ("Goals", told.goals), ("Time", told.dates), ("Money", told.money),
        ("Risks named in the brief", told.risks),
    ]  # fmt: skip
    sections += [Section(heading, (points(rows),)) for heading, rows in parts if rows]
    amounts = prose.amounts_in(brief)
    if amounts:
        sections.append(Section("Figures", (Block("table", (("Figure", "In the brief"), *amounts)),)))
    if discussion:
        sections.append(Section("Discussion", (words(*paragraphs(discussion)),), note))
    open_points = missing_in(brief)
    if open_points:
        rows = tuple((name, "The brief does not say.") for name, _ in open_points)
        sections.append(Section("Open questions", (Block("table", (("Question", "State"), *rows)),)))
    sections.append(Section("Next steps", (Block("steps", tuple((one,) for one in steps_for(told, open_points))),)))
    subtitle = f"A report from a brief of {len(prose.words_of(brief)):,} words"
    return Document(told.title, subtitle, tuple(sections))


def steps_for(told: Ordered, open_points: list[tuple[str, str]]) -> list[str]:
    steps: list[str] = [step for _, step in open_points]
    follow: tuple[tuple[list[str], Callable[[str], str]], ...] = (
        (told.goals, lambda one: f"Break this goal into tasks: “{one}”"),
        (told.risks, lambda one: f"Decide how to meet this: “{one}”"),
        (told.dates, lambda one: f"Put this in the calendar and work back from it: “{one}”"),
    )
    for rows, say in follow:
        steps += [say(one) for one in rows[:2]]
    return [*steps, "Look at this report again with everybody concerned, and note what was decided."]


def paragraphs(text: str) -> list[str]:
    """A model's words as plain paragraphs: its marks for headings and lists are left out."""
    lines = [re.sub(r"^\s*(?:#+|[-*•]|\d+[.)])\s+", "", line).replace("**", "") for line in text.splitlines()]
    return [" ".join(line.split()) for line in lines if line.strip()] or [""]

"""Steps that end in text: reports, findings, short pieces."""

import re

from agents.engines import plain
from agents.planning import cleaning, writing
from agents.planning.brief import Brief
from agents.planning.draft import Draft, file_of
from agents.planning.reading import Want

LONGEST_BRIEF = 4000
SLIDES = {"presentation", "pitch deck", "deck", "slides"}
PASTED = re.compile(
    r"(?:text|notes|letter|feedback|reviews|article|minutes|answers|e-?mail)\b[^:\n]{0,40}:\s*(?P<text>.{60,})",
    re.I | re.S,
)
ALOUD = re.compile(r"\b(?:read|speak|say|narrate)\s+(?:it|them|this)\b|\b(?:read|spoken)\s+(?:aloud|out)\b", re.I)
ASKS = re.compile(
    r"\bwhat\s+(?:stands\s+out|matters|they\s+say|it\s+says)\b|\banaly[sz]e\b|\bfindings\b|\bevaluate\b|\bsummar", re.I
)
CONCERNS = {
    "promo": (
        "The goal is that people hear of {it} and come.",
        "The first weeks should show whether the message reaches the right people.",
        "A risk is that the offer looks like that of everybody else.",
        "What makes {it} different should be said in one sentence.",
        "Who answers questions, and how soon, should be settled before the launch.",
        "A small test with ten people should come before money is spent.",
    ),
    "other": (
        "The goal is that people understand {it} and remember what matters.",
        "A risk is to say too much at once.",
        "The most important point should stand at the beginning.",
        "It should be clear who it is for and what they should do next.",
        "Somebody who knows nothing of it should read it before it goes out.",
    ),
}
ANGLES = {
    "comparison": "The report should set side by side what each costs, what it takes and what it brings.",
    "marketing": "The plan should say how people hear of {it}, where, and how often.",
    "business": "The plan should say who pays for {it}, how much, and what it costs to serve them.",
    "competitor": "The report should compare {it} with what people use today.",
    "risk": "The report should list what can go wrong with {it}, and who would notice first.",
    "project": "The plan should put the work on {it} in steps, each with a date and a name.",
    "launch": "The plan should work back from the day {it} opens.",
    "funding": "The application should say what the money changes, for whom, and by when.",
    "swot": "The report should weigh strengths, weaknesses, chances and threats of {it}.",
}


def report(draft: Draft, brief: Brief, want: Want | None = None, *, reason: str = "") -> str:
    if not draft.needs("business-agent", "report", "the report"):
        return ""
    word = {"compare": "comparison"}.get(want.word, want.word) if want else "report"
    if word in SLIDES:
        draft.leave_out("Slides are not made here: it is a written report as PDF.")
    told = (
        reason
        or f"Writes the {word if word not in SLIDES else 'report'} as Markdown and PDF, and says what is still open."
    )
    what = {"prompt": report_words(brief, word), "seed": brief.seed_for(f"report {word}")}
    return draft.add("report", "business-agent", "report", what, told)


def rows_in_words(table: str) -> list[str]:
    """The first rows of a table as sentences."""
    heading, *rows = (plain.table_of(table, 12) if table else None) or [[]]
    told = [
        ", ".join(f"{name} {cell}".strip() for name, cell in zip(heading[1:], row[1:], strict=False)) for row in rows
    ]
    return [f"{row[0]}: {words}." for row, words in zip(rows, told, strict=True) if words]


def report_words(brief: Brief, word: str) -> str:
    """A brief in whole sentences, of what the goal tells and what it asks; without a figure that it does not name."""
    it = brief.name or writing.the(brief.subject) or ("the figures" if brief.cleaned.table else "the project")
    trades = brief.topic.trade and brief.purpose == "story" and word != "comparison"
    kind = "promo" if brief.purpose == "promo" or trades else "other"
    chance = brief.chance("report")
    concerns = chance.sample(CONCERNS[kind], 4)
    angles = [text for key, text in ANGLES.items() if key in word]
    word = "presentation" if word in SLIDES else word
    heading = f"{word[:1].upper()}{word[1:]}: {brief.subject or it}."
    goal = " ".join(brief.text.split())
    own = [writing.sentence(fact) for fact in brief.facts] or [writing.sentence(f"What was asked for: {goal[:600]}")]
    sentences = [
        heading,
        *own,
        *rows_in_words(brief.cleaned.table),
        *(text.format(it=it) for text in (*angles, *concerns)),
    ]
    return " ".join(sentences)[:LONGEST_BRIEF]


def analysis(draft: Draft, brief: Brief, want: Want) -> str:
    text = brief.cleaned.table or pasted(brief)
    if not text:
        draft.leave_out("There is no table and no text in the goal to analyse: paste one, and its figures are counted.")
        return ""
    if not draft.needs("business-agent", "analyze", "the analysis"):
        return ""
    what = "table" if brief.cleaned.table else "text"
    return draft.add(
        "analysis", "business-agent", "analyze", {"prompt": text[:50_000], "seed": brief.seed_for("analysis")},
        f"Counts what the {what} holds and says what stands out.",
    )  # fmt: skip


def pasted(brief: Brief) -> str:
    longest = max(brief.cleaned.quotes, key=len, default="")
    if len(longest) > 80:
        return longest
    match = PASTED.search(brief.text)
    return match["text"].strip() if match else ""


def text(draft: Draft, brief: Brief, want: Want | None = None) -> str:
    if not draft.needs("chat", "message", "the text"):
        return ""
    word = want.word if want and want.word not in ("text", "write", "copy") else "short text"
    word = {
        "explain": "explanation",
        "list": "list",
        "suggest": "suggestion",
        "summarise": "summary",
        "summarize": "summary",
    }.get(word, word)
    subject = brief.subject or "this: " + " ".join(brief.text.split())[:300]
    asked = (
        asked_for(brief, want)
        if want and (want.before or want.rest or want.word not in ("text",))
        else f"Write a {word} of three or four sentences about {writing.the(subject)}."
    )
    told = [writing.sentence(fact) for fact in brief.facts][:4]
    message = " ".join((asked, *(["What to know:", *told] if told else [])))
    given = pasted(brief)
    if given and given[:60] not in message:
        message += f" This is the text: “{given}”"
    what = {"message": message[:2000], "seed": brief.seed_for(f"text {word}")}
    key = draft.add("text", "chat", "message", what, f"Writes {'the' if want else 'a'} {word}.")
    return read_aloud(draft, brief, key, word) if ALOUD.search(brief.text) else key


def read_aloud(draft: Draft, brief: Brief, key: str, word: str) -> str:
    if not draft.needs("voice-lab", "synthesize", "the reading"):
        return key
    what = {"text": file_of(key, "answer.md"), "voice": brief.voice, "seed": brief.seed_for("reading")}
    return draft.add("reading", "voice-lab", "synthesize", what, f"Reads the {word} aloud once it is written.")


def asked_for(brief: Brief, want: Want) -> str:
    """The person's own order for it."""
    clause = cleaning.restored(f"{want.before} {want.word} {want.rest}", brief.cleaned.quotes)
    clause = re.sub(r"^(?:and|plus|with|also)\s+", "", " ".join(clause.split()), flags=re.IGNORECASE)
    clause = re.sub(r"^(?:An?|The)\b", lambda match: match[0].lower(), clause)
    whole = (
        clause
        if re.match(r"(?:write|answer|explain|list|suggest|summari[sz]e|tell|make|give|create)\b", clause, re.I)
        else f"Write {clause}"
    )
    if brief.subject and brief.subject.lower() not in whole.lower() and not want.rest:
        whole = f"{whole} about {brief.subject}"
    return writing.sentence(whole)

"""What a goal asks for: read clause by clause, from words alone."""

import re
from dataclasses import dataclass, field

from agents.planning import lexicon, spotting
from agents.planning.lexicon import Kind
from agents.planning.spotting import Spot

NOUNS = {kind: lexicon.listed(words) for kind, words in lexicon.NOUNS.items()}
STOPS = re.compile(r"(?<!\bSt)(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bvs)(?<!\bNo)(?<!\be\.g)[.!?;…]+(?=\s|$)|\n+")
CONNECTORS = re.compile(
    r"\s*[,:]\s+(?:(?:and|plus|then|but)\s+)?|\s+[\u2013\u2014-]\s+"
    r"|\s+(?:and\s+also|and\s+then|and|plus|or|as\s+well\s+as|along\s+with|together\s+with|including|with|over"
    r"|beneath|on\s+top\s+of|set\s+to|accompanied\s+by|&|\+|then|but)"
    r"\s+|\s*/\s*",
    re.IGNORECASE,
)  # fmt: skip
REQUEST = re.compile(
    r"\b(?:make|create|generate|produce|film|shoot|give|build|design|draw|paint|illustrate|write|compose|record|prepare"
    r"|cut|edit|animate|render|needs?|show)\b|\b(?:wants?|like|wish|looking for|get|would love)\s+"
    r"(?:to\s+(?:have|get|see|hear|make|create|produce)|an?\b|some\b|the\b|two\b|three\b|\d)|\b(?:could|can) "
    r"(?:you|i|we)\b",
    re.IGNORECASE,
)
STATES = re.compile(
    r"^(?:i|we|my|our|it|its|they|he|she|there|the|this|i'm|we're|i've|we've|it's|today|tomorrow|on|at|every)\b",
    re.IGNORECASE,
)
VERBS: dict[Kind, list[str]] = {
    "picture": ["draw", "paint", "illustrate", "sketch", "picture"],
    "film": ["film", "animate", "advertise", "promote", "show"],
    "talk": ["thank", "congratulate", "greet", "wish"],
    "report": ["compare", "plan"],
    "track": ["compose"],
    "voice": ["narrate", "read aloud", "read out", "speak", "say"],
    "text": ["write", "answer", "explain", "list", "suggest", "summarise", "summarize"],
    "analysis": ["analyse", "analyze", "evaluate", "break down"],
    "game": ["program a game"],
}
TALKING = re.compile(r"\b(?:talking|speaking)\s+(?!about|of|to\b|with|points?)(?P<who>[a-z]+)\b", re.IGNORECASE)
LEAD = re.compile(rf"\b(?:{'|'.join(lexicon.LEADS.split())})\b", re.IGNORECASE)
REFUSED = re.compile(
    r"\b(?:no|without(?:\s+(?:any|a))?)\s+(?P<what>(?:music|sound|voice[\s-]?over|voice|narration|narrator"
    r"|captions|subtitles"
    r"|text)(?:(?:\s*,\s*|\s+(?:or|and|nor)\s+)(?:music|sound|voice[\s-]?over|voice|narration|captions|subtitles))*)",
    re.IGNORECASE,
)
LENGTH = re.compile(
    r"\b(?P<number>\d+(?:[.,]\d+)?|half\s+an?|an?|one|two|three|four|five|ten|twelve|fifteen|twenty|thirty"
    r"|forty[\s-]five"
    r"|forty|sixty|ninety)(?:[\s-]*(?P<unit>seconds?|secs?|minutes?|mins?|hours?)\b|(?<=\d)\s?(?P<sign>s|m|h)\b)",
    re.IGNORECASE,
)
WORD_NUMBERS = {
    "half a": 0.5, "half an": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "forty five": 45,
    "sixty": 60, "ninety": 90,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Want:
    """Something to be made: `before` are the words before its name, `rest` those after it, of what it is about."""

    kind: Kind
    word: str
    count: int
    before: str
    rest: str
    seconds: float | None = None


@dataclass(slots=True)
class Read:
    """The wants in the order of the goal, the statements beside them, what is not wanted."""

    wants: list[Want] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


def read(masked: str) -> Read:
    found = Read()
    for match in REFUSED.finditer(masked):
        found.refused |= set(spotting.tokens(match["what"]))
    text = REFUSED.sub(" ", masked)
    for sentence in STOPS.split(text):
        if sentence and any(map(str.isalnum, sentence)):
            read_sentence(sentence.strip(), found)
    if not found.wants:
        for spot in [
            one for one in spotting.spots(text, NOUNS) if not is_about(text[max(0, one.start - 12) : one.start])
        ][:1]:
            found.wants.append(Want(spot.value, spot.word, 1, text[: spot.start], text[spot.end :]))  # type: ignore[arg-type]
    return found


def read_sentence(sentence: str, found: Read) -> None:
    parts = clauses_of(sentence)
    wants = [want_in(sentence[start:end]) for start, end in parts]
    if not any(wants):
        if STATES.match(sentence) and not is_an_order(sentence):
            found.facts.append(sentence)
        else:
            found.loose.append(sentence)
        return
    first = next(at for at, want in enumerate(wants) if want)
    opening = sentence[: parts[first][0]].strip(" ,:-\u2013\u2014")
    opening = re.sub(r"\s+(?:and|with|so|but)$", "", opening)
    if any(map(str.isalnum, opening)):
        (found.facts if STATES.match(opening) and not is_an_order(opening) else found.loose).append(opening)
    for at, want in enumerate(wants):
        if want is not None:
            following = next((later for later in range(at + 1, len(parts)) if wants[later]), None)
            until = len(sentence) if following is None else parts[following - 1][1]
            found.wants.append(extended(want, sentence[parts[at][1] : until]))


def extended(want: Want, more: str) -> Want:
    """With the words that go on after its clause, up to the next want."""
    rest = f"{want.rest}{more}" if any(map(str.isalnum, more)) else want.rest
    return Want(want.kind, want.word, want.count, want.before, rest.strip(" ,"), want.seconds or seconds_in(more))


def clauses_of(sentence: str) -> list[tuple[int, int]]:
    bounds, at = [], 0
    for match in CONNECTORS.finditer(sentence):
        bounds.append((at, match.start()))
        at = match.end()
    bounds.append((at, len(sentence)))
    return [(start, end) for start, end in bounds if any(map(str.isalnum, sentence[start:end]))]


def want_in(clause: str) -> Want | None:
    if STATES.match(clause) and not REQUEST.search(clause):
        return None
    found = spotting.spots(clause, NOUNS)
    head = head_end(clause, found)
    named = [spot for spot in found if spot.start < head]
    talking = TALKING.search(clause)
    if talking and not LEAD.match(clause) and (not named or named[-1].value in ("avatar", "talk")):
        rest = clause[talking.end() :].strip()
        return Want(
            "talk", "talking figure", 1, f"{clause[: talking.start()]} {talking['who']}", rest, seconds_in(clause)
        )
    if not named or LEAD.match(clause):
        return verb_in(clause)
    spot = named[-1]
    before = clause[: spot.start]
    if is_about(before) or is_theirs(before):
        return verb_in(clause)
    return Want(
        spot.value, spot.word, count_in(before, spot), before, clause[spot.end :].strip(), seconds_in(clause)  # type: ignore[arg-type]
    )  # fmt: skip


def head_end(clause: str, found: list[Spot]) -> int:
    """Where the words of what it is about begin: what is named there is not ordered."""
    if not found:
        return 0
    lead = LEAD.search(clause, found[0].end)
    return lead.start() if lead else len(clause)


def is_theirs(before: str) -> bool:
    """`My video` is there already, unless it is ordered: `make my birthday video`."""
    return bool(
        re.search(r"\b(?:my|our|your|his|her|their|its|this)\s+(?:[\w-]+\s+){0,2}$", before)
    ) and not REQUEST.search(before)


def is_about(before: str) -> bool:
    """Whether what follows is still what something is about: `for TikTok`, not `for my bakery a film`."""
    lead = LEAD.search(before)
    return lead is not None and not re.search(r"\w\s+an?\b", before[lead.end() :])


def verb_in(clause: str) -> Want | None:
    """`Paint a fox` asks for a picture without naming one."""
    plain = re.sub(r"^(?:please|and|then|also|kindly|can you|could you|let's|just)\s+", "", clause, flags=re.IGNORECASE)
    spot = next(iter(spotting.spots(plain, VERBS)), None)
    if spot is None or spot.start > 0 or spot.plural:
        return None
    return Want(spot.value, spot.word, 1, "", plain[spot.end :].strip(), seconds_in(clause))  # type: ignore[arg-type]


def is_an_order(sentence: str) -> bool:
    about_the_work = re.match(
        r"(?:it|the\s+(?:film|video|clip|music|track|voice|picture|mood|tone|format|song|mascot|avatar|whole))\b",
        sentence,
        re.I,
    )
    return bool(REQUEST.search(sentence) or about_the_work or LENGTH.search(sentence))


def count_in(before: str, spot: Spot) -> int:
    counted = LENGTH.sub(" ", before)
    for word in reversed(spotting.tokens(counted)):
        if word.isdigit() and 0 < int(word) < 100 and word.isascii():
            return int(word)
        if word in lexicon.NUMBERS:
            return lexicon.NUMBERS[word]
    return 3 if spot.plural and spot.word not in lexicon.UNCOUNTED else 1


def seconds_in(text: str) -> float | None:
    match = LENGTH.search(text)
    if match is None:
        return None
    number = " ".join(match["number"].lower().split())
    value = WORD_NUMBERS.get(number)
    if value is None:
        value = float(number.replace(",", "."))
    unit = (match["unit"] or match["sign"]).lower()[0]
    return value * {"s": 1, "m": 60, "h": 3600}[unit]

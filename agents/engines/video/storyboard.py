"""A prompt as scenes: what each shows, and the line that is said and shown with it."""

import re
from dataclasses import dataclass

from agents.engines.scene import parse

MOST = 5
SHORT = 14
REQUEST = re.compile(
    r"^\W*(?:please\s+)?(?:(?:make|create|generate|produce|film|shoot|give)\s+(?:me\s+|us\s+)?)?(?:(?:an?|the|my|our)\s+)?"
    r"(?:(?:\d+|ten|twelve|fifteen|twenty)[\s-]*(?:seconds?|secs?|s)\b[\s-]*(?:long\s+)?)?"
    r"(?P<sort>(?:[\w-]+\s+){0,3}?)(?:video|clip|film|movie|trailer|reel)s?\s+"
    r"(?:for|about|of|on|showing|that shows|with)\s+",
    re.IGNORECASE,
)
EXTRAS = re.compile(
    r"[\s,;]*\b(?:with|and)\s+(?:(?:an?|some|own|nice|calm|soft|the)\s+)*(?:music|voice(?:[\s-]?over)?|narration|captions"
    r"|subtitles|sound)(?:\s*(?:,|and)\s*(?:an?\s+|some\s+)*(?:music|voice(?:[\s-]?over)?|narration|captions|subtitles"
    r"|sound))*(?=\s*(?:[,;.!?]|$))",
    re.IGNORECASE,
)
PROMOTION = re.compile(r"\b(?:launch|promo\w*|ad|advert\w*|commercial|teaser|opening|announcement)\b", re.IGNORECASE)
SENTENCES = re.compile(r"(?<=[.!?…。！？])\s+|\n+|(?<=[。！？])|\s*;\s*")  # noqa: RUF001 full-width stops of other scripts
CLAUSES = re.compile(r",\s+(?:and\s+|then\s+|and then\s+)?|\s+(?:and then|then|while|before|after which)\s+")
OTHER_LIGHT = {"night": "sunset", "sunset": "morning"}
LIGHT_BEFORE = {
    "dawn": "night", "sunrise": "dawn", "morning": "dawn", "sunset": "afternoon", "dusk": "sunset",
    "night": "afternoon", "midnight": "dusk",
}  # fmt: skip
TURN = re.compile(r"\b(?:falls?|comes?|breaks?|begins?|arrives?|sets?|rises?|ends?|then|until|later)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shot:
    """`words` are drawn, `line` is said and captioned."""

    words: str
    line: str


def board(prompt: str, seed: int, most: int = MOST) -> list[Shot]:
    """Two to `most` shots in the order of the words; one clause alone is seen twice, in another light."""
    subject, promotes = subject_of(prompt)
    lines = fitted(parts_of(subject), most)
    light = parse.parse(subject, seed).time
    lights = lights_for(lines, light)
    shots = [Shot(drawn(line, lines[0], lit), as_sentence(line)) for line, lit in zip(lines, lights, strict=True)]
    if len(shots) == 1:
        shots.append(Shot(f"{lines[0]}, {OTHER_LIGHT.get(light, 'sunset')}", ""))
    if promotes:
        ours = re.sub(r"^(?:an?|the|my)\s+", "our ", lines[0], flags=re.IGNORECASE).rstrip(".!")
        shots[0] = Shot(shots[0].words, f"Introducing {ours}.")
        if not shots[-1].line:
            shots[-1] = Shot(shots[-1].words, "Come and see for yourself.")
    return shots


def subject_of(prompt: str) -> tuple[str, bool]:
    """What the film is about, without the words that order one; and whether it is to promote that."""
    text = " ".join(prompt.split()) if "\n" not in prompt else prompt.strip()
    ordered = REQUEST.match(text)
    rest = EXTRAS.sub("", text[ordered.end() :] if ordered else text).strip(" ,;")
    promotes = bool(ordered and PROMOTION.search(ordered["sort"]))
    return (rest, promotes) if any(map(str.isalnum, rest)) else (text, False)


def parts_of(text: str) -> list[str]:
    sentences = [part.strip() for part in SENTENCES.split(text) if any(map(str.isalnum, part))]
    if len(sentences) > 1:
        return sentences
    return [part.strip() for part in CLAUSES.split(text) if any(map(str.isalnum, part))] or [text]


def fitted(parts: list[str], most: int) -> list[str]:
    """Short pieces join what is before them, then neighbours join until there are no more than `most`."""
    joined: list[str] = []
    for part in parts:
        if joined and (len(part) < SHORT or len(joined[-1]) < SHORT):
            joined[-1] = together(joined[-1], part)
        else:
            joined.append(part)
    while len(joined) > most:
        at = min(range(len(joined) - 1), key=lambda index: len(joined[index]) + len(joined[index + 1]))
        joined[at : at + 2] = [together(joined[at], joined[at + 1])]
    return joined


def together(first: str, second: str) -> str:
    return f"{first} {second}" if first.endswith((".", "!", "?", "…")) else f"{first}, {second}"


def drawn(line: str, first: str, light: str) -> str:
    """Words for the picture: a line without a thing to draw borrows those of the first, all share a light."""
    words = line if parse.parse(line, 0).items else f"{line}, {first}"
    return words if names_time(words) else f"{words}, {light}"


def lights_for(lines: list[str], light: str) -> list[str]:
    """One light for all; but where night falls in a later line, it has not fallen before."""
    turn = next((place for place, line in enumerate(lines) if names_time(line)), 0)
    before = LIGHT_BEFORE.get(light, light) if TURN.search(lines[turn]) else light
    return [before] * turn + [light] * (len(lines) - turn)


def names_time(words: str) -> bool:
    return any(word in parse.LOWER_TIMES for word in parse.TOKENS.findall(words.lower()))


def as_sentence(line: str) -> str:
    line = line.strip(" ,;:")
    return f"{line[:1].upper()}{line[1:]}" + ("" if line.endswith((".", "!", "?", "…", "。")) else ".")

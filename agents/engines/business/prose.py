"""What a text says of itself: its words, its sentences, how hard it reads, the numbers it names."""

import re
from collections import Counter

from agents.engines.business.findings import MOST_CELL, Findings, Picture, listed, table

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
SENTENCE = re.compile(
    r"(?<=[.!?\u2026])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c(]*[A-ZÀ-ÞА-Я0-9])|"
    r"\n{2,}|\n(?=\s*[-*•\d])|(?<=[\u3002\uff01\uff1f])"
)
AMOUNT = re.compile(
    r"[$€£¥]\s?\d[\d.,]*\s?(?:million|billion|thousand|[kKmM]\b)?|\d[\d.,]*\s?(?:%|percent|[$€£¥])|"
    r"\d(?:[\d,.]*\d)?\s[^\W\d_]+|\d[\d.,]*"
)
CLAUSE_END = re.compile(r"[,;:]\s+")
STOP_WORDS = """
a about after all also an and any are as at be because been before but by can could did do does for from get had has
have he her his how i if in into is it its just more most my no not of on one or other our out over own she should so
some such than that the their them then there these they this those through to up us very was we were what when where
which who will with would you your need needs want wants must
"""
STOP = frozenset(STOP_WORDS.split())
KEYWORDS = 10


def sentences_of(text: str) -> list[str]:
    parts = [" ".join(part.strip(" \t-*•").split()) for part in SENTENCE.split(text) if part]
    return [part for part in parts if any(map(str.isalnum, part))]


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def keywords_of(text: str) -> list[tuple[str, int]]:
    """The words that carry the text, the most frequent first; of equals the earlier."""
    counts = Counter(word.lower() for word in words_of(text) if len(word) > 2 and word.lower() not in STOP)
    return counts.most_common(KEYWORDS)


def amounts_in(text: str) -> list[tuple[str, str]]:
    """The numbers that are named, each with the sentence it stands in, of a long one the clause."""
    found: dict[str, str] = {}
    for sentence in sentences_of(text):
        for amount in AMOUNT.finditer(sentence):
            number, _, unit = amount[0].strip(" .,").partition(" ")
            where = sentence if len(sentence) <= MOST_CELL else clause_of(sentence, amount)
            found.setdefault(number if unit.lower() in STOP else f"{number} {unit}".strip(), where)
    return list(found.items())[:20]


def clause_of(sentence: str, place: re.Match[str]) -> str:
    start = max((end.end() for end in CLAUSE_END.finditer(sentence) if end.end() <= place.start()), default=0)
    after = CLAUSE_END.search(sentence, place.end() - 1)
    return sentence[start : after.start() if after else None]


def reading_ease(text: str) -> float | None:
    """Flesch's figure for English: 100 is very easy, 0 very hard. None for other scripts and too few words."""
    words, sentences = words_of(text), sentences_of(text)
    latin = [word for word in words if word.isascii()]
    if len(words) < 20 or len(latin) < 0.9 * len(words):
        return None
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in latin)
    ease = 206.835 - 1.015 * len(latin) / max(1, len(sentences)) - 84.6 * syllables / len(latin)
    return round(max(0.0, min(100.0, ease)), 1)


def ease_words(ease: float) -> str:
    return next(word for least, word in ((70, "easy"), (50, "plain"), (30, "difficult"), (0, "hard")) if ease >= least)


def key_sentences(text: str, most: int = 5) -> list[str]:
    """Those that hold the most of the text's own keywords and numbers, in the order of the text."""
    weights = dict(keywords_of(text))
    sentences = list(dict.fromkeys(sentences_of(text)))

    def weight(sentence: str) -> float:
        words = words_of(sentence)
        held = sum(weights.get(word.lower(), 0) for word in words)
        return held / (len(words) + 6) + (0.6 if any(map(str.isdigit, sentence)) else 0.0)

    chosen = sorted(sentences, key=weight, reverse=True)[:most]
    return [sentence for sentence in sentences if sentence in chosen]


def of_text(text: str) -> Findings:
    words, sentences, keywords = words_of(text), sentences_of(text), keywords_of(text)
    amounts, ease = amounts_in(text), reading_ease(text)
    length = len(words) / max(1, len(sentences))
    told = [f"The text has {len(words):,} words in {len(sentences):,} sentences, {length:.1f} words each on average."]
    if keywords:
        told.append(f"It speaks most of {', '.join(word for word, _ in keywords[:5])}.")
    if ease is not None:
        told.append(f"It reads as {ease_words(ease)}: {ease:g} of 100 on Flesch's scale for English.")
    if amounts:
        told.append(f"It names {len(amounts)} numbers, {amounts[0][0]} first.")
    sections = [("What it says", listed(key_sentences(text)) or "There are no whole sentences.")]
    if keywords:
        sections.append(("Words that carry it", table(("Word", "Times"), [(word, str(n)) for word, n in keywords])))
    if amounts:
        sections.append(("Named numbers", table(("Number", "Where"), amounts)))
    picture = Picture("bars", "Words that carry it", tuple((word, float(n)) for word, n in keywords[:8]))
    facts = {"words": len(words), "sentences": len(sentences), "reading_ease": ease, "numbers": len(amounts)}
    shown = picture if len(keywords) > 1 else None
    return Findings("Findings", tuple(told), tuple(sections), shown, facts)


def grounded(text: str, source: str, share: float) -> str:
    """Of a model's words, the whole sentences that say nothing beyond the source: no number that is not in it, and at
    least this share of their words from it."""
    numbers, known = numbers_in(source), {word.lower() for word in words_of(source)}
    return " ".join(one for one in sentences_of(text) if holds(one, numbers, known, share))


def holds(sentence: str, numbers: set[str], known: set[str], share: float) -> bool:
    weighty = [word.lower() for word in words_of(sentence) if len(word) > 3 and word.lower() not in STOP]
    said = sum(word in known for word in weighty)
    return sentence.endswith((".", "!", "?")) and numbers_in(sentence) <= numbers and said >= share * len(weighty)


def numbers_in(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in re.findall(r"\d[\d.,]*", text)}

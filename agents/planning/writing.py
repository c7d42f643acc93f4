"""The planner's own words: lines for films, texts to be spoken, briefs for reports. From the goal, by rules."""

import re

from agents.delivery import RunFailed
from agents.engines.video import storyboard
from agents.engines.voices import ENGLISH, LanguageName, speakable
from agents.planning import heroes
from agents.planning.brief import Brief

SIGNS_A_SECOND = 14.0
POLITE = re.compile(r"[\s,;]*\b(?:(?:so|and)\s+)?(?:please|can you|could you)\b.*$", re.IGNORECASE)
BREATH = 0.75
LONGEST_LINE = 110
OPENINGS = {
    "promo": ("This is {ours}.", "Have you met {ours}?", "Say hello to {ours}.", "Here comes {ours}."),
    "greeting": ("{greeting}!", "{greeting}, from all our hearts!", "{greeting}, and many more good days!"),
    "explain": ("Let us talk about {it}.", "Today it is about {it}.", "A few words on {it}."),
    "story": ("Let me tell you about {it}.", "Today it is about {it}.", "Here is something about {it}."),
}
AUDIO_OPENINGS = ("Welcome.", "Hello, and welcome.", "Good to have you here.")
THANKS = ("Thank you for listening.", "Until next time.", "Take care, and see you soon.")
MASCOTS = ("Pip", "Momo", "Bruno", "Luna", "Kiko", "Otto", "Nala", "Fips")
WAYS = (
    "Ask me anything you like.", "I will show you around.", "You will see me here often.",
    "I have been looking forward to this.",
)  # fmt: skip
MORE = (
    "There is a reason why people come back.",
    "It takes time to do a thing well, and we take it.",
    "Half the street knows the way already.",
    "Some mornings begin here, and some evenings end here.",
)
CHAPTERS = {
    "promo": ("a day with us.", "why people come back."),
    "greeting": ("all the good years.", "everything still to come."),
    "explain": ("a closer look.", "what to remember."),
    "story": ("what came next.", "how it ended."),
}


def sayable(text: str, language: LanguageName = ENGLISH) -> bool:
    try:
        return bool(speakable(text, language))
    except RunFailed:
        return False


def sentence(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:-")
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?", "…")) else ".") if text else ""


def ours(phrase: str) -> str:
    """A subject as its people call it: a bakery is our bakery."""
    return re.sub(r"^(?:an?|the|my)\s+(?:new\s+)?", "our ", phrase, flags=re.IGNORECASE)


def the(phrase: str) -> str:
    """A subject that is known by now: a bakery is the bakery."""
    return re.sub(r"^an?\s+", "the ", phrase, flags=re.IGNORECASE)


def yours(phrase: str) -> str:
    return re.sub(r"^(?:my|our)\b", "your", phrase, flags=re.IGNORECASE)


def said(phrase: str) -> str:
    """A person's words as those of everybody behind them."""
    swaps = (
        (r"\bI['\u2019]m\b", "we are"),
        (r"\bI['\u2019]ve\b", "we have"),
        (r"\bI am\b", "we are"),
        (r"\bI\b", "we"),
        (r"\bmy\b", "our"),
    )
    for pattern, word in swaps:
        phrase = re.sub(pattern, word, phrase, flags=re.IGNORECASE)
    return re.sub(r"\bme\b", "us", phrase)


def about(brief: Brief) -> str:
    """The subject with its name, where it can be spoken; else in words that fit everything."""
    subject = brief.subject if sayable(brief.subject) else ""
    if brief.name and brief.name.lower() not in subject.lower() and sayable(brief.name):
        return f"{brief.name}, {subject}" if subject else brief.name
    return subject or brief.name or "what comes next"


def facts(brief: Brief) -> list[str]:
    """What the person tells of it, as lines; not what they wish for."""
    wishes = re.compile(
        r"\b(?:want|wants|need|needs|would like|wish|hope to|looking for|run|own|have to)\b", re.IGNORECASE
    )
    own = re.escape(ours(brief.subject)) if brief.subject else "$^"
    lines = [
        sentence(re.sub(rf"^{own}\b", "it", said(POLITE.sub("", fact)), flags=re.IGNORECASE))
        for fact in brief.facts
        if not wishes.search(fact)
        and "quotation" not in fact
        and not fact.lower().rstrip(". ").endswith(brief.subject.lower() or "$")
    ]
    return [line for line in lines if len(line) <= LONGEST_LINE and sayable(line)]


def told(brief: Brief) -> tuple[str, ...]:
    """What there is to tell of it: of the one a story is about, else of the topic."""
    of_hero = heroes.lines_for(about(brief), brief.chance("hero")) if brief.purpose in ("story", "explain") else ()
    return of_hero or brief.topic.lines


def quoted(brief: Brief) -> list[str]:
    return [sentence(quote) for quote in brief.cleaned.quotes if quote != brief.name and sayable(quote)]


def material(brief: Brief) -> list[str]:
    """Everything there is to say between opening and end, the best first: facts, then what is told of it."""
    topic_lines = [*told(brief)]
    chance = brief.chance("lines")
    dropped = chance.randrange(len(topic_lines))
    first = [line for at, line in enumerate(topic_lines) if at != dropped]
    if not brief.topic.trade and brief.topic.lines != tuple(topic_lines):
        first += brief.topic.lines
    return [*facts(brief), *first, *(MORE if brief.purpose == "promo" else ())]


def lines(brief: Brief, *, count: int, room: float, skip: int = 0) -> list[str]:
    """So many lines within so many signs, in their order; a later part of a film skips those of the parts before."""
    chosen: list[str] = []
    for line in material(brief)[skip:]:
        if len(chosen) < count and sum(map(len, chosen)) + len(line) <= room:
            chosen.append(line)
    return chosen


def closing(brief: Brief) -> str:
    last = quoted(brief)
    if last and len(last[-1]) <= LONGEST_LINE:
        return last[-1]
    if brief.purpose == "greeting":
        invites = brief.greeting == "You are invited"
        ends = (
            ("We hope to see you there.", "Come and celebrate with us.")
            if invites
            else ("This is for you.", "With love from all of us.")
        )
        return brief.chance("closing").choice(ends)
    calls = (
        brief.topic.calls if brief.purpose == "promo" or not brief.topic.trade else ("And that is only the beginning.",)
    )
    return brief.chance("closing").choice(calls)


def film_words(brief: Brief, *, seconds: int, part: int = 0, parts: int = 1) -> str:
    """The prompt of a film: how it is to be in front, then what is said and shown, a sentence a scene."""
    most = max(2, min(storyboard.MOST, seconds // 3))
    room = (seconds - BREATH * most) * SIGNS_A_SECOND * 1.1
    last = closing(brief) if part == parts - 1 else ""
    opening = opening_of(brief) if part == 0 else CHAPTERS[brief.purpose][min(part, 2) - 1]
    count = most - bool(last) - (len(opening) >= storyboard.SHORT)
    each = len(material(brief)) // parts
    middle = lines(
        brief,
        count=min(count, max(1, each)) if parts > 1 else count,
        room=room - len(last) - len(opening),
        skip=part * each,
    )
    kind = "launch video" if part == 0 and brief.purpose == "promo" and not brief.tempo else "video"
    tempo = f" {brief.tempo} bpm" if brief.tempo else ""
    genre = brief.genre or brief.topic.genre
    head = f"{'An' if genre[0] in 'aeiou' else 'A'} {genre}{tempo} {kind} about {opening}"
    return " ".join(one for one in (head, *middle, last) if one)[:500]


def greeted(brief: Brief) -> str:
    """The greeting, to somebody or from somebody who is named."""
    subject = brief.subject if sayable(brief.subject) else ""
    if brief.greeting == "You are invited":
        named = re.search(r"\b[A-Z][a-z]+", subject)
        return f"an invitation: {subject}." if named else "an invitation. You are invited!"
    dear = re.match(r"(?:my|our)\s+(?P<who>\w+(?:\s\w+)?)$", subject)
    named = re.search(r"\b[A-Z][a-z]+(?:\s(?:and|&)\s[A-Z][a-z]+)*", subject)
    who = f"dear {dear['who']}" if dear else named[0] if named else ""
    return f"{brief.greeting}, {who}!" if who else f"{brief.greeting}!"


def opening_of(brief: Brief) -> str:
    """What comes after `a video about`; of a promotion the studio makes `Introducing our …` of it."""
    if brief.purpose == "greeting":
        return greeted(brief)
    return re.sub(r"^(?:My|Our)\b", lambda match: match[0].lower(), about(brief)).rstrip(".!? ") + "."


def speech(brief: Brief, *, most: int) -> str:
    """A text for the voice, of at most so many signs."""
    chance = brief.chance("speech")
    values = {"ours": ours(about(brief)), "it": about(brief), "greeting": brief.greeting or "Hello"}
    opening = sentence(chance.choice(OPENINGS[brief.purpose]).format(**values))
    welcome = [chance.choice(AUDIO_OPENINGS)] if most > 300 and brief.purpose != "greeting" else []
    thanks = [chance.choice(THANKS)] if most > 400 else []
    last = [closing(brief), *thanks]
    middle: list[str] = []
    for line in (*facts(brief), *quoted(brief)[:-1], *told(brief)):
        if sum(map(len, (*welcome, opening, *middle, line, *last))) + len(middle) + 6 <= most:
            middle.append(line)
    whole = " ".join((*welcome, opening, *middle, *last))
    return whole if len(whole) <= most and sayable(whole) else fallback(brief, most)


def fallback(brief: Brief, most: int) -> str:
    return " ".join(told(brief))[:most].rpartition(".")[0] + "."


def introduction(brief: Brief, name: str) -> str:
    """What a figure says of itself, or to whom it congratulates."""
    quote = quoted(brief)
    if quote:
        return " ".join(quote)[:400]
    chance = brief.chance("introduction")
    if brief.purpose == "greeting":
        return f"{sentence(greeted(brief))} {chance.choice(told(brief))} {closing(brief)}"[:400]
    hello = chance.choice(
        ("Hi, I am {name}!", "Hello there, my name is {name}.", "Nice to meet you, I am {name}.")
    ).format(name=name)
    where = (
        f"I speak for {ours(about(brief))}."
        if brief.purpose == "promo"
        else f"I am here to tell you about {about(brief)}."
    )
    if brief.name and brief.name.lower() in brief.subject.lower():
        where = ""
    ways = chance.sample(WAYS, 2)
    if brief.purpose == "explain":
        ways = chance.sample([*told(brief)], 2)
    words_of_it = [fact for fact in facts(brief) if len(fact) < 120][:1] or ways[1:]
    words = " ".join(one for one in (hello, where, *words_of_it, ways[0], closing(brief)) if one)
    return words if len(words) <= 400 and sayable(words) else f"{hello} {ways[0]}"


def narration_of(words: str, most: int, brief: Brief) -> str:
    """What a film's own voice would say of these words, to be spoken by another."""
    said_lines = [shot.line for shot in storyboard.board(words, brief.seed, storyboard.MOST) if shot.line]
    while len(said_lines) > 1 and sum(map(len, said_lines)) + len(said_lines) > most:
        said_lines.pop(-2 if len(said_lines) > 2 else -1)
    text = " ".join(said_lines)[:1000]
    return text if sayable(text) else fallback(brief, most)


def title_of(brief: Brief) -> str:
    """Words for a title card."""
    title = brief.name or re.sub(r"^(?:an?|the|my|our)\s+(?:new\s+)?", "", brief.subject, flags=re.IGNORECASE)
    if brief.purpose == "greeting":
        title = brief.greeting
    title = title if len(title) <= 48 else title[:48].rpartition(" ")[0] or title[:48]
    return f"{title[:1].upper()}{title[1:]}" if title else ""

"""What a goal is about: the phrase for it, its name, the topic it belongs to."""

import re

from agents.engines.music.words import MOOD_WORDS
from agents.planning import lexicon, reading, spotting
from agents.planning.reading import Read, Want
from agents.planning.scenery import ANYTHING, SCENES
from agents.planning.topics import TRADES, Topic

LONGEST = 90
AUDIENCE = "|".join(re.escape(word) for word in sorted(lexicon.listed(lexicon.AUDIENCES), key=len, reverse=True))
LEADING = re.compile(
    rf"^(?:(?:{'|'.join(lexicon.LEADS.split())}"
    r"|(?:\w+\s+)?(?:pictures|images|illustrations|photos|scenes|slides)\s+(?:of|about|showing|from)|to|says|say"
    r"|tells|explains|shows|lasting|promote|promotes|celebrate"
    r"|celebrates|meet|congratulates?|thanks?|wish(?:es)?|greets?|welcomes?|invites?|(?:teach|show"
    r"|tell)\s+(?:people|us|me|everybody)|something\s+(?:\w+\s+)?(?:for|about)|advertise|introduce|introduces"
    r"|present|explain|describe"
    r"|(?:an?\s+|the\s+)?intro(?:duction)?\s+(?:for|to)|(?:an?|the)\s+(?:\w+\s+)?(?:story|tale)\s+(?:of|about)"
    r"|the\s+(?:launch|opening|story|topic|subject)\s+of)\s+)+",
    re.IGNORECASE,
)
PLATFORM = re.compile(rf"\b(?:for|on|to)\s+(?:{AUDIENCE})\b(?!\w)", re.IGNORECASE)
SETTINGS = re.compile(
    r"\b(?:no|without)\s+[\w-]+|\b(?:told|spoken|read)\s+\w+ly\b|\b(?:to"
    r"|for)\s+(?:\w+[\s-]+){0,2}(?:year[\s-]+olds?|kids|children|beginners|adults|everybody|everyone)\b"
    r"|\b(?:in|as|with)\s+(?:an?\s+)?(?:[\w-]+\s+){0,2}(?:format|style|look|mood|tone|tempo|quality|resolution|bpm)\b"
    r"|\b(?:in\s+)?(?:9:16|16:9|1:1|4k|hd)\b|\b\d+\s*bpm\b|\bplease\b|\bthanks?\b\s*$|\b(?:long|lasting)\s*$",
    re.IGNORECASE,
)
ORDERS = re.compile(
    r"[,;]?\s*(?:\band\s+|\bplus\s+|\bthen\s+)?\b(?:let|make|use|keep|give|add|put|have|show|lay|join|cut|mix"
    r"|place|turn|"
    r"combine|read|say|speak|tell|present|upscale|enlarge|print|send|publish|upload|post|explain|animate"
    r"|bring)\s+(?:it|them|him|her|me|us|the|an?|some|everything|all|that|this|this)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
ENDING = re.compile(
    r"[\s,;:\u2013\u2014-]+(?:and|or|with|for|of|in|on|at|to|from|by|the|an?|my|our|that|which|who|is|are|about"
    r"|under|beside|plus)$",
    re.IGNORECASE,
)
POINTERS = {
    "it",
    "them",
    "this",
    "that",
    "these",
    "those",
    "me",
    "us",
    "him",
    "her",
    "my",
    "our",
    "you",
    "there",
    "same",
    "intro",
    "introduction",
    "outro",
}
DOES = re.compile(
    r"(?<!who )(?<!that )(?<!which "
    r")\b(?:opens?|run|runs|start|starts|sell|sells|own|owns|have|has|launch|launches|organi[sz]e|host|offer"
    r"|offers|bake|"
    r"bakes|make|makes|love|need|needs|want|wants|is|are|am|would|will|can|celebrates?|turns?|moves?|closes?"
    r"|teach|teaches|sings?|plays?|performs?|meets?|invites?|serves?|builds?|comes?|lives?|works?)\b",
    re.IGNORECASE,
)
HAVING = re.compile(
    r"(?:^(?:i|we)['\u2019](?:re|m)|\b(?:open|run|start|starting|opening|sell|own|launch|launching|organi[sz]e"
    r"|host|offer|bake|love|celebrate|teach|found"
    r"|plan|planning|promote|advertise|support|are|am))\s+(?P<what>(?:an?|the|my|our|some|\w+).+)$",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?:called|named|[Mm]eet)\s+(?P<name>quotation\d+|[A-Z][\w'&]*(?:\s+(?:[A-Z&][\w'&]*|of|the|and)){0,3})"
)


def phrase(text: str) -> str:
    """A noun phrase from the words after a want, without how it is to be made; empty where there is none."""
    text = ORDERS.sub("", " ".join(text.split()))
    text = reading.LENGTH.sub(" ", SETTINGS.sub(" ", text))
    text = PLATFORM.sub(" ", text)
    text = " ".join(re.sub(r"\bquotation\d+\b", " ", text).split())
    text = LEADING.sub("", text.strip(" ,;:-\u2013\u2014")).strip(" ,;:-\u2013\u2014")
    text = shortened(without_settings(text))
    while ENDING.search(text):
        text = ENDING.sub("", text)
    if re.match(r"(?:I|we|you|they|he|she|it)\b", text, re.IGNORECASE):
        return ""
    words = [word for word in spotting.tokens(text) if word not in POINTERS]
    return text if any(len(word) > 1 for word in words) and not is_filler(words) else ""


def without_settings(text: str) -> str:
    """Without the pieces between commas that only say how it is to be."""
    known = set(lexicon.FILLER.split()) | how_words() - {"house", "rock"}
    first, *others = re.split(r"\s*[,:]\s+", text)
    kept = [part for part in others if not all(is_known(word, known) for word in spotting.tokens(part))]
    return ", ".join([first, *kept])


def shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    for mark in (". ", "; ", ", ", " and ", " "):
        head = text[:LONGEST].rpartition(mark)[0]
        if len(head) > 20:
            return head
    return text[:LONGEST]


def is_filler(words: list[str]) -> bool:
    filler = set(lexicon.FILLER.split())
    return all(word in filler or word.isdigit() for word in words)


def modifiers(want: Want) -> str:
    """The subject in front of a want: `bakery` of a bakery launch video."""
    known = set(lexicon.FILLER.split()) | set(lexicon.PROMOTING.split()) | set(lexicon.NUMBERS) | how_words()
    text = reading.LENGTH.sub(" ", reading.REQUEST.split(want.before)[-1])
    kept = [
        word
        for word in re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", PLATFORM.sub(" ", text))
        if not is_known(word, known)
    ]
    return " ".join(kept) if any(len(word) > 2 for word in kept) else ""


def is_known(word: str, known: set[str]) -> bool:
    return word.lower() in known or word.isdigit() or word.startswith("quotation")


def how_words() -> set[str]:
    lists = (*lexicon.ASPECTS.values(), *lexicon.SHAPES.values(), *lexicon.STYLES.values())
    words = {word for text in lists for part in lexicon.listed(text) for word in (part, *part.split())}
    words |= {word for part in lexicon.listed(lexicon.NOUNS["film"]) for word in part.split()}
    return (words | set(MOODS) | set(MOOD_WORDS)) - {"book", "album", "story", "profile", "phone"}


MOODS = lexicon.words(
    "calm happy sad dark epic dreamy tense romantic playful energetic mysterious nostalgic upbeat cheerful relaxing "
    "warm "
    "gentle soft funny dramatic slow fast lively emotional inspiring uplifting jazz jazzy lo-fi lofi ambient techno "
    "house "
    "rock pop blues classical folk hip-hop synthwave latin reggae funk cinematic acoustic electronic orchestral "
    "quiet loud "
    "product company business stock hero bpm joyful moody chill peaceful powerful driving catchy swing metal punk "
    "disco friendly cute colourful colorful"
)


def subject_of(read: Read, asides: tuple[str, ...]) -> str:
    order = ("film", "slideshow", "talk", "picture", "report", "voice", "avatar", "track", "text", "analysis")
    wants = sorted(read.wants, key=lambda want: order.index(want.kind) if want.kind in order else len(order))
    candidates = [phrase(want.rest) for want in wants]
    candidates += [after_lead(loose) for loose in read.loose]
    candidates += [modifiers(want) for want in wants]
    candidates += [phrase(aside) for aside in asides]
    candidates += [phrase(of_fact(fact)) for fact in (*read.facts, *read.loose)]
    return next((one for one in candidates if one), "")


def after_lead(order: str) -> str:
    """Of an order without a name for what it wants: `make something for my studio`."""
    lead = re.search(r"\b(?:for|about|of)\b", order, re.IGNORECASE)
    return phrase(order[lead.start() :]) if lead and reading.REQUEST.search(order) else ""


def of_fact(fact: str) -> str:
    """The thing a statement is about: `a coffee shop in Lisbon` of I want to open one, `my bakery` of it opens."""
    if re.match(r"(?:i|we|i'm|we're)\b", fact, re.IGNORECASE):
        having = HAVING.search(re.sub(r"^(?:i|we)['\u2019](?:m|re)\s+(?=\w+ing\b)", "", fact, flags=re.IGNORECASE))
        return having["what"] if having else ""
    does = DOES.search(fact)
    return fact[: does.start()] if does and does.start() > 3 else fact


def name_of(masked: str, quotes: tuple[str, ...]) -> str:
    """The name that is given with `called`, in quotation marks or capitals."""
    match = NAMED.search(masked)
    if match is None:
        return next((quote for quote in quotes if is_title(quote)), "")
    number = re.fullmatch(r"quotation(\d+)", match["name"])
    name = quotes[int(number[1]) - 1] if number and int(number[1]) <= len(quotes) else match["name"]
    return re.sub(r"\s+(?:of|the|and)$", "", name)[:60]


def is_title(quote: str) -> bool:
    """`The Last Dragon`, but not `Fresh every day`."""
    words = [word for word in re.findall(r"[^\W\d_][\w'\u2019-]*", quote) if len(word) > 3 or word.istitle()]
    return bool(words) and len(quote) < 50 and all(word[0].isupper() for word in words) and quote[-1] not in ".!?"


def topic_of(subject: str, text: str) -> Topic:
    """The topic whose words the subject, or else the whole text, holds the most of; trades first."""
    spoken, around = spotting.tokens(subject), spotting.tokens(text)

    def weight(topic: Topic) -> float:
        words = set(topic.words.split())
        return 3.0 * held(spoken, words) + 0.5 * min(2, held(around, words))

    best = max((*TRADES, *SCENES), key=weight)
    return best if weight(best) > 0 else ANYTHING


def held(tokens: list[str], words: set[str]) -> int:
    return len({token for token in tokens if token in words or token.removesuffix("s") in words})

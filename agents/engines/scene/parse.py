"""A sentence becomes a scene: things with counts and colours, the setting, the hour and the weather."""

import re
from dataclasses import dataclass, field
from random import Random

from agents.engines.scene import colours, lexicon, vocabulary
from agents.engines.scene.lexicon_land import LAND

KINDS = lexicon.SCENERY | lexicon.SKY | lexicon.AIR | lexicon.WATER | lexicon.DEEP | LAND
WORD_TO_KIND = {word: name for name, kind in reversed(KINDS.items()) for word in kind.words.split()}
TOKENS = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*|[,.;:!?]")
LOWER_TIMES = {word: time for time, words in vocabulary.TIMES.items() for word in words.split()}
WEATHER = {word: name for name, words in vocabulary.WEATHER.items() for word in words.split()}
SEASON = {word: name for name, words in vocabulary.SEASONS.items() for word in words.split()}
ODD_PLURALS = {"people", "men", "women", "children", "geese", "mice", "cacti", "wolves", "snowmen", "fishes"}
SAME_IN_PLURAL = {"koi", "fish", "sheep", "coral", "jellyfish", "squid", "bamboo", "wheat", "lavender", "sakura"}
MANY_IN_ONE = {"village", "town", "graveyard", "cemetery", "orchard", "market"}
FIELDS_OF = {"wheat", "lavender"}
MATERIALS = {"stone", "ice", "rock", "fire", "flower", "apple", "candle", "book", "mushroom", "wine"}
TREES = {"tree", "pine", "palm", "birch", "cherry", "cypress", "bamboo"}


@dataclass
class Item:
    """One thing asked for. `colours` are those bound to it, `trim` that of a part of it."""

    kind: str
    count: int = 1
    colours: list[str] = field(default_factory=list)
    trim: str | None = None
    many_coloured: bool = False
    word: str = ""

    @property
    def place(self) -> str:
        return KINDS[self.kind].place


@dataclass
class Scene:
    """What the words say; `not_drawn` are the nouns with no drawing, `likeness` those drawn as something close."""

    items: list[Item]
    time: str
    weather: frozenset[str]
    season: str
    sky: str | None
    palette: tuple[str, ...]
    not_drawn: list[str]
    likeness: dict[str, str]

    def item(self, kind: str) -> Item | None:
        return next((item for item in self.items if item.kind == kind), None)

    def has(self, *kinds: str) -> bool:
        return any(item.kind in kinds for item in self.items)

    def colour(self, kind: str) -> str | None:
        item = self.item(kind)
        return item.colours[0] if item and item.colours else None


class Reader:
    """Reads tokens left to right, keeping the colours and numbers that wait for their noun."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.waiting: list[str] = []
        self.count: int | None = None
        self.many = False
        self.negated = 0
        self.time = self.season = ""
        self.weather: set[str] = set()
        self.sky: str | None = None
        self.palette: list[str] = []
        self.unknown: list[str] = []
        self.likeness: dict[str, str] = {}
        self.last: Item | None = None
        self.predicate = False

    def read(self, words: list[str]) -> None:
        for at, word in enumerate(words):
            before = words[at - 1] if at else ""
            after = words[at + 1] if at + 1 < len(words) else ""
            if not _only_describes(word, after):
                self._step(word, before, after)
        self._release()

    def _step(self, word: str, before: str, after: str) -> None:
        if word in ",.;:!?":
            self._release()
            return
        if word in {"no", "without"}:
            self.negated = 3
            return
        self.negated = max(0, self.negated - 1)
        if not (self._light(word, after) or self._qualifier(word, before, after) or self._noun(word)):
            self._other(word)

    def _light(self, word: str, after: str) -> bool:
        """Hour, weather and season. A word may be both season and thing, and then is only noted."""
        if word in LOWER_TIMES and not (word == "day" and self.time):
            self.time = LOWER_TIMES[word]
            if "moonlight" not in word and word not in {"moonlit", "starry", "starlit"}:
                return True
        if word in WEATHER:
            self.weather.add(WEATHER[word])
        if word in SEASON:
            self.season = SEASON[word]
        if word in {"sky", "skies", "background", "backdrop"}:
            self.sky = self.waiting[0] if self.waiting else self.sky
            self.waiting, self.last = [], Item("sky")
            return True
        return (word in WEATHER or word in SEASON) and word not in WORD_TO_KIND

    def _qualifier(self, word: str, before: str, after: str) -> bool:
        if word in vocabulary.NUMBERS or word.isdigit():
            if word not in {"a", "an"} or self.count is None:
                self.count = int(word) if word.isdigit() else vocabulary.NUMBERS[word]
            return True
        if word in colours.MANY_WORDS and (word != "rainbow" or _kind_of(after)[0] or after.startswith("colo")):
            self._colour_many(after)
            return True
        colour = colours.colour_of(word, before)
        if colour is None or (word in WORD_TO_KIND and not _colours_what_follows(after)):
            return False
        if self.predicate and self.last is not None:
            self._give(self.last, [colour])
        else:
            self.waiting.append(colour)
        return True

    def _colour_many(self, after: str) -> None:
        if after.startswith("colo") and self.last is not None:
            self.last.many_coloured = True
        else:
            self.many = True

    def _noun(self, word: str) -> bool:
        if word in vocabulary.PARTS and self.last is not None and (self.waiting or word in vocabulary.LIGHTS):
            self._part(word)
            return True
        kind, plural = _kind_of(word)
        likeness = vocabulary.LIKENESS.get(word) or vocabulary.LIKENESS.get(word.removesuffix("s"))
        if likeness is None and kind is None:
            return False
        if likeness is not None and word not in WORD_TO_KIND:
            kind, plural = likeness[0], word.endswith("s")
            self.likeness[word] = kind
            self.waiting = self.waiting or [likeness[1]]
        if not self.negated and kind is not None:
            self._add(kind, plural, word)
        self.waiting, self.count, self.many = [], None, False
        self.predicate = False
        return True

    def _add(self, kind: str, plural: bool, word: str) -> None:
        count = self.count
        plural = plural or word in MANY_IN_ONE
        if count is None or (count == 1 and plural):
            count = KINDS[kind].flock if plural or (word in SAME_IN_PLURAL and self.count is None) else 1
        if kind in FIELDS_OF:
            count = max(count, KINDS[kind].flock)
        count = min(count, max(vocabulary.MOST, KINDS[kind].flock))
        known = next((item for item in self.items if item.kind == kind), None)
        if known is not None and not (self.waiting and known.colours and KINDS[kind].place != "scenery"):
            known.count = max(known.count, count) if self.count or known.word == word else known.count
        else:
            known = Item(kind, count, word=word)
            self.items.append(known)
        known.many_coloured = known.many_coloured or self.many
        self._give(known, self.waiting)
        self.last = known

    def _part(self, word: str) -> None:
        assert self.last is not None  # noqa: S101 the caller saw it
        if self.waiting and word in vocabulary.WEARS_MAIN:
            self._give(self.last, self.waiting)
        elif self.waiting:
            self.last.trim = self.waiting[0]
        self.waiting, self.count = [], None

    def _give(self, item: Item, given: list[str]) -> None:
        if item.kind == "sky":
            self.sky = given[0] if given else self.sky
            return
        if not item.colours:
            item.colours.extend(given)

    def _other(self, word: str) -> None:
        if word in {"is", "are", "painted", "turned", "colored", "coloured"}:
            self.predicate = True
            return
        self.predicate = False
        if word in vocabulary.PREPOSITIONS or word == "and":
            if word not in {"and", "of"}:
                self._release()
            return
        if _names_a_thing(word) and not self.negated:
            self.unknown.append(word)
            self.waiting, self.count = [], None

    def _release(self) -> None:
        """Colours that met no noun colour the whole picture."""
        self.palette.extend(self.waiting)
        self.waiting, self.count, self.many, self.predicate = [], None, False, False


def _kind_of(word: str) -> tuple[str | None, bool]:
    """The kind, and whether the word is a plural."""
    kind = WORD_TO_KIND.get(word)
    if kind is None and word.endswith("s"):
        kind = WORD_TO_KIND.get(word[:-1]) or WORD_TO_KIND.get(word.removesuffix("es"))
    if kind is None and "-" in word:
        kind = WORD_TO_KIND.get(word.rpartition("-")[2])
    singular = {word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"} - {word}
    plural = any(WORD_TO_KIND.get(form) == kind for form in singular) or word in ODD_PLURALS
    return kind, kind is not None and plural


def _colours_what_follows(after: str) -> bool:
    """`rose sky` is a colour, `rose garden` and `a rose` are flowers."""
    kind = _kind_of(after)[0]
    coloured = kind is not None and kind not in {"field", "underwater", "tree", "hill"}
    return coloured or after in vocabulary.PARTS or after in {"sky", "skies", "background", "and"}


def _only_describes(word: str, after: str) -> bool:
    """`stone` in `stone bridge`, `maple` in `maple trees`."""
    follows = _kind_of(after)[0]
    return follows is not None and (word in MATERIALS or _kind_of(word)[0] == follows)


def _names_a_thing(word: str) -> bool:
    if word in vocabulary.SILENT or word in LOWER_TIMES or len(word) < 3 or word.isdigit():
        return False
    if word in vocabulary.PARTS or word in colours.SHADES or word.endswith("'s"):
        return False
    return not word.endswith(vocabulary.SILENT_ENDINGS)


def _joined(words: list[str]) -> list[str]:
    """Words that name one thing together become one: `hot air balloon`, `palm trees`, `golden hour`."""
    out: list[str] = []
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            joined = "-".join(words[at : at + length])
            if (
                length == 1
                or joined in WORD_TO_KIND
                or joined.removesuffix("s") in WORD_TO_KIND
                or joined in LOWER_TIMES
                or joined in vocabulary.LIKENESS
            ):
                out.append(joined)
                at += length
                break
    return out


def parse(prompt: str, seed: int) -> Scene:
    reader = Reader()
    reader.read(_joined(TOKENS.findall(prompt.lower())))
    chance = Random(f"{seed}:scene")
    kinds = {item.kind for item in reader.items}
    time = reader.time
    if not time:
        dark = kinds & vocabulary.NIGHT_THINGS or ("moon" in kinds and "astronaut" not in kinds)
        time = "night" if dark else chance.choice(("morning", "afternoon", "noon", "sunset"))
    if "lightning" in kinds:
        reader.weather.add("storm")
    season = reader.season or ("winter" if "snow" in reader.weather else chance.choice(("spring", "summer")))
    return Scene(
        items=reader.items,
        time=time,
        weather=frozenset(reader.weather),
        season=season,
        sky=reader.sky,
        palette=tuple(reader.palette),
        not_drawn=list(dict.fromkeys(reader.unknown)),
        likeness=reader.likeness,
    )

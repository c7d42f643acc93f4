"""Steps that end in music and speech."""

import re

from django.conf import settings

from agents.engines.voices import ENGLISH, LANGUAGES, LanguageName
from agents.planning import spotting, writing
from agents.planning.brief import Brief
from agents.planning.draft import Draft, file_of
from agents.planning.reading import Want
from agents.planning.subject import phrase

COMPOSER = ("music-studio", "generate")
VOICE = ("voice-lab", "synthesize")
SHORTEST, SHORT, USUAL, LONGEST, LONGEST_EXTENDED = 10, 15, 30, 60, 180
MOST_SIGNS, MOST_SPEECHES = 1000, 3
SIGNS_A_SECOND = 14.0


def score(draft: Draft, brief: Brief, words: str, seconds: int) -> str:
    """The film's own music as a track: the same words, mood, length and seed give the same piece."""
    what = {
        "prompt": words, "mood": brief.mood or brief.topic.mood, "duration": max(SHORTEST, min(LONGEST, seconds)),
        "seed": brief.seed_for("film"),
    }  # fmt: skip
    reason = f"Composes {seconds} seconds of music from the film's words: what the film plays, as a track of its own."
    return draft.add("music", *COMPOSER, what, reason)


def track(draft: Draft, brief: Brief, seconds: int, reason: str, *, number: int = 0) -> str:
    what = {
        "prompt": track_words(brief), "genre": brief.genre or brief.topic.genre, "mood": brief.mood or brief.topic.mood,
        "tempo": brief.tempo, "duration": max(SHORTEST, min(LONGEST, seconds)),
        "seed": brief.seed_for(f"track {number}"),
    }  # fmt: skip
    return draft.add("music", *COMPOSER, what, reason)


def track_words(brief: Brief) -> str:
    """The person's own words for the music, and what it is for."""
    want = next((one for one in brief.wants if one.kind == "track"), None)
    mood, genre = brief.mood or brief.topic.mood, brief.genre or brief.topic.genre
    what = f" for {brief.subject}" if brief.subject else ""
    if want is None:
        return f"A {mood} {genre} piece{what}"[:500]
    own = re.sub(
        r"^(?:(?:and|with|plus|also|please|make|create|compose|me|us)\s+)+",
        "",
        f"{want.before} {want.word} {want.rest}".strip(),
        flags=re.I,
    )
    own = re.sub(r"\bquotation\d+\b", " ", own)
    if not phrase(want.rest) and brief.subject.lower() not in own.lower():
        own += what
    return " ".join(f"{own}, {mood} {genre}".split())[:500]


def tracks(draft: Draft, brief: Brief, want: Want) -> str:
    """The music as a thing of its own; beyond a minute it is continued."""
    if not draft.needs(*COMPOSER, "the music"):
        return ""
    if {"lyrics", "singing", "sung", "sings", "vocals"} & set(brief.text.lower().split()) or want.word == "song":
        draft.leave_out("Nobody sings here: the music is instrumental.")
    seconds = round(
        want.seconds
        or (brief.seconds if not brief.asks("film") else 0)
        or (SHORT if want.word in ("jingle", "ringtone") else USUAL)
    )
    if seconds < SHORTEST:
        draft.leave_out(f"A track lasts {SHORTEST} seconds at least here.")
    key = ""
    for number in range(min(want.count, draft.room, 4)):
        name = f"{want.count} pieces, number {number + 1}" if want.count > 1 else "the music"
        key = track(
            draft, brief, seconds, f"Composes {name}: {brief.mood or brief.topic.mood}, as MP3 and MIDI.", number=number
        )
    return extended(draft, brief, key, seconds) if want.count == 1 else key


def extended(draft: Draft, brief: Brief, key: str, seconds: int) -> str:
    if seconds > LONGEST and settings.MUSIC_URL:
        draft.leave_out(f"A track lasts {LONGEST} seconds at most here.")
        return key
    left = min(seconds, LONGEST_EXTENDED) - LONGEST
    if seconds > LONGEST_EXTENDED:
        draft.leave_out(f"A track lasts {LONGEST_EXTENDED // 60} minutes at most here.")
    while left >= 5 and draft.room and draft.can("music-studio", "extend"):
        more = min(LONGEST, left)
        what = {"track": file_of(key, "track.mp3"), "seconds": more, "seed": brief.seed_for(f"extend {left}")}
        key = draft.add("music-longer", "music-studio", "extend", what, f"Continues the piece by {more} seconds.")
        left -= more
    return key


def remix(draft: Draft, brief: Brief, key: str) -> str:
    others = {
        "ambient": "lo-fi",
        "lo-fi": "jazz",
        "folk": "pop",
        "pop": "synthwave",
        "jazz": "lo-fi",
        "house": "techno",
    }
    genre = others.get(brief.genre or brief.topic.genre, "lo-fi")
    what = {"track": file_of(key, "track.mp3"), "genre": genre, "seed": brief.seed_for("remix")}
    return draft.add("remix", "music-studio", "remix", what, f"Plays the same melody again as {genre}, to choose from.")


def speech(draft: Draft, brief: Brief, text: str, reason: str, *, language: LanguageName = ENGLISH) -> str:
    what = {"text": text, "voice": brief.voice, "seed": brief.seed_for("voice")}
    if language != ENGLISH:
        what["language"] = language
    return draft.add("voice", *VOICE, what, reason)


def voices(draft: Draft, brief: Brief, want: Want) -> str:
    if not draft.needs(*VOICE, "the voice"):
        return ""
    if brief.asks("track"):
        draft.leave_out("Sounds alone are not mixed here: voice and music are a file each.")
    given, language = given_text(brief)
    long = want.word in LONG_FORMS or "meditation" in brief.text.lower()
    seconds = want.seconds or brief.seconds or (55 if long else 25)
    if seconds > 75 and not given:
        draft.leave_out("The planner writes about a minute of text at most; longer ones are read when you paste them.")
    most = min(MOST_SIGNS - 50, max(90, round(seconds * SIGNS_A_SECOND)))
    texts = pieces(given, language) if given else [writing.speech(brief, most=most)]
    if len(texts) > min(MOST_SPEECHES, draft.room):
        draft.leave_out(f"Only the first {min(MOST_SPEECHES, draft.room)} parts of your text are read.")
    told, key = "your text" if given else "a text for it", ""
    for number, text in enumerate(texts[: min(MOST_SPEECHES, draft.room)], 1):
        part = f", part {number} of {len(texts)}" if len(texts) > 1 else ""
        key = speech(draft, brief, text, f"Reads {told} aloud{part}.", language=language)
    return key


LONG_FORMS = {"podcast", "podcast episode", "audiobook", "audio book", "guided meditation", "audio guide", "narration"}


def given_text(brief: Brief) -> tuple[str, LanguageName]:
    """What the person wrote to be read, in quotation marks, and the language that the goal names for it."""
    text = " ".join(quote for quote in brief.cleaned.quotes if quote != brief.name and len(quote) > 3)
    named = {one.label.partition(" ")[0].lower(): name for name, one in reversed(LANGUAGES.items())}
    language = next((named[word] for word in spotting.tokens(brief.text) if word in named), ENGLISH)
    for possible in (language, ENGLISH):
        if text and writing.sayable(text, possible):
            return text, possible
    return "", ENGLISH


def pieces(text: str, language: LanguageName) -> list[str]:
    out: list[str] = []
    while text:
        head = text[:MOST_SIGNS]
        if len(text) > MOST_SIGNS:
            head = head[: max(head.rfind(". ") + 1, head.rfind(" "), 1)] if " " in head else head
        out.append(head.strip())
        text = text[len(head) :].strip()
    return [one for one in out if one and writing.sayable(one, language)]

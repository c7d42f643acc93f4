"""The planner that comes along: what the words of a goal ask for becomes steps, by rules alone."""

import re
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext_noop as _

from agents.planning import films, lexicon, papers, pictures, shows, sounds, validation
from agents.planning.brief import Brief, brief_of
from agents.planning.draft import Draft
from agents.planning.plan import Plan, Step
from agents.planning.reading import Want
from agents.planning.validation import MayUse
from agents.runners.video_studio import Aspect
from agents.sentences import said
from avatarg.errors import InvalidInput

LABEL = "Avatar G planner (rules, local)"
NOT_READ = _("Please say in a few English words what you want: a film, a track, pictures, a report, a speaking figure.")
OTHER_LIMITS = (
    (re.compile(r"\b(?:publish|upload|post)\s+(?:it|them|this|everything|the\s+\w+)\b|\bschedule\b", re.I),
     "Nothing is published from here: the files are yours to post."),
    (re.compile(r"\bin\s+(?:spanish|german|french|italian|portuguese|chinese|japanese|arabic|hindi|dutch|polish"
                r"|russian|turkish)\b"
                r"|\btranslat", re.I),
     "What the planner writes itself is in English."),
    (re.compile(r"\b(?:woman|female|girl|her)(?:'s)?\s+voice|\bfemale\s+(?:narrator|speaker)", re.I),
     "There is one speaker here, a man: another voice is not there yet."),
    (re.compile(r"\bmy\s+(?:own\s+)?voice\b|\bclone\b|\bmy\s+voice\b", re.I),
     "Your own voice is saved in Voice Lab, with your consent: a plan uses the one that comes along."),
    (re.compile(r"\b(?:photo-?realistic|realistic photo|real footage|live action|deepfake)\b", re.I),
     "Everything is drawn here: there is no photographic footage."),
)  # fmt: skip
WEIGHT = {
    "text": 0,
    "analysis": 1,
    "report": 2,
    "picture": 3,
    "avatar": 4,
    "track": 5,
    "voice": 6,
    "slideshow": 7,
    "talk": 8,
    "film": 9,
}
BUSINESS = re.compile(
    r"\b(?:open|start|launch|found|business|company|startup|shop|store|sell|customers?|brand|market|clients?"
    r"|invest|revenue"
    r"|product|service|budget|crowdfund\w*)", re.I
)  # fmt: skip


def plan(goal: str, *, seed: int, most_steps: int, may_use: MayUse, thorough: bool) -> Plan:
    """Raises InvalidInput where nothing in the goal can be done."""
    brief = brief_of(goal, seed=seed, thorough=thorough)
    draft = Draft(may_use=may_use, most_steps=most_steps)
    if not readable(brief):
        raise InvalidInput({"goal": [said(NOT_READ)]})
    for rule, told in OTHER_LIMITS:
        if rule.search(brief.text):
            draft.leave_out(told)
    if brief.cleaned.language:
        draft.leave_out("What the planner writes itself is in English.")
    wants = wanted(draft, brief)
    last = build(draft, brief, wants)
    if thorough:
        enrich(draft, brief, wants)
    if not draft.steps:
        raise InvalidInput({"goal": [said(sentence) for sentence in draft.left_out or [NOT_READ]]})
    return Plan(validation.ordered(with_last(draft.steps, last)), tuple(draft.left_out), LABEL)


def readable(brief: Brief) -> bool:
    letters = [sign for sign in brief.text if sign.isalpha()]
    plain = [sign for sign in letters if sign < "\u0250"]
    return bool(brief.cleaned.table) or (len(plain) > 2 and len(plain) >= 0.6 * len(letters))


def wanted(draft: Draft, brief: Brief) -> list[Want]:
    """What is to be built, the main thing first; a default where a subject stands alone."""
    kept: list[Want] = []
    for want in brief.wants:
        if want.kind in lexicon.MISSING:
            draft.leave_out(lexicon.MISSING[want.kind])
        elif not (want.kind in SINGLE and any(one.kind == want.kind for one in kept)):
            kept.append(want)
    kept = merged([*kept, *implied(brief, {want.kind for want in kept})], brief)
    if not kept and not only_missing(brief):
        kept = default(brief)
    elif not kept and any(want.kind == "post" for want in brief.wants):
        kept = [made("picture"), made("text")]
    return sorted(kept, key=lambda want: -WEIGHT[want.kind])


def implied(brief: Brief, kinds: set[lexicon.Kind]) -> list[Want]:
    """What is not named, but there to be worked on, or to be heard."""
    found: list[Want] = []
    asked = papers.pasted(brief) and papers.ASKS.search(brief.text)
    if (brief.cleaned.table or asked) and "analysis" not in kinds:
        found.append(made("analysis"))
    if brief.talks and SPEAKS.search(brief.text) and not kinds & {"avatar", "talk"}:
        found.append(made("talk"))
    if "text" in kinds and re.search(r"\billustrated\b", brief.text, re.IGNORECASE) and "picture" not in kinds:
        found.append(made("picture"))
    if "text" in kinds and TOLD.search(brief.text) and not kinds & {"voice", "film", "talk"}:
        found.append(made("voice"))
    return found


TOLD = re.compile(r"\b(?:told|narrated|spoken)\b", re.IGNORECASE)


def merged(wants: list[Want], brief: Brief) -> list[Want]:
    """A figure that has a voice speaks, and so does a film."""
    kinds = {want.kind for want in wants}
    if "avatar" in kinds and (brief.talks or "voice" in kinds) and "talk" not in kinds:
        figure = next(want for want in wants if want.kind == "avatar")
        wants = [want for want in wants if want is not figure and want.kind != "voice"]
        wants.append(Want("talk", figure.word, 1, figure.before, figure.rest, figure.seconds))
    if "film" in kinds:
        wants = [want for want in wants if want.kind != "voice" or want.word in sounds.LONG_FORMS]
    return wants


SPEAKS = re.compile(
    r"\b(?:let|have|make)\s+(?:it|him|her)\s+(?:speak|talk|say|introduce|greet|welcome|tell)", re.IGNORECASE
)
SINGLE = {"film", "slideshow", "talk", "voice", "analysis"}


def only_missing(brief: Brief) -> bool:
    return bool(brief.wants) and all(want.kind in lexicon.MISSING for want in brief.wants)


def default(brief: Brief) -> list[Want]:
    if brief.seconds or re.search(r"\b(?:narrated|filmed|animated|on screen)\b", brief.text, re.IGNORECASE):
        return [made("film")]
    if brief.greeting and brief.purpose == "greeting":
        return [made("talk"), made("picture")]
    return [made("report"), made("picture")] if BUSINESS.search(brief.text) else [made("picture"), made("text")]


def made(kind: lexicon.Kind) -> Want:
    return Want(kind, kind if kind != "talk" else "avatar", 1, "", "")


def build(draft: Draft, brief: Brief, wants: list[Want]) -> str:
    """The steps of every want; the key that the whole comes to."""
    kinds = {want.kind for want in wants}
    first = ""
    if {"film", "talk"} <= kinds and draft.can("media-production", "video") and draft.room >= JOINED_STEPS:
        first = presented(draft, brief, wants)
        done = ("film", "talk", *(() if a_piece_is_asked(wants) else ("track",)))
        wants = [want for want in wants if want.kind not in done]
    elif {"film", "avatar"} <= kinds and CORNER.search(brief.text) and draft.room >= JOINED_STEPS:
        figure = pictures.avatar(draft, brief, next(want for want in wants if want.kind == "avatar"))
        first = films.film(draft, brief, next(want for want in wants if want.kind == "film"), overlay=figure)
        wants = [want for want in wants if want.kind not in ("film", "avatar")]
    keys = [first, *(BUILDERS[want.kind](draft, brief, want) for want in wants)]
    return next((key for key in keys if key), "")


JOINED_STEPS = 4
CORNER = re.compile(r"\bcorner\b|\bappears?\s+in\b|\bin\s+the\s+picture\b", re.IGNORECASE)


def a_piece_is_asked(wants: list[Want]) -> bool:
    """`With music` is what a film has anyway; a song or a jingle is a thing of its own."""
    return any(want.kind == "track" and want.word not in ("music", "background music") for want in wants)


def presented(draft: Draft, brief: Brief, wants: list[Want]) -> str:
    """A film with a figure that speaks in front of it."""
    film = next(want for want in wants if want.kind == "film")
    figure = next(want for want in wants if want.kind == "talk")
    speaks = talk(draft, brief, figure, aspect=brief.aspect or "16:9")
    key = films.film(draft, brief, film, bare=True)
    if not key or not speaks or not draft.room:
        return key or speaks
    return films.after(draft, brief, speaks, key)


def drawn(draft: Draft, brief: Brief, want: Want) -> str:
    """The pictures of a slideshow are drawn with it."""
    return "" if brief.asks("slideshow") else pictures.pictures(draft, brief, want)


def figures(draft: Draft, brief: Brief, want: Want) -> str:
    count = max(1, min(want.count, draft.room))
    return [pictures.avatar(draft, brief, want, number=number) for number in range(count)][-1]


def composed(draft: Draft, brief: Brief, want: Want) -> str:
    """The music of a film or a slideshow is composed with it."""
    there = any(step.agent_id == "music-studio" for step in draft.steps)
    with_film = brief.asks("film", "slideshow") and (there or not (a_piece_is_asked([want]) or want.seconds))
    return "" if with_film and draft.steps else sounds.tracks(draft, brief, want)


def talk(draft: Draft, brief: Brief, want: Want, *, aspect: Aspect | None = None) -> str:
    figure = pictures.avatar(draft, brief, want) if draft.room > 1 else ""
    return pictures.speaking(draft, brief, figure, aspect=aspect or brief.aspect) or figure


BUILDERS: dict[lexicon.Kind, Callable[[Draft, Brief, Want], str]] = {
    "film": films.film, "slideshow": shows.slideshow, "talk": talk, "picture": drawn, "avatar": figures,
    "track": composed, "voice": sounds.voices, "report": papers.report, "analysis": papers.analysis,
    "text": papers.text,
}  # fmt: skip


def enrich(draft: Draft, brief: Brief, wants: list[Want]) -> None:
    """More for a complex task: a written report, a picture beside it, variants to choose from."""
    kinds = {want.kind for want in wants}
    if not any(step.operation == "report" for step in draft.steps) and room_for(draft, "business-agent", "report"):
        papers.report(
            draft, brief, reason="Writes down what it is for, what is open and what comes next, beside the rest."
        )
    if not kinds & {"picture", "slideshow"} and room_for(draft, "image-creator", "generate"):
        pictures.pictures(draft, brief, Want("picture", "picture", 1, "", ""))
    scores = [step for step in draft.steps if step.agent_id == "music-studio"]
    if (
        "track" in kinds
        and "film" not in kinds
        and scores
        and not settings.MUSIC_URL
        and room_for(draft, "music-studio", "remix")
    ):
        sounds.remix(draft, brief, scores[0].key)
    drawn = [step for step in draft.steps if (step.agent_id, step.operation) == pictures.PAINTER]
    if "picture" in kinds and drawn and room_for(draft, "image-creator", "upscale"):
        pictures.enlarge(draft, drawn[0].key, "Makes the first picture twice as large.")
    if "film" in kinds and brief.purpose == "promo" and room_for(draft, *films.STUDIO):
        films.other_format(draft, brief)


def room_for(draft: Draft, agent_id: str, operation: str) -> bool:
    return draft.room > 0 and draft.can(agent_id, operation)


def with_last(steps: list[Step], last: str) -> list[Step]:
    """The steps with the chain of the main result at the end."""
    chain = {last}
    for step in reversed(steps):
        if step.key in chain:
            chain |= set(step.needs)
    return [step for step in steps if step.key not in chain] + [step for step in steps if step.key in chain]

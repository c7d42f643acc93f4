"""From wishes to a lead sheet: key, mode, tempo, players, form, harmony and melody."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple, TypeVar

from agents.engines.music import form, harmony, melody
from agents.engines.music.genre import GENRE_NAMES, Genre, GenreName
from agents.engines.music.genres import GENRES
from agents.engines.music.instruments import MELODIC_ONLY, PAD_ONLY
from agents.engines.music.moods import MOODS, Mood, MoodName
from agents.engines.music.sheet import Cast, MelodyNote, Section, Sheet
from agents.engines.music.theory import DARK_MODES, ModeName
from agents.engines.music.words import wishes_of

T = TypeVar("T")
GENERAL_GENRES: tuple[GenreName, ...] = ("pop", "lo-fi", "cinematic", "folk", "synthwave")
GENERAL_MOODS: tuple[MoodName, ...] = ("calm", "happy", "dreamy", "nostalgic", "romantic")
"""What words that name none may get."""


@dataclass(frozen=True, slots=True)
class Order:
    """A piece as ordered: what is None, the prompt decides, and what it leaves open, the seed."""

    prompt: str
    seed: int
    duration: float
    genre: GenreName | None = None
    mood: MoodName | None = None
    tempo: int | None = None
    key: tuple[int, ModeName | None] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A remix as ordered; what is None stays or is drawn."""

    seed: int
    prompt: str = ""
    genre: GenreName | None = None
    mood: MoodName | None = None
    tempo: int | None = None


class Setting(NamedTuple):
    genre: Genre
    mood: Mood
    mode: ModeName


Tune = tuple[MelodyNote, ...]


def compose(order: Order) -> Sheet:
    rng = Random(f"{order.seed}:{order.prompt}:{order.genre}:{order.mood}")
    wishes = wishes_of(order.prompt)
    genre_name = first_of(order.genre, wishes.genre, rng.choice(GENERAL_GENRES))
    mood_name = first_of(order.mood, wishes.mood, rng.choice(GENERAL_MOODS))
    genre, mood = GENRES[genre_name], MOODS[mood_name]
    tonic, mode = draw_key(rng, genre, mood, order.key or wishes.key)
    tempo = order.tempo or wishes.tempo
    if tempo is None:
        tempo = form.fitting_tempo(draw_tempo(rng, genre, mood.pace * wishes.pace), order.duration)
    cast = draw_cast(rng, genre, mood)
    spans = form.plan_form(form.bars_in(order.duration, tempo))
    return Sheet(
        genre=genre_name,
        mood=mood_name,
        tempo=tempo,
        tonic=tonic,
        mode=mode,
        seed=order.seed,
        duration=order.duration,
        cast=recast(cast, wishes.instruments, drums=wishes.drums, solo=wishes.solo),
        sections=write_sections(rng, spans, Setting(genre, mood, mode)),
    )


def first_of(asked: T | None, named: T | None, otherwise: T) -> T:
    chosen = asked if asked is not None else named
    return chosen if chosen is not None else otherwise


def draw_key(rng: Random, genre: Genre, mood: Mood, wanted: tuple[int, ModeName | None] | None) -> tuple[int, ModeName]:
    mode = mood.modes[0] if rng.random() < 0.65 else rng.choice(mood.modes)
    if genre.harmony == "blues":
        mode = "dorian" if mode in DARK_MODES else "mixolydian"
    tonic = rng.choice((0, 2, 3, 4, 5, 7, 9, 10))
    if wanted is None:
        return tonic, mode
    return wanted[0], wanted[1] or mode


def draw_tempo(rng: Random, genre: Genre, pace: float) -> int:
    """A tempo of the genre, bent by mood and words but not out of recognition."""
    slowest, fastest = genre.tempo
    bent = rng.randint(slowest, fastest) * pace
    return min(200, max(50, round(min(fastest * 1.1, max(slowest * 0.8, bent)))))


def draw_cast(rng: Random, genre: Genre, mood: Mood) -> Cast:
    lead = rng.choice(genre.lead)
    chords = rng.choice([name for name in genre.chords if name != lead] or genre.chords)
    return Cast(
        lead=lead,
        chords=chords,
        bass=rng.choice(genre.bass),
        pad=rng.choice(genre.pad) if genre.pad else None,
        color=mood.color if mood.color not in (lead, chords) else "Strings",
        kit=rng.choice(genre.kits) if genre.kits else None,
    )


def recast(cast: Cast, named: Sequence[str], *, drums: bool | None, solo: bool) -> Cast:
    """Players named in the prompt take the parts that suit them; a soloist plays alone."""
    parts = cast.model_dump()
    melodic = [name for name in named if name not in PAD_ONLY]
    if melodic:
        parts["lead"] = next((name for name in melodic if name in MELODIC_ONLY), melodic[0])
    chordal = [name for name in named if name not in MELODIC_ONLY and name not in PAD_ONLY]
    if chordal:
        parts["chords"] = chordal[-1]
    pads = [name for name in named if name in PAD_ONLY]
    if pads:
        parts["pad"] = pads[0]
    if solo and melodic:
        parts |= {"bass": None, "pad": None, "color": None, "kit": None}
        parts["chords"] = parts["lead"] if parts["lead"] not in MELODIC_ONLY else None
    if drums is not None:
        parts["kit"] = (parts["kit"] or "Drums") if drums else None
    return Cast(**parts)


def write_sections(
    rng: Random, spans: Sequence[form.Span], setting: Setting, known: Sequence[Section] = ()
) -> tuple[Section, ...]:
    """Sections for the spans; a letter that `known` sections have keeps their chords and develops their theme."""
    progressions = harmony.draw_progressions(rng, setting.genre.harmony, setting.mode)
    progressions |= {section.name[0]: list(section.chords[:8]) for section in reversed(known)}
    themes = {section.name[0]: section.melody for section in reversed(known) if section.melody}
    sections = []
    for index, span in enumerate(spans):
        letter = span.name[0] if span.name not in ("Intro", "Outro") else "A"
        chords = chords_for(progressions.get(letter, progressions["A"]), span.bars)
        if index == len(spans) - 1:
            chords[-1] = harmony.dominant(setting.mode)
        notes = sing(rng, themes, span, task_for(span, chords, setting))
        sections.append(
            Section(name=span.name, bars=span.bars, intensity=span.intensity, chords=tuple(chords), melody=notes)
        )
    return tuple(sections)


def chords_for(progression: Sequence[str], bars: int) -> list[str]:
    return [progression[half % len(progression)] for half in range(bars * 2)]


def task_for(span: form.Span, chords: Sequence[str], setting: Setting) -> melody.Task:
    letter = span.name[0]
    return melody.Task(
        chords=tuple(chords),
        bars=span.bars,
        cells=setting.mood.cells if setting.mood.cells and letter != "B" else setting.genre.cells,
        density=setting.mood.density,
        around={"A": 2, "B": 4, "C": 1}.get(letter, 2),
        closing=letter == "A" and chords[-1].startswith("1"),
        mode=setting.mode,
        color=setting.genre.color,
    )


def sing(rng: Random, themes: dict[str, Tune], span: form.Span, task: melody.Task) -> Tune:
    """A new theme for a new letter; an old one comes back retold, in the outro only its first bars."""
    if span.name == "Intro":
        return ()
    if span.name == "Outro" and "A" in themes:
        return melody.cut(themes["A"], max(1, span.bars - 1))
    letter = span.name[0]
    if letter in themes:
        return melody.cut(melody.varied(rng, themes[letter], span.bars), span.bars)
    themes[letter] = melody.compose_melody(rng, task)
    return themes[letter]


def extend(sheet: Sheet, *, seconds: float, seed: int) -> Sheet:
    """The same piece, longer: new sections before its outro, in its key, at its tempo, with its players."""
    rng = Random(f"{seed}:extend:{sheet.bars}")
    duration = sheet.duration + seconds
    added = form.bars_in(duration, sheet.tempo) - sheet.bars
    kept, outro = list(sheet.sections), []
    if kept[-1].name == "Outro" and len(kept) > 1:
        outro = [kept.pop()]
    spans = form.plan_middle(added, form.DEVELOPMENT) if added > 0 else []
    spans = form.renamed(spans, [section.name for section in kept])
    new = write_sections(rng, spans, Setting(GENRES[sheet.genre], MOODS[sheet.mood], sheet.mode), known=sheet.sections)
    return sheet.model_copy(update={"duration": duration, "sections": (*kept, *new, *outro)})


def remix(sheet: Sheet, change: Change) -> Sheet:
    """The melody and harmony of a piece, played by another genre; a new mood may change the mode."""
    rng = Random(f"{change.seed}:{change.genre}:{change.mood}:{change.prompt}")
    wishes = wishes_of(change.prompt)
    others = [name for name in GENRE_NAMES if name != sheet.genre]
    genre_name = first_of(change.genre, wishes.genre, rng.choice(others))
    mood_name = first_of(change.mood, wishes.mood, sheet.mood)
    genre, mood = GENRES[genre_name], MOODS[mood_name]
    mode = sheet.mode if mood_name == sheet.mood or sheet.mode in mood.modes else mood.modes[0]
    tempo = change.tempo or wishes.tempo or draw_tempo(rng, genre, mood.pace * wishes.pace)
    cast = recast(draw_cast(rng, genre, mood), wishes.instruments, drums=wishes.drums, solo=wishes.solo)
    changes = {
        "genre": genre_name,
        "mood": mood_name,
        "mode": mode,
        "tempo": tempo,
        "seed": change.seed,
        "cast": cast,
        "sections": tuple(in_mode(section, mode) for section in sheet.sections),
        "duration": round(sheet.bars * 240 / tempo + 3.2, 1),
    }
    return sheet.model_copy(update=changes)


def in_mode(section: Section, mode: ModeName) -> Section:
    return section.model_copy(update={"chords": tuple(harmony.steady(token, mode) for token in section.chords)})

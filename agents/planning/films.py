"""Steps that end in a film."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings

from agents.planning import shows, sounds, writing
from agents.planning.brief import Brief
from agents.planning.draft import Draft, file_of
from agents.planning.reading import Want
from agents.runners.video_studio import Aspect

STUDIO = ("video-studio", "generate")
LAYER = ("media-production", "composite")
SHORTEST, LONGEST_FILM, LONGEST = 6, 20, 60
USUAL, RICH = 15, 36
SHORTEST_TRACK = 10
BED = 35
"""Volume of a track beneath a film that plays the same tune itself, more quietly where it speaks."""
OVERTURE = 40
MOST_CLIPS = 6


@dataclass(frozen=True, slots=True)
class Cut:
    """A film as it is to be; `score` wants its music as a track as well."""

    seconds: int
    aspect: Aspect
    voiced: bool
    music: bool
    score: bool


def film(draft: Draft, brief: Brief, want: Want, *, overlay: str = "", bare: bool = False) -> str:
    """The key of the step that delivers the film; empty where there can be none.

    `overlay` is an avatar's step; a `bare` film has only the sound that the studio gives it.
    """
    if not draft.can(*STUDIO):
        return instead(draft, brief, want)
    if not draft.needs(*STUDIO, "the film"):
        return ""
    cut = cut_of(draft, brief, want, bare=bare)
    if cut.seconds > LONGEST_FILM:
        return joined(draft, brief, cut)
    if cut.voiced and speaks_apart(brief, cut) and draft.can("voice-lab", "synthesize") and can_lay(draft, 3):
        return told_apart(draft, brief, cut)
    score = cut.score and draft.can("music-studio", "generate") and draft.room > 1
    lays = (bool(overlay) or (score and cut.voiced)) and can_lay(draft, 2 + score)
    if score and cut.voiced and not lays:
        draft.leave_out("The track stays a file of its own; the film plays the same tune.")
    words = writing.film_words(brief, seconds=cut.seconds)
    track = sounds.score(draft, brief, words, cut.seconds) if score else ""
    told = ", told by a voice and captioned." if cut.voiced else "."
    key = shoot(draft, brief, "film", cut, words, reason=f"Films {cut.seconds} seconds of {spoken_of(brief)}{told}")
    return laid(draft, cut, key, track=track if cut.voiced else "", overlay=overlay) if lays else key


def instead(draft: Draft, brief: Brief, want: Want) -> str:
    draft.leave_out("Video Studio cannot be used right now, so there is no film.")
    able = draft.can("image-creator", "generate") and draft.can("media-production", "video")
    return shows.slideshow(draft, brief, want) if able else ""


def can_lay(draft: Draft, steps: int) -> bool:
    return draft.can(*LAYER) and draft.room >= steps


def speaks_apart(brief: Brief, cut: Cut) -> bool:
    """Whether the studio's own voice will not do: another is asked for, no music may be under it, or films and music
    come from providers, who neither speak nor play the same tune."""
    providers = settings.VIDEO_URL or (settings.MUSIC_URL and cut.score)
    return brief.voice != "joe" or not cut.music or bool(providers)


def spoken_of(brief: Brief) -> str:
    return writing.yours(brief.subject or brief.name or "your idea")[:80]


def cut_of(draft: Draft, brief: Brief, want: Want, *, bare: bool) -> Cut:
    voiced = not brief.refused & {"voice", "narration", "narrator", "over", "voiceover", "sound"}
    music = not brief.refused & {"music", "sound"}
    wanted = want.seconds or brief.seconds
    joins = draft.can("media-production", "video")
    rich = brief.thorough and brief.purpose in ("promo", "story") and joins and not bare
    seconds, most = round(wanted or (RICH if rich else USUAL)), LONGEST if joins else LONGEST_FILM
    if seconds > most:
        draft.leave_out(f"A film lasts {most} seconds at most here, so that is its length.")
    if seconds < SHORTEST:
        draft.leave_out(f"A film lasts {SHORTEST} seconds at least here, so that is its length.")
    if not music and not voiced:
        draft.leave_out("A film always has sound here: yours plays quiet music.")
    apart = any(one.kind == "track" and one.seconds and abs(one.seconds - seconds) > 5 for one in brief.wants)
    score = music and (brief.thorough or brief.asks("track")) and not (bare or apart) and seconds >= SHORTEST_TRACK
    return Cut(max(SHORTEST, min(most, seconds)), brief.aspect or "16:9", voiced, music or not voiced, score)


def shoot(
    draft: Draft, brief: Brief, name: str, cut: Cut, words: str, *, reason: str, seconds: int = 0,
    voice: bool | None = None, part: int = 0,
) -> str:  # fmt: skip
    what = {
        "prompt": words, "seconds": seconds or cut.seconds, "aspect": cut.aspect, "style": brief.style or "painted",
        "mood": brief.mood or brief.topic.mood, "voice": cut.voiced if voice is None else voice,
        "captions": not brief.refused & {"captions", "subtitles", "text"}, "seed": brief.seed_for("film") + part,
    }  # fmt: skip
    return draft.add(name, *STUDIO, what, reason)


def laid(draft: Draft, cut: Cut, film_key: str, *, track: str, overlay: str) -> str:
    """One composition: the track beneath, the figure above, where no caption is."""
    what: dict[str, Any] = {"base": file_of(film_key, "video.mp4"), "aspect": cut.aspect}
    told = []
    if track:
        what |= {"audio": file_of(track, "track.mp3"), "audio_volume": BED, "own_volume": 100}
        told.append("carries the track on under the voice")
    if overlay:
        what |= {"overlay": file_of(overlay, "avatar.png"), "place": "top-right", "size": 24}
        told.append("sets the figure in the corner")
    return draft.add("final", *LAYER, what, f"Makes one film of it: {' and '.join(told)}.")


def told_apart(draft: Draft, brief: Brief, cut: Cut) -> str:
    """A film without its own voice: one of Voice Lab's is laid over it, and a track, where there is one, under it."""
    score = cut.score and draft.can("music-studio", "generate") and draft.room >= 5
    words = writing.film_words(brief, seconds=cut.seconds)
    reason = f"Films {cut.seconds} seconds of {spoken_of(brief)}, with captions and without a voice."
    key = shoot(draft, brief, "film", cut, words, reason=reason, voice=False)
    most = round((cut.seconds - 1.5) * writing.SIGNS_A_SECOND)
    asked = " in the voice you asked for" if brief.voice != "joe" else ""
    said = writing.narration_of(words, most, brief)
    voice = sounds.speech(draft, brief, said, f"Tells the film{asked}.")
    track = sounds.track(draft, brief, cut.seconds, "Composes the music for the film.") if score else ""
    silent = score or not cut.music
    what = {
        "base": file_of(key, "video.mp4"), "audio": file_of(voice, "speech.mp3"), "audio_volume": 100,
        "own_volume": 0 if silent else OVERTURE, "aspect": cut.aspect,
    }  # fmt: skip
    kept = "in place of its own sound" if silent else "and its own quiet music"
    key = draft.add("voiced" if score else "final", *LAYER, what, f"Lays the voice over the film {kept}.")
    return laid(draft, cut, key, track=track, overlay="") if score else key


def joined(draft: Draft, brief: Brief, cut: Cut) -> str:
    """A film of several parts, which are filmed at the same time."""
    title = writing.title_of(brief) if brief.thorough or "title" in brief.text.lower() else ""
    scored = cut.score and not cut.voiced and draft.can("music-studio", "generate") and draft.can(*LAYER)
    parts = min(ceil(cut.seconds / LONGEST_FILM), draft.room - 1 - 2 * scored, MOST_CLIPS)
    if parts < 2:
        draft.leave_out(f"There is no room in this plan to join films, so it lasts {LONGEST_FILM} seconds.")
        words = writing.film_words(brief, seconds=LONGEST_FILM)
        told = f"Films {spoken_of(brief)}."
        return shoot(draft, brief, "film", cut, words, reason=told, seconds=LONGEST_FILM)
    each = part_lengths(cut.seconds - (2.5 if title else 0), parts)
    keys = []
    for part, seconds in enumerate(each):
        words = writing.film_words(brief, seconds=seconds, part=part, parts=parts)
        told = f"Films part {part + 1} of {parts}, {seconds} seconds."
        keys.append(shoot(draft, brief, f"scene-{part + 1}", cut, words, reason=told, seconds=seconds, part=part))
    clips = {"clips": [file_of(key, "video.mp4") for key in keys], "title": title or None, "aspect": cut.aspect}
    front = ", with a title in front." if title else "."
    told = f"Joins the {parts} parts into one film of {cut.seconds} seconds{front}"
    key = draft.add("film" if scored else "final", "media-production", "video", clips, told)
    return scored_as_one(draft, brief, cut, key) if scored else key


def scored_as_one(draft: Draft, brief: Brief, cut: Cut, key: str) -> str:
    """One piece of music for a film of several parts that nobody speaks in."""
    track = sounds.track(draft, brief, cut.seconds, "Composes one piece of music for the whole film.")
    what = {
        "base": file_of(key, "video.mp4"), "audio": file_of(track, "track.mp3"), "own_volume": 0, "audio_volume": 90,
        "aspect": cut.aspect,
    }  # fmt: skip
    return draft.add("final", *LAYER, what, "Lays that piece under the film in place of the parts' own.")


def part_lengths(seconds: float, parts: int) -> list[int]:
    """Whole seconds, as equal as they can be."""
    whole = round(seconds)
    each = [whole // parts + (number < whole % parts) for number in range(parts)]
    return [max(SHORTEST, min(LONGEST_FILM, length)) for length in each]


def after(draft: Draft, brief: Brief, speaks: str, film_key: str) -> str:
    """The figure's words, then the film."""
    clips = {"clips": [file_of(speaks, "video.mp4"), file_of(film_key, "video.mp4")], "aspect": brief.aspect or "16:9"}
    return draft.add("final", "media-production", "video", clips, "Joins the speaking figure and the film into one.")


def other_format(draft: Draft, brief: Brief) -> str:
    """The same film once more, short, for the other kind of screen."""
    aspect: Aspect = "16:9" if brief.aspect == "9:16" else "9:16"
    cut = Cut(10, aspect, not brief.refused & {"voice", "narration"}, True, False)
    told = "wide for screens" if aspect == "16:9" else "upright for phones"
    reason = f"Films a short version of 10 seconds, {told}."
    return shoot(draft, brief, "short-film", cut, writing.film_words(brief, seconds=10), reason=reason)

"""Pictures in a row: a slideshow with a title and music."""

from agents.planning import lexicon, pictures, sounds, spotting, writing
from agents.planning.brief import Brief
from agents.planning.draft import Draft, file_of
from agents.planning.reading import Want

LONGEST, SHORTEST_TRACK = 60, 10
MOST_CLIPS = 6
TITLE_SECONDS = 2.5


def slideshow(draft: Draft, brief: Brief, want: Want) -> str:
    """Pictures, drawn at the same time, in a row with a title; a track beneath."""
    if not draft.can("media-production", "video"):
        draft.leave_out("Media Production cannot be used right now, so the pictures stay by themselves.")
        return pictures.pictures(draft, brief, want, count=4)
    if draft.room < 2:
        draft.leave_out("There is no room in this plan for a slideshow, so there is a picture.")
        return pictures.pictures(draft, brief, want, count=1)
    scored = "music" not in brief.refused and draft.can("music-studio", "generate") and room_to_lay(draft)
    asked = next((one.count for one in brief.wants if one.kind == "picture"), 0) or number_in(want.rest) or 4
    count = max(1, min(asked, MOST_CLIPS, draft.room - 1 - 2 * scored))
    if count < min(asked, 12):
        draft.leave_out(f"There is room for {count} of {asked} pictures in this slideshow.")
    seconds = min(LONGEST, round(want.seconds or brief.seconds or 4 * count + TITLE_SECONDS))
    still = max(1, min(20, round((seconds - TITLE_SECONDS) / count)))
    aspect = brief.aspect or "16:9"
    reason = f"Draws picture {{number}} of {count} for the slideshow."
    keys = pictures.many(draft, brief, count, pictures.SHAPE_OF[aspect], reason, telling=True)
    clips = {
        "clips": [file_of(key, "image.png") for key in keys], "title": writing.title_of(brief), "still_seconds": still,
        "aspect": aspect,
    }  # fmt: skip
    told = f"Shows them one after another, {still} seconds each, under a title."
    key = draft.add("slideshow", "media-production", "video", clips, told)
    if not scored:
        return key
    length = max(SHORTEST_TRACK, round(still * count + TITLE_SECONDS))
    track = sounds.track(draft, brief, length, "Composes the music for the slideshow.")
    what = {
        "base": file_of(key, "video.mp4"), "audio": file_of(track, "track.mp3"), "audio_volume": 90, "aspect": aspect,
    }  # fmt: skip
    return draft.add("final", "media-production", "composite", what, "Lays the music under the slideshow.")


def room_to_lay(draft: Draft) -> bool:
    return draft.can("media-production", "composite") and draft.room >= 5


def number_in(rest: str) -> int:
    """Of `three pictures about …` what is said first."""
    first = next(iter(spotting.tokens(rest.removeprefix("of "))), "")
    return int(first) if first.isdigit() and first.isascii() and len(first) < 3 else lexicon.NUMBERS.get(first, 0)

"""Media Production at work: joins clips, lays them over one another."""

from collections.abc import Iterator

import numpy as np
from PIL import Image

from agents.delivery import Delivery, File, RunFailed
from agents.engines.video import clips, film, inspect, montage
from agents.engines.video.montage import Piece
from agents.runners.base import MediaReference, Run
from agents.runners.media_production import CompositeInput, VideoInput
from agents.runs.video_studio import noticed, poster, told

ENGINE = "Avatar G editing desk (local)"
LONGEST = 60
STILL_SECONDS = 5.0


def video(run: Run, order: VideoInput) -> Delivery:
    pieces = []
    for number, reference in enumerate(order.clips, 1):
        run.progress(2 + 8 * number // len(order.clips), f"Opening clip {number} of {len(order.clips)}")
        clip = seen(run, reference)
        pieces.append(Piece(clip, 0.0, clip.seconds or float(order.still_seconds)))
    kept = montage.cut(pieces, order.start, order.end)
    if not kept:
        whole = sum(piece.seconds for piece in pieces)
        raise RunFailed(f"Nothing is left to keep: the clips last {whole:.1f} seconds together.", "INPUT_TOO_SHORT")
    aspect = order.aspect or montage.aspect_of(pieces[0].clip.size)
    size, card = film.SIZES[aspect], montage.TITLE_SECONDS if order.title else 0.0
    bounded(sum(piece.seconds for piece in kept) + card)
    run.progress(12, "Reading the sound")
    sound = montage.sound(kept, title=order.title, fade=order.fade)
    frames = montage.joined(kept, size, title=order.title, fade=order.fade)
    total = sum(map(montage.frames_in, kept)) + round(card * film.FPS)
    facts: dict[str, object] = {"clips": len(order.clips)}
    return produced(run, frames=frames, total=total, aspect=aspect, sound=sound, facts=facts)


def composite(run: Run, order: CompositeInput) -> Delivery:
    run.progress(2, "Opening the clips")
    clip = seen(run, order.base)
    over = seen(run, order.overlay) if order.overlay else None
    under = clips.open_clip(run.media(order.audio)) if order.audio else None
    if under is not None and not under.has_sound:
        raise RunFailed("There is no sound in the file chosen as sound.", "INPUT_UNREADABLE")
    given = [one.seconds for one in (over, under) if one is not None and one.seconds]
    seconds = bounded(clip.seconds or min(LONGEST, max(given, default=STILL_SECONDS)))
    aspect = order.aspect or montage.aspect_of(clip.size)
    base = Piece(clip, 0.0, seconds)
    upper = Piece(over, 0.0, min(seconds, over.seconds or seconds)) if over else None
    run.progress(12, "Mixing the sound")
    sound = mixed(order, [one for one in (clip, over) if one is not None], under, base)
    frames = montage.layered(base, upper, film.SIZES[aspect], place=order.place, share=order.size / 100)
    facts: dict[str, object] = {"place": order.place, "size_in_percent": order.size} if over else {}
    total = montage.frames_in(base)
    return produced(run, frames=frames, total=total, aspect=aspect, sound=sound, facts=facts)


def mixed(order: CompositeInput, layers: list[clips.Clip], under: clips.Clip | None, base: Piece) -> np.ndarray | None:
    seconds = montage.frames_in(base) / film.FPS
    heard = [(one, order.own_volume / 100) for one in layers if one.has_sound]
    heard += [(under, order.audio_volume / 100)] if under else []
    if not heard:
        return None
    tracks = [(clips.sound_of(one, 0.0, seconds), volume) for one, volume in heard]
    return montage.softened(montage.mixed(tracks))


def seen(run: Run, reference: MediaReference) -> clips.Clip:
    """A clip with something to see. Raises RunFailed."""
    clip = clips.open_clip(run.media(reference))
    if clip.kind == "audio":
        raise RunFailed("This is a sound: choose a video or a picture here.", "INPUT_UNREADABLE")
    return clip


def bounded(seconds: float) -> float:
    if seconds > LONGEST + 0.5:
        message = f"The film would last {seconds:.0f} seconds; {LONGEST} is the most. Keep less of it."
        raise RunFailed(message, "FILM_TOO_LONG")
    if seconds < 2 / film.FPS:
        raise RunFailed("There is too little of it to make a film.", "INPUT_TOO_SHORT")
    return seconds


def produced(
    run: Run,
    *,
    frames: Iterator[Image.Image],
    total: int,
    aspect: str,
    sound: np.ndarray | None,
    facts: dict[str, object],
) -> Delivery:
    size = film.SIZES[aspect]
    kept: list[Image.Image] = []
    shown = noticed(frames, total // 2, kept)
    data = film.encode(shown, size=size, sound=sound, report=told(run, 14, 98, "Filming frame {} of {}", total))
    output = {
        "aspect": aspect, "width": size[0], "height": size[1], "duration": round(total / film.FPS, 2),
        "has_sound": sound is not None, "sound": "Yes" if sound is not None else "None",
    }  # fmt: skip
    return Delivery((File("video.mp4", "video", "video/mp4", data), poster(kept[0])), output | facts, ENGINE)


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless the film plays, as long as promised."""
    inspect.check_film(delivery)
    inspect.named(delivery, "poster")

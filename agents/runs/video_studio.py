"""Video Studio at work: films a prompt, lets a portrait speak."""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

import numpy as np
from PIL import Image

from agents.delivery import Delivery, File
from agents.engines import avatar, avatar_words, pictures, speech
from agents.engines.providers import footage, parcel, studios
from agents.engines.providers.tasks import TaskProvider
from agents.engines.video import captions, faces, film, inspect, lettering, motion, scenes, soundtrack, storyboard
from agents.runners.base import Run
from agents.runners.video_studio import AnimateInput, GenerateInput

FILMS = "Avatar G films (scenes, composer and voice, local)"
PORTRAITS = "Avatar G speaking portraits (Piper, voice Joe, local)"
NO_CAPTIONS = "None"
LEAD, REST = 0.3, 0.7
"""Seconds of a portrait's silence before and after it speaks."""


def generate(run: Run, order: GenerateInput) -> Delivery:
    seed = run.seed if order.seed is None else order.seed
    provider = studios.film_maker()
    if provider is not None:
        return commissioned(run, order, provider, seed)
    run.progress(2, "Reading the words")
    most = storyboard.MOST if order.seconds is None else max(2, min(storyboard.MOST, order.seconds // 3))
    board = [scenes.Scene(shot) for shot in storyboard.board(order.prompt, seed, most)]
    if order.voice:
        scenes.narrate(board, order.seconds, seed, told(run, 4, 16, "Speaking line {} of {}"))
    seconds = order.seconds or scenes.fitting_length(board)
    scenes.spread(board, seconds)
    stills = scenes.paint(
        board, seed=seed, style=order.style, aspect=order.aspect, report=told(run, 17, 38, "Painting scene {} of {}")
    )
    tune, kind = soundtrack.music(
        order.prompt, mood=order.mood, seed=seed, seconds=seconds,
        report=lambda share: run.progress(38 + round(10 * share), "Playing the music"),
    )  # fmt: skip
    total = seconds * film.FPS
    output: dict[str, object] = {
        "seed": seed, "style": order.style, "scenes": [scene.facts for scene in board], "music": kind,
        "narration": scenes.narration_words(board),
    }  # fmt: skip
    frames = motion.film(stills, film.SIZES[order.aspect], total)
    sound = soundtrack.blended(tune, scenes.voice_track(board, seconds))
    cues = scenes.cues_of(board, order.aspect)
    return filmed(run, order, frames=frames, total=total, sound=sound, cues=cues, output=output, engine=FILMS)


def commissioned(run: Run, order: GenerateInput, provider: TaskProvider, seed: int) -> Delivery:
    """A provider's film, as it is: neither captions nor a voice are laid over it."""
    wishes = {
        "prompt": order.prompt, "seed": seed, "duration": order.seconds, "aspect": order.aspect, "style": order.style,
        "mood": order.mood,
    }  # fmt: skip
    made = provider.make(wishes, key=run.key, report=run.progress)
    run.progress(92, "Watching the film")
    with parcel.billed(made.cost):
        seen = footage.received(
            made.data, seconds=order.seconds, aspect=order.aspect,
            report=lambda share: run.progress(93 + round(5 * share), "Filming it in the format ordered"),
        )  # fmt: skip
    output = {
        "seed": seed, "style": order.style, "aspect": order.aspect, "width": seen.size[0], "height": seen.size[1],
        "duration": round(seen.seconds, 2), "captions": NO_CAPTIONS, "has_sound": seen.has_sound,
    }  # fmt: skip
    files = (File("video.mp4", "video", "video/mp4", seen.data), poster(seen.poster))
    return Delivery(files, output, provider.label, made.cost)


def animate(run: Run, order: AnimateInput) -> Delivery:
    seed = run.seed if order.seed is None else order.seed
    run.progress(2, "Looking at the portrait")
    recipe, picture = portrait_for(run, order, seed)
    samples, rate = speech.speak(
        order.text, voice=order.voice, speed=1.0, seed=seed,
        progress=lambda done, of: run.progress(6 + 34 * done // of, f"Speaking sentence {done + 1} of {of}"),
    )  # fmt: skip
    spoken = soundtrack.at_film_rate(samples, rate)
    total = round((LEAD + len(spoken) / film.RATE + REST) * film.FPS)
    voice = soundtrack.narration([(LEAD, spoken)], total / film.FPS)
    levels, size = soundtrack.loudness(voice, total, film.FPS), film.SIZES[order.aspect]
    run.progress(42, "Drawing the faces")
    frames = faces.speaking(faces.mouths_of(recipe), levels, size) if recipe else faces.beating(picture, levels, size)
    cues = captions.cues_for(order.text, LEAD, LEAD + len(spoken) / film.RATE, captions.SIGNS[order.aspect])
    moves = "The mouth, with the voice" if recipe else "The picture, with the voice"
    output: dict[str, object] = {"seed": seed, "voice": order.voice, "moves": moves}
    sound = soundtrack.blended(None, voice)
    return filmed(run, order, frames=frames, total=total, sound=sound, cues=cues, output=output, engine=PORTRAITS)


def portrait_for(run: Run, order: AnimateInput, seed: int) -> tuple[avatar.Recipe | None, Image.Image]:
    """The picture that speaks; with the recipe where it is an avatar drawn here, the chosen one or a new one."""
    if order.avatar is not None:
        media = run.media(order.avatar)
        picture = pictures.open_picture(media)
        return avatar.recipe_in(pictures.notes_in(media.data)), pictures.flattened(picture)
    described = avatar_words.Description(traits=["smile"])
    drawn = avatar.draw(described, seed=seed)
    return avatar.recipe_of(described, drawn, seed), avatar.rasterise(drawn.svg)


def filmed(
    run: Run,
    order: GenerateInput | AnimateInput,
    *,
    frames: Iterable[Image.Image],
    total: int,
    sound: np.ndarray,
    cues: list[captions.Cue],
    output: dict[str, object],
    engine: str,
) -> Delivery:
    """Encode the frames with their captions and hand over film, captions and poster."""
    size = film.SIZES[order.aspect]
    burned = order.captions and any(lettering.is_lettered(cue.text) for cue in cues)
    kept: list[Image.Image] = []
    shown = captions.burned(noticed(frames, total // 3, kept), cues if burned else [], size)
    data = film.encode(shown, size=size, sound=sound, report=told(run, 48, 98, "Filming frame {} of {}", total))
    facts = {
        "aspect": order.aspect, "width": size[0], "height": size[1], "duration": round(total / film.FPS, 2),
        "captions": "In the picture and as a track" if burned else "As a track", "has_sound": True,
    }  # fmt: skip
    files = (File("video.mp4", "video", "video/mp4", data), captions.vtt_file(cues), poster(kept[0]))
    return Delivery(files, output | facts, engine)


def noticed(frames: Iterable[Image.Image], number: int, kept: list[Image.Image]) -> Iterator[Image.Image]:
    """The same frames; one of them is kept aside as it is."""
    for at, frame in enumerate(frames):
        if at == number:
            kept.append(frame.copy())
        yield frame


def told(run: Run, begin: int, end: int, words: str, total: int = 0) -> Callable[..., None]:
    """Reports steps done of all as a share of the run. What counts by hundreds is told every twelfth step."""

    def report(done: int, of: int = total) -> None:
        if of < 24 or done % 12 == 0 or done == of:
            run.progress(begin + (end - begin) * done // of, words.format(done, of))

    return report


def poster(image: Image.Image) -> File:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=86)
    return File("poster.jpg", "poster", "image/jpeg", stream.getvalue())


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless the film plays with sound, as long as promised, and its captions and poster are there."""
    inspect.check_film(delivery)
    if delivery.output["captions"] != NO_CAPTIONS:
        inspect.check_captions(delivery)
    inspect.named(delivery, "poster")

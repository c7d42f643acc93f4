"""Music Studio at work: composes, remixes and extends, and plays what it wrote."""

from io import BytesIO
from typing import Any

import mido

from agents.delivery import Delivery, File, RunFailed
from agents.engines import audio
from agents.engines.music import compose, source
from agents.engines.music.arrange import arrange
from agents.engines.music.genres import GENRES
from agents.engines.music.master import master
from agents.engines.music.midi import write_midi
from agents.engines.music.mix import mix
from agents.engines.music.moods import MOODS
from agents.engines.music.render import RATE, render
from agents.engines.music.sheet import MAX_SECONDS, TAG, Sheet
from agents.engines.music.theory import key_name, key_of
from agents.engines.providers import parcel, received, studios
from agents.engines.providers.tasks import TaskProvider
from agents.runners.base import Run
from agents.runners.music_studio import ExtendInput, GenerateInput, RemixInput

ENGINE = "Avatar G composer (local)"
NO_SCORE = "None"


def generate(run: Run, order: GenerateInput) -> Delivery:
    provider = studios.composer()
    if provider is not None:
        return commissioned(run, order, provider)
    run.progress(2, "Composing melody and harmony")
    sheet = compose.compose(
        compose.Order(
            prompt=order.prompt,
            seed=run.seed if order.seed is None else order.seed,
            duration=order.duration,
            genre=order.genre,
            mood=order.mood,
            tempo=order.tempo,
            key=key_of(order.key) if order.key else None,
        )
    )
    return produce(run, sheet)


def commissioned(run: Run, order: GenerateInput, provider: TaskProvider) -> Delivery:
    """A provider's track. It has no score: it can be heard, not played anew."""
    seed = run.seed if order.seed is None else order.seed
    wishes = order.model_dump() | {"seed": seed}
    made = provider.make(wishes, key=run.key, report=run.progress)
    run.progress(92, "Opening the track")
    with parcel.billed(made.cost):
        mp3, seconds = received.track(
            made.data, order.duration, tags={"title": order.prompt[:60], "artist": "Avatar G"},
            progress=lambda share: run.progress(93 + round(6 * share), "Encoding the MP3"),
        )  # fmt: skip
    named = {name: wishes[name] for name in ("genre", "mood", "tempo", "key") if wishes[name] is not None}
    output = {**named, "duration": seconds, "seed": seed, "score": NO_SCORE}
    return Delivery((File("track.mp3", "audio", "audio/mpeg", mp3),), output, provider.label, made.cost)


def remix(run: Run, order: RemixInput) -> Delivery:
    run.progress(2, "Reading the track")
    sheet = required(
        source.any_sheet(run.media(order.track)), "a track composed here, its MP3 or MIDI, or any MIDI file"
    )
    change = compose.Change(
        seed=run.seed if order.seed is None else order.seed,
        prompt=order.prompt,
        genre=order.genre,
        mood=order.mood,
        tempo=order.tempo,
    )
    return produce(run, bounded(compose.remix(sheet, change)))


def extend(run: Run, order: ExtendInput) -> Delivery:
    run.progress(2, "Reading the track")
    sheet = required(source.own_sheet(run.media(order.track)), "a track composed here, its MP3 or its MIDI file")
    seed = run.seed if order.seed is None else order.seed
    delivery = produce(run, bounded(compose.extend(sheet, seconds=order.seconds, seed=seed)))
    delivery.output.update(seed=seed, extended_by=order.seconds)
    return delivery


def required(sheet: Sheet | None, works_on: str) -> Sheet:
    if sheet is None:
        message = f"There is no score in this file, and a track from a provider has none. Choose {works_on}."
        raise RunFailed(message, code="INPUT_UNREADABLE")
    return sheet


def bounded(sheet: Sheet) -> Sheet:
    if sheet.duration > MAX_SECONDS:
        message = f"The track would last {sheet.duration:.0f} seconds; {MAX_SECONDS} is the most."
        raise RunFailed(message, code="TRACK_TOO_LONG")
    return sheet


def produce(run: Run, sheet: Sheet) -> Delivery:
    """Arrange, play, master and encode a sheet."""
    run.progress(6, "Arranging the players")
    score = arrange(sheet)
    midi = write_midi(score, sheet)
    stems = render(score, lambda share: run.progress(10 + round(50 * share), "Playing the instruments"))
    buses = mix(stems, score.seconds)
    run.progress(62, "Mastering")
    sound = master(buses, score, GENRES[sheet.genre], MOODS[sheet.mood])
    mp3 = audio.encode_mp3(
        sound,
        RATE,
        tags={"title": f"{sheet.mood} {sheet.genre}".capitalize(), "artist": "Avatar G", TAG: sheet.model_dump_json()},
        progress=lambda share: run.progress(75 + round(22 * share), "Encoding the MP3"),
    )
    files = (File("track.mp3", "audio", "audio/mpeg", mp3), File("track.mid", "midi", "audio/midi", midi))
    return Delivery(files, facts(sheet, [part.name for part in score.parts]), ENGINE)


def facts(sheet: Sheet, players: list[str]) -> dict[str, Any]:
    sections, bar = [], 0
    for section in sheet.sections:
        sections.append({"name": section.name, "start": round(bar * sheet.bar_seconds, 2), "bars": section.bars})
        bar += section.bars
    return {
        "genre": sheet.genre,
        "mood": sheet.mood,
        "tempo": sheet.tempo,
        "key": key_name(sheet.tonic, sheet.mode),
        "instruments": list(dict.fromkeys(players)),
        "duration": sheet.duration,
        "seed": sheet.seed,
        "sections": sections,
    }


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless the MP3 sounds as long as promised and the MIDI file of a score holds its notes."""
    files = {file.kind: file for file in delivery.files}
    has_score = delivery.output.get("score") != NO_SCORE
    if "audio" not in files or (has_score and "midi" not in files):
        raise audio.invalid("the MP3 or the MIDI file is missing")
    audio.inspect_mp3(files["audio"].data, seconds=delivery.output["duration"])
    if has_score:
        check_midi(files["midi"])


def check_midi(file: File) -> None:
    try:
        tracks = mido.MidiFile(file=BytesIO(file.data)).tracks
    except (OSError, EOFError, ValueError, LookupError) as error:
        raise audio.invalid("the MIDI file does not open") from error
    if sum(message.type == "note_on" for track in tracks for message in track) < 8:
        raise audio.invalid("the MIDI file holds no music")

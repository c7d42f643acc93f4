"""A score as a standard MIDI file, with its lead sheet inside."""

from io import BytesIO

import mido

from agents.engines.music.score import Note, Part, Score
from agents.engines.music.sheet import TAG, Sheet

TICKS = 480


def write_midi(score: Score, sheet: Sheet) -> bytes:
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS)
    file.tracks.append(conductor_track(score, sheet))
    for part in score.parts:
        file.tracks.append(part_track(part, score.tempo))
    stream = BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def conductor_track(score: Score, sheet: Sheet) -> mido.MidiTrack:
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=f"{sheet.mood} {sheet.genre}"))
    track.append(mido.MetaMessage("text", text=f"{TAG}={sheet.model_dump_json()}"))
    track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(score.tempo)))
    track.append(mido.MetaMessage("time_signature", numerator=4, denominator=4))
    since = 0
    for section in sheet.sections:
        track.append(mido.MetaMessage("marker", text=section.name, time=since))
        since = section.bars * 4 * TICKS
    track.append(mido.MetaMessage("marker", text="End", time=since))
    return track


def part_track(part: Part, tempo: int) -> mido.MidiTrack:
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=part.name))
    track.append(mido.Message("program_change", channel=part.channel, program=part.program))
    track.append(mido.Message("control_change", channel=part.channel, control=7, value=part.volume))
    track.append(mido.Message("control_change", channel=part.channel, control=10, value=round(64 + 63 * part.pan)))
    now = 0
    for tick, kind, note in timeline(part, tempo):
        velocity = note.velocity if kind == "note_on" else 0
        message = mido.Message(kind, channel=part.channel, note=note.pitch, velocity=velocity, time=tick - now)
        track.append(message)
        now = tick
    return track


def timeline(part: Part, tempo: int) -> list[tuple[int, str, Note]]:
    """Note ends come before note starts of the same moment ("note_off" sorts first)."""
    per_second = tempo / 60 * TICKS
    events = []
    for note in part.notes:
        events.append((round(note.start * per_second), "note_on", note))
        events.append((round((note.start + note.length) * per_second), "note_off", note))
    return sorted(events)

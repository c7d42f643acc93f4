"""The lead sheet inside an earlier track, be it the MP3 or the MIDI file."""

from io import BytesIO

import mido
from pydantic import ValidationError

from agents.delivery import Media, RunFailed
from agents.engines import audio
from agents.engines.music.listen import take_down
from agents.engines.music.sheet import TAG, Sheet

MAX_MIDI_BYTES = 512 * 1024


def own_sheet(media: Media) -> Sheet | None:
    """The sheet a file carries, None for music from elsewhere. Raises RunFailed for what cannot be read."""
    text = midi_sheet_text(media.data) if is_midi(media) else audio.read_tags(media.data).get(TAG)
    if text is None:
        return None
    try:
        return Sheet.model_validate_json(text)
    except ValidationError:
        return None


def any_sheet(media: Media) -> Sheet | None:
    """The sheet a file carries, or what can be taken down from somebody else's MIDI file."""
    own = own_sheet(media)
    return take_down(read_midi(media.data)) if own is None and is_midi(media) else own


def is_midi(media: Media) -> bool:
    return audio.sniff(media.data) == "audio/midi"


def midi_sheet_text(data: bytes) -> str | None:
    marks = (message.text for track in read_midi(data).tracks for message in track if message.type == "text")
    return next((text.removeprefix(f"{TAG}=") for text in marks if text.startswith(f"{TAG}=")), None)


def read_midi(data: bytes) -> mido.MidiFile:
    if len(data) > MAX_MIDI_BYTES:
        raise unreadable(f"It is larger than {MAX_MIDI_BYTES // 1024} KB.")
    try:
        return mido.MidiFile(file=BytesIO(data), clip=True)
    except Exception as error:  # mido raises nearly anything on a broken file
        raise unreadable("It is damaged or cut short.") from error


def unreadable(reason: str) -> RunFailed:
    return RunFailed(f"The MIDI file could not be read. {reason}", code="INPUT_UNREADABLE")

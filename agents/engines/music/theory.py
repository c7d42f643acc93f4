"""Scales, keys and chords. Melody and harmony are written in scale steps, so that a mood can change the mode."""

from typing import Literal

ModeName = Literal["major", "minor", "dorian", "mixolydian", "lydian", "phrygian"]
MODES: dict[ModeName, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}
TONICS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
SPELLINGS = {name: pitch for pitch, name in enumerate(TONICS)} | {"C#": 1, "D#": 3, "Gb": 6, "G#": 8, "A#": 10}
DARK_MODES = frozenset({"minor", "dorian", "phrygian"})


def key_name(tonic: int, mode: ModeName) -> str:
    return f"{TONICS[tonic]} {mode}"


def key_of(name: str) -> tuple[int, ModeName | None]:
    """The tonic and the mode named by "F# minor", "Ebm" or "A" (which names no mode). Raises ValueError."""
    letters, _, mode = name.strip().partition(" ")
    if not mode and len(letters) > 1 and letters.endswith("m"):
        letters, mode = letters[:-1], "minor"
    tonic = SPELLINGS.get(letters[:1].upper() + letters[1:])
    named = next((known for known in MODES if known == mode.strip().lower()), None)
    if tonic is None or (mode and named is None):
        raise ValueError("Write a key such as C, A minor, F# major or D dorian.")
    return tonic, named


def pitch(tonic: int, mode: ModeName, step: int, alter: int = 0) -> int:
    """The MIDI pitch of a scale step, step 0 being the tonic at or above middle C."""
    octave, index = divmod(step, 7)
    return 60 + tonic + 12 * octave + MODES[mode][index] + alter


def chord_degree(token: str) -> int:
    return int(token[0]) - 1


def leading_alter(token: str, mode: ModeName, step: int) -> int:
    """A chord marked "!" raises the seventh step to a leading tone where the mode has none."""
    return int(token.endswith("!") and step % 7 == 6 and MODES[mode][6] == 10)


def chord_steps(token: str, mode: ModeName, color: str) -> tuple[int, ...]:
    """Scale steps of a chord, root first. `color` is power, triad, seventh or ninth."""
    root = chord_degree(token)
    if color == "power":
        return (root, root + 4)
    triad = (root, root + 2, root + 4)
    if color == "triad":
        return triad
    ninth_is_whole_tone = pitch(0, mode, root + 8) - pitch(0, mode, root) == 14
    if color == "ninth" and ninth_is_whole_tone:
        return (*triad, root + 6, root + 8)
    return (*triad, root + 6)


def chord_pitches(tonic: int, mode: ModeName, token: str, color: str) -> tuple[int, ...]:
    steps = chord_steps(token, mode, color)
    return tuple(pitch(tonic, mode, step, leading_alter(token, mode, step)) for step in steps)

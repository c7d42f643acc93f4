"""Chord progressions: four bars each, degrees of the scale, "4/5" two in a bar, "!" with a raised leading tone."""

from random import Random

from agents.engines.music.theory import DARK_MODES, ModeName, chord_degree, pitch

PROGRESSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "pop": {
        "bright": ("1 5 6 4", "1 6 4 5", "4 1 5 6", "1 3 4 5", "6 4 1 5"),
        "dark": ("1 6 3 7", "1 7 6 7", "6 7 1 1", "1 4 6 5!", "1 3 7 6"),
    },
    "jazz": {
        "bright": ("2 5 1 6", "1 6 2 5", "4 3 2 1", "1 4/5 3/6 2/5", "2 5 3 6"),
        "dark": ("1 4 7 3", "2 5! 1 1", "1 6 2 5!", "4 7 3 6", "1 7 6 5!"),
    },
    "modal": {
        "bright": ("1 2 1 2", "1 5 4 1", "1 3 6 4", "1 4 1 5", "4 1 4 5"),
        "dark": ("1 4 1 7", "1 7 1 6", "1 1 6 7", "1 6 4 7", "1 3 4 7"),
    },
    "rock": {
        "bright": ("1 4 5 4", "1 5 4 4", "1 7 4 1", "1 4 1 5", "6 4 1 5"),
        "dark": ("1 6 7 1", "1 7 6 7", "1 3 4 6", "1 4 7 1", "6 7 1 7"),
    },
    "blues": {
        "bright": ("1 4 1 1", "4 4 1 1", "5 4 1 5", "1 1 4 1"),
        "dark": ("1 4 1 1", "4 4 1 1", "5 4 1 5!", "1 6 5! 1"),
    },
    "classical": {
        "bright": ("1 5 1 4/5", "1 4 5 1", "1 6 2 5", "1 5 6 3", "4 1 2 5"),
        "dark": ("1 5! 1 4/5!", "1 4 5! 1", "1 6 4 5!", "1 7 3 5!", "4 1 6 5!"),
    },
    "folk": {
        "bright": ("1 4 1 5", "1 5 4 1", "1 1 4 5", "6 4 1 5", "4 1 5 1"),
        "dark": ("1 7 1 7", "1 3 7 1", "1 7 6 7", "1 4 1 7", "3 7 1 1"),
    },
    "latin": {
        "bright": ("2 5 1 1", "1 6 2 5", "1 2 5 1", "1 4 5 4", "4 3 2 5"),
        "dark": ("1 4 5! 1", "1 7 6 5!", "2 5! 1 1", "1 4 7 3", "4 1 5! 1"),
    },
    "funk": {
        "bright": ("1 1 4 4", "1 4 1 5", "1 7 4 1", "2 5 2 5"),
        "dark": ("1 4 1 4", "1 1 4 7", "1 7 4 1", "4 1 7 1"),
    },
    "epic": {
        "bright": ("1 5 6 4", "4 5 6 1", "6 4 1 5", "1 3 4 5", "1 4 6 5"),
        "dark": ("1 6 3 7", "1 4 6 5!", "6 7 1 1", "1 3 6 7", "1 6 4 5!"),
    },
}

MODAL: dict[ModeName, tuple[str, ...]] = {
    "lydian": ("1 2 1 2", "1 5 2 1", "1 3 2 1", "6 2 1 5", "1 2 6 5"),
    "mixolydian": ("1 7 4 1", "1 4 7 1", "1 5 4 1", "1 4 1 7", "4 1 7 1"),
    "dorian": ("1 4 1 4", "1 7 4 1", "1 3 4 1", "1 4 7 1", "4 1 7 1"),
    "phrygian": ("1 2 1 7", "1 2 3 2", "1 6 2 1", "1 2 1 1", "6 7 2 1"),
}


def progressions_for(harmony: str, mode: ModeName) -> tuple[str, ...]:
    if mode in MODAL and harmony != "blues":
        return MODAL[mode]
    return PROGRESSIONS[harmony]["dark" if mode in DARK_MODES else "bright"]


def draw_progressions(rng: Random, harmony: str, mode: ModeName) -> dict[str, list[str]]:
    """Half-bar chords of four bars for each kind of section; a blues keeps its order."""
    pool = list(progressions_for(harmony, mode))
    if harmony == "blues":
        return {name: half_bars(pool[index], mode) for index, name in enumerate("ABC")}
    opening = [line for line in pool if line.startswith("1")] or pool
    verse = rng.choice(opening)
    others = rng.sample([line for line in pool if line != verse], 2)
    return {name: half_bars(line, mode) for name, line in zip("ABC", (verse, *others), strict=True)}


def half_bars(line: str, mode: ModeName) -> list[str]:
    halves: list[str] = []
    for bar in line.split():
        first, _, second = bar.partition("/")
        halves += [steady(first, mode), steady(second or first, mode)]
    return halves


def steady(token: str, mode: ModeName) -> str:
    """The chord itself, or the one a third below where the mode makes it a diminished one."""
    root = chord_degree(token)
    diminished = pitch(0, mode, root + 4) - pitch(0, mode, root) == 6
    return str((root - 2) % 7 + 1) if diminished and not token.endswith("!") else token


def dominant(mode: ModeName) -> str:
    others: dict[ModeName, str] = {"minor": "5!", "phrygian": "2", "mixolydian": "7", "dorian": "7"}
    return others.get(mode, "5")

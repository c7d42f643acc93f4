"""From a lead sheet to a score: every player's part, swung, humanised, and an ending that comes home."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from random import Random

from agents.engines.music import accompany
from agents.engines.music.accompany import Beat, Tonality
from agents.engines.music.genre import Genre
from agents.engines.music.genres import GENRES
from agents.engines.music.grid import swung
from agents.engines.music.instruments import INSTRUMENTS, KITS
from agents.engines.music.moods import MOODS, Mood
from agents.engines.music.patterns import DRUM_PITCH
from agents.engines.music.score import Note, Part, Score
from agents.engines.music.sheet import STEPS_PER_BEAT, Section, Sheet
from agents.engines.music.theory import leading_alter, pitch

ELECTRONIC = frozenset({"house", "techno", "synthwave"})
DRUM_CHANNEL = 9
CHORDAL_FIGURES = frozenset({"pulse", "hits", "offs"})
LEAD_RANGE = (61, 81)
"""Where the mean pitch of a melody may lie: above the chords, below what hurts."""
SECTION_FORCE = (0.78, 0.86, 0.97, 1.06)


@dataclass(frozen=True, slots=True)
class Chair:
    """A role's place in the ensemble: channel, loudness, position, and in which sections it plays."""

    channel: int
    velocity: int
    volume: int
    pan: float
    from_intensity: int


CHAIRS = {
    "lead": Chair(0, 96, 105, 0.08, 0),
    "chords": Chair(1, 74, 84, -0.42, 0),
    "bass": Chair(2, 92, 96, 0.0, 1),
    "pad": Chair(3, 62, 60, 0.3, 0),
    "color": Chair(4, 68, 64, 0.55, 3),
    "kit": Chair(DRUM_CHANNEL, 104, 90, 0.0, 1),
}


@dataclass(frozen=True, slots=True)
class Style:
    """The patterns a piece settles on, drawn once by its seed."""

    groove: str
    bassline: str
    comp: str


class Arranger:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.genre: Genre = GENRES[sheet.genre]
        self.mood: Mood = MOODS[sheet.mood]
        self.key = Tonality(sheet.tonic, sheet.mode, self.genre.color)
        rng = Random(f"{sheet.seed}:style")
        self.style = Style(
            groove=rng.choice(self.genre.grooves),
            bassline=rng.choice(self.genre.basslines),
            comp=rng.choice(self.genre.comps),
        )

    def score(self) -> Score:
        parts = tuple(part for role in CHAIRS if (part := self.part(role)) is not None)
        kicks = tuple(note.start for part in parts if part.role == "kit" for note in part.notes if note.pitch == 36)
        return Score(tempo=self.sheet.tempo, seconds=self.sheet.duration, parts=parts, kicks=kicks)

    def part(self, role: str) -> Part | None:
        name = getattr(self.sheet.cast, role)
        if name is None or (role != "kit" and name not in INSTRUMENTS) or (role == "kit" and name not in KITS):
            return None
        chair = CHAIRS[role]
        notes: list[Note] = []
        offset = 0
        for index, section in enumerate(self.sheet.sections):
            if section.intensity >= chair.from_intensity:
                rng = Random(f"{self.sheet.seed}:{index}:{section.name}:{role}")
                beats = self.play(role, index, section, rng)
                force = SECTION_FORCE[section.intensity] * self.mood.force
                notes += [self.note(beat, offset, chair, force, rng) for beat in beats]
            offset += section.bars * 16
        notes += self.ending(role, chair)
        if not notes:
            return None
        program = KITS[name] if role == "kit" else INSTRUMENTS[name].program
        return Part(role, name, program, chair.channel, chair.volume, chair.pan, tuple(sorted(notes)))

    def play(self, role: str, index: int, section: Section, rng: Random) -> Iterable[Beat]:
        sections = self.sheet.sections
        following = sections[index + 1].chords[0] if index + 1 < len(sections) else "1"
        players: dict[str, Callable[[], Iterable[Beat]]] = {
            "lead": lambda: self.sing(section),
            "chords": lambda: accompany.play_chords(section, self.style.comp, self.key, self.chord_center()),
            "bass": lambda: accompany.play_bass(section, self.style.bassline, self.key, following),
            "pad": lambda: accompany.play_pad(section, self.triads(), self.pad_center()),
            "color": lambda: accompany.play_counterline(section, self.mood.figure, self.triads(), self.color_center()),
            "kit": lambda: accompany.play_drums(section, self.style.groove, rng, fill=self.fills(index)),
        }
        return players[role]()

    def triads(self) -> Tonality:
        return self.key._replace(color="triad")

    def fills(self, index: int) -> bool:
        return self.genre.fills and self.mood.force >= 0.85 and index + 1 < len(self.sheet.sections)

    def chord_center(self) -> int:
        """Below the melody, but never muddy."""
        return 54 if self.genre.color == "power" else max(53, min(61, self.lead_pitch + self.lead_shift - 10))

    def pad_center(self) -> int:
        return max(55, self.chord_center() - 1)

    def color_center(self) -> int:
        """Chordal colors stay under the melody, glittering ones may float above it."""
        return self.chord_center() + 2 if self.mood.figure in CHORDAL_FIGURES else self.center("color")

    def center(self, role: str) -> int:
        return INSTRUMENTS[getattr(self.sheet.cast, role)].center

    def sing(self, section: Section) -> Iterable[Beat]:
        shift = self.lead_shift
        for start, length, step, alter in section.melody:
            raised = leading_alter(section.chord_at(start), self.sheet.mode, step)
            sung = pitch(self.sheet.tonic, self.sheet.mode, step, alter or raised)
            yield Beat(start, length * 0.95, sung + shift, 1.0 if start % 8 == 0 else 0.9)

    @cached_property
    def lead_pitch(self) -> int:
        """The mean pitch of the melody as written."""
        steps = [step for section in self.sheet.sections for _, _, step, _ in section.melody] or [0]
        return round(sum(pitch(self.sheet.tonic, self.sheet.mode, step) for step in steps) / len(steps))

    @cached_property
    def lead_shift(self) -> int:
        """Whole octaves that bring the melody to where its instrument sounds best."""
        if self.sheet.cast.lead not in INSTRUMENTS:
            return 0
        shift = 12 * round((self.center("lead") + self.mood.lift * 1.4 - self.lead_pitch) / 12)
        if self.lead_pitch + shift < LEAD_RANGE[0]:
            return shift + 12
        return shift - 12 if self.lead_pitch + shift > LEAD_RANGE[1] else shift

    def note(self, beat: Beat, offset: float, chair: Chair, force: float, rng: Random) -> Note:
        loose = 0.0 if self.sheet.genre in ELECTRONIC else 0.006
        start = self.seconds(offset + swung(beat.step, self.genre.swing, self.genre.grid)) + abs(rng.gauss(0, loose))
        end = self.seconds(offset + swung(beat.step + beat.length, self.genre.swing, self.genre.grid))
        velocity = round(chair.velocity * force * beat.force * rng.uniform(0.94, 1.06))
        return Note(round(start, 4), round(max(0.04, end - start), 4), beat.pitch, max(12, min(127, velocity)))

    def seconds(self, steps: float) -> float:
        return steps * 60 / self.sheet.tempo / STEPS_PER_BEAT

    def ending(self, role: str, chair: Chair) -> Iterable[Note]:
        """All meet on the tonic chord and let it ring."""
        start = self.seconds(self.sheet.steps)
        ring = max(0.8, min(self.sheet.duration - start - 0.9, 6.0))
        tones = self.last_tones(role)
        velocity = max(12, min(127, round(chair.velocity * 0.88 * self.mood.force)))
        roll = 0.0 if role in ("kit", "bass") or self.sheet.genre in ELECTRONIC else 0.025
        for order, tone in enumerate(tones):
            yield Note(round(start + roll * order, 4), ring, tone, velocity)

    def last_tones(self, role: str) -> tuple[int, ...]:
        tonic = pitch(self.sheet.tonic, self.sheet.mode, 0)
        if role == "kit":
            return (DRUM_PITCH["kick"], DRUM_PITCH["crash"]) if self.sheet.cast.kit else ()
        if role == "bass":
            return (accompany.low_root("1", self.key),)
        if role in ("lead", "color"):
            return (accompany.fold(tonic, self.center(role) - 5),)
        key = self.key if role == "chords" and self.key.color == "power" else self.triads()
        center = self.chord_center() if role == "chords" else self.pad_center()
        return accompany.voicing((), "1", key, center)


def arrange(sheet: Sheet) -> Score:
    return Arranger(sheet).score()

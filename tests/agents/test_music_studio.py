"""Music Studio composes: tracks that sound, differ by genre and mood, and repeat by seed."""

from collections import Counter
from itertools import combinations, pairwise

import numpy as np
import pytest
from pydantic import ValidationError

from agents.engines import audio
from agents.engines.music.compose import Order, compose
from agents.engines.music.patterns import BASS, CADENCES, CELLS, COMP, DRUM_PITCH, GROOVES
from agents.engines.music.words import wishes_of
from agents.runners.base import Delivery, File, RunFailed
from agents.runners.music_studio import OPERATIONS
from tests.agents.hearing import FOLK, FakeRun, centroid_of, data_of, notes_of, ordered, tempo_of

PAIRS = [
    ("lo-fi", "calm"),
    ("ambient", "dreamy"),
    ("house", "energetic"),
    ("rock", "epic"),
    ("jazz", "romantic"),
    ("classical", "sad"),
    ("folk", "happy"),
    ("hip-hop", "dark"),
    ("latin", "playful"),
    ("cinematic", "tense"),
]


@pytest.fixture(scope="module")
def track() -> Delivery:
    return ordered("generate", **FOLK)


@pytest.fixture(scope="module")
def tracks() -> dict[tuple[str, str], tuple[Delivery, audio.Sound]]:
    made = {}
    for genre, mood in PAIRS:
        delivery = ordered("generate", prompt="a short piece", genre=genre, mood=mood, duration=10)
        made[genre, mood] = (delivery, audio.decode(data_of(delivery, "audio")))
    return made


def test_a_track_has_an_mp3_and_a_midi_file_as_ordered(track):
    assert [(file.name, file.kind, file.content_type) for file in track.files] == [
        ("track.mp3", "audio", "audio/mpeg"),
        ("track.mid", "midi", "audio/midi"),
    ]
    facts = track.output
    assert (facts["genre"], facts["mood"], facts["tempo"], facts["key"]) == ("folk", "happy", 110, "G major")
    assert (facts["duration"], facts["seed"]) == (16, 11)
    assert "Fiddle" in facts["instruments"]
    assert tempo_of(track) == 110
    assert track.engine == "Avatar G composer (local)"


def test_sections_begin_at_the_start_and_follow_each_other(track):
    bar = 240 / 110
    expected, begin = [], 0.0
    for section in track.output["sections"]:
        expected.append(round(begin, 2))
        begin += section["bars"] * bar
    assert [section["start"] for section in track.output["sections"]] == expected
    assert 2 <= 16 - begin < 2.4 + bar


def test_sound_lasts_as_ordered_is_stereo_loud_enough_and_never_clips(tracks):
    for delivery, sound in tracks.values():
        assert sound.seconds == pytest.approx(delivery.output["duration"], abs=0.06)
        assert sound.rate == 44100
        assert 0.06 < sound.level < 0.25
        assert np.abs(sound.samples).max() < 1
        assert np.abs(sound.samples[:, 0] - sound.samples[:, 1]).mean() > 0.002


def test_the_mp3_has_192_kilobits_a_second(track):
    assert len(data_of(track, "audio")) * 8 / 16 == pytest.approx(192_000, rel=0.05)


def test_the_end_fades_into_silence(tracks):
    for _, sound in tracks.values():
        last = sound.samples[-sound.rate // 100 :]
        assert np.sqrt((last**2).mean()) < 0.02 * sound.level


def test_ten_genre_and_mood_pairs_sound_different(tracks):
    traits = {}
    for pair, (delivery, sound) in tracks.items():
        onsets = len({round(start, 2) for start, _ in notes_of(delivery)}) / sound.seconds
        players = frozenset(delivery.output["instruments"])
        traits[pair] = (tempo_of(delivery), delivery.output["key"], players, centroid_of(sound), onsets)
    for one, other in combinations(PAIRS, 2):
        a, b = traits[one], traits[other]
        differences = [
            abs(a[0] - b[0]) >= 5,
            a[1] != b[1],
            len(a[2] & b[2]) <= 2,
            max(a[3], b[3]) / min(a[3], b[3]) > 1.1,
            max(a[4], b[4]) / min(a[4], b[4]) > 1.15,
        ]
        assert sum(differences) >= 3, (one, other, a, b)


def test_dance_music_is_busier_and_brighter_than_ambient(tracks):
    house, house_sound = tracks["house", "energetic"]
    ambient, ambient_sound = tracks["ambient", "dreamy"]
    assert len(notes_of(house)) > 3 * len(notes_of(ambient))
    assert centroid_of(house_sound) > 2 * centroid_of(ambient_sound)
    assert tempo_of(house) > tempo_of(ambient) + 40


def test_only_genres_with_drums_play_drums(tracks):
    drummed = {genre for (genre, _), (delivery, _) in tracks.items() if notes_of(delivery, channel=9)}
    assert drummed == {"lo-fi", "house", "rock", "jazz", "folk", "hip-hop", "latin", "cinematic"}


@pytest.mark.parametrize("seed", range(6))
def test_melodies_move_by_step_and_agree_with_the_chords_on_strong_beats(seed):
    sheet = compose(Order(prompt="song", seed=seed, duration=50, genre="pop", mood="happy", tempo=120))
    moves, strong, fitting = [], 0, 0
    for section in sheet.sections:
        steps = [note[2] for note in section.melody]
        moves += [abs(after - before) for before, after in pairwise(steps)]
        for start, _, step, _ in section.melody:
            if start % 8 == 0:
                root = int(section.chord_at(start)[0]) - 1
                strong += 1
                fitting += (step - root) % 7 in (0, 2, 4)
    assert sum(move <= 2 for move in moves) / len(moves) > 0.6
    assert max(moves) <= 7
    assert fitting / strong > 0.75


def test_the_last_chord_comes_home(tracks):
    for delivery, _ in tracks.values():
        notes = notes_of(delivery, channel=2)
        tonic = delivery.output["key"].split()[0]
        names = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
        assert names[notes[-1][1] % 12] == tonic


def test_a_theme_returns_in_longer_pieces():
    sheet = compose(Order(prompt="song", seed=4, duration=60, genre="pop", mood="happy", tempo=130))
    sections = {section.name: section for section in sheet.sections}
    assert {"Intro", "A", "B", "A'"} <= sections.keys()
    first, again = (Counter(note[0] for note in sections[name].melody[:6]) for name in ("A", "A'"))
    assert sum((first & again).values()) >= 3
    assert sections["A"].melody != sections["B"].melody


def test_the_same_seed_and_words_give_the_same_files(track):
    again = ordered(
        "generate",
        FakeRun(seed=99),
        prompt="a happy folk tune with fiddle",
        duration=16,
        tempo=110,
        key="G major",
        seed=11,
    )
    assert again.files == track.files
    assert again.output == track.output


def test_another_seed_gives_another_piece(track):
    other = ordered("generate", FakeRun(seed=12), prompt="a happy folk tune with fiddle", duration=16, tempo=110)
    assert notes_of(other, channel=0) != notes_of(track, channel=0)
    assert other.output["seed"] == 12


def test_words_decide_what_fields_leave_open():
    facts = ordered("generate", prompt="slow sad jazz in D minor with trumpet, 72 bpm, no drums", duration=10).output
    assert (facts["genre"], facts["mood"], facts["tempo"], facts["key"]) == ("jazz", "sad", 72, "D minor")
    assert "Trumpet" in facts["instruments"]
    assert not any("drums" in name for name in facts["instruments"])


def test_fields_win_over_words():
    facts = ordered("generate", prompt="slow sad jazz", genre="rock", mood="happy", tempo=150, duration=10).output
    assert (facts["genre"], facts["mood"], facts["tempo"]) == ("rock", "happy", 150)


def test_longer_names_hide_the_shorter_ones_inside():
    wishes = wishes_of("hip hop with electric piano and steel drums")
    assert wishes.genre == "hip-hop"
    assert wishes.instruments == ("Electric piano", "Steel drums")
    assert wishes.drums is None


def test_a_soloist_plays_alone():
    assert ordered("generate", prompt="solo piano nocturne", duration=10).output["instruments"] == ["Grand piano"]


@pytest.mark.parametrize(("tempo", "duration"), [(50, 10), (200, 10), (50, 60), (200, 60), (97, 37)])
def test_every_tempo_and_length_can_be_filled(tempo, duration):
    sheet = compose(Order(prompt="x", seed=1, duration=duration, tempo=tempo))
    ring = duration - sheet.bars * 240 / tempo
    assert 2.3 <= ring <= 2.4 + 240 / tempo
    assert all(len(section.chords) == 2 * section.bars for section in sheet.sections)


def test_progress_follows_the_work_and_says_what_is_done():
    run = FakeRun()
    ordered("generate", run, prompt="pop", duration=12)
    percents = [percent for percent, _ in run.reports]
    assert percents == sorted(percents)
    assert percents[0] < 5
    assert 90 < percents[-1] <= 99
    assert len({step for _, step in run.reports}) >= 5


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": ""},
        {"prompt": "x" * 501},
        {"prompt": "x", "tempo": 49},
        {"prompt": "x", "tempo": 201},
        {"prompt": "x", "duration": 61},
        {"prompt": "x", "genre": "polka"},
        {"prompt": "x", "key": "H major"},
        {"prompt": "x", "speed": 2},
    ],
)
def test_wrong_input_is_refused(fields):
    with pytest.raises(ValidationError):
        OPERATIONS["generate"].input(**fields)


def test_the_check_refuses_silence_a_wrong_length_and_missing_files(track):
    mp3, midi = track.files
    silent = audio.encode_mp3(np.zeros((16 * 44100, 2)), 44100, tags={}, progress=lambda share: None)
    broken = [
        (File("track.mp3", "audio", "audio/mpeg", silent), midi),
        (File("track.mp3", "audio", "audio/mpeg", mp3.data[: len(mp3.data) // 2]), midi),
        (File("track.mp3", "audio", "audio/mpeg", b"no sound at all"), midi),
        (mp3, File("track.mid", "midi", "audio/midi", midi.data[:50])),
        (mp3, File("track.mid", "midi", "audio/midi", b"MThd\x00\x00\x00\x06\x00\x00\x00\x00\x01\xe0")),
        (mp3,),
        (),
    ]
    for files in broken:
        with pytest.raises(RunFailed) as failure:
            OPERATIONS["generate"].check(Delivery(files, track.output, track.engine))
        assert failure.value.code == "DELIVERY_INVALID"


def test_examples_are_valid_orders():
    runner = OPERATIONS["generate"]
    assert len([runner.input(**example) for example in runner.examples]) == 3


def test_patterns_fill_a_bar_and_name_known_drums():
    patterns = [*BASS.values(), *COMP.values(), *CADENCES, *(cell for cells in CELLS.values() for cell in cells)]
    patterns += [pattern for groove in GROOVES.values() for pattern in groove.values()]
    assert {len(pattern) for pattern in patterns} == {16}
    assert {drum for groove in GROOVES.values() for drum in groove} <= DRUM_PITCH.keys()

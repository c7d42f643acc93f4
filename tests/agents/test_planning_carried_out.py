"""Plans of the rules, carried out for real: what comes out at the end is opened."""

from functools import cache

import numpy as np
import pytest

from tests.agents import films
from tests.agents.planner import BAKERY, carried_out, planned


@cache
def bakery():
    with films.small():
        return carried_out(planned(BAKERY))


def data_of(key):
    return bakery()[key].files[0].data


def test_the_final_film_is_one_mp4_of_twenty_seconds_that_moves_and_sounds():
    facts = films.facts_of(data_of("final"))
    frames = films.frames_of(data_of("final"))
    sound = films.sound_of(data_of("final"))

    assert (facts["codecs"], facts["size"]) == (["h264", "aac"], (320, 180))
    assert facts["seconds"] == pytest.approx(20, abs=0.5)
    assert all(films.difference(frames[at], frames[at + 96]) > 1 for at in range(0, len(frames) - 96, 96))
    seconds = sound[: 19 * 16_000].reshape(19, 16_000)
    assert np.sqrt((seconds**2).mean(axis=1)).min() > 0.005


def test_the_captions_of_the_film_are_still_in_the_picture():
    final, film = films.frames_of(data_of("final")), films.frames_of(data_of("film"))
    captions = bakery()["film"].files[1].data.decode()

    assert "our bakery" in captions
    assert len(final) == len(film)
    assert max(films.difference(final[at][125:], film[at][125:]) for at in range(48, len(film) - 48, 48)) < 6


def test_the_track_and_the_film_play_the_same_tune_together():
    final, film, track = (films.sound_of(data_of(key)) for key in ("final", "film", "music"))
    length = 18 * 16_000
    added = final[:length] - film[:length]

    assert np.corrcoef(added, track[:length])[0, 1] > 0.5
    assert np.sqrt((added**2).mean()) > 0.01


def test_a_figure_that_speaks_is_carried_out():
    with films.small():
        deliveries = carried_out(planned('A green robot mascot that says: "Hello there!"'))

    assert deliveries["speaking"].output["moves"] == "The mouth, with the voice"
    assert films.facts_of(deliveries["speaking"].files[0].data)["seconds"] > 1


def test_a_voice_of_its_own_takes_the_place_of_the_music():
    with films.small():
        deliveries = carried_out(planned("a 6 second film about owls with a deep voice and without music"))

    sound = films.sound_of(deliveries["final"].files[0].data)
    loud = np.sqrt((sound[: 5 * 16_000].reshape(-1, 800) ** 2).mean(axis=1))
    assert loud.max() > 0.03
    assert loud[-4:].max() < 0.02

"""What an art director sent back: herds that ran into each other, a village of one house, avatars lost in the wall."""

from dataclasses import replace

import pytest

from agents.engines import avatar, avatar_words
from agents.engines.scene import colours, layout, light, parse, pen, stage
from agents.engines.video import storyboard


def counts(prompt: str) -> dict[str, int]:
    return {item.kind: item.count for item in parse.parse(prompt, 1).items}


def test_a_village_is_more_than_a_house_and_a_house_is_one():
    assert counts("A village in deep snow")["house"] >= 3
    assert counts("A house in deep snow")["house"] == 1
    assert counts("Two villages")["house"] >= 2


def test_geese_fly():
    assert counts("Geese over the river")["bird"] >= 2


@pytest.mark.parametrize("seed", [1, 11, 12, 30])
def test_a_herd_looks_one_way(seed):
    scene = parse.parse("Three camels in the desert", seed)
    sheet = pen.Sheet(light.light_for(scene.time, scene.weather, scene.sky, ()), 1344, 768, seed)
    camels = layout.Layout(sheet, scene, stage.stage_for(scene, 1344, 768)).places()

    assert len(camels) == 3
    assert len({place.flip for place in camels}) == 1


@pytest.mark.parametrize("colour", ["green", "blue", "red", "yellow", "purple", "teal", "white", "pink"])
def test_clothes_do_not_melt_into_the_background_asked_for(colour):
    described = avatar_words.read("a calm man in a turban")
    described = replace(described, colours={"background": colours.NAMED[colour]})
    for seed in range(8):
        drawn = avatar.draw(described, seed=seed, style="peep")
        assert colours.distance(drawn.colours["clothes"], drawn.colours["background"]) > 0.45


def test_night_has_not_fallen_before_it_falls():
    shots = storyboard.board("A windmill turns in a green field. A river runs to the sea. Night falls over it all.", 5)

    assert [parse.parse(shot.words, 5).time for shot in shots] == ["afternoon", "afternoon", "night"]


def test_a_film_without_a_turn_has_one_light():
    shots = storyboard.board("A red lighthouse on a high cliff. Two boats sail through a calm night. Gulls sleep.", 5)

    assert [parse.parse(shot.words, 5).time for shot in shots] == ["night"] * len(shots)

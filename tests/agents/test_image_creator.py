import colorsys
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from agents.engines import pictures
from agents.engines.scene import colours, engine, finish, growth, sprites
from agents.engines.scene.parse import KINDS, parse
from agents.runners import image_creator
from agents.runners.base import RunFailed

GENERATE = image_creator.OPERATIONS["generate"]

PROMPTS = {
    "a tiny red tugboat under a yellow moon, midnight": ({"ferry", "moon"}, "midnight", {"red", "yellow"}),
    "two orange foxes in a snowy pine wood at dawn": ({"fox", "pine", "forest"}, "dawn", {"orange"}),
    "violet lake, white swans, sunset": ({"lake", "swan"}, "sunset", {"violet"}),
    "blue house with a red roof on a green hill at noon": ({"house", "hill"}, "noon", {"blue", "green"}),
    "a golden temple by the sea in the morning": ({"temple", "sea"}, "morning", {"gold"}),
    "purple balloons over a desert, afternoon": ({"balloon", "desert"}, "afternoon", {"purple"}),
    "a green dragon above a castle at dusk": ({"dragon", "castle"}, "dusk", {"green"}),
    "pink flamingos on a beach at sunrise": ({"flamingo", "beach"}, "sunrise", {"pink"}),
    "a yellow taxi in the city at night": ({"car", "city"}, "night", {"yellow"}),
    "turquoise ocean with a black pirate ship at noon": ({"sea", "ship"}, "noon", {"turquoise"}),
    "brown bear beside a waterfall, foggy morning": ({"bear", "waterfall"}, "morning", set()),
    "a red tractor in a wheat field, autumn afternoon": ({"tractor", "wheat", "field"}, "afternoon", {"red"}),
    "green tea cup and three red apples on a table at noon": ({"cup", "apple", "room"}, "noon", {"red", "green"}),
    "an astronaut and an orange planet in space": ({"astronaut", "planet", "space"}, None, {"orange"}),
    "blue whale, crimson sky, dusk": ({"whale"}, "dusk", {"blue"}),
    "windmill and purple tulips at sunrise": ({"windmill", "tulip"}, "sunrise", {"purple"}),
    "underwater, yellow fish and red coral": ({"underwater", "fish", "coral"}, None, {"yellow", "red"}),
    "a snowman with a green scarf, winter night": ({"snowman"}, "night", {"green"}),
    "orange tent and campfire by a river at night, stars": ({"tent", "campfire", "river", "star"}, "night", {"orange"}),
    "a red bridge, cherry blossoms and a pagoda, spring morning": (
        {"bridge", "cherry", "pagoda"},
        "morning",
        {"red", "pink"},
    ),
}

NAMED_THINGS = (
    *("lighthouse", "castle", "cat", "horse", "dragon", "boat", "moon", "rainbow"),
    *("cloud", "windmill", "palm", "bridge", "rocket", "balloon", "tree", "flowers"),
    *("train", "robot", "campfire", "mountain", "volcano", "aurora", "city", "rain"),
    *("snow", "birds", "person", "pagoda", "car", "whale", "statue", "cactus"),
)


class Run:
    """A job as its runner sees it."""

    def __init__(self, seed=5):
        self.seed, self.steps = seed, []

    def progress(self, percent, step):
        self.steps.append((percent, step))

    def draft(self, text):
        raise AssertionError("nothing is written here")


def scene_of(prompt, seed=3, style="flat", shape="square", side=256):
    return engine.draw(prompt, seed=seed, style=style, shape=shape, report=lambda percent, step: None, side=side)


@cache
def bare_field():
    return np.asarray(scene_of("a field, noon", side=160).image, np.float32)


def pixels_of(prompt, **options):
    return np.asarray(scene_of(prompt, **options).image, np.float32)


@pytest.fixture(scope="module")
def gallery():
    return {prompt: scene_of(prompt) for prompt in PROMPTS}


def hue_share(image, colour):
    """The share of the picture whose hue is the colour's, where there is colour enough to have a hue."""
    wanted = colorsys.rgb_to_hsv(*colours.rgb_of(colours.NAMED[colour]))[0]
    hsv = np.asarray(image.convert("HSV"), np.float32) / 255
    distance = np.abs((hsv[..., 0] - wanted + 0.5) % 1 - 0.5)
    return float(((distance < 0.055) & (hsv[..., 1] > 0.25) & (hsv[..., 2] > 0.12)).mean())


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_scene_shows_the_things_the_hour_and_the_colours(prompt, gallery):
    things, hour, named = PROMPTS[prompt]
    picture = gallery[prompt]

    assert things <= set(engine.shown(picture))
    assert hour in (None, picture.scene.time)
    for colour in named:
        assert hue_share(picture.image, colour) > 0.0015, colour


def test_twenty_prompts_give_twenty_different_pictures(gallery):
    thumbs = [np.asarray(picture.image.resize((48, 48)), np.float32) for picture in gallery.values()]

    assert min(np.abs(a - b).mean() for a, b in combinations(thumbs, 2)) > 9


def test_a_named_colour_changes_the_share_of_its_hue():
    for thing, first, second in (("sea at noon", "violet", "green"), ("balloon at noon", "red", "purple")):
        picture = scene_of(f"a {first} {thing}").image
        other = scene_of(f"a {second} {thing}").image
        assert hue_share(picture, first) > hue_share(other, first) + 0.004
        assert hue_share(other, second) > hue_share(picture, second) + 0.004


@pytest.mark.parametrize("place", ["a house on a hill", "three boats on the sea", "a city", "a desert"])
def test_the_hour_sets_the_light(place):
    light = {hour: pixels_of(f"{place} at {hour}").mean() for hour in ("midnight", "night", "dusk", "sunset", "noon")}

    assert light["midnight"] < light["night"] < light["dusk"] < light["noon"]
    assert light["night"] < light["sunset"] < light["noon"]
    warmth = {
        hour: np.subtract(*pixels_of(f"{place} at {hour}")[..., [0, 2]].mean(axis=(0, 1)))
        for hour in ("sunset", "noon")
    }
    assert warmth["sunset"] > warmth["noon"] + 20


@pytest.mark.parametrize("thing", NAMED_THINGS)
def test_naming_a_thing_changes_the_picture(thing):
    changed = np.abs(pixels_of(f"a field, noon, {thing}", side=160) - bare_field()).max(axis=2) > 18

    assert changed.mean() > 0.004


def test_every_thing_in_the_vocabulary_can_be_drawn():
    drawn = sprites.ART.keys() | growth.GROWTH.keys()
    placed = {name for name, kind in KINDS.items() if kind.place not in {"scenery", "sky"}}

    assert placed - drawn == {"firefly"}
    assert len(placed) > 100
    for name in sorted(placed):
        assert name in engine.shown(scene_of(KINDS[name].words.split()[0].replace("-", " "), side=48))


def test_counts_are_kept():
    counted = parse("two moons, three boats, a dozen birds and a lone horse", 1)

    assert {item.kind: item.count for item in counted.items} == {"moon": 2, "boat": 3, "bird": 12, "horse": 1}


@pytest.mark.parametrize("prompt", ["three red maple trees", "trio of oak trees"])
def test_a_compound_is_one_thing(prompt):
    scene = parse(prompt, 1)

    assert [(item.kind, item.count) for item in scene.items] == [("tree", 3)]


def test_a_count_never_runs_away():
    assert parse("a boat and 999999999 boats, 88888 birds", 1).item("boat").count <= 24


def test_a_stone_bridge_is_a_bridge():
    assert engine.shown(scene_of("a stone bridge over a river", side=48)) == ["bridge", "river"]


@pytest.mark.parametrize(
    ("prompt", "kind", "bound"),
    [
        ("red boat on a violet sea", "boat", "red"),
        ("red boat on a violet sea", "sea", "violet"),
        ("a red old wooden boat", "boat", "red"),
        ("the house is blue", "house", "blue"),
        ("a horse, white", "horse", None),
    ],
)
def test_a_colour_belongs_to_the_noun_after_it(prompt, kind, bound):
    assert parse(prompt, 1).colour(kind) == (colours.NAMED[bound] if bound else None)


def test_a_colour_of_a_part_and_of_the_sky():
    scene = parse("a lighthouse with a green roof under a pink sky", 1)

    assert scene.item("lighthouse").trim == colours.NAMED["green"]
    assert scene.sky == colours.NAMED["pink"]


def test_loose_colours_become_the_palette():
    assert parse("mountains in teal and gold", 1).palette == (colours.NAMED["teal"], colours.NAMED["gold"])


def test_what_is_denied_is_not_drawn():
    assert engine.shown(scene_of("a lake without boats, no clouds", side=48)) == ["lake"]


def test_what_has_no_drawing_is_said_and_the_rest_is_shown():
    picture = scene_of("a quasar and a bassoon beside a red house", side=64)

    assert picture.scene.not_drawn == ["quasar", "bassoon"]
    assert engine.shown(picture) == ["house"]


def test_a_likeness_is_owned_up_to():
    picture = scene_of("a tiger in the grass", side=64)

    assert picture.scene.likeness == {"tiger": "lion"}
    assert engine.shown(picture) == ["tiger", "field"]


def test_no_word_at_all_is_known_and_there_is_still_a_picture():
    assert pictures.distinct_colours(scene_of("zxqv ﷽ 你好 🙂", side=96).image) > 50


def test_the_styles_look_different():
    images = [pixels_of("a boat on a lake at noon", style=style, side=192) for style in finish.STYLES]

    assert min(np.abs(a - b).mean() for a, b in combinations(images, 2)) > 2


@pytest.mark.parametrize(("shape", "size"), [("square", (1024, 1024)), ("wide", (1344, 768)), ("tall", (768, 1344))])
def test_a_delivery_has_the_promised_size(shape, size):
    run = Run()
    delivery = GENERATE.run(run, GENERATE.input(prompt="two red boats at dusk", shape=shape, style="flat"))
    GENERATE.check(delivery)

    assert (delivery.output["width"], delivery.output["height"]) == size
    assert [(file.name, file.kind, file.content_type) for file in delivery.files] == [
        ("image.png", "image", "image/png")
    ]
    percents = [percent for percent, _ in run.steps]
    assert percents == sorted(percents)
    assert max(percents) < 100


@pytest.mark.parametrize("style", finish.STYLES)
def test_the_same_seed_gives_the_same_bytes(style):
    first, again, other = (scene_of("a forest by a lake", seed=seed, style=style, side=128).image for seed in (1, 1, 2))

    assert pictures.png_bytes(first) == pictures.png_bytes(again)
    assert pictures.png_bytes(first) != pictures.png_bytes(other)


def test_without_a_seed_the_run_s_own_is_used():
    assert GENERATE.run(Run(seed=77), GENERATE.input(prompt="a hill", style="pixel")).output["seed"] == 77
    assert GENERATE.run(Run(seed=77), GENERATE.input(prompt="a hill", style="pixel", seed=0)).output["seed"] == 0


def test_markup_in_the_prompt_never_reaches_the_drawing():
    scene = parse('<script>x</script> "/><image href="file:///etc/passwd"/> a red <b>boat</b> #fff url(#x)', 1)
    markup, _ = engine.markup_of(scene, 1000, 1000, 1)

    assert "script" not in markup
    assert "passwd" not in markup


@pytest.mark.parametrize(
    "prompt", ["9" * 500, "999999999 boats", "trees " * 83, "-" * 500, "two three four five moons"]
)
def test_a_hostile_prompt_is_drawn_in_reasonable_size(prompt):
    markup, _ = engine.markup_of(parse(prompt[:500], 1), 1000, 1000, 1)

    assert len(markup) < 900_000


@pytest.mark.parametrize("prompt", ["", "  ", "x" * 501])
def test_an_empty_or_endless_prompt_is_refused(prompt):
    with pytest.raises(ValidationError):
        GENERATE.input(prompt=prompt)


@pytest.mark.parametrize("example", GENERATE.examples)
def test_the_examples_show_everything_they_name(example):
    wanted = GENERATE.input(**example)
    picture = scene_of(wanted.prompt, style=wanted.style, shape=wanted.shape, side=96)

    assert picture.scene.not_drawn == []


def test_the_check_refuses_a_blank_or_missing_picture():
    delivery = GENERATE.run(Run(), GENERATE.input(prompt="a hill", style="pixel"))
    blank = pictures.png_file("image.png", Image.new("RGB", (1024, 1024), "navy"))

    for files in ((), (blank,), (replace(delivery.files[0], data=delivery.files[0].data[:900]),)):
        with pytest.raises(RunFailed) as refusal:
            GENERATE.check(replace(delivery, files=files))
        assert refusal.value.code == "DELIVERY_INVALID"

"""Video Studio: films that open, move, sound, say and show what was asked."""

import re
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from pocketsphinx import Decoder
from pydantic import ValidationError

from agents.engines import avatar, avatar_words, pictures
from agents.engines.video import film as sizes
from agents.runners import RUNNERS
from agents.runners.base import Delivery, File, Media, RunFailed
from tests.agents import films
from tests.agents.films import Run

BOATS = "A red lighthouse over a violet sea at dusk. Two sailing boats by the pier."


@cache
def made(prompt=BOATS, by=films.made, **fields):
    """Each film is made once, tests only look at it."""
    return by("video-studio", "generate", **{"prompt": prompt, "seconds": 6, "seed": 3, "style": "flat", **fields})


def made_small(prompt=BOATS, *, voice=False, aspect="16:9", **fields):
    return made(prompt, by=films.made_small, voice=voice, aspect=aspect, **fields)


@cache
def spoken(**fields):
    return films.made_small("video-studio", "animate", **{"text": "Hello there, my friend.", "seed": 3, **fields})


def film(delivery):
    return delivery.files[0].data


def middle(delivery):
    frames = films.frames_of(film(delivery))
    return frames[len(frames) // 4]


def test_a_prompt_becomes_a_film_with_captions_and_a_poster():
    delivery = made()

    assert [(file.name, file.kind, file.content_type) for file in delivery.files] == [
        ("video.mp4", "video", "video/mp4"),
        ("captions.vtt", "captions", "text/vtt"),
        ("poster.jpg", "poster", "image/jpeg"),
    ]
    facts = films.facts_of(film(delivery))
    assert (facts["codecs"], facts["size"], facts["rate"]) == (["h264", "aac"], (1280, 720), 24.0)
    assert facts["seconds"] == pytest.approx(6, abs=0.5)
    assert len(films.frames_of(film(delivery))) == 144


def test_its_index_comes_first_so_that_it_plays_while_it_loads():
    data = film(made())
    assert data.index(b"moov") < data.index(b"mdat")


def test_it_moves_and_changes_scene():
    frames = films.frames_of(film(made()))
    assert films.difference(frames[30], frames[36]) > 0.3
    assert films.difference(frames[40], frames[130]) > 10


def test_it_sounds_from_the_start_to_the_end():
    sound = films.sound_of(film(made()))
    assert len(sound) / 16_000 == pytest.approx(6, abs=0.2)
    assert all(np.sqrt((part**2).mean()) > 0.005 for part in np.array_split(sound, 6))
    assert np.abs(sound).max() < 1


def test_the_formats_are_those_of_players():
    assert sizes.SIZES == {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)}


@pytest.mark.parametrize(("aspect", "size"), [("16:9", (320, 180)), ("9:16", (180, 320)), ("1:1", (240, 240))])
def test_each_format_has_its_size(aspect, size):
    delivery = made_small(aspect=aspect)
    assert films.facts_of(film(delivery))["size"] == size
    assert (delivery.output["width"], delivery.output["height"]) == size


def test_captions_are_burned_in_where_they_are_wanted():
    with_them, without = (middle(made_small(**wanted)) for wanted in ({}, {"captions": False}))

    foot, sky = slice(150, 175), slice(0, 90)
    assert films.difference(with_them[foot], without[foot]) > 10
    assert films.difference(with_them[sky], without[sky]) < 3


def test_the_track_holds_the_lines_in_time():
    text = made_small(captions=False, voice=True).files[1].data.decode()
    assert text.startswith("WEBVTT\n\n00:00:00.")
    assert "A red lighthouse over a violet sea at dusk." in text
    times = re.findall(r"00:00:(\d\d\.\d{3})", text)
    assert times == sorted(times)
    assert float(times[-1]) <= 6


def test_the_same_seed_makes_the_same_file_and_another_seed_another():
    assert made.__wrapped__().files == made().files
    assert films.difference(middle(made_small()), middle(made_small(seed=5))) > 3


def test_another_prompt_makes_another_film():
    assert films.difference(middle(made_small()), middle(made_small("A desert with cacti at noon. A camel."))) > 10


def test_the_length_left_open_fits_the_words():
    short, long = (
        films.made_small("video-studio", "generate", prompt=prompt, style="flat", seed=1).output["duration"]
        for prompt in ("A tree", "A tree on a hill. A long river in the valley. A village with a church. Snow falls.")
    )
    assert 6 <= short < long <= 20


def test_a_voice_says_the_line_over_the_music():
    quiet, voiced = (made_small(voice=voice).output["narration"] for voice in (False, True))
    assert (quiet, voiced) == ("None", "Joe")
    recogniser = Decoder(samprate=16_000, loglevel="FATAL")
    delivery = made_small("The children are playing in the garden with the dog.", voice=True)
    recogniser.start_utt()
    sound = np.clip(films.sound_of(film(delivery)) * 32_767, -32_768, 32_767)
    recogniser.process_raw(sound.astype("<i2").tobytes(), full_utt=True)
    recogniser.end_utt()
    heard = set(recogniser.hyp().hypstr.split())
    assert len(heard & {"the", "children", "playing", "garden", "dog", "are", "with", "in"}) >= 4


def test_another_script_stays_unspoken_and_in_the_track():
    delivery = made_small("海の上の灯台。ボートが二隻。", voice=True)
    assert (delivery.output["narration"], delivery.output["captions"]) == ("None", "As a track")
    assert "灯台" in delivery.files[1].data.decode()


def test_progress_counts_the_frames():
    run = Run()
    films.made_small("video-studio", "generate", run, prompt="A tree", seconds=6, style="flat", voice=False)
    percents = [percent for percent, _ in run.steps]
    assert percents == sorted(percents)
    assert percents[-1] <= 99
    assert [step for _, step in run.steps if step.startswith("Filming")] == [
        f"Filming frame {number} of 144" for number in range(12, 145, 12)
    ]


def test_a_run_that_is_stopped_stops_at_once():
    class Stopped(Exception):
        pass

    class Canceled(Run):
        def progress(self, percent, step):
            if step.startswith("Filming"):
                raise Stopped

    with pytest.raises(Stopped):
        films.made_small("video-studio", "generate", Canceled(), prompt="A tree", seconds=6, style="flat", voice=False)


def test_an_avatar_of_ours_opens_and_shuts_its_mouth():
    described = avatar_words.read("a smiling woman with glasses, block style")
    drawn = avatar.draw(described, seed=9)
    notes = {avatar.RECIPE: avatar.recipe_of(described, drawn, 9).model_dump_json()}
    given = films.reference()
    run = Run(media={given: pictures_media(drawn.svg, notes)})
    delivery = films.made_small(
        "video-studio", "animate", run, text="Hello there, my friend.", avatar=given, captions=False
    )

    assert delivery.output["moves"] == "The mouth, with the voice"
    frames = films.frames_of(film(delivery))
    steps = [films.difference(one, other) for one, other in pairwise(frames)]
    assert max(steps) > 3 * np.median(steps)


def pictures_media(svg, notes):
    return Media("image/png", pictures.png_bytes(avatar.rasterise(svg), notes))


@pytest.mark.parametrize("style", ["portrait", "peep", "pixel", "block", "robot", "creature"])
def test_every_style_has_three_mouths(style):
    recipe = avatar.Recipe(style=style, seed=4)
    faces = [avatar.rasterise(avatar.draw_recipe(recipe, mouth=mouth).svg, 200).tobytes() for mouth in range(3)]
    assert len(set(faces)) == 3


@pytest.mark.parametrize(
    "text", ["", "{}", "nonsense", '{"style": "portrait", "seed": 1, "colours": {"hair": "url(x)"}}']
)
def test_a_recipe_that_is_none_is_not_believed(text):
    assert avatar.recipe_in({avatar.RECIPE: text}) is None


def test_another_picture_beats_with_the_voice():
    given = films.reference()
    run = Run(media={given: films.png(Image.radial_gradient("L").convert("RGB"))})
    delivery = films.made_small(
        "video-studio", "animate", run, text="Hello there, my friend.", avatar=given, aspect="16:9"
    )

    assert delivery.output["moves"] == "The picture, with the voice"
    frames = films.frames_of(film(delivery))
    assert max(films.difference(frames[0], frame) for frame in frames) > 1


def test_without_a_picture_a_new_face_speaks_as_long_as_the_text():
    delivery = spoken()
    facts = films.facts_of(film(delivery))
    assert (facts["codecs"], facts["size"]) == (["h264", "aac"], (240, 240))
    assert facts["seconds"] == pytest.approx(delivery.output["duration"], abs=0.5)
    assert delivery.files == spoken(aspect="1:1").files


def test_a_broken_picture_is_refused_clearly():
    given = films.reference()
    with pytest.raises(RunFailed) as failure:
        films.made(
            "video-studio", "animate", Run(media={given: Media("image/png", b"\x89PNG\r\n\x1a\n cut")}), text="Hi you",
            avatar=given,
        )  # fmt: skip
    assert failure.value.code == "INPUT_UNREADABLE"


@pytest.mark.parametrize(
    "fields",
    [{"prompt": ""}, {"prompt": "a" * 501}, {"prompt": "a", "seconds": 5}, {"prompt": "a", "seconds": 21},
     {"prompt": "a", "aspect": "4:3"}, {"prompt": "a", "mood": "grumpy"}, {"prompt": "a", "seed": -1}],
)  # fmt: skip
def test_wrong_input_is_refused(fields):
    with pytest.raises(ValidationError):
        RUNNERS["video-studio", "generate"].input(**fields)


@pytest.mark.parametrize("text", ["", "😀", "你好", "a" * 401])
def test_what_cannot_be_said_is_refused_before_it_costs(text):
    with pytest.raises(ValidationError):
        RUNNERS["video-studio", "animate"].input(text=text)


HOSTILE = [
    "<script>alert(1)</script>",
    "😀🎉",
    "!!!",
    "a" * 500,
    "]]> & \\N --> {0}",
    "\u202eevil",
    "مرحبا بالعالم",
    "-->",
]


@pytest.mark.parametrize("prompt", HOSTILE)
def test_whatever_is_asked_a_film_comes(prompt):
    delivery = films.made_small(
        "video-studio", "generate", prompt=prompt, seconds=6, style="flat", voice=False, aspect="1:1"
    )
    assert delivery.output["duration"] == 6
    assert delivery.files[1].data.decode().count("-->") == len(
        re.findall(r"^\d\d:\d\d:\d\d", delivery.files[1].data.decode(), re.MULTILINE)
    )


def test_the_check_refuses_half_a_film_silence_and_nothing():
    good = made()
    half = (File("video.mp4", "video", "video/mp4", film(good)[: len(film(good)) // 2]), *good.files[1:])
    noise = (File("video.mp4", "video", "video/mp4", b"no film"), *good.files[1:])
    for files in (half, noise, good.files[1:], good.files[:1], ()):
        with pytest.raises(RunFailed) as failure:
            RUNNERS["video-studio", "generate"].check(Delivery(files, good.output, good.engine))
        assert failure.value.code == "DELIVERY_INVALID"
    with pytest.raises(RunFailed, match="instead of"):
        RUNNERS["video-studio", "generate"].check(Delivery(good.files, good.output | {"duration": 12.0}, good.engine))


def test_examples_are_valid_orders():
    runner = RUNNERS["video-studio", "generate"]
    assert len([runner.input(**example) for example in runner.examples]) == 3

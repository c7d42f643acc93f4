from dataclasses import replace
from functools import cache
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from pydantic import ValidationError

from agents.engines import avatar, avatar_styles, avatar_words, pictures
from agents.runners import avatar_builder
from agents.runners.base import Delivery, File, Media, MediaReference, RunFailed

GENERATE = avatar_builder.OPERATIONS["generate"]
SCAN = avatar_builder.OPERATIONS["scan"]
PHOTO = MediaReference(upload_id=uuid4())


class Run:
    """A job as its runner sees it."""

    def __init__(self, seed=5, data=b""):
        self.seed, self.data, self.steps = seed, data, []

    def progress(self, percent, step):
        self.steps.append((percent, step))

    def draft(self, text):
        raise AssertionError("nothing is written here")

    def media(self, reference):
        return Media("image/png", self.data)


@cache
def made(prompt, **choices):
    """A checked delivery; each is made once, tests only look at it."""
    delivery = GENERATE.run(Run(), GENERATE.input(prompt=prompt, **choices))
    GENERATE.check(delivery)
    return delivery


def image_of(delivery):
    return Image.open(BytesIO(delivery.files[0].data)).convert("RGB")


def share_near(image, colour, reach=40):
    """How much of the picture is within `reach` of a colour, channel by channel."""
    wanted = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    pixels = image.resize((128, 128)).get_flattened_data()
    near = sum(all(abs(a - b) <= reach for a, b in zip(pixel, wanted, strict=True)) for pixel in pixels)
    return near / (128 * 128)


def photo_bytes(hair="#8a2f12", skin="#e0ac8a", clothes="#1f6f50", background="#d8e4ef", kind="PNG", **options):
    photo = Image.new("RGB", (300, 400), background)
    photo.paste(hair, (90, 10, 210, 110))
    photo.paste(skin, (95, 110, 205, 270))
    photo.paste(clothes, (50, 300, 250, 400))
    buffer = BytesIO()
    photo.save(buffer, kind, **options)
    return buffer.getvalue()


def test_a_description_gives_a_png_and_an_svg():
    delivery = made("a smiling woman with red hair and glasses")

    assert [(file.name, file.kind, file.content_type) for file in delivery.files] == [
        ("avatar.png", "image", "image/png"),
        ("avatar.svg", "vector", "image/svg+xml"),
    ]
    assert image_of(delivery).size == (1024, 1024)
    assert delivery.output["traits"]["shown"] == ["smile", "glasses", "long"]


@pytest.mark.parametrize(
    ("prompt", "part"),
    [
        ("woman with bright blue hair", "hair"),
        ("a man, green background", "background"),
        ("girl in a yellow shirt", "clothes"),
        ("a purple robot", "skin"),
    ],
)
def test_a_named_colour_is_in_the_picture(prompt, part):
    delivery = made(prompt)
    colour = delivery.output["traits"]["colours"][part]

    assert share_near(image_of(delivery), colour) > 0.008


@pytest.mark.parametrize(
    ("with_it", "without_it", "trait"),
    [
        ("a man with a beard", "a man", "beard"),
        ("a woman with glasses", "a woman", "glasses"),
        ("a sad girl", "a smiling girl", "sad"),
        ("pixel art boy with a hat", "pixel art boy", "hat"),
        ("monster with horns", "monster", "horns"),
        ("peep with a hijab", "peep", "headscarf"),
    ],
)
def test_a_trait_in_the_words_changes_the_picture(with_it, without_it, trait):
    drawn, bare = (avatar.draw(avatar_words.read(prompt), seed=5) for prompt in (with_it, without_it))

    assert trait in drawn.traits
    assert drawn.style == bare.style
    assert drawn.svg != bare.svg


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("a friendly robot", "robot"),
        ("pixel pirate", "pixel"),
        ("green alien monster", "creature"),
        ("a voxel knight", "block"),
        ("a quiet man", "portrait"),
    ],
)
def test_words_choose_the_style(prompt, style):
    assert avatar.draw(avatar_words.read(prompt), seed=5).style == style


def test_a_choice_wins_over_the_words():
    delivery = made("red hair, angry", hair="blue", mood="smile", style="block")

    assert delivery.output["style"] == "block"
    assert delivery.output["traits"]["shown"] == ["smile"]
    assert delivery.output["traits"]["colours"]["hair"] == "#2f6fd0"


def test_what_is_denied_is_not_drawn():
    assert "glasses" not in made("a man without glasses").output["traits"]["shown"]


def test_what_the_style_cannot_draw_is_said():
    assert made("a robot with a beard").output["not_drawn"] == ["beard"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_face():
    first, other = made("someone", seed=1), made("someone", seed=2)
    again = GENERATE.run(Run(), GENERATE.input(prompt="someone", seed=1))

    assert first.files == again.files
    assert first.files[0].data != other.files[0].data
    assert first.output["seed"] == 1


def test_without_a_seed_the_run_s_own_is_used():
    assert made("someone").output["seed"] == 5
    assert made("someone").files == made("someone", seed=5).files


def test_progress_rises_and_is_told_in_words():
    run = Run()
    GENERATE.run(run, GENERATE.input(prompt="a man"))

    percents = [percent for percent, _ in run.steps]
    assert percents == sorted(percents)
    assert all(0 <= percent < 100 and step for percent, step in run.steps)


def test_markup_in_the_prompt_stays_out_of_the_drawing():
    delivery = made("<script>alert(1)</script> ]]> & \" ' {id}")

    assert b"alert" not in delivery.files[1].data


@pytest.mark.parametrize("prompt", ["", "   ", "x" * 501])
def test_an_empty_or_endless_description_is_refused(prompt):
    with pytest.raises(ValidationError):
        GENERATE.input(prompt=prompt)


def test_unknown_keys_are_refused():
    with pytest.raises(ValidationError):
        GENERATE.input(prompt="a man", size=9000)


@pytest.mark.parametrize("example", GENERATE.examples)
def test_the_examples_work(example):
    GENERATE.check(GENERATE.run(Run(), GENERATE.input(**example)))


@pytest.mark.parametrize("style", avatar_styles.STYLES)
def test_every_trait_of_every_style_draws(style):
    for trait, options in avatar_styles.STYLES[style].traits.items():
        assert options, trait
        described = avatar_words.Description(traits=[trait])
        drawn = avatar.draw(described, seed=5, style=style)
        assert pictures.distinct_colours(avatar.rasterise(drawn.svg, 32)) > 8


def test_a_scan_finds_the_colours_of_the_photo_and_wears_them():
    run = Run(data=photo_bytes())
    delivery = SCAN.run(run, SCAN.input(photo=PHOTO))
    SCAN.check(delivery)

    found = delivery.output["found"]
    assert found == {"hair": "#8a2f12", "skin": "#e0ac8a", "clothes": "#1f6f50", "background": "#d8e4ef"}
    assert share_near(image_of(delivery), found["skin"]) > 0.03
    assert share_near(image_of(delivery), found["clothes"]) > 0.03


def test_a_scan_turns_the_photo_upright_first():
    upright = Image.open(BytesIO(photo_bytes()))
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = BytesIO()
    upright.rotate(90, expand=True).save(buffer, "PNG", exif=exif)

    delivery = SCAN.run(Run(data=buffer.getvalue()), SCAN.input(photo=PHOTO))

    assert delivery.output["found"]["hair"] == "#8a2f12"


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", photo_bytes()[:200], photo_bytes(kind="JPEG")[:900], b"<svg xmlns='x'/>"],
    ids=["empty", "text", "cut png", "cut jpeg", "svg"],
)
def test_what_is_no_picture_is_refused_in_a_sentence(data):
    with pytest.raises(RunFailed) as refusal:
        SCAN.run(Run(data=data), SCAN.input(photo=PHOTO))

    assert refusal.value.code == "INPUT_UNREADABLE"
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize("side", [6400, 10000, 14000])
def test_a_picture_that_unpacks_too_large_is_refused_before_it_is_decoded(side, monkeypatch):
    buffer = BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", lambda self: pytest.fail("it was decoded"))

    with pytest.raises(RunFailed, match="megapixels") as refusal:
        pictures.open_picture(Media("image/png", buffer.getvalue()))

    assert refusal.value.code == "INPUT_UNREADABLE"


def spoilt(delivery, name, data):
    files = tuple(replace(file, data=data) if file.name == name else file for file in delivery.files)
    return replace(delivery, files=files)


def blank_png(size=(1024, 1024)):
    return pictures.png_bytes(Image.new("RGB", size, "navy"))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g/><g/>{}</svg>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("avatar.png", b""),
        ("avatar.png", blank_png()),
        ("avatar.png", blank_png((10, 10))),
        ("avatar.svg", b"<svg"),
        ("avatar.svg", SVG.format("<script/>").encode()),
        ("avatar.svg", SVG.format("<foreignObject/>").encode()),
        ("avatar.svg", SVG.format('<image xlink:href="http://x.test/a.png"/>').encode()),
        ("avatar.svg", SVG.format('<rect onload="x()"/>').encode()),
        ("avatar.svg", SVG.format('<rect fill="url(http://x.test/#a)"/>').encode()),
        ("avatar.svg", SVG.format("<style>@import 'http://x.test/a.css'</style>").encode()),
    ],
)
def test_the_check_refuses_a_spoilt_delivery(name, data):
    with pytest.raises(RunFailed) as refusal:
        GENERATE.check(spoilt(made("a man"), name, data))

    assert refusal.value.code == "DELIVERY_INVALID"


def test_the_check_refuses_a_cut_png_and_a_missing_file():
    delivery = made("a man")
    cut = spoilt(delivery, "avatar.png", delivery.files[0].data[:5000])
    missing = Delivery(files=delivery.files[:1], output=delivery.output, engine=delivery.engine)

    for broken in (cut, missing):
        with pytest.raises(RunFailed):
            GENERATE.check(broken)


def test_the_check_lets_a_plain_svg_pass():
    pictures.check_svg(File("a.svg", "vector", "image/svg+xml", SVG.format('<use xlink:href="#g"/>').encode()))

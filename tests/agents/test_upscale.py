from io import BytesIO
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image

from agents.runners import image_creator
from agents.runners.base import Media, MediaReference, RunFailed
from tests.agents.test_image_creator import scene_of

UPSCALE = image_creator.OPERATIONS["upscale"]
PICTURE = MediaReference(upload_id=uuid4())


class Run:
    """A job that holds one picture."""

    def __init__(self, data):
        self.seed, self.data, self.steps = 5, data, []

    def progress(self, percent, step):
        self.steps.append((percent, step))

    def draft(self, text):
        raise AssertionError("nothing is written here")

    def media(self, reference):
        return Media("image/png", self.data)


def png_of(image, **options):
    buffer = BytesIO()
    image.save(buffer, "PNG", **options)
    return buffer.getvalue()


def enlarged(image, factor=2, **options):
    delivery = UPSCALE.run(Run(png_of(image, **options)), UPSCALE.input(image=PICTURE, factor=factor))
    UPSCALE.check(delivery)
    return Image.open(BytesIO(delivery.files[0].data))


@pytest.mark.parametrize("factor", [2, 4])
def test_upscale_multiplies_the_size_and_keeps_the_picture(factor):
    small = scene_of("a castle at noon", side=120).image
    large = enlarged(small, factor)

    assert large.size == (120 * factor, 120 * factor)
    back = np.asarray(large.resize(small.size, Image.Resampling.BOX), np.float32)
    assert np.abs(back - np.asarray(small, np.float32)).mean() < 4


def test_upscale_is_sharper_than_a_plain_enlargement_and_has_no_halo():
    edge = Image.new("RGB", (60, 60), "#404040")
    edge.paste("#c0c0c0", (30, 0, 60, 60))
    row = np.asarray(enlarged(edge, 4), np.float32)[120, :, 0]
    plain = np.asarray(edge.resize((240, 240), Image.Resampling.BICUBIC), np.float32)[120, :, 0]

    assert np.abs(np.diff(row)).max() > np.abs(np.diff(plain)).max()
    assert row.min() > 0x40 - 16
    assert row.max() < 0xC0 + 16


def test_upscale_mixes_in_linear_light():
    checks = Image.fromarray((np.indices((40, 40)).sum(axis=0) % 2 * 255).astype(np.uint8)).convert("RGB")
    large = np.asarray(enlarged(checks), np.float32)

    assert large.mean() > 140


def test_upscale_keeps_transparency_and_turns_the_picture_upright():
    clear = Image.effect_noise((40, 20), 90).convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize((40, 20)))
    exif = Image.Exif()
    exif[0x0112] = 6

    large = enlarged(clear, 2, exif=exif)

    assert large.mode == "RGBA"
    assert large.size == (40, 80)


def test_upscale_lets_a_plain_picture_be_plain():
    assert enlarged(Image.new("RGB", (8, 8), "white")).size == (16, 16)


def test_upscale_refuses_what_would_grow_too_large():
    data = png_of(Image.new("L", (1600, 1600)))
    with pytest.raises(RunFailed, match=r"at most 1\.5 megapixels") as refusal:
        UPSCALE.run(Run(data), UPSCALE.input(image=PICTURE, factor=4))

    assert refusal.value.code == "INPUT_TOO_LARGE"


def test_upscale_refuses_what_is_no_picture():
    with pytest.raises(RunFailed) as refusal:
        UPSCALE.run(Run(b"%PDF-1.7"), UPSCALE.input(image=PICTURE))

    assert refusal.value.code == "INPUT_UNREADABLE"

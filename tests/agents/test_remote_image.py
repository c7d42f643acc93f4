"""Pictures from a provider: asked for by OpenAI's protocol, opened before they are believed."""

import logging
from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image

from agents.delivery import RunFailed
from agents.engines.providers import download, images
from agents.engines.providers.images import RemotePainter, Wish
from agents.runners.image_creator import OPERATIONS
from tests.agents.studio import BILLING, KEY, blank, pictured, png, saved, studio

GENERATE = OPERATIONS["generate"]
THEIRS = ("billing", "secret", "http", "html", "model", "key", "127", "<", "{")
REFUSED = (400, {"error": {"message": BILLING, "code": "content_policy_violation"}})


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(images, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(download, "PAUSES", (0.01, 0.01))


@pytest.fixture
def drawn(monkeypatch):
    """What the operation delivers by a provider that does as it is told."""

    def draw(*script, files=None, facts=None, **fields):
        with studio(*script) as server:
            server.files |= files or {}
            remote = painter_of(server, **(facts or {}))
            monkeypatch.setattr(images, "painter", lambda: remote)
            run = SimpleNamespace(seed=5, key="job-1", progress=lambda percent, step: None)
            delivery = GENERATE.run(run, GENERATE.input(**{"prompt": "A red boat", **fields}))
            GENERATE.check(delivery)
            return delivery, server

    return draw


def painter_of(server, **facts):
    return RemotePainter(model="m-1", key=KEY, base_url=server.url, **{"timeout": 5, **facts})


def failure_of(server, **facts):
    with pytest.raises(RunFailed) as caught:
        painter_of(server, **facts).make(Wish("a boat", (1024, 1024), 3, "job-1"))
    return caught.value


def image_of(delivery):
    [file] = delivery.files
    assert (file.name, file.kind, file.content_type) == ("image.png", "image", "image/png")
    return Image.open(BytesIO(file.data), formats=("PNG",))


def test_a_picture_is_asked_for_and_delivered(drawn):
    delivery, server = drawn(pictured(png(), cost=0.04))

    assert image_of(delivery).size == (1024, 1024)
    assert (delivery.engine, delivery.provider_cost) == ("m-1 (remote)", 40_000)
    assert delivery.output == {
        "seed": 5, "style": "painted", "shape": "square", "width": 1024, "height": 1024,
        "kind_of_picture": "generated picture",
    }  # fmt: skip
    assert server.asked == [("POST", "/v1/images/generations")]
    assert server.orders == [
        {"model": "m-1", "prompt": "A red boat, as a painting", "n": 1, "size": "1024x1024", "seed": 5}
    ]
    [headers] = server.headers
    assert (headers["Authorization"], headers["Idempotency-Key"]) == (f"Bearer {KEY}", "job-1")


def test_an_address_does_as_well(drawn):
    delivery, server = drawn({"created": 1, "data": [{"url": "/made"}], "usage": {"cost": 2}}, files={"/made": png()})

    assert image_of(delivery).size == (1024, 1024)
    assert delivery.provider_cost == 2_000_000
    assert server.asked[1:] == [("GET", "/made")]


@pytest.mark.parametrize(("shape", "size"), [("square", (1024, 1024)), ("wide", (1344, 768)), ("tall", (768, 1344))])
def test_the_pixels_are_those_that_were_promised_whatever_came(drawn, shape, size):
    delivery, server = drawn(pictured(png(1536, 1024)), shape=shape, seed=9)

    assert image_of(delivery).size == size == (delivery.output["width"], delivery.output["height"])
    assert (server.orders[0]["size"], server.orders[0]["seed"]) == (f"{size[0]}x{size[1]}", 9)


@pytest.mark.parametrize(
    ("model", "wide", "tall"), [("gpt-image-1", "1536x1024", "1024x1536"), ("dall-e-3", "1792x1024", "1024x1792")]
)
def test_openai_s_own_models_get_the_sizes_they_know(model, wide, tall):
    own = RemotePainter(model=model, key="k")
    assert [own.size_for(size) for size in ((1024, 1024), (1344, 768), (768, 1344))] == ["1024x1024", wide, tall]
    assert not own.takes_seed


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF"])
def test_any_picture_becomes_a_png_without_what_it_carried(drawn, kind):
    image = Image.open(BytesIO(png(1024, 1024)))
    delivery, _ = drawn(pictured(saved(image, kind)))
    assert image_of(delivery).info == {}


def test_what_is_seen_through_stands_on_white(drawn):
    image = Image.open(BytesIO(png())).convert("RGBA")
    image.paste((0, 0, 0, 0), (500, 500, 900, 900))
    delivery, _ = drawn(pictured(saved(image, "PNG")))
    assert image_of(delivery).convert("RGB").getpixel((700, 700)) == (255, 255, 255)


def bomb():
    return saved(Image.new("1", (30_000, 30_000)), "PNG")


UNUSABLE = {
    "nothing": {"created": 1, "data": []},
    "no data": {"created": 1},
    "null": {"created": 1, "data": None},
    "an empty picture": {"created": 1, "data": [{"b64_json": "", "url": ""}]},
    "no base64": {"created": 1, "data": [{"b64_json": "?!"}]},
    "0 bytes": {"created": 1, "data": [{"url": "/empty"}]},
    "HTML": pictured(b"<html>Pay your bill</html>"),
    "SVG": pictured(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    "JSON": pictured(b'{"error": "no"}'),
    "half a picture": pictured(png()[: len(png()) // 2]),
    "a blank one": pictured(blank()),
    "a tiny one": pictured(png(64, 64)),
    "a bomb": pictured(bomb()),
    "an address inside": {"created": 1, "data": [{"url": "http://169.254.169.254/x"}]},
    "an address that is none": {"created": 1, "data": [{"url": "http://["}]},
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_is_no_picture_is_not_delivered(drawn, what, caplog):
    answer = {**UNUSABLE[what], "cost": 0.04}
    with pytest.raises(RunFailed) as caught:
        drawn(answer, files={"/empty": b""})

    assert caught.value.code == "DELIVERY_INVALID"
    assert not any(word in caught.value.message.lower() for word in THEIRS)
    assert what == "a blank one" or caught.value.provider_cost == 40_000


FAILURES = [
    (REFUSED, "PROMPT_REFUSED", 1),
    ((400, {"error": {"message": BILLING, "param": "size"}}), "ENGINE_UNAVAILABLE", 1),
    ((400, {"error": {"message": BILLING, "param": "prompt"}}), "PROMPT_REFUSED", 1),
    ((422, {"error": BILLING}), "PROMPT_REFUSED", 1),
    ((401, {"error": {"message": BILLING}}), "ENGINE_UNAVAILABLE", 1),
    ((404, {"error": {"message": BILLING}}), "ENGINE_UNAVAILABLE", 1),
    ((402, {"error": {"message": BILLING}}), "ENGINE_UNAVAILABLE", 1),
    ((429, {"error": {"message": BILLING, "code": "insufficient_quota"}}), "ENGINE_UNAVAILABLE", 3),
    ((500, {"error": {"message": BILLING}}), "ENGINE_UNAVAILABLE", 3),
    ("silent", "ENGINE_UNAVAILABLE", 1),
    ("cut", "ENGINE_UNAVAILABLE", 3),
    ("html", "ENGINE_UNAVAILABLE", 1),
    ("moved", "ENGINE_UNAVAILABLE", 1),
    ([BILLING], "ENGINE_UNAVAILABLE", 1),
    ("compressed", "ENGINE_UNAVAILABLE", 3),
]


@pytest.mark.parametrize(("act", "code", "times"), FAILURES)
def test_a_provider_that_fails_is_told_in_our_words(act, code, times, caplog):
    with caplog.at_level(logging.WARNING), studio(act) as server:
        said = failure_of(server, timeout=0.3)

    assert (said.code, len(server.asked)) == (code, times)
    assert not any(word in said.message.lower() for word in THEIRS)
    assert caplog.text
    assert KEY not in caplog.text


def test_an_answer_without_end_is_cut_off():
    with studio("huge") as server:
        assert failure_of(server, most_bytes=1000).code == "ENGINE_UNAVAILABLE"
    assert server.sent < 2**27


def test_an_answer_that_drips_is_not_waited_for():
    with studio("drip") as server:
        assert failure_of(server, most_seconds=0.3).code == "ENGINE_UNAVAILABLE"


def test_what_can_be_tried_again_is():
    with studio((503, {}), pictured(png())) as server:
        made = painter_of(server).make(Wish("a boat", (1024, 1024), 3, "job-1"))
    assert (made.data, made.cost) == (png(), None)
    assert {one["Idempotency-Key"] for one in server.headers} == {"job-1"}


@pytest.mark.parametrize("cost", ["0.04", True, -1, 1e300, float("nan"), None, {}])
def test_a_cost_that_is_none_is_not_believed(cost):
    with studio(pictured(png(), cost=cost)) as server:
        assert painter_of(server).make(Wish("a boat", (1024, 1024), 3, "k")).cost is None


def test_the_configuration_chooses_who_draws(settings):
    assert images.painter() is None
    settings.IMAGE_MODEL, settings.IMAGE_API_KEY, settings.IMAGE_BASE_URL = "m-1", "k", "http://127.0.0.1:9/v1"
    assert images.painter().label == "m-1 (remote)"
    assert images.painter() is images.painter()

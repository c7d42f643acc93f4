"""What every page owes to the content security policy and to people who read it by ear or keyboard."""

import itertools
import re

import pytest

from tests.dashboard import scenes
from tests.dashboard.page import Page, Visitor
from tests.jobs import acts

SIGNED_OUT = ("/", "/pricing", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nowhere")
SIGNED_IN = (
    "/", "/pricing", "/dashboard", "/dashboard/billing", "/dashboard/jobs", "/dashboard/jobs?status=failed",
    "/dashboard/credits", "/dashboard/settings", "/dashboard/agents/image-creator?example=1",
    "/dashboard/agents/image-creator?operation=upscale", "/dashboard/agents/music-studio",
    "/dashboard/agents/voice-lab", "/dashboard/agents/game-creator", "/accounts/email/",
    "/accounts/password/change/", "/accounts/logout/", "/nowhere",
)  # fmt: skip


def assert_sound(page: Page) -> None:
    assert "default-src 'self'" in page.response.headers["Content-Security-Policy"].split("; ")
    assert not page.all("style")
    assert not [one for one in page.all("script") if not one.attributes.get("src", "").startswith("/static/")]
    for one in page.elements:
        assert not [name for name in one.attributes if name == "style" or name.startswith(("on", "hx-on"))], one
    assert "javascript:" not in page.html
    assert [one.attributes["lang"] for one in page.all("html")] == ["en"]
    assert page.texts("title")[0].endswith("Avatar G")
    assert_headings_in_order(page)
    assert_fields_have_names(page)
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    assert all("alt" in one.attributes for one in page.all("img"))


def assert_headings_in_order(page: Page) -> None:
    levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels


def assert_fields_have_names(page: Page) -> None:
    labelled = {one.attributes.get("for") for one in page.all("label")}
    for one in page.elements:
        if one.tag in {"input", "select", "textarea"} and one.attributes.get("type") not in {
            "hidden", "radio", "checkbox",
        }:  # fmt: skip
            assert one.attributes.get("id") in labelled, one
    for one in page.all("button"):
        assert one.text or one.attributes.get("aria-label"), one
    for one in page.all("progress"):
        assert one.attributes["aria-label"]
        assert float(one.attributes["max"]) > 0


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_pages_for_everybody_are_sound(path, db):
    assert_sound(Visitor().get(path))


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_a_newcomer_are_sound(path, visit):
    assert_sound(visit.get(path))


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_somebody_busy_are_sound(path, alice, visit):
    acts.put_on(alice, "PRO")
    for made in (scenes.delivered, scenes.failed, scenes.canceled, scenes.running, scenes.waiting):
        made(alice)

    assert_sound(visit.get(path))


@pytest.mark.parametrize("made", [scenes.delivered, scenes.failed, scenes.canceled, scenes.running, scenes.waiting])
def test_the_page_of_a_job_is_sound_in_every_state(alice, visit, made):
    assert_sound(visit.get(f"/dashboard/jobs/{made(alice).pk}"))


def test_what_people_type_is_text_and_nothing_else(alice, visit):
    said = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    job = scenes.delivered(alice, input={"prompt": said}, output={"shown": [said], "width": 1, "height": 1})

    for path in ("/dashboard", "/dashboard/billing", "/dashboard/jobs", f"/dashboard/jobs/{job.pk}"):
        page = visit.get(path)
        assert_sound(page)
        assert said in page.text

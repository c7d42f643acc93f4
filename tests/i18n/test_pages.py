"""Every kind of signed-in page, as a Georgian reads it."""

import re

import pytest

from accounts import languages
from agents.registry import AGENTS
from agents.runners import RUNNERS
from tests.dashboard import scenes
from tests.dashboard.page import Visitor

CAPITALS = re.compile("[\u1c90-\u1cbf]")
COORDINATE = re.compile(r"-?\d+,\d+%?")
NUMBERS = {
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "value", "min", "max", "step",
    "offset", "data-value",
}  # fmt: skip
LATIN = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(
    r"\b(?:" + "|".join(agent.name for agent in AGENTS.values()) + r"|FREE|PRO|PREMIUM|ENTERPRISE|PNG|JPEG|CSV|UTC|MB"
    r"|English|alice(?:@example\.test)?)\b"
)
OWN_WORDS = [str(value) for runner in RUNNERS.values() for one in runner.examples for value in one.values()]
PAGES = (
    "/dashboard", "/dashboard/billing", "/dashboard/credits", "/dashboard/jobs", "/dashboard/settings",
    "/dashboard/agents/avatar-builder", "/dashboard/agents/video-studio", "/dashboard/agents/music-studio",
    "/dashboard/agents/image-creator", "/dashboard/agents/image-creator?operation=upscale", "/dashboard/agents/chat",
    "/dashboard/agents/voice-lab", "/dashboard/agents/game-creator", "/dashboard/agents/avatar-g-agent",
    "/dashboard/support", "/dashboard/settings/webhooks", "/dashboard/settings/keys",
    "/pricing", "/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/",
)  # fmt: skip


@pytest.fixture
def georgian(alice):
    languages.choose_language(user_id=alice.pk, code="ka")
    return Visitor(alice)


@pytest.fixture
def busy(alice):
    """Something is done and something runs. What alice asked for is in her own words."""
    scenes.delivered(alice, "image.png", agent_id="image-creator", input={"prompt": "Zwei Boote"})
    return scenes.running(alice, step="Painting the picture")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_georgian_from_top_to_bottom(georgian, busy, path):
    page = georgian.get(*path.split("?")[:1], **dict(part.split("=") for part in path.split("?")[1:]))
    read = [one.text for tag in ("h1", "h2", "h3", "p", "label", "legend", "button", "th", "dt", "option", "summary")
            for one in page.all(tag)]  # fmt: skip
    named = [value for one in page.elements for name, value in one.attributes.items()
             if name in {"aria-label", "title", "alt", "placeholder"}]  # fmt: skip
    told = [text for text in (*read, *named) if LATIN.search(NAMES.sub("", text))]

    assert page.status == 200
    assert CAPITALS.findall(page.html) == []
    assert sorted({text for text in told if not re.search("[\u10d0-\u10ff]", text) and not own(text)}) == []


def own(text: str) -> bool:
    """The words of a person, or an example that they could say, cut or not."""
    start = text.rstrip("….")[:30]
    return any(start in words for words in (*OWN_WORDS, "Zwei Boote", "A red lighthouse at dusk"))


@pytest.mark.parametrize("path", ["/dashboard", "/dashboard/billing", "/dashboard/agents/voice-lab", "/"])
def test_what_a_browser_counts_with_is_not_written_for_people(georgian, busy, path):
    counted = [
        (name, value)
        for one in georgian.get(path).elements
        for name, value in one.attributes.items()
        if name in NUMBERS and (COORDINATE.fullmatch(value) or "\xa0" in value)
    ]

    assert counted == []


def test_the_ledger_says_its_lines_and_amounts_in_georgian(georgian, busy):
    page = georgian.get("/dashboard/credits")

    assert "ყოველთვიური კრედიტები" in page.text
    assert "შევსება" in page.text
    assert "Monthly credits" not in page.text

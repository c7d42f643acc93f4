"""The rings of the dashboard as a browser draws them: nothing meets, nothing moves that should rest, all is reached."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from agents import interests
from agents.registry import AGENTS
from tests import environment
from tests.faults.crew import crew as open_crew

pytestmark = pytest.mark.browser
MOMENTS = 72
MEASURE = """moments => {
  const turning = document.getAnimations().filter(one => one.animationName === "orbit");
  const box = one => one.getBoundingClientRect();
  const parts = one => [".disc", ".name", ".meta"].map(part => one.querySelector(part));
  const bodies = [...document.querySelectorAll(".planet")].map(one => [one.id, parts(one)]);
  const core = box(document.querySelector(".core")), sky = box(document.querySelector(".sky"));
  const apart = (a, b) => Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
  const fromCore = a => Math.hypot(
    Math.max(a.left - core.x - core.width / 2, 0, core.x + core.width / 2 - a.right),
    Math.max(a.top - core.y - core.height / 2, 0, core.y + core.height / 2 - a.bottom)) - core.width / 2;
  const meetings = new Set();
  for (let moment = 0; moment < moments; moment++) {
    turning.forEach(one => { one.pause(); one.currentTime = 260000 * moment / moments; });
    const now = bodies.map(([id, parts]) => [id, parts.map(box)]);
    now.forEach(([id, parts], place) => parts.forEach(part => {
      if (fromCore(part) < 4) meetings.add(`${id} and the core`);
      if (part.left < sky.left || part.right > sky.right) meetings.add(`${id} and the edge`);
      now.slice(place + 1).forEach(([other, others]) => others.forEach(one => {
        if (apart(part, one) < 4) meetings.add(`${id} and ${other}`);
      }));
    }));
  }
  return [turning.length, [...meetings]];
}"""


@pytest.fixture(scope="module")
def address(django_db_setup: None, tmp_path_factory) -> Iterator[str]:
    """One web server for all of these tests; each begins with an empty database."""
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS}
    with open_crew({**os.environ, **ours}, tmp_path_factory.mktemp("orbit")) as crew:
        yield crew.web()[1]


@pytest.fixture
def site(address: str, transactional_db: None) -> str:
    return address


@pytest.fixture
def visit(site: str, alice: User, client, open_page) -> Callable[..., Page]:
    """The dashboard in a new tab, as alice."""
    client.force_login(alice)

    def visit(width: int = 1440, **options: Any) -> Page:
        page = open_page(viewport={"width": width, "height": 900}, **options)
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
        page.goto(f"{site}/dashboard")
        return page

    return visit


def motion(page: Page) -> str:
    return page.locator("#agent-chat").evaluate("one => getComputedStyle(one).animationPlayState")


def is_orbit(page: Page) -> bool:
    return page.locator("#agent-chat").evaluate("one => getComputedStyle(one).offsetPath") != "none"


def test_bodies_never_meet(visit, alice):
    for agent_id in AGENTS:
        interests.record_interest(user_id=alice.pk, agent_id=agent_id)
    page = visit()
    found = {}
    for width in (900, 1024, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(MEASURE, MOMENTS)
    assert found == {width: [len(AGENTS) + 3, []] for width in found}


def test_motion_rests_for_a_pointer_a_focus_and_the_switch(visit):
    page = visit()
    assert motion(page) == "running"
    page.locator("#agent-chat .body").hover()
    assert motion(page) == "paused"
    page.mouse.move(2, 2)
    assert motion(page) == "running"
    page.locator("#agent-voice-lab .body").focus()
    assert motion(page) == "paused"
    page.locator("h1").click()
    assert motion(page) == "running"
    page.get_by_label("Motion").uncheck()
    assert motion(page) == "paused"


def test_nothing_moves_for_who_asked_for_less_motion(visit):
    page = visit(reduced_motion="reduce")

    assert is_orbit(page)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.get_by_label("Motion").is_hidden()


def test_a_small_screen_has_the_list_and_scrolls_down_only(visit):
    for width in (375, 768, 899):
        page = visit(width)
        assert not is_orbit(page)
        assert page.get_by_role("navigation", name="View").is_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_list_is_chosen_and_remembered_without_javascript(visit, site):
    page = visit(java_script_enabled=False)
    page.get_by_role("link", name="List", exact=True).click()
    page.goto(f"{site}/dashboard")
    page.get_by_role("button", name="Tell me when it is live: Game Creator").click()
    page.get_by_role("button", name="Do not tell me when Game Creator is live").wait_for()
    assert page.get_by_role("link", name="Game Creator, coming soon, we will tell you").count() == 1


def test_the_keyboard_goes_from_the_core_outwards(visit):
    page = visit()
    page.get_by_role("link", name="Make your first track").focus()
    names = []
    for _ in range(1 + len(AGENTS)):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert names[0].startswith("100 of 100 credits left")
    assert names[1] == "Avatar Builder, ready, from 5 credits"
    assert names[-1] == "Avatar G, locked, comes with PREMIUM"
    assert page.locator("#agent-avatar-g-agent").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"

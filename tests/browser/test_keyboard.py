"""The main job with Tab, Enter and Space alone, from signing in to the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.cast import PASSWORD
from tests.faults.crew import crew as open_crew

pytestmark = pytest.mark.browser
MOST_TABS = 60
PATIENCE = 60_000
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText ?? "";
  return (one.getAttribute("aria-label") || label || one.innerText || "").replace(/\\s+/g, " ").trim();
}"""
RINGED = """() => {
  const one = document.activeElement, near = one.labels?.[0] ?? one;
  return [one, near, one.querySelector(":scope > *") ?? one].some(part => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  });
}"""


@pytest.fixture
def site(live_env: dict[str, str], tmp_path: Path) -> Iterator[str]:
    with open_crew(live_env, tmp_path) as crew:
        crew.worker()
        yield crew.web()[1]


def tab_to(page: Page, name: str) -> list[str]:
    """Tab until what has the focus begins with this name; gives the names on the way. Each shows that it is there."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        focused = page.evaluate(FOCUSED)
        if focused.startswith(name):
            assert page.evaluate(RINGED), f"{focused} does not show its focus"
            return passed
        passed.append(focused)
        page.keyboard.press("Tab")
    raise AssertionError(f"no {name} within {MOST_TABS} Tabs: {passed}")


def press_on(page: Page, name: str, key: str = "Enter") -> None:
    tab_to(page, name)
    page.keyboard.press(key)


def test_from_the_sign_in_to_the_file_without_a_pointer(site: str, alice: User, page: Page):
    page.goto(f"{site}/")
    press_on(page, "Sign in")
    page.wait_for_url("**/accounts/login/")
    tab_to(page, "Email")
    page.keyboard.type(alice.email)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    press_on(page, "Sign in")
    page.wait_for_url("**/dashboard")

    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to content"
    page.keyboard.press("Enter")
    press_on(page, "Image Creator, ready")
    page.wait_for_url("**/agents/image-creator")
    tab_to(page, "What should it show?")
    page.keyboard.type("A lighthouse over a violet sea at dusk")
    tab_to(page, "Painted")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "Flat"
    press_on(page, "Create picture for 8", "Space")

    page.wait_for_url("**/dashboard/jobs/*")
    expect(page.get_by_text("Delivered and checked")).to_be_visible(timeout=PATIENCE)
    passed = tab_to(page, "Download")
    assert passed.index("Agents") < passed.index("Run again for 8")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".png")

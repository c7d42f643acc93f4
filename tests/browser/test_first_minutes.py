"""The main job as a person does it: in a real browser, against a real web server and a real worker."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import environment, law
from tests.faults.crew import crew as open_crew

pytestmark = pytest.mark.browser
READY = "Delivered and checked"
PATIENCE = 60_000
PAGES = (
    "/", "/pricing", "/dashboard", "/dashboard/billing", "/dashboard/credits", "/dashboard/jobs", "/dashboard/settings",
    "/dashboard/agents/image-creator", "/dashboard/agents/voice-lab", "/dashboard/agents/chat",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(django_db_setup: None, tmp_path_factory) -> Iterator[str]:
    """One web server and one worker for all of these tests; each begins with an empty database."""
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS}
    with open_crew({**os.environ, **ours}, tmp_path_factory.mktemp("minutes")) as crew:
        crew.worker()
        yield crew.web()[1]


@pytest.fixture
def site(address: str, transactional_db: None) -> Iterator[str]:
    yield address
    law.assert_lawful()


def sign_up(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/signup/")
    page.get_by_label("Email").fill("newcomer@example.test")
    page.get_by_label("Password").fill("a-password-nobody-guesses")
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/dashboard")


def run(page: Page, site: str, agent: str, button: str) -> None:
    page.goto(f"{site}/dashboard/agents/{agent}?example=1")
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/dashboard/jobs/*")
    expect(page.get_by_text(READY)).to_be_visible(timeout=PATIENCE)


def balance(page: Page, site: str) -> int:
    return page.context.request.get(f"{site}/api/credits/balance").json()["balance"]


def overflow(page: Page) -> int:
    """Pixels by which a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def natural_width(page: Page) -> int:
    picture = page.locator("img.shown")
    picture.wait_for()
    picture.evaluate("one => one.complete || new Promise(loaded => { one.onload = loaded })")
    return picture.evaluate("one => one.naturalWidth")


def test_a_newcomer_makes_a_face_a_picture_and_a_track(site: str, page: Page):
    sign_up(page, site)
    assert balance(page, site) == 100
    page.get_by_role("link", name="Make your first avatar").click()
    run(page, site, "avatar-builder", "Create avatar for 10")
    assert (natural_width(page), balance(page, site)) == (1024, 90)
    run(page, site, "image-creator", "Create picture for 8")
    assert (natural_width(page), balance(page, site)) == (1024, 82)
    run(page, site, "music-studio", "Create track for 15")
    assert balance(page, site) == 67
    sound = page.locator("audio")
    sound.evaluate("one => one.play()")
    sound.evaluate("one => new Promise(heard => { one.ontimeupdate = () => one.currentTime > 0.2 && heard() })")
    assert sound.evaluate("one => one.duration") > 5
    page.goto(f"{site}/dashboard/billing")
    expect(page.get_by_role("heading", name="Usage this month")).to_be_visible()
    expect(page.get_by_text("33 spent")).to_be_visible()


def test_a_double_click_charges_once(site: str, page: Page):
    sign_up(page, site)
    page.goto(f"{site}/dashboard/agents/image-creator?example=1")
    page.get_by_role("button", name="Create picture for 8").dblclick()
    page.wait_for_url("**/dashboard/jobs/*")
    expect(page.get_by_text(READY)).to_be_visible(timeout=PATIENCE)
    page.go_back()
    page.get_by_role("button", name="Create picture for 8").click()
    page.wait_for_url("**/dashboard/jobs/*")
    jobs = page.context.request.get(f"{site}/api/jobs/list").json()["jobs"]
    assert len(jobs) <= 2
    assert balance(page, site) == 100 - sum(job["cost"] for job in jobs)


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [375, 1440])
def test_no_page_scrolls_sideways_or_complains(site: str, open_page: Callable[..., Page], width: int, scheme: str):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_up(page, site)
    sideways = {}
    for path in PAGES:
        page.goto(f"{site}{path}")
        sideways[path] = overflow(page)
    assert sideways == dict.fromkeys(PAGES, 0)

"""Every page in a real browser, in three widths and two themes: it fits, complains of nothing, and all can use it."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests import environment
from tests.browser import tour
from tests.dashboard import scenes
from tests.faults.crew import crew as open_crew

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHOM = pytest.mark.parametrize("whom", tour.GROUPS)


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory) -> Iterator[str]:
    """One web server for all of these tests; each begins with an empty database."""
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS}
    with open_crew({**os.environ, **ours}, tmp_path_factory.mktemp("pages")) as crew:
        yield crew.web()[1]


@pytest.fixture
def enter(site: str, alice: User, client, open_page, watch) -> Callable[..., Page]:
    """A tab, of alice or of nobody. The site runs in DEBUG, which has a page of its own for what is not found."""
    watch.forgive(r"/no/such/page: .*status of 404")
    watch.forgive(r"/artifacts/track.mp3: .*status of 401")  # an example of the style guide

    def enter(whom: str, **options: object) -> Page:
        page = open_page(reduced_motion="reduce", **options)
        lost = client.get("/no/such/page")
        page.route(
            "**/no/such/page",
            lambda route: route.fulfill(status=lost.status_code, headers=dict(lost.headers), body=lost.content),
        )
        if whom != "anybody":
            client.force_login(alice)
            page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        return page

    return enter


@WHOM
def test_a_page_fits_complains_of_nothing_and_is_accessible(site: str, alice: User, enter, whom: str):
    page = enter(whom)
    assert [line for stop in tour.GROUPS[whom](alice) for line in tour.faults(page, stop, site)] == []


@WHOM
def test_a_page_without_javascript_has_its_main_content(site: str, alice: User, enter, whom: str):
    page = enter(whom, java_script_enabled=False)
    missing = []
    for stop in tour.GROUPS[whom](alice):
        stop.visit(page, site)
        missing += [] if page.locator("#main").locator(stop.shows).first.is_visible() else [stop.name]
    assert missing == []


def test_a_file_is_deleted_with_the_button_beside_it(site: str, alice: User, enter):
    page = enter("member")
    job = scenes.delivered(alice)
    page.goto(f"{site}/dashboard/jobs/{job.pk}")
    page.get_by_role("button", name="Delete image.png").click()
    page.get_by_role("button", name="Delete it").click()
    page.get_by_text("The files of this job were deleted.").wait_for()
    assert not job.artifacts.filter(deleted_at=None).exists()

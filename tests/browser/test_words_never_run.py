"""A hundred scripts written into every field that takes words: in a real browser, without our policy, none runs.

The policy of our pages would stop most of them. It is switched off here: words have to stay words by themselves.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts import keys, people
from accounts.models import User
from tests.cast import PASSWORD
from tests.jobs import acts
from tests.security.payloads import PAYLOADS
from tests.support import desk

BATCH = 20
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ran(page: Page) -> list[str]:
    """Where a script ran."""
    found: list[str] = []
    page.context.expose_binding("x9", lambda source: found.append(source["page"].url))
    page.on("dialog", lambda dialog: (found.append(page.url), dialog.dismiss()))
    return found


@pytest.fixture
def page(open_page: Callable[..., Page], watch) -> Page:
    watch.forgive("")  # pictures that are none, and the like
    return open_page(bypass_csp=True)


def sign_in(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("input[type=email]", user.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url(f"{site}/dashboard")


def write(user: User, words: tuple[str, ...]) -> list[str]:
    """Into each field. Returns the pages that show it all."""
    people.update_profile(user_id=user.pk, full_name=words[0], preferences={})
    for text in words:
        keys.make_key(user_id=user.pk, name=text[:60], scopes=["read"])
        job = acts.worked(acts.queued(user, input={"message": text}))
    tickets = [desk.opened(user, subject=text[:100], text=text) for text in words[:5]]
    for text in words:
        desk.replied(tickets[0], text=text)
    return [
        "/dashboard/jobs", f"/dashboard/jobs/{job.pk}", "/dashboard/agents/chat", "/dashboard/settings/keys",
        "/dashboard/support", f"/dashboard/support/{tickets[0].pk}",
        f"/admin/accounts/user/{user.pk}/change/", f"/admin/support/ticket/{tickets[0].pk}/change/",
        "/admin/support/ticket/", f"/admin/jobs/job/{job.pk}/change/",
    ]  # fmt: skip


def test_they_are_a_hundred():
    assert len(set(PAYLOADS)) == 100


@pytest.mark.usefixtures("quick_runners")
@pytest.mark.parametrize("begin", range(0, len(PAYLOADS), BATCH))
def test_a_hundred_scripts_in_every_field_stay_words(live_server, page, ran, alice, begin):
    acts.put_on(alice, "ENTERPRISE")
    shown = write(alice, PAYLOADS[begin : begin + BATCH])
    sign_in(page, live_server.url, alice)

    for path in shown:
        if path.startswith("/admin/") and not User.objects.get(pk=alice.pk).is_superuser:
            User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
        page.goto(f"{live_server.url}{path}")
        page.mouse.move(200, 200)
        assert page.locator("h1").count() > 0

    assert ran == []


def test_a_script_that_is_not_made_harmless_would_be_seen(page, ran):
    """Else the test above could not fail."""
    page.set_content("<img src=x onerror=x9()>")
    page.wait_for_timeout(300)

    assert ran == ["about:blank"]

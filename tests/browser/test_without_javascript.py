"""Everything a person does here, with JavaScript switched off: each step is a link, a form, or looking again."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import ApiKey, Profile, User
from jobs import lifecycle
from jobs.models import Artifact
from tests.browser.paying import Buyer
from tests.browser.whole import DELIVERED, EMAIL, PATIENCE, SECRET, heard, site, whole  # noqa: F401  (fixtures)
from tests.dashboard import scenes
from tests.jobs import acts
from tests.stripe.conftest import sandbox, sandbox_process  # noqa: F401  (fixtures)

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page) -> Page:
    return open_page(java_script_enabled=False)


@pytest.fixture
def person(page: Page, site: str, alice: User, client) -> Page:  # noqa: F811
    """alice, signed in."""
    client.force_login(alice)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def test_no_script_runs_here(person: Page, site: str):  # noqa: F811
    person.goto(f"{site}/dashboard")
    assert person.evaluate("[typeof htmx, document.scripts.length > 0]") == ["undefined", True]


def test_somebody_signs_up_and_has_a_picture_they_keep(page: Page, site: str, tmp_path: Path):  # noqa: F811
    page.goto(site)
    follow(page, "Start with 100 credits")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(SECRET)
    press(page, "Sign up")
    follow(page, "Make your first picture")
    press(page, "Create picture for 8")
    page.wait_for_url("**/dashboard/jobs/*")
    expect(page.get_by_text(DELIVERED)).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as download:
        follow(page, "Download")
    download.value.save_as(tmp_path / "picture.png")
    with Image.open(tmp_path / "picture.png") as picture:
        assert picture.size == (1024, 1024)
    expect(page.locator(".sidebar").get_by_text("92 of 100")).to_be_visible()


def test_a_running_job_is_looked_at_again_by_itself(person: Page, site: str, alice: User):  # noqa: F811
    job = scenes.running(alice, percent=40)
    person.goto(f"{site}/dashboard/jobs/{job.pk}")
    expect(person.locator("progress[value='40']")).to_have_count(1)
    lifecycle.complete(job, files=[scenes.stored(job, "image.png")], output={"width": 8}, engine="test")
    expect(person.get_by_text(DELIVERED)).to_be_visible(timeout=PATIENCE)


def test_a_file_is_deleted_and_a_job_canceled(person: Page, site: str, alice: User):  # noqa: F811
    done = scenes.delivered(alice)
    person.goto(f"{site}/dashboard/jobs/{done.pk}")
    press(person, "Delete image.png")
    expect(person.get_by_text("image.png was deleted and its storage is free again.")).to_be_visible()
    assert not Artifact.objects.filter(job=done, deleted_at=None).exists()

    running = scenes.running(alice)
    person.goto(f"{site}/dashboard/jobs/{running.pk}")
    press(person, "Cancel")
    expect(person.get_by_text("Canceled. Your 8 credits are back.")).to_be_visible()
    assert (acts.again(running).status, acts.balance_of(alice)) == ("canceled", 92)


def test_name_appearance_and_mails_are_changed(person: Page, site: str, alice: User):  # noqa: F811
    person.goto(f"{site}/dashboard/settings")
    person.get_by_label("Name").fill("Alice Able")
    person.get_by_label("Light").check()
    press(person, "Save")
    expect(person.get_by_text("Your settings are saved.")).to_be_visible()
    expect(person.locator("html[data-theme=light]")).to_have_count(1)
    person.get_by_label("Welcome: one email when you are new here.").uncheck()
    press(person, "Save choices")
    expect(person.get_by_text("Your choice of mails is saved.")).to_be_visible()

    profile = Profile.objects.get(pk=alice.pk)
    assert (profile.full_name, profile.preferences["theme"], profile.preferences["mail"]["welcome"]) == (
        "Alice Able", "light", False,
    )  # fmt: skip


def test_a_key_is_made_shown_once_and_revoked(person: Page, site: str, alice: User):  # noqa: F811
    acts.put_on(alice, "PREMIUM")
    person.goto(f"{site}/dashboard/settings")
    person.locator("main").get_by_role("link", name="API keys").click()
    person.get_by_label("Name").fill("Nightly films")
    press(person, "Make the key")
    secret = person.get_by_label("The key", exact=True).inner_text()
    asked = person.context.request.get(f"{site}/api/credits/balance", headers={"Authorization": f"Bearer {secret}"})
    assert asked.json()["plan"] == "PREMIUM"

    person.goto(f"{site}/dashboard/settings/keys")
    assert secret not in person.content()
    person.get_by_text("Revoke Nightly films", exact=True).click()
    press(person, "Yes, revoke it")
    expect(person.get_by_text("Nightly films was revoked and works no more.")).to_be_visible()
    assert not ApiKey.objects.filter(user=alice, revoked_at=None).exists()


def test_a_plan_is_bought_and_canceled_and_the_ledger_taken_along(person: Page, site: str, heard: None):  # noqa: F811
    buyer = Buyer(person, site).buy().reads("Welcome to PRO. Your 1,000 credits are here.").stands("PRO", "1,000")
    buyer.manage().cancel().return_from_portal().stands("PRO", "1,000").says("Works until")
    follow(person, "Credits")
    with person.expect_download() as download:
        follow(person, "CSV")
    rows = list(csv.DictReader(StringIO(download.value.path().read_text())))
    assert [int(row["amount"]) for row in rows] == [1000, -100, 100]
    assert rows[0]["balance_after"] == "1000"

"""What pages do beyond what they are without scripts: prices that follow, files looked at, questions, toasts."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.models import ApiKey, User
from tests import environment
from tests.dashboard import scenes
from tests.faults.crew import crew as open_crew
from tests.jobs import acts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEYS = "/dashboard/settings/keys"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS}
    with open_crew({**os.environ, **ours}, tmp_path_factory.mktemp("live")) as crew:
        yield crew.web()[1]


@pytest.fixture
def enter(site: str, alice: User, client, open_page) -> Callable[..., Page]:
    """A tab of alice, who is on PREMIUM."""
    acts.put_on(alice, "PREMIUM")
    client.force_login(alice)

    def enter(path: str, **options: object) -> Page:
        page = open_page(reduced_motion="reduce", **options)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page.goto(f"{site}{path}")
        return page

    return enter


def price(page: Page) -> str:
    return page.locator("aside.price .total output").inner_text()


def test_another_operation_changes_the_price_and_keeps_the_words(enter):
    page = enter("/dashboard/agents/music-studio")
    assert price(page) == "4,985 credits"
    page.evaluate("window.stayed = true")
    page.get_by_label("Describe your track").fill("Slow rain")
    page.get_by_role("link", name="Remix").click()
    expect(page.locator("aside.price .total output")).to_have_text("4,990 credits")
    assert page.url.endswith("?operation=remix")
    page.get_by_role("link", name="Generate").click()
    expect(page.get_by_label("Describe your track")).to_have_value("Slow rain")
    assert page.evaluate("window.stayed")


def test_the_price_follows_what_was_spent_elsewhere(enter, alice: User):
    page = enter("/dashboard/agents/image-creator")
    acts.leave(alice, 3)
    page.get_by_label("What should it show?").fill("A tea house")
    expect(page.locator("aside.price")).to_contain_text("You need 5 more credits")
    assert page.locator("aside.price a").get_attribute("href") == "/dashboard/billing#upgrade"


def test_a_goal_is_priced_while_it_is_written_and_confirmed_only_as_shown(enter):
    page = enter("/dashboard/agents/avatar-g-agent")
    goal = page.locator("textarea").first
    goal.fill("A 20-second launch video for a bakery, with music and a voice")
    expect(page.locator("aside.price .total output")).to_be_visible()
    assert page.get_by_role("button", name="Run the plan").count() == 0
    page.get_by_role("button", name="Show the plan and its price").click()
    expect(page.get_by_role("button", name="Run the plan")).to_be_visible()
    page.locator("textarea").first.fill("A picture of a bakery")
    expect(page.get_by_role("button", name="Run the plan")).to_have_count(0)
    expect(page.get_by_role("button", name="Show the plan and its price")).to_be_visible()


def test_a_picture_is_looked_at_before_it_is_sent_and_can_be_taken_back(enter, tmp_path):
    page = enter("/dashboard/agents/image-creator?operation=upscale")
    (tmp_path / "tea house.png").write_bytes(scenes.png(40))
    field = page.locator("input[type=file]")
    field.set_input_files(tmp_path / "tea house.png")
    preview = page.locator(".preview")
    expect(preview).to_contain_text("tea house.png")
    assert preview.locator("canvas").evaluate("one => [one.width, one.height]") == [40, 40]
    preview.get_by_role("button", name="Remove").click()
    expect(preview).to_have_count(0)
    assert field.evaluate("one => one.files.length") == 0


@pytest.mark.parametrize(("address", "kind", "tag"), [
    ("voice-lab?operation=clone", "audio/wav", "audio"), ("media-production?operation=video", "video/mp4", "video"),
])  # fmt: skip
def test_a_sound_or_a_film_gets_a_player_that_the_policy_lets_load(enter, address, kind, tag):
    page = enter(f"/dashboard/agents/{address}")
    field = page.locator("input[type=file]").first
    field.set_input_files({"name": "mine", "mimeType": kind, "buffer": b"none of it plays"})
    player = page.locator(f".preview {tag}")
    expect(player).to_have_count(1)
    assert player.get_attribute("src").startswith("blob:")


def test_a_file_that_is_no_picture_shows_its_name_only(enter):
    page = enter("/dashboard/settings")
    page.locator("input[type=file]").set_input_files(
        {"name": "broken.png", "mimeType": "image/png", "buffer": b"no picture at all"}
    )
    expect(page.locator(".preview")).to_contain_text("broken.png")
    assert page.locator(".preview canvas").count() == 0


def test_deleting_asks_first_and_says_in_a_toast_what_was_done(enter, alice: User):
    job = scenes.delivered(alice)
    page = enter(f"/dashboard/jobs/{job.pk}")
    page.get_by_role("button", name="Delete image.png").click()
    question = page.get_by_role("dialog", name="Delete image.png?")
    expect(question.get_by_role("button", name="Go back")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    assert job.artifacts.filter(deleted_at=None).count() == 1

    page.get_by_role("button", name="Delete image.png").click()
    page.get_by_role("button", name="Delete it").click()
    toast = page.locator("#toasts[aria-live=polite] .banner")
    expect(toast).to_contain_text("image.png was deleted")
    assert not job.artifacts.filter(deleted_at=None).exists()
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)


def test_canceling_asks_first_though_the_page_renews_itself(enter, alice: User):
    job = scenes.running(alice)
    page = enter(f"/dashboard/jobs/{job.pk}")
    page.get_by_role("button", name="Cancel and refund 8").click()
    question = page.get_by_role("dialog", name="Cancel this job?")
    page.wait_for_timeout(1500)
    assert acts.again(job).status == "running"
    question.get_by_role("button", name="Cancel it").click()
    expect(page.locator("#toasts")).to_contain_text("Canceled. Your 8 credits are back.")
    assert acts.again(job).status == "canceled"


def test_a_key_is_revoked_in_the_dialog(enter):
    page = enter(KEYS)
    page.get_by_label("Name").fill("Nightly films")
    page.get_by_role("button", name="Make the key").click()
    page.get_by_text("Revoke Nightly films", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke it").click()
    expect(page.locator("#toasts")).to_contain_text("Nightly films was revoked and works no more.")
    assert ApiKey.objects.get().revoked_at is not None


def test_a_toast_goes_by_itself_and_an_error_stays(enter, alice: User):
    page = enter("/dashboard/settings")
    page.clock.install()
    page.get_by_role("button", name="Save", exact=True).click()
    toast = page.locator("#toasts .banner")
    expect(toast).to_contain_text("Your settings are saved.")
    page.clock.run_for(8000)
    expect(toast).to_have_count(0)

    job = scenes.canceled(alice)
    acts.leave(alice, 3)
    page.goto(f"{page.url.partition('/dashboard')[0]}/dashboard/jobs/{job.pk}")
    page.get_by_role("button", name="Run again for 8").click()
    expect(toast).to_contain_text("You need 5 more credits.")
    page.clock.run_for(60_000)
    assert toast.get_by_role("link", name="Compare the plans").get_attribute("href") == "/dashboard/billing#upgrade"


def test_without_javascript_deleting_and_revoking_work_and_a_message_stands_in_the_page(enter, alice: User):
    job = scenes.delivered(alice)
    page = enter(f"/dashboard/jobs/{job.pk}", java_script_enabled=False)
    page.get_by_role("button", name="Delete image.png").click()
    strip = page.locator("#toasts .banner")
    expect(strip).to_contain_text("image.png was deleted")
    assert strip.evaluate("one => getComputedStyle(one.parentElement).position") == "static"
    assert not job.artifacts.filter(deleted_at=None).exists()

    page.goto(page.url.partition("/dashboard")[0] + KEYS)
    page.get_by_label("Name").fill("Nightly films")
    page.get_by_role("button", name="Make the key").click()
    page.get_by_text("Revoke Nightly films", exact=True).click()
    page.get_by_role("button", name="Yes, revoke it").click()
    expect(page.locator("#toasts")).to_contain_text("was revoked")
    assert ApiKey.objects.get().revoked_at is not None

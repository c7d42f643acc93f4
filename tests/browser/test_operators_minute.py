"""An operator in a real browser: sets up a second factor, finds out about a person, and gives 50 credits back."""

import os
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from accounts.models import User
from tests import environment, law
from tests.browser import tour
from tests.browser.tour import Stop
from tests.cast import PASSWORD
from tests.faults.crew import crew as open_crew
from tests.jobs import acts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS}
    with open_crew({**os.environ, **ours}, tmp_path_factory.mktemp("desk")) as crew:
        yield crew.web()[1]


@pytest.fixture
def signed_in(site: str, page):
    """A tab of an operator who was led to the door and has just set up a second factor."""
    operator = User.objects.create_superuser("operator@example.test", PASSWORD)
    page.goto(f"{site}/admin/")
    page.get_by_label("E-mail").or_(page.locator("input[type=email]")).first.fill(operator.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/reauthenticate/**")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form.stack button[type=submit]").click()
    page.locator("img.qr").wait_for()
    return page


def code_for(page) -> str:
    return format_hotp_value(hotp_value(page.locator("#authenticator_secret").input_value(), int(time.time()) // 30))


def test_a_second_factor_is_set_up_on_pages_that_fit_and_all_can_use(site: str, signed_in):
    page = signed_in
    assert tour.faults(page, Stop("set up", "/accounts/2fa/totp/activate/", "img.qr"), site) == []
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    page.locator("input[name=code]").fill(code_for(page))
    page.locator("main form.stack button[type=submit]").click()
    page.locator(".codes").wait_for()
    pages = [
        Stop("codes", "/accounts/2fa/recovery-codes/", ".codes"),
        Stop("two-factor", "/accounts/2fa/", "h1"),
        Stop("new codes", "/accounts/2fa/recovery-codes/generate/", "form"),
        Stop("turn it off", "/accounts/2fa/totp/deactivate/", "form"),
        Stop("once more", "/accounts/2fa/reauthenticate/?next=/admin/", "form"),
    ]
    assert [line for stop in pages for line in tour.faults(page, stop, site)] == []


def test_an_operator_gives_credits_back_in_three_clicks(site: str, alice: User, signed_in):
    page = signed_in
    page.locator("input[name=code]").fill(code_for(page))
    page.locator("main form.stack button[type=submit]").click()
    page.locator(".codes").wait_for()
    page.goto(f"{site}/admin/")
    page.locator("#person").fill("alice")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=alice.email).click()
    page.get_by_role("link", name="Grant credits", exact=True).click()
    page.get_by_label("Credits:").fill("50")
    page.get_by_label("Reason:").fill("The picture did not open.")
    page.get_by_role("button", name="Grant credits").dblclick()
    page.get_by_text("The balance is").first.wait_for()
    assert acts.rows_of(alice) == [("bonus", 50)]
    law.assert_lawful()

"""Paying as a person does it: in a real browser, on the product's pages and on Stripe's, with real webhooks between."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from accounts.models import User
from stripe_sandbox import seed, store
from tests import environment, law
from tests.browser.paying import ASKS_3DS, DECLINES, HOLDER, PAYS, Buyer, assert_all_heard, serving
from tests.cast import PASSWORD
from tests.stripe.conftest import sandbox, sandbox_process  # noqa: F401  (fixtures)
from tests.stripe.sandboxes import Sandbox

pytestmark = pytest.mark.browser
NOT_YOU = "We are unable to authenticate your payment method."


@pytest.fixture(scope="module")
def address(sandbox_process: Sandbox, tmp_path_factory) -> Iterator[str]:  # noqa: F811
    """One web server and one worker for all of these tests; each begins with an empty database."""
    ours = {"DJANGO_SETTINGS_MODULE": environment.SETTINGS, "STRIPE_API_HOST": sandbox_process.url}
    with serving({**os.environ, **ours}, tmp_path_factory.mktemp("paying")) as address:
        yield address


@pytest.fixture
def site(address: str, sandbox: Sandbox, settings) -> Iterator[str]:  # noqa: F811
    settings.STRIPE_SANDBOX_WEBHOOK_URL = f"{address}/api/billing/webhook"
    seed.plant()
    yield address
    assert_all_heard()
    law.assert_lawful()


@pytest.fixture
def admit(site: str, alice: User, client) -> Callable[[BrowserContext], None]:
    """Signs alice in without a form."""
    client.force_login(alice)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    return lambda context: context.add_cookies([cookie])


@pytest.fixture
def buyer(site: str, page: Page, admit) -> Buyer:
    admit(page.context)
    return Buyer(page, site)


def paid() -> list[int]:
    """The charges that went through, in cents."""
    return [charge.data["amount"] for charge in store.find("charge", paid=True)]


@pytest.mark.parametrize(
    "options",
    [{}, {"viewport": {"width": 375, "height": 800}, "java_script_enabled": False}],
    ids=["wide", "narrow-without-javascript"],
)
def test_a_plan_is_bought_canceled_resumed_canceled_and_ends(site: str, alice: User, open_page, options):
    buyer = Buyer(open_page(**options), site).sign_in(alice.email, PASSWORD).open_billing().stands("FREE", "100").fits()
    buyer.upgrade().fits().fill_card().pay().is_back()
    buyer.reads("Welcome to PRO. Your 1,000 credits are here.").stands("PRO", "1,000").says("Renews on").fits()
    buyer.manage().fits().cancel().return_from_portal().stands("PRO", "1,000").says("Works until").fits()
    buyer.manage().fits().resume().return_from_portal().says("Renews on")
    buyer.manage().cancel().fits().one_month_on().fits().soon_stands("FREE", "100").says("Credits reset on")
    assert paid() == [2900]


def test_a_declined_card_is_told_in_place_and_another_one_pays(buyer: Buyer, watch):
    watch.forgive(r"/pay/.*status of 402")
    buyer.open_billing().upgrade().fill_card(DECLINES).pay()
    buyer.shows(buyer.page.get_by_role("alert"), "Your card was declined.")
    assert "/pay/" in buyer.page.url
    entries = [buyer.page.get_by_label(label).input_value() for label in ("Card number", "Expiry", "Name on card")]
    assert entries == [DECLINES, "12 / 34", HOLDER]
    assert buyer.page.get_by_label("Security code").input_value() == ""
    buyer.fill_card(PAYS).pay().is_back().stands("PRO", "1,000")
    assert paid() == [2900]


def test_the_bank_asks_is_refused_and_then_answered(buyer: Buyer, watch):
    watch.forgive(r"/pay/.*status of 402")
    buyer.open_billing().upgrade().fill_card(ASKS_3DS).pay().reads("Your bank asks: is this you?")
    buyer.press("Fail authentication")
    buyer.reads(NOT_YOU)
    assert paid() == []
    buyer.fill_card(ASKS_3DS).pay().reads("Your bank asks: is this you?")
    buyer.press("Complete authentication")
    buyer.is_back().stands("PRO", "1,000")
    assert paid() == [2900]


def test_a_dearer_plan_in_the_portal_shows_what_it_costs_and_starts_at_once(buyer: Buyer):
    buyer.buy().manage().follow("Change plan")
    buyer.follow("Select Avatar G PREMIUM")
    buyer.reads("Confirm your new plan")
    buyer.reads("Unused time on Avatar G PRO").reads("Remaining time on Avatar G PREMIUM")
    buyer.shows(buyer.page.locator(".sum", has_text="Charged now"), "$70.00")
    buyer.press("Confirm and pay $70.00")
    buyer.reads("You are on Avatar G PREMIUM now.").return_from_portal().stands("PREMIUM", "5,000")
    assert sorted(paid()) == [2900, 7000]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_double_click_on_pay_pays_once(site: str, open_page, admit, scripts: bool):
    page = open_page(java_script_enabled=scripts)
    admit(page.context)
    buyer = Buyer(page, site).open_billing().upgrade().fill_card()
    buyer.pay_button.dblclick()
    buyer.is_back().stands("PRO", "1,000")
    assert paid() == [2900]


def test_going_back_after_paying_finds_it_paid(buyer: Buyer):
    buyer.buy().page.go_back()
    buyer.reads("You have already paid").follow("Continue to Avatar G")
    buyer.is_back().stands("PRO", "1,000")
    assert paid() == [2900]


def test_of_two_tabs_the_older_checkout_is_closed(buyer: Buyer, watch):
    buyer.open_billing().upgrade().fill_card()
    later = Buyer(buyer.page.context.new_page(), buyer.site)
    watch.follow(later.page)
    later.page.goto(f"{later.site}/pricing")
    later.upgrade("PREMIUM").fill_card()
    buyer.pay().reads("This Checkout has expired").reads("Nothing was charged.")
    assert paid() == []
    later.pay().is_back().stands("PREMIUM", "5,000")
    assert paid() == [9900]


def test_a_promotion_code_lowers_the_price(buyer: Buyer):
    buyer.open_billing().upgrade().page.get_by_text("Add a promotion code").click()
    buyer.page.get_by_label("Promotion code").fill("WELCOME20")
    buyer.press("Apply")
    buyer.reads("20% off for 3 months").reads("Then $29.00 a month after 3 months.")
    buyer.shows(buyer.page.locator(".sum", has_text="Total today"), "$23.20")
    buyer.fill_card().press("Pay $23.20")
    buyer.is_back().stands("PRO", "1,000")
    assert paid() == [2320]

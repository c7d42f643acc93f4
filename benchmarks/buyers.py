"""Somebody who pays, on the pages of the Stripe sandbox: its Checkout, its portal, and its control panel."""

from collections.abc import Iterator

from playwright.sync_api import Page

from accounts.models import User
from benchmarks import visitors
from benchmarks.sights import Sight, Sitter

BILLING = "/dashboard/billing"
PAYS, DECLINES, ASKS = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0025 0000 3155"
PATIENCE = 20_000


def sitters() -> Iterator[Sitter]:
    new = User.objects.create_user("bo@example.test")
    yield Sitter(checkout(), visitors.cookies_of(new))
    paid = User.objects.create_user("mia@example.test")
    yield Sitter(portal(), visitors.cookies_of(paid))


def checkout() -> dict[str, Sight]:
    return {
        "checkout": Sight(BILLING, act=go_to_checkout),
        "checkout-declined": Sight(BILLING, act=lambda page: pay(page, DECLINES, ".error, .banner, [role=alert]")),
        "checkout-bank": Sight(BILLING, act=lambda page: pay(page, ASKS, "text=bank")),
        "checkout-over": Sight(BILLING, act=go_to_one_that_is_over),
    }


def portal() -> dict[str, Sight]:
    """The first look at one of them buys the plan; it works from then on."""
    steps = {
        "portal": (), "portal-plans": ("Change plan",), "portal-cancel": ("Cancel plan",), "portal-card": ("card",),
        "portal-change": ("Change plan", "Select Avatar G PREMIUM"), "portal-invoice": ("$29.00",),
        "panel": ("Control panel",), "panel-customer": ("Control panel", "mia@example.test"),
        "panel-events": ("Control panel", "Events"), "panel-payments": ("Control panel", "Payments"),
    }  # fmt: skip
    after = {"billing-bought": Sight(BILLING, act=buy_once)}
    return after | {name: Sight(BILLING, act=lambda page, way=way: follow(page, *way)) for name, way in steps.items()}


def go_to_checkout(page: Page) -> None:
    page.get_by_role("button", name="Upgrade to PRO").first.click()
    page.wait_for_url("**/pay/**")


def go_to_one_that_is_over(page: Page) -> None:
    """A new Checkout ends the one before."""
    go_to_checkout(page)
    first = page.url
    page.get_by_role("link", name="Back to").click()
    page.wait_for_url(f"**{BILLING}*")
    go_to_checkout(page)
    page.goto(first)


def pay(page: Page, number: str, then: str) -> None:
    go_to_checkout(page)
    for label, entry in (("Card number", number), ("Expiry", "12 / 34"), ("Security code", "123")):
        page.get_by_label(label).fill(entry)
    page.get_by_label("Name on card").fill("Mia Sand")
    page.get_by_role("button", name="Pay $").click()
    page.locator(then).first.wait_for(timeout=PATIENCE)


def buy_once(page: Page) -> None:
    if page.get_by_role("button", name="Upgrade to PRO").count():
        pay(page, PAYS, "text=Manage billing")


def follow(page: Page, *way: str) -> None:
    buy_once(page)
    page.get_by_role("button", name="Manage billing").first.click()
    page.wait_for_url("**/portal/**")
    for name in way:
        page.get_by_role("link", name=name).first.click()
        page.wait_for_load_state()

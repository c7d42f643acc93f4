"""The way of somebody who has never been here, counted: how often they press and how much they type at each step."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO

import pytest
from playwright.sync_api import Page, expect

from tests.browser.paying import HOLDER, PAYS
from tests.browser.whole import DELIVERED, EMAIL, PATIENCE, SECRET, heard, site, whole  # noqa: F401  (fixtures)
from tests.stripe.conftest import sandbox, sandbox_process  # noqa: F401  (fixtures)

pytestmark = pytest.mark.browser


@dataclass
class Effort:
    """What a step takes. A field that is filled in already costs nothing."""

    clicks: int = 0
    fields: int = 0


class Newcomer:
    """Presses and types as a person can: only what is on the page and seen. `way` holds the effort of every step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.way: dict[str, Effort] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.effort = self.way.setdefault(name, Effort())
        yield
        print(f"{name}: {self.effort.clicks} clicks, {self.effort.fields} fields")

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.effort.clicks += 1

    def follow(self, name: str) -> None:
        self.press(name, "link")

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)
        self.effort.fields += 1

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def take(self, name: str) -> str:
        """The text of the file behind a link."""
        with self.page.expect_download() as download:
            self.follow(name)
        return download.value.path().read_text()


@pytest.fixture
def newcomer(page: Page, site: str) -> Newcomer:  # noqa: F811
    page.goto(site)
    return Newcomer(page)


def test_from_the_front_page_to_a_paid_plan_and_out_again(newcomer: Newcomer, heard: None):  # noqa: F811
    with newcomer.step("sign up"):
        newcomer.follow("Start with 100 credits")
        newcomer.write("Email", EMAIL)
        newcomer.write("Password", SECRET)
        newcomer.press("Sign up")
        newcomer.reads("Your first result is two clicks away")
    with newcomer.step("first picture"):
        newcomer.follow("Make your first picture")
        newcomer.press("Create picture for 8")
        newcomer.reads(DELIVERED)
    with newcomer.step("upgrade to PRO"):
        newcomer.follow("Billing")
        newcomer.press("Upgrade to PRO")
        for label, text in (("Card number", PAYS), ("Expiry", "12 / 34"), ("Security code", "123")):
            newcomer.write(label, text)
        newcomer.write("Name on card", HOLDER)
        newcomer.press("Pay $29.00")
        newcomer.reads("Welcome to PRO. Your 1,000 credits are here.")
    with newcomer.step("cancel"):
        newcomer.press("Manage billing")
        newcomer.follow("Cancel plan")
        newcomer.press("Cancel plan")
        newcomer.reads("Your plan is canceled. It works until")
        newcomer.follow("Return to Avatar G")
        newcomer.reads("Works until")
    with newcomer.step("export the ledger"):
        newcomer.follow("Credits")
        rows = list(csv.DictReader(StringIO(newcomer.take("CSV"))))

    assert [int(row["amount"]) for row in rows] == [1000, -92, -8, 100]
    assert newcomer.way == {
        "sign up": Effort(clicks=2, fields=2),
        "first picture": Effort(clicks=2, fields=0),
        "upgrade to PRO": Effort(clicks=3, fields=4),
        "cancel": Effort(clicks=4, fields=0),
        "export the ledger": Effort(clicks=2, fields=0),
    }

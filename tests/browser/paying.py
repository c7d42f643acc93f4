"""The product in the hands of somebody who pays, with the sandbox in Stripe's place: every step is a click."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from billing.models import WebhookEvent
from stripe_sandbox.models import Delivery
from tests.embedded.processes import wait_until
from tests.faults.crew import Program, wait_until_ready
from tests.faults.crew import crew as open_crew

PAYS, DECLINES, ASKS_3DS = "4242 4242 4242 4242", "4000 0000 0000 0002", "4000 0025 0000 3155"
HOLDER = "Alice Able"
HEARD_SECONDS = 20
PATIENCE = 20_000
WORKER = (
    "-m", "celery", "--app", "avatarg.celery", "worker", "--loglevel", "INFO", "--concurrency", "1",
    "--without-mingle", "--without-gossip", "--queues",
)  # fmt: skip


@contextmanager
def serving(env: dict[str, str], folder: Path, queues: str = "billing") -> Iterator[str]:
    """The web server and the worker that hears what Stripe says, and runs jobs where asked to; gives the address."""
    with open_crew(env, folder) as crew:
        worker = Program([sys.executable, *WORKER, queues], crew.env, folder)
        crew.stack.callback(worker.end)
        _, address = crew.web()
        wait_until_ready(worker)
        yield address


def assert_all_heard() -> None:
    """Every event was delivered, there were some, and the product's worker is done with each."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    pending = WebhookEvent.objects.filter(state=WebhookEvent.State.PENDING)
    wait_until(lambda: not waiting.exists() and not pending.exists(), HEARD_SECONDS, unheard)
    assert unheard() == ""
    assert WebhookEvent.objects.filter(state=WebhookEvent.State.PROCESSED).exists()


def unheard() -> str:
    undelivered = Delivery.objects.exclude(state=Delivery.State.DELIVERED)
    lines = [f"{one.event.data['type']}: {one.state} {one.status} {one.answer}" for one in undelivered]
    done = (WebhookEvent.State.PROCESSED, WebhookEvent.State.IGNORED)
    lines += [f"{one.type}: {one.state} {one.error}" for one in WebhookEvent.objects.exclude(state__in=done)]
    return "\n".join(lines)


@dataclass
class Buyer:
    """A tab, on the product's pages or on Stripe's."""

    page: Page
    site: str

    def sign_in(self, email: str, password: str) -> "Buyer":
        self.page.goto(f"{self.site}/accounts/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")
        self.page.wait_for_url("**/dashboard")
        return self

    def open_billing(self) -> "Buyer":
        self.page.goto(f"{self.site}/dashboard/billing")
        return self

    def upgrade(self, plan: str = "PRO") -> "Buyer":
        """From the billing page, or from the table of prices, to the Checkout page."""
        self.press(f"Upgrade to {plan}")
        self.page.wait_for_url("**/pay/**")
        return self

    def fill_card(self, number: str = PAYS) -> "Buyer":
        for label, entry in (("Card number", number), ("Expiry", "12 / 34"), ("Security code", "123")):
            self.page.get_by_label(label).fill(entry)
        self.page.get_by_label("Name on card").fill(HOLDER)
        return self

    def pay(self) -> "Buyer":
        self.pay_button.click()
        return self

    def buy(self, plan: str = "PRO") -> "Buyer":
        self.open_billing().upgrade(plan).fill_card().pay()
        return self.is_back()

    def is_back(self) -> "Buyer":
        """On the billing page, whose address says nothing of where one came from."""
        self.page.wait_for_url(f"{self.site}/dashboard/billing")
        return self

    def manage(self) -> "Buyer":
        self.press("Manage billing")
        self.page.wait_for_url("**/portal/**")
        return self

    def return_from_portal(self) -> "Buyer":
        self.follow("Return to Avatar G")
        return self.is_back()

    def cancel(self) -> "Buyer":
        """In the portal."""
        self.follow("Cancel plan")
        self.press("Cancel plan")
        return self.reads("Your plan is canceled. It works until")

    def resume(self) -> "Buyer":
        self.press("Don’t cancel")  # noqa: RUF001  (as the page writes it)
        return self.reads("Your plan goes on. It renews on")

    def one_month_on(self) -> "Buyer":
        """From a page of the sandbox, on its control panel."""
        self.follow("Control panel")
        self.press("One month on")
        return self.reads("Wound 1 month, 2 hours on")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def reads(self, text: str) -> "Buyer":
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)
        return self

    def shows(self, where: Locator, text: str) -> "Buyer":
        expect(where).to_contain_text(text, timeout=PATIENCE)
        return self

    def stands(self, plan: str, credits: str) -> "Buyer":
        """As the billing page says it."""
        self.shows(self.region("Your plan").locator(".figure"), plan)
        return self.shows(self.region("Credits").locator(".figure"), f"{credits} of {credits} left")

    def soon_stands(self, plan: str, credits: str) -> "Buyer":
        """The worker hears of what was not done in this tab a moment later."""
        deadline = time.monotonic() + HEARD_SECONDS
        while plan not in self.open_billing().region("Your plan").locator(".figure").inner_text():
            assert time.monotonic() < deadline, unheard() or f"everything was heard, and the plan is not {plan}"
            time.sleep(0.2)
        return self.stands(plan, credits)

    def says(self, text: str) -> "Buyer":
        """The card of the plan, on the billing page."""
        return self.shows(self.region("Your plan"), text)

    def fits(self) -> "Buyer":
        """The page does not scroll sideways."""
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, f"{self.page.url} is {wide} pixels wider than its window"
        return self

    def region(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    @property
    def pay_button(self) -> Locator:
        return self.page.get_by_role("button", name="Pay $")

"""Somebody who subscribes and opens the Portal."""

from typing import Any

from tests.dashboard.page import Page
from tests.stripe import clocked
from tests.stripe.clocked import DAY, PRO
from tests.stripe.sandboxes import Sandbox
from tests.stripe.tab import Tab

SHOP = "https://shop.test/billing"


class Subscriber:
    """On a test clock that began on 31 January 2026, with a card that pays."""

    def __init__(self, sandbox: Sandbox, price: str = PRO, card: str = "pm_card_visa", **more: Any) -> None:
        self.v1, self.tab = sandbox.v1, Tab(sandbox.url)
        self.clock = self.v1.test_helpers.test_clocks.create({"frozen_time": clocked.START}).id
        self.id = self.v1.customers.create({"email": "nino@example.test", "test_clock": self.clock}).id
        method = self.v1.payment_methods.attach(card, {"customer": self.id}).id
        self.v1.customers.update(self.id, {"invoice_settings": {"default_payment_method": method}})
        wanted = {"customer": self.id, "items": [{"price": price}], "default_payment_method": method, **more}
        self.subscription = self.v1.subscriptions.create(wanted).id

    def enter(self, **more: Any) -> Page:
        session = self.v1.billing_portal.sessions.create({"customer": self.id, "return_url": SHOP, **more})
        self.session = session.id
        return self.tab.get(session.url)

    def wind(self, days: float) -> None:
        now = self.v1.test_helpers.test_clocks.retrieve(self.clock).frozen_time
        self.v1.test_helpers.test_clocks.advance(self.clock, {"frozen_time": int(now + days * DAY)})

    def now(self) -> Any:
        return self.v1.subscriptions.retrieve(self.subscription)

    def price(self) -> str:
        return self.now()["items"].data[0].price.id

    def charged(self) -> list[int]:
        found = self.v1.charges.list({"customer": self.id}).data
        return [one.amount for one in found if one.paid][::-1]

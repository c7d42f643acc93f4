"""A customer of the sandbox on a test clock of their own, driven by the real SDK as anybody's test would."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stripe_sandbox.models import Record
from tests.stripe.sandboxes import Sandbox

DAY, HOUR = 86_400, 3_600
PRO, PREMIUM, ENTERPRISE = "price_sandbox_pro", "price_sandbox_premium", "price_sandbox_enterprise"


def moment(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())


START = moment(2026, 1, 31, 10)


@dataclass
class Person:
    sandbox: Sandbox
    id: str
    clock: str

    @property
    def v1(self) -> Any:
        return self.sandbox.v1

    def subscribe(self, price: str = PRO, **more: Any) -> Any:
        given = {"customer": self.id, "items": [{"price": price}], **more}
        return self.v1.subscriptions.create(given)

    def subscription(self, expand: tuple[str, ...] = ()) -> Any:
        return self.v1.subscriptions.list({"customer": self.id, "status": "all", "expand": list(expand)}).data[0]

    def change(self, price: str, **more: Any) -> Any:
        now = self.subscription()
        item = {"id": now["items"].data[0].id, "price": price}
        return self.v1.subscriptions.update(now.id, {"items": [item], **more})

    def wind(self, to: int) -> None:
        self.v1.test_helpers.test_clocks.advance(self.clock, {"frozen_time": to})

    def mend(self, card: str) -> None:
        """Another default card."""
        method = self.v1.payment_methods.attach(card, {"customer": self.id})
        self.v1.customers.update(self.id, {"invoice_settings": {"default_payment_method": method.id}})

    def invoices(self) -> list[Any]:
        """Oldest first."""
        return self.v1.invoices.list({"customer": self.id}).data[::-1]

    def latest_intent(self) -> Any:
        invoice = self.invoices()[-1]
        link = self.v1.invoice_payments.list({"invoice": invoice.id}).data[0]
        return self.v1.payment_intents.retrieve(link.payment.payment_intent)


def person(sandbox: Sandbox, card: str | None = "pm_card_visa", *, at: int = START) -> Person:
    clock = sandbox.v1.test_helpers.test_clocks.create({"frozen_time": at})
    made = sandbox.v1.customers.create({"email": "nino@example.test", "name": "Nino", "test_clock": clock.id})
    someone = Person(sandbox, made.id, clock.id)
    if card:
        someone.mend(card)
    return someone


def period(subscription: Any) -> tuple[int, int]:
    item = subscription["items"].data[0]
    return item.current_period_start, item.current_period_end


def events(*families: str) -> list[str]:
    """The types of all events so far, in order, of the families named."""
    found = Record.objects.filter(object="event").order_by("position").values_list("data__type", flat=True)
    return [type for type in found if type.startswith(families)]


def previous(type: str) -> list[dict[str, Any]]:
    found = Record.objects.filter(object="event", data__type=type).order_by("position")
    return [event.data["data"]["previous_attributes"] for event in found]

"""A person who pays: what they do on Stripe's pages, what Stripe sends of it, and where it leaves them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.test import Client

from accounts.models import User
from billing import webhooks
from billing.models import Subscription, WebhookEvent
from credits import ledger
from credits.models import CreditAccount, CreditLot
from stripe_sandbox import events, store
from stripe_sandbox.engine import checkout, clock, payment_methods, refunds, subscriptions
from stripe_sandbox.models import Record
from tests.stripe.sandboxes import Sandbox

PAYS, DECLINES, ASKS_3DS, FAILS_LATER, DISPUTES = (
    "4242424242424242", "4000000000000002", "4000002500003155", "4000000000000341", "4000000000000259",
)  # fmt: skip
DONE = (WebhookEvent.State.PROCESSED, WebhookEvent.State.IGNORED)
WEBHOOK = "/api/billing/webhook"
SECRET = "whsec_of_the_tests"


@dataclass
class Payer:
    user: User
    client: Client
    sandbox: Sandbox
    told: set[str] = field(default_factory=set)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return self.client.post(path, body or {}, "application/json")

    def open_checkout(self, plan: str = "PRO") -> dict[str, Any]:
        return self.post("/api/billing/checkout", {"plan": plan}).json()

    def pay(self, session_id: str, number: str = PAYS, *, authenticated: bool = False) -> None:
        """Fill in the card form of a Checkout. Raises StripeError when the card is declined."""
        with store.acting():
            checkout.complete(
                store.get("checkout.session", session_id), number=number, exp_month=12, exp_year=2040, cvc="123",
                name="Alice Able", authenticated=authenticated,
            )  # fmt: skip

    def buy(self, plan: str = "PRO", number: str = PAYS) -> "Payer":
        """Checkout, paid, and all that Stripe sends of it."""
        self.pay(self.open_checkout(plan)["session_id"], number)
        return self.hear()

    def change_to(self, plan: str, **how: Any) -> "Payer":
        """Change the price in the portal or by Stripe's API, at once."""
        with store.acting():
            how = {"proration_behavior": "always_invoice"} | how
            subscriptions.change_price(self.contract(), price=price(plan), **how)
        return self.hear()

    def schedule(self, plan: str) -> "Payer":
        with store.acting():
            subscriptions.schedule_change(self.contract(), price=price(plan))
        return self.hear()

    def cancel_at_period_end(self, wanted: bool = True) -> "Payer":
        with store.acting():
            subscriptions.set_cancel_at_period_end(self.contract(), wanted)
        return self.hear()

    def cancel_now(self) -> "Payer":
        with store.acting():
            subscriptions.cancel(self.contract())
        return self.hear()

    def new_card(self, number: str) -> "Payer":
        with store.acting():
            customer = store.get("customer", self.customer)
            method = payment_methods.create_from_card(number, 12, 2040, "123", "Alice Able", clock=customer.clock)
            payment_methods.attach(method, customer)
            subscriptions.set_default_payment_method(self.contract(), method)
        return self

    def months_on(self, count: int = 1) -> "Payer":
        for _ in range(count):
            clock.advance("", clock.a_month_on(""))
            self.hear()
        return self

    def days_on(self, days: int) -> "Payer":
        clock.advance("", store.now() + days * 86400)
        return self.hear()

    def events(self) -> list[dict[str, Any]]:
        """What Stripe has to tell us that was not told yet, in its order."""
        found = Record.objects.filter(object="event", data__type__in=webhooks.TYPES).order_by("position")
        return [one.data for one in found if one.id not in self.told]

    def hear(self, said: Iterable[dict[str, Any]] | None = None) -> "Payer":
        """Deliver events, by default all that are new in order, and do the work behind each, again if need be."""
        for event in self.events() if said is None else said:
            assert deliver(self.client, event).status_code == 200
            assert webhooks.process(event["id"], again=True) in DONE
            self.told.add(event["id"])
        return self

    def forget(self) -> "Payer":
        """As if nothing had been told: all of it will be told again."""
        self.told.clear()
        return self

    def tell(self, event: dict[str, Any]) -> str:
        """One event, whatever comes of it."""
        deliver(self.client, event)
        return webhooks.process(event["id"])

    def spend(self, credits: int) -> Any:
        job = uuid4()
        ledger.deduct(user_id=self.user.pk, amount=credits, job_id=job, agent_id="chat", description="Chat: message")
        return job

    def refund(self, cents: int | None = None) -> "Payer":
        """Of the latest charge."""
        with store.acting():
            refunds.refund(store.find("charge", customer=self.customer).first(), cents)
        return self.hear()

    def contract(self) -> Record:
        return store.find("subscription", customer=self.customer).first()

    @property
    def row(self) -> Subscription:
        return Subscription.objects.get(pk=self.user.pk)

    @property
    def customer(self) -> str:
        return self.row.stripe_customer_id

    @property
    def stands(self) -> tuple[str, str, int]:
        """Plan, status and balance."""
        row = self.row
        return row.plan, row.status, self.balance

    @property
    def balance(self) -> int:
        return CreditAccount.objects.get(pk=self.user.pk).balance

    @property
    def grants(self) -> int:
        """How many allowances Stripe has paid for."""
        lots = CreditLot.objects.filter(account=self.user.pk, source__startswith="stripe:")
        return lots.exclude(source__endswith=":ended").count()


def price(plan: str) -> str:
    return f"price_sandbox_{plan.lower()}"


def deliver(client: Client, event: dict[str, Any] | bytes, *, secret: str = SECRET, at: int | None = None) -> Any:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    signature = events.signature(body, secret, at=at)
    return client.post(WEBHOOK, body, "application/json", headers={"Stripe-Signature": signature})

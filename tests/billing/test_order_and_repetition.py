"""Stripe promises neither order nor once. Whatever comes, however often: one final state and one grant."""

import itertools
import random
import threading
import time
from functools import partial

import pytest
import stripe
from django.db import connection
from django.test import Client

from billing import gateway, reconcile, webhooks
from credits.models import CreditTransaction
from tests.billing.payers import deliver
from tests.together import at_once

FIVE = (
    "customer.subscription.created", "invoice.paid", "invoice.payment_succeeded", "customer.subscription.updated",
    "checkout.session.completed",
)  # fmt: skip
ORDERS = list(itertools.permutations(range(5)))
SOME = random.Random(20261122).sample(ORDERS, 6)


def first_purchase(payer) -> list[dict]:
    """The five events of a first purchase, with what Stripe knew when it wrote each."""
    payer.pay(payer.open_checkout("PRO")["session_id"])
    told = {event["type"]: event for event in payer.events()}
    return [told[type] for type in FIVE]


def ledger_of(payer) -> list[tuple[str, int]]:
    rows = CreditTransaction.objects.filter(account=payer.user.pk).order_by("id")
    return list(rows.values_list("type", "amount"))


def assert_bought_once(payer) -> None:
    assert payer.stands == ("PRO", "active", 1000)
    assert ledger_of(payer) == [("refill", 100), ("expiry", -100), ("refill", 1000)]


@pytest.mark.parametrize("order", SOME, ids=lambda order: "".join(map(str, order)))
def test_any_order_of_a_first_purchase_ends_in_one_state_and_one_grant(payer, order):
    five = first_purchase(payer)
    times = 1 + SOME.index(order) % 3
    payer.hear([five[number] for number in order for _ in range(times)])
    assert_bought_once(payer)


@pytest.mark.soak
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(map(str, order)))
def test_all_orders_once_doubled_and_tripled(payer, order):
    events = first_purchase(payer)
    for times in (1, 2, 3):
        payer.hear([events[number] for number in order for _ in range(times)])
        assert_bought_once(payer)


@pytest.mark.parametrize("crowd", [8, pytest.param(32, marks=pytest.mark.soak)])
def test_incidents_15_16_17_the_same_event_from_many_sides_grants_once(payer, crowd):
    events = first_purchase(payer)
    paid = events[1]

    def hear() -> str:
        assert deliver(Client(), paid).status_code == 200
        return webhooks.process(paid["id"], again=True)

    assert at_once([hear] * crowd) == ["processed"] * crowd
    assert_bought_once(payer)


def test_incidents_13_and_18_all_five_at_once_grant_once(payer):
    events = first_purchase(payer)

    def hear(event: dict) -> str:
        deliver(Client(), event)
        return webhooks.process(event["id"], again=True)

    assert at_once([partial(hear, event) for event in events]) == ["processed"] * 5
    assert_bought_once(payer)


def test_incident_26_who_read_first_and_is_slow_does_not_win(payer, monkeypatch):
    """The older of two updates has read Stripe and dawdles; the newer one comes by."""
    payer.buy("PRO")
    payer.cancel_at_period_end(False)
    read, slow_has_read = gateway.subscriptions_of, threading.Event()

    def dawdling(customer: str):
        found = read(customer)
        if threading.current_thread().name == "older":
            slow_has_read.set()
            time.sleep(1)
        return found

    monkeypatch.setattr(gateway, "subscriptions_of", dawdling)

    def follow() -> None:
        try:
            reconcile.reconcile(payer.user.pk)
        finally:
            connection.close()

    older = threading.Thread(target=follow, name="older")
    older.start()
    slow_has_read.wait(10)
    payer.sandbox.v1.subscriptions.update(payer.contract().id, {"cancel_at_period_end": True})
    newer = threading.Thread(target=follow, name="newer")
    newer.start()
    older.join(30)
    newer.join(30)
    assert payer.row.cancel_at_period_end


class Killed(BaseException):
    """The process is gone: nothing that catches exceptions sees it."""


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_a_crash_at_any_statement_leaves_nothing_half_done(payer, step):
    """At every fourth; at each of them where it is soaked."""
    event = first_purchase(payer)[1]
    deliver(payer.client, event)

    for number in itertools.count(step=step):
        left = iter(range(number))

        def dies(execute, *statement, left=left):
            if next(left, None) is None:
                raise Killed
            return execute(*statement)

        try:
            with connection.execute_wrapper(dies):
                webhooks.process(event["id"])
        except Killed:
            assert payer.stands in (("FREE", "active", 100), ("PRO", "active", 1000))
        else:
            break
    assert number > 50
    assert_bought_once(payer)


def test_a_crash_at_any_call_to_stripe_leaves_nothing_half_done(payer, monkeypatch):
    event = first_purchase(payer)[1]
    deliver(payer.client, event)
    ask = stripe.RequestsClient.request

    for number in itertools.count():
        left = iter(range(number))

        def dies(self, *args, left=left, **options):
            if next(left, None) is None:
                raise Killed
            return ask(self, *args, **options)

        monkeypatch.setattr(stripe.RequestsClient, "request", dies)
        try:
            webhooks.process(event["id"])
        except Killed:
            assert payer.stands == ("FREE", "active", 100)
        else:
            break
    assert number >= 3
    assert_bought_once(payer)

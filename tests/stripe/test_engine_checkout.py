"""What Checkout does with a card: everything or nothing."""

from typing import Any

import pytest

from stripe_sandbox import store
from stripe_sandbox.engine import checkout, clock, subscriptions
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import MainClock, Record
from tests.stripe.clocked import DAY, HOUR, PREMIUM, PRO, START, events, period, person

CARD = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123", "name": "Nino"}


def session_for(sandbox, customer: str | None, **more: Any) -> str:
    given = {
        "mode": "subscription",
        "line_items": [{"price": PRO, "quantity": 1}],
        "success_url": "https://shop.test/ok",
        **({"customer": customer} if customer else {"customer_email": "new@example.test"}),
        **more,
    }
    return sandbox.v1.checkout.sessions.create(given).id


def pay(session: str, **more: Any) -> Record:
    with store.acting():
        return checkout.complete(store.get("checkout.session", session), **{**CARD, **more})


def test_a_paid_session_leaves_an_active_subscription_and_tells_of_it_in_order(sandbox):
    nino = person(sandbox, None)
    session = session_for(sandbox, nino.id, subscription_data={"metadata": {"user": "7"}})
    pay(session)
    done, made = sandbox.v1.checkout.sessions.retrieve(session), nino.subscription()
    assert (done.status, done.payment_status, done.url) == ("complete", "paid", None)
    assert (done.subscription, done.invoice, done.customer) == (made.id, made.latest_invoice, nino.id)
    assert (made.status, made.metadata.to_dict()) == ("active", {"user": "7"})
    assert nino.v1.payment_methods.retrieve(made.default_payment_method).card.last4 == "4242"
    told = events("customer.", "payment_", "charge.", "invoice.", "checkout.")
    assert [type for type in told if type != "invoice.updated"] == [
        "customer.created",
        "payment_method.attached",
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "customer.subscription.created",
        "invoice.created",
        "invoice.finalized",
        "invoice.paid",
        "invoice.payment_succeeded",
        "customer.subscription.updated",
        "checkout.session.completed",
    ]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("4000000000000002", "card_declined"),
        ("4000000000009995", "card_declined"),
        ("4000000000000069", "expired_card"),
        ("4000000000000341", "card_declined"),
        ("4000002500003155", "authentication_required"),
        ("4242424242424241", "incorrect_number"),
    ],
)
def test_a_refused_card_leaves_an_open_session_and_nothing_else(sandbox, number, code):
    nino = person(sandbox, None)
    session = session_for(sandbox, nino.id)
    before = Record.objects.count()
    with pytest.raises(StripeError) as refusal:
        pay(session, number=number)
    assert refusal.value.code == code
    assert sandbox.v1.checkout.sessions.retrieve(session).status == "open"
    assert Record.objects.count() == before
    pay(session)
    assert nino.subscription().status == "active"


def test_after_3d_secure_the_card_is_kept_and_renews_by_itself(sandbox):
    nino = person(sandbox, None)
    pay(session_for(sandbox, nino.id), number="4000002500003155", authenticated=True)
    nino.wind(period(nino.subscription())[1] + HOUR)
    assert [invoice.status for invoice in nino.invoices()] == ["paid", "paid"]


def test_the_switch_declines_once_and_the_second_try_pays(sandbox):
    nino = person(sandbox, None)
    session = session_for(sandbox, nino.id)
    store.main_clock()
    MainClock.objects.update(fail_next_payment=True)
    with pytest.raises(StripeError, match="Your card was declined"):
        pay(session)
    pay(session)
    assert nino.subscription().status == "active"


def test_a_session_is_paid_once(sandbox):
    nino = person(sandbox, None)
    session = session_for(sandbox, nino.id)
    pay(session)
    with pytest.raises(StripeError, match="is complete"):
        pay(session)
    assert len(nino.v1.subscriptions.list({"customer": nino.id}).data) == 1


def test_a_session_without_a_customer_makes_one(sandbox):
    session = session_for(sandbox, None)
    pay(session)
    done = sandbox.v1.checkout.sessions.retrieve(session)
    assert sandbox.v1.customers.retrieve(done.customer).email == "new@example.test"


def test_a_free_first_invoice_needs_no_payment(sandbox):
    nino = person(sandbox, None)
    free = sandbox.v1.coupons.create({"percent_off": 100, "duration": "once"})
    session = session_for(sandbox, nino.id, discounts=[{"coupon": free.id}])
    pay(session)
    done = sandbox.v1.checkout.sessions.retrieve(session)
    assert (done.payment_status, nino.subscription().status) == ("no_payment_required", "active")
    nino.wind(period(nino.subscription())[1] + HOUR)
    assert [invoice.amount_paid for invoice in nino.invoices()] == [0, 2900]


def test_an_abandoned_session_expires_by_the_clock(sandbox):
    nino = person(sandbox, None)
    session = session_for(sandbox, nino.id)
    nino.wind(START + DAY)
    gone = sandbox.v1.checkout.sessions.retrieve(session)
    assert (gone.status, gone.url) == ("expired", None)
    assert events("checkout.") == ["checkout.session.expired"]
    with pytest.raises(StripeError, match="is expired"):
        pay(session)


def test_the_portals_downgrade_waits_and_an_upgrade_lets_it_go(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(PREMIUM)
    with store.acting():
        schedule = subscriptions.schedule_change(store.get("subscription", made.id), price=PRO)
    assert [phase["items"][0]["price"] for phase in schedule.data["phases"]] == [PREMIUM, PRO]
    with store.acting():
        subscriptions.change_price(store.get("subscription", made.id), price="price_sandbox_enterprise")
    now = nino.subscription()
    assert (now.schedule, now["items"].data[0].price.id) == (None, "price_sandbox_enterprise")
    with store.acting():
        subscriptions.schedule_change(store.get("subscription", made.id), price=PRO)
        clock.advance(nino.clock, period(now)[1] + HOUR)
    assert nino.subscription()["items"].data[0].price.id == PRO
    assert nino.invoices()[-1].amount_paid == 2900


def test_canceling_lets_a_scheduled_downgrade_go_and_the_other_way_round(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(PREMIUM)
    with store.acting():
        subscriptions.schedule_change(store.get("subscription", made.id), price=PRO)
        subscriptions.set_cancel_at_period_end(store.get("subscription", made.id), True)
    assert (nino.subscription().schedule, nino.subscription().cancel_at_period_end) == (None, True)
    with store.acting():
        subscriptions.schedule_change(store.get("subscription", made.id), price=PRO)
    now = nino.subscription()
    assert (now.schedule is None, now.cancel_at_period_end) == (False, False)

"""Canceled at once, at the period's end, at a date; resumed before; and what money does then."""

import pytest
import stripe

from tests.stripe.clocked import DAY, HOUR, PREMIUM, START, events, moment, period, person, previous

END = moment(2026, 2, 28, 10)
MIDDLE = START + (END - START) // 2


def test_cancel_at_period_end_works_until_then_and_is_not_billed_again(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.wind(START + DAY)
    told = {"comment": "Too quiet", "feedback": "unused"}
    now = nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": True, "cancellation_details": told})
    assert (now.status, now.cancel_at_period_end, now.cancel_at, now.canceled_at) == ("active", True, END, START + DAY)
    assert now.cancellation_details.to_dict() == {**told, "reason": "cancellation_requested"}
    assert previous("customer.subscription.updated")[-1]["cancel_at_period_end"] is False
    nino.wind(END - 1)
    assert nino.subscription().status == "active"
    nino.wind(END)
    over = nino.subscription()
    assert (over.status, over.ended_at, over.canceled_at) == ("canceled", END, START + DAY)
    assert events("customer.subscription.deleted") == ["customer.subscription.deleted"]
    nino.wind(END + 60 * DAY)
    assert len(nino.invoices()) == 1


def test_a_resumed_subscription_renews_as_if_nothing_had_been(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": True})
    now = nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": False})
    assert (now.cancel_at_period_end, now.cancel_at, now.canceled_at, now.cancellation_details.reason) == (
        False, None, None, None,
    )  # fmt: skip
    nino.wind(END + HOUR)
    assert (nino.subscription().status, len(nino.invoices())) == ("active", 2)


def test_saying_the_same_again_tells_nothing(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    before = len(events("customer.subscription.updated"))
    nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": False})
    nino.v1.subscriptions.update(made.id, {"metadata": {}})
    assert len(events("customer.subscription.updated")) == before


def test_an_immediate_cancel_ends_it_now_and_gives_nothing_back(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.wind(MIDDLE)
    over = nino.v1.subscriptions.cancel(made.id)
    assert (over.status, over.ended_at, period(over)) == ("canceled", MIDDLE, (START, END))
    assert nino.v1.customers.retrieve(nino.id).balance == 0
    assert nino.v1.subscriptions.list({"customer": nino.id}).data == []
    with pytest.raises(stripe.InvalidRequestError, match="No such subscription"):
        nino.v1.subscriptions.cancel(made.id)
    with pytest.raises(stripe.InvalidRequestError, match="canceled subscription can only update"):
        nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": True})
    assert nino.v1.subscriptions.update(made.id, {"metadata": {"why": "moved"}}).metadata.to_dict() == {"why": "moved"}


def test_a_prorated_cancel_leaves_the_unused_time_as_credit(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.wind(MIDDLE)
    nino.v1.subscriptions.cancel(made.id, {"prorate": True, "invoice_now": True})
    invoice = nino.invoices()[-1]
    assert (invoice.total, invoice.status, nino.v1.customers.retrieve(nino.id).balance) == (-1450, "paid", -1450)


def test_a_date_of_ending_is_kept_to(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.v1.subscriptions.update(made.id, {"cancel_at": MIDDLE})
    nino.wind(MIDDLE - 1)
    assert nino.subscription().status == "active"
    nino.wind(MIDDLE)
    assert nino.subscription().status == "canceled"


def test_canceling_what_was_never_paid_voids_its_invoice(sandbox):
    nino = person(sandbox, "pm_card_chargeCustomerFail")
    made = nino.subscribe()
    assert nino.v1.subscriptions.cancel(made.id).status == "canceled"
    assert [invoice.status for invoice in nino.invoices()] == ["void"]


def test_voiding_the_first_invoice_expires_what_never_began(sandbox):
    nino = person(sandbox, "pm_card_chargeCustomerFail")
    made = nino.subscribe()
    nino.v1.invoices.void_invoice(made.latest_invoice)
    assert nino.subscription().status == "incomplete_expired"


def test_what_was_owed_when_it_ended_is_not_collected_any_more(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.mend("pm_card_chargeCustomerFail")
    nino.wind(END + HOUR)
    nino.v1.subscriptions.cancel(made.id)
    nino.mend("pm_card_visa")
    nino.wind(END + 40 * DAY)
    invoice = nino.invoices()[-1]
    assert (invoice.status, invoice.auto_advance, invoice.next_payment_attempt) == ("open", False, None)
    nino.v1.invoices.pay(invoice.id)
    assert nino.subscription().status == "canceled"


def test_a_customer_who_is_deleted_takes_the_subscription_along(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(PREMIUM)
    nino.v1.customers.delete(nino.id)
    assert nino.v1.subscriptions.retrieve(made.id).status == "canceled"

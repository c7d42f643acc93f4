"""Changes in mid-period: what they cost to the second, when they are billed, and that nobody gains by them."""

import pytest
import stripe

from tests.stripe.clocked import (
    DAY,
    ENTERPRISE,
    HOUR,
    PREMIUM,
    PRO,
    START,
    events,
    moment,
    period,
    person,
    previous,
)  # fmt: skip

END = moment(2026, 2, 28, 10)
LASTS = END - START
MIDDLE = START + LASTS // 2


def amounts(invoice) -> list[int]:
    return [line.amount for line in invoice.lines.data]


def test_an_upgrade_credits_the_unused_and_charges_the_remaining_time(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(MIDDLE)
    now = nino.change(PREMIUM, proration_behavior="always_invoice")
    assert (now.status, period(now), now["items"].data[0].price.id) == ("active", (START, END), PREMIUM)
    invoice = nino.invoices()[-1]
    assert (invoice.billing_reason, invoice.status, invoice.amount_paid) == ("subscription_update", "paid", 3500)
    assert amounts(invoice) == [-1450, 4950]
    credit, charge = invoice.lines.data
    assert credit.description == "Unused time on Avatar G PRO after 14 Feb 2026"
    assert charge.description == "Remaining time on Avatar G PREMIUM after 14 Feb 2026"
    details = credit.parent.subscription_item_details
    assert (details.proration, details.proration_details.credited_items.invoice) == (True, nino.invoices()[0].id)
    assert [(line.period.start, line.period.end) for line in invoice.lines.data] == [(MIDDLE, END)] * 2


def test_the_update_names_the_old_items_and_the_old_invoice(sandbox):
    nino = person(sandbox)
    first = nino.subscribe().latest_invoice
    nino.change(PREMIUM, proration_behavior="always_invoice")
    old = previous("customer.subscription.updated")[-1]
    assert (set(old), old["latest_invoice"]) == ({"items", "latest_invoice"}, first)
    assert old["items"]["data"][0]["price"]["id"] == PRO


def test_a_change_to_the_second_costs_its_seconds(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(START + 1_234_567)
    nino.change(PREMIUM, proration_behavior="always_invoice")
    left = (LASTS - 1_234_567) / LASTS
    assert amounts(nino.invoices()[-1]) == [-round(2900 * left), round(9900 * left)]


def test_ten_times_up_and_down_within_one_second_costs_and_gives_nothing(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(MIDDLE)
    for _ in range(10):
        nino.change(PREMIUM, proration_behavior="always_invoice")
        nino.change(PRO, proration_behavior="always_invoice")
    assert sum(invoice.total for invoice in nino.v1.invoices.list({"customer": nino.id, "limit": 50}).data) == 2900
    paid = sum(invoice.amount_paid for invoice in nino.v1.invoices.list({"customer": nino.id, "limit": 50}).data)
    assert paid + nino.v1.customers.retrieve(nino.id).balance == 2900


def test_what_a_downgrade_gives_back_is_credit_that_pays_the_next_invoices(sandbox):
    nino = person(sandbox)
    nino.subscribe(ENTERPRISE)
    nino.wind(MIDDLE)
    nino.change(PRO, proration_behavior="always_invoice")
    invoice = nino.invoices()[-1]
    assert (invoice.total, invoice.amount_due, invoice.status) == (1450 - 24950, 0, "paid")
    assert (invoice.starting_balance, invoice.ending_balance) == (0, 1450 - 24950)
    assert nino.v1.customers.retrieve(nino.id).balance == -23500
    nino.wind(END + HOUR)
    renewal = nino.invoices()[-1]
    assert (renewal.total, renewal.amount_due, renewal.starting_balance, renewal.ending_balance) == (
        2900, 0, -23500, -20600,
    )  # fmt: skip
    assert nino.subscription().status == "active"


def test_create_prorations_waits_for_the_renewal(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(MIDDLE)
    nino.change(PREMIUM)
    assert len(nino.invoices()) == 1
    waiting = nino.v1.invoice_items.list({"customer": nino.id, "pending": True}).data
    assert sorted(item.amount for item in waiting) == [-1450, 4950]
    assert events("invoiceitem") == ["invoiceitem.created"] * 2
    nino.wind(END + HOUR)
    assert amounts(nino.invoices()[-1]) == [-1450, 4950, 9900]
    assert nino.v1.invoice_items.list({"customer": nino.id, "pending": True}).data == []


def test_changes_that_wait_are_credited_to_the_cent_by_the_next_change(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(MIDDLE)
    nino.change(PREMIUM)
    nino.change(PRO)
    nino.wind(END + HOUR)
    renewal = nino.invoices()[-1]
    assert amounts(renewal) == [-1450, 4950, -4950, 1450, 2900]
    assert renewal.amount_paid == 2900


def test_without_prorations_nothing_is_billed_before_the_renewal(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(MIDDLE)
    nino.change(PREMIUM, proration_behavior="none")
    assert len(nino.invoices()) == 1
    nino.wind(END + HOUR)
    assert amounts(nino.invoices()[-1]) == [9900]


def test_a_preview_says_what_the_change_then_bills_and_changes_nothing(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.wind(MIDDLE)
    item = {"id": made["items"].data[0].id, "price": PREMIUM}
    details = {"items": [item], "proration_behavior": "always_invoice"}
    preview = nino.v1.invoices.create_preview({"subscription": made.id, "subscription_details": details})
    assert (amounts(preview), preview.amount_due, len(nino.invoices())) == ([-1450, 4950], 3500, 1)
    nino.change(PREMIUM, proration_behavior="always_invoice")
    assert nino.invoices()[-1].amount_due == 3500


def test_a_preview_without_a_change_is_the_next_renewal(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    preview = nino.v1.invoices.create_preview({"customer": nino.id})
    (line,) = preview.lines.data
    assert (preview.amount_due, line.period.start, line.period.end) == (2900, END, moment(2026, 3, 31, 10))
    nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": True})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        nino.v1.invoices.create_preview({"subscription": made.id})
    assert refusal.value.code == "invoice_upcoming_none"


def test_an_upgrade_that_cannot_be_paid_is_past_due_or_has_not_happened(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.mend("pm_card_chargeCustomerFail")
    with pytest.raises(stripe.CardError):
        nino.change(PREMIUM, proration_behavior="always_invoice", payment_behavior="error_if_incomplete")
    unchanged = nino.subscription()
    assert (unchanged.status, unchanged["items"].data[0].price.id, len(nino.invoices())) == ("active", PRO, 1)
    changed = nino.change(PREMIUM, proration_behavior="always_invoice")
    assert (changed.status, changed["items"].data[0].price.id) == ("past_due", PREMIUM)
    assert nino.invoices()[-1].status == "open"


def test_a_new_quantity_is_prorated_like_a_new_price(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.wind(MIDDLE)
    item = {"id": made["items"].data[0].id, "quantity": 3}
    nino.v1.subscriptions.update(made.id, {"items": [item], "proration_behavior": "always_invoice"})
    assert amounts(nino.invoices()[-1]) == [-1450, 4350]


def test_another_interval_begins_a_period_of_its_own(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    yearly = nino.v1.prices.create(
        {"product": "prod_sandbox_pro", "currency": "usd", "unit_amount": 29_000, "recurring": {"interval": "year"}}
    )
    nino.wind(MIDDLE)
    now = nino.change(yearly.id)
    assert period(now) == (MIDDLE, moment(2027, 2, 14, 10))
    assert amounts(nino.invoices()[-1]) == [-1450, 29_000]
    nino.wind(moment(2027, 2, 14, 11))
    assert nino.invoices()[-1].amount_paid == 29_000


def test_items_come_and_go(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.wind(MIDDLE)
    added = nino.v1.subscription_items.create(
        {"subscription": made.id, "price": PREMIUM, "proration_behavior": "always_invoice"}
    )
    assert amounts(nino.invoices()[-1]) == [4950]
    nino.v1.subscription_items.update(added.id, {"quantity": 2, "proration_behavior": "none"})
    assert nino.v1.subscription_items.retrieve(added.id).quantity == 2
    nino.v1.subscription_items.delete(added.id, {"proration_behavior": "always_invoice"})
    assert amounts(nino.invoices()[-1]) == [-4950]
    assert [item.price.id for item in nino.subscription()["items"].data] == [PRO]


def test_a_downgrade_by_schedule_waits_for_the_periods_end(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(PREMIUM)
    schedule = nino.v1.subscription_schedules.create({"from_subscription": made.id})
    assert nino.subscription().schedule == schedule.id
    now = {"items": [{"price": PREMIUM}], "start_date": START, "end_date": END}
    nino.v1.subscription_schedules.update(schedule.id, {"phases": [now, {"items": [{"price": PRO}]}]})
    nino.wind(END - 1)
    assert nino.subscription()["items"].data[0].price.id == PREMIUM
    nino.wind(END + HOUR)
    after = nino.subscription()
    assert (after["items"].data[0].price.id, after.schedule) == (PRO, schedule.id)
    assert [invoice.amount_paid for invoice in nino.invoices()] == [9900, 2900]
    nino.wind(moment(2026, 3, 31, 11))
    assert (nino.subscription().schedule, nino.v1.subscription_schedules.retrieve(schedule.id).status) == (
        None, "released",
    )  # fmt: skip
    assert [invoice.amount_paid for invoice in nino.invoices()] == [9900, 2900, 2900]


def test_a_released_schedule_changes_nothing_and_a_canceled_one_ends_the_subscription(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(PREMIUM)
    first = nino.v1.subscription_schedules.create({"from_subscription": made.id})
    released = nino.v1.subscription_schedules.release(first.id)
    assert (released.status, released.released_subscription, nino.subscription().schedule) == (
        "released",
        made.id,
        None,
    )
    second = nino.v1.subscription_schedules.create({"from_subscription": made.id})
    assert nino.v1.subscription_schedules.cancel(second.id).status == "canceled"
    assert nino.subscription().status == "canceled"
    assert events("subscription_schedule") == [
        "subscription_schedule.created",
        "subscription_schedule.released",
        "subscription_schedule.created",
        "subscription_schedule.canceled",
    ]


def test_a_phase_may_begin_in_mid_period_and_is_then_prorated(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(PRO)
    schedule = nino.v1.subscription_schedules.create({"from_subscription": made.id})
    phases = [
        {"items": [{"price": PRO}], "start_date": START, "end_date": MIDDLE},
        {"items": [{"price": PREMIUM}], "proration_behavior": "always_invoice"},
    ]
    nino.v1.subscription_schedules.update(schedule.id, {"phases": phases, "end_behavior": "cancel"})
    nino.wind(MIDDLE + DAY)
    assert (amounts(nino.invoices()[-1]), period(nino.subscription())) == ([-1450, 4950], (START, END))
    nino.wind(moment(2026, 3, 14, 10))
    assert nino.subscription().status == "canceled"


def test_the_end_is_the_schedules_business_while_there_is_one(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    nino.v1.subscription_schedules.create({"from_subscription": made.id})
    with pytest.raises(stripe.InvalidRequestError, match="managed by the subscription schedule"):
        nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": True})

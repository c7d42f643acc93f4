"""Period after period, and what happens when a card stops paying."""

import pytest
import stripe

from stripe_sandbox import store
from stripe_sandbox.engine import clock as engine
from stripe_sandbox.models import MainClock, Record
from tests.stripe.clocked import DAY, HOUR, PRO, START, events, moment, period, person, previous

FIRST_END = moment(2026, 2, 28, 10)


@pytest.fixture
def unpaid_in_the_end(sandbox):
    store.main_clock()
    MainClock.objects.update(dunning_end="unpaid")


@pytest.mark.parametrize("count", [4, pytest.param(14, marks=pytest.mark.soak)])
def test_a_start_on_31_january_renews_on_the_last_day_of_short_months(sandbox, count):
    """Of two short months; of more than a year where it is soaked."""
    nino = person(sandbox)
    nino.subscribe()
    seen = []
    for _ in range(count):
        end = period(nino.subscription())[1]
        seen.append(end)
        nino.wind(end + HOUR)
    days = [28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31][:count]
    months = [(2026 + (1 + at) // 12, (1 + at) % 12 + 1) for at in range(count)]
    assert seen == [moment(year, month, day, 10) for (year, month), day in zip(months, days, strict=True)]
    assert [invoice.status for invoice in nino.v1.invoices.list({"customer": nino.id, "limit": 50}).data] == [
        "paid"
    ] * (count + 1)


def test_one_long_leap_bills_what_many_short_ones_would(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(moment(2026, 7, 15))
    assert period(nino.subscription()) == (moment(2026, 6, 30, 10), moment(2026, 7, 31, 10))
    assert [invoice.amount_paid for invoice in nino.invoices()] == [2900] * 6


def test_a_renewal_is_a_draft_for_an_hour_and_then_paid(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    before = len(events("invoice.", "customer.subscription", "charge.", "payment_intent."))
    nino.wind(FIRST_END)
    draft = nino.invoices()[-1]
    assert (draft.status, draft.billing_reason, draft.number) == ("draft", "subscription_cycle", None)
    assert draft.automatically_finalizes_at == FIRST_END + HOUR
    assert (draft.period_start, draft.period_end) == (START, FIRST_END)
    now = nino.subscription()
    assert (now.status, now.latest_invoice) == ("active", draft.id)
    assert period(now) == (FIRST_END, moment(2026, 3, 31, 10))
    nino.wind(FIRST_END + HOUR)
    assert nino.invoices()[-1].status == "paid"
    told = events("invoice.", "customer.subscription", "charge.", "payment_intent.")[before:]
    assert [type for type in told if type != "invoice.updated"] == [
        "invoice.created",
        "customer.subscription.updated",
        "invoice.finalized",
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "invoice.paid",
        "invoice.payment_succeeded",
    ]
    (line,) = nino.invoices()[-1].lines.data
    assert (line.period.start, line.period.end) == period(now)


def test_the_update_of_a_renewal_names_the_old_period_and_invoice(sandbox):
    nino = person(sandbox)
    first = nino.subscribe().latest_invoice
    nino.wind(FIRST_END)
    old = previous("customer.subscription.updated")[-1]
    assert old["latest_invoice"] == first
    assert old["items"]["data"][0]["current_period_end"] == FIRST_END


def test_winding_to_the_same_moment_again_does_nothing(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.wind(FIRST_END + HOUR)
    before = Record.objects.count()
    engine.advance(nino.clock, FIRST_END + HOUR)
    engine.advance(nino.clock, FIRST_END)
    assert Record.objects.count() == before
    with pytest.raises(stripe.InvalidRequestError):
        nino.wind(FIRST_END + HOUR)


def test_a_failed_renewal_is_tried_after_3_then_5_then_7_days_and_then_ends_it(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.mend("pm_card_chargeCustomerFail")
    tries = [FIRST_END + HOUR]
    for days in (3, 5, 7):
        tries.append(tries[-1] + days * DAY)
    seen = []
    for at in tries[:3]:
        nino.wind(at)
        invoice = nino.invoices()[-1]
        seen.append((nino.subscription().status, invoice.attempt_count, invoice.next_payment_attempt))
    assert seen == [("past_due", 1, tries[1]), ("past_due", 2, tries[2]), ("past_due", 3, tries[3])]
    assert nino.v1.customers.retrieve(nino.id).delinquent is True
    nino.wind(tries[3])
    over, invoice = nino.subscription(), nino.invoices()[-1]
    assert (over.status, over.cancellation_details.reason, over.ended_at) == ("canceled", "payment_failed", tries[3])
    assert (invoice.status, invoice.attempt_count, invoice.next_payment_attempt) == ("open", 4, None)
    assert events("invoice.payment_failed") == ["invoice.payment_failed"] * 4
    nino.wind(tries[3] + 90 * DAY)
    assert len(nino.invoices()) == 2


def test_with_the_switch_at_unpaid_it_stays_and_its_invoices_stay_drafts(sandbox, unpaid_in_the_end):
    nino = person(sandbox)
    nino.subscribe()
    nino.mend("pm_card_chargeCustomerFail")
    nino.wind(moment(2026, 4, 1))
    now = nino.subscription()
    assert (now.status, period(now)[0]) == ("unpaid", moment(2026, 3, 31, 10))
    assert [(one.status, one.auto_advance) for one in nino.invoices()][1:] == [("open", True), ("draft", False)]
    nino.mend("pm_card_visa")
    nino.v1.invoices.pay(nino.invoices()[-1].id)
    assert nino.subscription().status == "active"


def test_a_mended_card_pays_the_open_invoice_and_all_is_well_again(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.mend("pm_card_chargeCustomerFail")
    nino.wind(FIRST_END + HOUR)
    with pytest.raises(stripe.CardError) as refusal:
        nino.v1.invoices.pay(nino.invoices()[-1].id)
    assert (refusal.value.code, nino.invoices()[-1].attempt_count) == ("card_declined", 1)
    nino.mend("pm_card_visa")
    paid = nino.v1.invoices.pay(nino.invoices()[-1].id)
    assert (paid.status, nino.subscription().status) == ("paid", "active")
    assert previous("customer.subscription.updated")[-1] == {"status": "past_due"}
    assert nino.v1.customers.retrieve(nino.id).delinquent is False
    nino.wind(FIRST_END + 20 * DAY)
    assert len(nino.invoices()) == 2


def test_a_mended_card_is_used_by_the_next_retry(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.mend("pm_card_chargeCustomerFail")
    nino.wind(FIRST_END + HOUR)
    nino.mend("pm_card_visa")
    nino.wind(FIRST_END + HOUR + 3 * DAY)
    assert (nino.subscription().status, nino.invoices()[-1].status) == ("active", "paid")


def test_a_renewal_that_asks_for_3d_secure_is_past_due_until_somebody_answers(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    nino.mend("pm_card_authenticationRequired")
    nino.wind(FIRST_END + HOUR)
    assert (nino.subscription().status, nino.latest_intent().status) == ("past_due", "requires_action")
    assert events("invoice.payment_action_required", "invoice.payment_failed") == [
        "invoice.payment_action_required",
        "invoice.payment_failed",
    ]


def test_the_switch_fails_one_payment_and_no_other(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    store.main_clock()
    MainClock.objects.update(fail_next_payment=True)
    nino.wind(FIRST_END + HOUR)
    assert nino.subscription().status == "past_due"
    assert MainClock.objects.get().fail_next_payment is False
    nino.wind(FIRST_END + HOUR + 3 * DAY)
    assert nino.subscription().status == "active"


@pytest.mark.parametrize(
    ("behavior", "status"), [("void", "void"), ("mark_uncollectible", "uncollectible"), ("keep_as_draft", "draft")]
)
def test_paused_collection_makes_invoices_that_nobody_collects(sandbox, behavior, status):
    nino = person(sandbox)
    made = nino.subscribe()
    pause = {"behavior": behavior, "resumes_at": moment(2026, 3, 15)}
    nino.v1.subscriptions.update(made.id, {"pause_collection": pause})
    nino.wind(FIRST_END + HOUR)
    assert (nino.subscription().status, nino.invoices()[-1].status) == ("active", status)
    nino.wind(moment(2026, 3, 31, 11))
    assert (nino.subscription().pause_collection, nino.invoices()[-1].status) == (None, "paid")


def test_the_clock_knows_when_the_next_renewal_is_paid(sandbox):
    nino = person(sandbox)
    made = nino.subscribe()
    assert engine.next_moment(nino.clock) == FIRST_END
    assert engine.next_renewal(nino.clock) == FIRST_END + HOUR
    nino.v1.subscriptions.update(made.id, {"cancel_at_period_end": True})
    assert engine.next_renewal(nino.clock, nino.id) is None


def test_the_main_clock_bills_who_has_no_test_clock_and_only_moves_on(sandbox):
    nino = sandbox.v1.customers.create(
        {"payment_method": "pm_card_visa", "invoice_settings": {"default_payment_method": "pm_card_visa"}}
    )
    sandbox.v1.subscriptions.create({"customer": nino.id, "items": [{"price": PRO}]})
    to = engine.a_month_on("")
    with store.acting():
        engine.advance("", to)
    assert to <= store.now() <= to + 60
    assert [one.status for one in sandbox.v1.invoices.list({"customer": nino.id}).data] == ["paid", "paid"]
    engine.advance("", to - DAY)
    assert store.now() >= to

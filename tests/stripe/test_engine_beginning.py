"""The first invoice of a subscription: paid, declined, questioned, waited for, or nothing to pay."""

import pytest
import stripe

from tests.stripe.clocked import DAY, HOUR, PRO, START, events, moment, period, person, previous

ABOUT_IT = ("customer.subscription", "invoice.", "charge.", "payment_intent.", "payment_method.")


def test_a_first_purchase_tells_of_itself_in_stripes_order(sandbox):
    nino = person(sandbox)
    subscription = nino.subscribe()
    assert (subscription.status, period(subscription)) == ("active", (START, moment(2026, 2, 28, 10)))
    assert [type for type in events(*ABOUT_IT) if type != "invoice.updated"] == [
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
    ]
    assert previous("customer.subscription.updated") == [{"status": "incomplete"}]


def test_the_first_invoice_says_what_was_bought_and_how_it_was_paid(sandbox):
    nino = person(sandbox)
    subscription = nino.subscribe()
    invoice = nino.v1.invoices.retrieve(subscription.latest_invoice, {"expand": ["payments"]})
    (line,) = invoice.lines.data
    assert (invoice.status, invoice.billing_reason, invoice.amount_paid, invoice.amount_remaining) == (
        "paid", "subscription_create", 2900, 0,
    )  # fmt: skip
    assert invoice.parent.subscription_details.subscription == subscription.id
    assert (line.description, line.amount) == ("1 × Avatar G PRO (at $29.00 / month)", 2900)  # noqa: RUF001
    assert line.pricing.price_details.price == PRO
    assert line.parent.subscription_item_details.subscription_item == subscription["items"].data[0].id
    assert (line.period.start, line.period.end) == period(subscription)
    assert invoice.number.endswith("-0001")
    intent = nino.v1.payment_intents.retrieve(invoice.payments.data[0].payment.payment_intent)
    charge = nino.v1.charges.retrieve(intent.latest_charge)
    assert (intent.status, charge.amount, charge.payment_method_details.card.last4) == ("succeeded", 2900, "4242")


def test_a_card_that_fails_leaves_it_incomplete_and_23_hours_later_expired(sandbox):
    nino = person(sandbox, "pm_card_chargeCustomerFail")
    subscription = nino.subscribe()
    assert subscription.status == "incomplete"
    assert "invoice.payment_failed" in events("invoice.")
    nino.wind(START + 23 * HOUR - 1)
    assert nino.subscription().status == "incomplete"
    nino.wind(START + 23 * HOUR)
    assert nino.subscription().status == "incomplete_expired"
    assert [invoice.status for invoice in nino.invoices()] == ["void"]
    assert nino.latest_intent().status == "canceled"
    nino.wind(START + 90 * DAY)
    assert len(nino.invoices()) == 1


def test_another_card_within_those_hours_makes_it_active(sandbox):
    nino = person(sandbox, "pm_card_chargeCustomerFail")
    subscription = nino.subscribe()
    nino.mend("pm_card_mastercard")
    nino.v1.invoices.pay(subscription.latest_invoice)
    assert nino.subscription().status == "active"
    nino.wind(START + 2 * DAY)
    assert nino.subscription().status == "active"


def test_error_if_incomplete_leaves_nothing_behind(sandbox):
    nino = person(sandbox, "pm_card_chargeCustomerFail")
    with pytest.raises(stripe.CardError) as refusal:
        nino.subscribe(payment_behavior="error_if_incomplete")
    assert (refusal.value.code, refusal.value.http_status) == ("card_declined", 402)
    assert refusal.value.user_message == "Your card was declined."
    assert nino.v1.subscriptions.list({"customer": nino.id, "status": "all"}).data == []
    assert nino.invoices() == []
    assert events("customer.subscription", "invoice") == []


def test_default_incomplete_waits_for_somebody_to_confirm_the_payment(sandbox):
    nino = person(sandbox, None)
    subscription = nino.subscribe(
        payment_behavior="default_incomplete",
        payment_settings={"save_default_payment_method": "on_subscription"},
        expand=["latest_invoice.confirmation_secret", "latest_invoice.payments"],
    )
    assert subscription.status == "incomplete"
    secret = subscription.latest_invoice.confirmation_secret.client_secret
    intent = subscription.latest_invoice.payments.data[0].payment.payment_intent
    assert secret.startswith(f"{intent}_secret_")
    confirmed = nino.v1.payment_intents.confirm(intent, {"payment_method": "pm_card_visa"})
    now = nino.subscription()
    assert (confirmed.status, now.status) == ("succeeded", "active")
    assert now.default_payment_method == confirmed.payment_method


def test_3d_secure_is_asked_and_only_then_is_it_active(sandbox):
    nino = person(sandbox, "pm_card_authenticationRequired")
    subscription = nino.subscribe()
    intent = nino.latest_intent()
    assert (subscription.status, intent.status) == ("incomplete", "requires_action")
    assert intent.next_action.type == "use_stripe_sdk"
    assert "invoice.payment_action_required" in events("invoice.")
    with pytest.raises(stripe.CardError) as refusal:
        nino.v1.invoices.pay(subscription.latest_invoice)
    assert refusal.value.code == "invoice_payment_intent_requires_action"


def test_without_any_card_nothing_begins(sandbox):
    nino = person(sandbox, None)
    with pytest.raises(stripe.InvalidRequestError, match="no attached payment source"):
        nino.subscribe()
    assert nino.v1.subscriptions.list({"customer": nino.id, "status": "all"}).data == []


def test_a_trial_asks_for_nothing_warns_three_days_before_and_then_bills(sandbox):
    nino = person(sandbox)
    subscription = nino.subscribe(trial_period_days=14)
    end = START + 14 * DAY
    assert (subscription.status, period(subscription)) == ("trialing", (START, end))
    assert [(invoice.total, invoice.status) for invoice in nino.invoices()] == [(0, "paid")]
    nino.wind(end - 3 * DAY)
    assert "customer.subscription.trial_will_end" in events("customer.subscription")
    nino.wind(end + HOUR)
    now = nino.subscription()
    assert (now.status, period(now)) == ("active", (end, moment(2026, 3, 14, 10)))
    assert [(invoice.total, invoice.status) for invoice in nino.invoices()] == [(0, "paid"), (2900, "paid")]


def test_a_trial_shorter_than_the_warning_is_warned_of_at_once(sandbox):
    nino = person(sandbox)
    nino.subscribe(trial_period_days=1)
    nino.wind(START + HOUR)
    assert "customer.subscription.trial_will_end" in events("customer.subscription")
    nino.wind(START + DAY + HOUR)
    assert nino.subscription().status == "active"


@pytest.mark.parametrize(
    ("way", "status"), [("cancel", "canceled"), ("pause", "paused"), ("create_invoice", "past_due")]
)
def test_a_trial_that_ends_without_a_card_ends_as_its_settings_say(sandbox, way, status):
    nino = person(sandbox, None)
    ends = {"end_behavior": {"missing_payment_method": way}}
    nino.subscribe(trial_period_days=7, trial_settings=ends)
    nino.wind(START + 7 * DAY + HOUR)
    assert nino.subscription().status == status


def test_a_paused_subscription_resumes_with_a_new_period(sandbox):
    nino = person(sandbox, None)
    made = nino.subscribe(trial_period_days=7, trial_settings={"end_behavior": {"missing_payment_method": "pause"}})
    nino.wind(START + 20 * DAY)
    nino.mend("pm_card_visa")
    resumed = nino.v1.subscriptions.resume(made.id)
    assert (resumed.status, period(resumed)[0]) == ("active", START + 20 * DAY)
    assert [invoice.total for invoice in nino.invoices()] == [0, 2900]
    assert events("customer.subscription.paused", "customer.subscription.resumed") == [
        "customer.subscription.paused",
        "customer.subscription.resumed",
    ]


def test_a_trial_that_is_ended_now_is_billed_now(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(trial_period_days=14)
    nino.wind(START + DAY)
    now = nino.v1.subscriptions.update(made.id, {"trial_end": "now"})
    assert (now.status, period(now)) == ("active", (START + DAY, moment(2026, 3, 1, 10)))
    assert [invoice.total for invoice in nino.invoices()] == [0, 2900]


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({"payment_behavior": "pending_if_incomplete"}, "payment_behavior"),
        ({"payment_behavior": "hopeful"}, "payment_behavior"),
        ({"items": [{"price": "price_nobody_has"}]}, "items[0][price]"),
        ({"items": []}, "items"),
        ({"default_payment_method": "pm_nobodys"}, "default_payment_method"),
        ({"collection_method": "send_invoice", "days_until_due": 7}, "days_until_due"),
        ({"trial_end": 1}, "trial_end"),
        ({"discounts": [{"coupon": "nothing"}]}, "discounts[0][coupon]"),
    ],
)
def test_what_it_does_not_take_is_refused_by_name(sandbox, given, param):
    nino = person(sandbox)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        nino.subscribe(**given)
    assert (refusal.value.param, refusal.value.http_status) == (param, 400)

"""Refunds, disputes, cards and payments by themselves."""

import pytest
import stripe

from stripe_sandbox import store
from stripe_sandbox.engine import cards, disputes
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from tests.stripe.clocked import DAY, START, events, person, previous


def test_a_charge_is_refunded_in_parts_and_never_beyond_it(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    charge = nino.latest_intent().latest_charge
    first = nino.v1.refunds.create({"charge": charge, "amount": 900, "reason": "requested_by_customer"})
    assert (first.status, first.charge, first.amount) == ("succeeded", charge, 900)
    now = nino.v1.charges.retrieve(charge, {"expand": ["refunds"]})
    assert (now.amount_refunded, now.refunded, len(now.refunds.data)) == (900, False, 1)
    with pytest.raises(stripe.InvalidRequestError, match=r"Refund amount \(\$20.01\) is greater than unrefunded"):
        nino.v1.refunds.create({"charge": charge, "amount": 2001})
    nino.v1.refunds.create({"payment_intent": now.payment_intent})
    now = nino.v1.charges.retrieve(charge)
    assert (now.amount_refunded, now.refunded) == (2900, True)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        nino.v1.refunds.create({"charge": charge})
    assert refusal.value.code == "charge_already_refunded"
    assert events("charge.refunded", "refund.") == ["charge.refunded", "refund.created"] * 2
    assert previous("charge.updated") == [{"amount_refunded": 0}, {"amount_refunded": 900, "refunded": False}]


@pytest.mark.parametrize(("won", "status"), [(True, "won"), (False, "lost")])
def test_a_disputing_card_disputes_soon_after_it_paid(sandbox, inbox, won, status):
    nino = person(sandbox, "pm_card_createDispute")
    nino.subscribe()
    inbox.wait_for("charge.dispute.created")
    charge = nino.v1.charges.retrieve(nino.latest_intent().latest_charge)
    (dispute,) = nino.v1.disputes.list({"charge": charge.id}).data
    assert (charge.disputed, dispute.amount, dispute.reason, dispute.status) == (
        True, 2900, "fraudulent", "needs_response",
    )  # fmt: skip
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        nino.v1.refunds.create({"charge": charge.id})
    assert refusal.value.code == "charge_disputed"
    with store.acting():
        disputes.close(store.get("dispute", dispute.id), won=won)
    assert nino.v1.disputes.retrieve(dispute.id).status == status
    told = ["created", "funds_withdrawn", "updated", "closed"] + (["funds_reinstated"] if won else [])
    assert events("charge.dispute") == [f"charge.dispute.{type}" for type in told]


def test_evidence_wins_or_loses_by_its_words_and_acceptance_loses(sandbox):
    verdicts = []
    for word in ("winning_evidence", "losing_evidence", None):
        nino = person(sandbox, "pm_card_createDispute")
        nino.subscribe()
        nino.wind(START + DAY)
        (dispute,) = nino.v1.disputes.list({"charge": nino.latest_intent().latest_charge}).data
        if word:
            nino.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": word}, "submit": True})
        else:
            nino.v1.disputes.close(dispute.id)
        verdicts.append(nino.v1.disputes.retrieve(dispute.id).status)
    assert verdicts == ["won", "lost", "lost"]


def test_a_disputed_charge_is_not_disputed_again(sandbox):
    nino = person(sandbox)
    nino.subscribe()
    charge = nino.latest_intent().latest_charge
    with store.acting():
        disputes.open_dispute(store.get("charge", charge))
    with pytest.raises(StripeError, match="cannot be disputed"), store.acting():
        disputes.open_dispute(store.get("charge", charge))


@pytest.mark.parametrize(
    ("name", "code", "decline_code"),
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error"),
    ],
)
def test_a_card_that_declines_is_not_attached(sandbox, name, code, decline_code):
    nino = person(sandbox, None)
    with pytest.raises(stripe.CardError) as refusal:
        nino.v1.payment_methods.attach(name, {"customer": nino.id})
    assert (refusal.value.code, refusal.value.error.decline_code) == (code, decline_code)
    assert nino.v1.customers.payment_methods.list(nino.id).data == []


def test_every_named_card_is_a_card_with_its_brand(sandbox):
    brands = {
        name: sandbox.v1.payment_methods.create({"type": "card", "card": {"token": name.replace("pm_card_", "tok_")}})
        for name in cards.NAMED
    }
    assert {brand.card.last4 for brand in brands.values()} == {number[-4:] for number in cards.NAMED.values()}
    assert brands["pm_card_amex"].card.brand == "amex"
    assert brands["pm_card_mastercard"].card.brand == "mastercard"


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ({"number": "4242424242424241"}, "incorrect_number"),
        ({"number": "4111111111111111"}, "card_declined"),
        ({"exp_month": 13}, "invalid_expiry_month"),
        ({"exp_year": 2001}, "invalid_expiry_year"),
        ({"cvc": "12"}, "invalid_cvc"),
    ],
)
def test_a_mistyped_card_is_refused_as_a_card_form_would(sandbox, card, code):
    given = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123", **card}
    with pytest.raises(stripe.CardError) as refusal:
        sandbox.v1.payment_methods.create({"type": "card", "card": given})
    assert refusal.value.code == code


def test_a_detached_card_pays_nothing_any_more(sandbox):
    nino = person(sandbox)
    method = nino.v1.customers.retrieve(nino.id).invoice_settings.default_payment_method
    made = nino.subscribe(default_payment_method=method)
    nino.v1.payment_methods.detach(method)
    assert nino.v1.customers.retrieve(nino.id).invoice_settings.default_payment_method is None
    assert nino.v1.subscriptions.retrieve(made.id).default_payment_method is None
    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        nino.v1.payment_methods.attach(method, {"customer": nino.id})
    assert events("payment_method") == ["payment_method.attached", "payment_method.detached"]


def test_a_card_serves_its_own_customer_only(sandbox):
    nino, other = person(sandbox), person(sandbox)
    method = nino.v1.customers.retrieve(nino.id).invoice_settings.default_payment_method
    with pytest.raises(stripe.InvalidRequestError, match="already been attached"):
        nino.v1.payment_methods.attach(method, {"customer": other.id})
    with pytest.raises(stripe.InvalidRequestError, match="must be attached"):
        other.subscribe(default_payment_method=method)


def test_a_payment_by_itself_succeeds_fails_and_asks(sandbox):
    nino = person(sandbox)
    given = {"amount": 500, "currency": "usd", "customer": nino.id, "confirm": True}
    never = {"enabled": True, "allow_redirects": "never"}
    paid = nino.v1.payment_intents.create(
        {**given, "payment_method": "pm_card_visa", "automatic_payment_methods": never}
    )
    assert (paid.status, paid.amount_received) == ("succeeded", 500)
    asks = nino.v1.payment_intents.create({**given, "payment_method": "pm_card_threeDSecure2Required"})
    assert asks.status == "requires_action"
    with pytest.raises(stripe.CardError) as refusal:
        nino.v1.payment_intents.create({**given, "payment_method": "pm_card_chargeCustomerFail"})
    failed = refusal.value.error.payment_intent
    assert (failed.status, failed.last_payment_error.code) == ("requires_payment_method", "card_declined")
    assert nino.v1.payment_intents.retrieve(failed.id).latest_charge == refusal.value.error.charge
    assert nino.v1.payment_intents.cancel(failed.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError):
        nino.v1.payment_intents.confirm(failed.id, {"payment_method": "pm_card_visa"})


def test_a_card_kept_after_3d_secure_pays_later_by_itself(sandbox):
    nino = person(sandbox, None)
    setup = nino.v1.setup_intents.create(
        {"customer": nino.id, "payment_method": "pm_card_authenticationRequiredOnSetup", "confirm": True}
    )
    assert setup.status == "requires_action"
    with store.acting():
        method = store.get("payment_method", setup.payment_method)
        method.private["set_up"] = True
        method.save()
    nino.mend(setup.payment_method)
    assert nino.subscribe(off_session=True).status == "active"


def test_a_setup_keeps_a_card_or_is_canceled(sandbox):
    nino = person(sandbox, None)
    setup = nino.v1.setup_intents.create({"customer": nino.id})
    done = nino.v1.setup_intents.confirm(setup.id, {"payment_method": "pm_card_visa"})
    kept = nino.v1.customers.payment_methods.list(nino.id).data
    assert (done.status, [method.id for method in kept]) == ("succeeded", [done.payment_method])
    other = nino.v1.setup_intents.create({"customer": nino.id})
    assert nino.v1.setup_intents.cancel(other.id).status == "canceled"


def test_an_invoice_made_by_hand_is_drafted_finalized_and_paid(sandbox):
    nino = person(sandbox)
    draft = nino.v1.invoices.create({"customer": nino.id, "description": "Extras"})
    for amount in (700, 300):
        item = {"customer": nino.id, "invoice": draft.id, "amount": amount, "currency": "usd", "description": "Extra"}
        nino.v1.invoice_items.create(item)
    opened = nino.v1.invoices.finalize_invoice(draft.id)
    assert (opened.status, opened.amount_due, opened.billing_reason) == ("open", 1000, "manual")
    assert nino.v1.invoices.pay(draft.id).status == "paid"
    assert [line.amount for line in nino.v1.invoices.line_items.list(draft.id).data] == [700, 300]
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        nino.v1.invoices.pay(draft.id)
    assert refusal.value.code == "invoice_already_paid"


def test_an_invoice_is_paid_elsewhere_given_up_or_deleted(sandbox):
    nino = person(sandbox)
    ids = []
    for _ in range(3):
        nino.v1.invoice_items.create({"customer": nino.id, "amount": 500, "currency": "usd"})
        made = nino.v1.invoices.create({"customer": nino.id, "pending_invoice_items_behavior": "include"})
        ids.append(made.id)
    elsewhere, given_up, deleted = ids
    paid = nino.v1.invoices.pay(elsewhere, {"paid_out_of_band": True})
    assert (paid.status, paid.amount_paid_off_stripe) == ("paid", 500)
    nino.v1.invoices.finalize_invoice(given_up)
    assert nino.v1.invoices.mark_uncollectible(given_up).status == "uncollectible"
    assert nino.v1.invoices.void_invoice(given_up).status == "void"
    nino.v1.invoices.delete(deleted)
    assert [item.amount for item in nino.v1.invoice_items.list({"customer": nino.id, "pending": True}).data] == [500]
    assert Record.objects.filter(object="charge").count() == 0

"""The card in the Portal: replaced, mended, refused, asked about by its bank."""

import pytest

from tests.stripe.subscriber import Subscriber
from tests.stripe.tab import CARD

FAILS = {**CARD, "number": "4000 0000 0000 0341"}
ASKS = {**CARD, "number": "4000 0025 0000 3155"}


@pytest.fixture
def nino(sandbox) -> Subscriber:
    return Subscriber(sandbox)


def test_a_new_card_takes_the_place_of_the_old_one(nino):
    nino.enter()
    nino.tab.follow("Replace card")
    page = nino.tab.press("Save card", **{**CARD, "number": "5555 5555 5555 4444"})

    assert nino.tab.said == "Mastercard ending 4444 is your card now."
    assert "Visa" not in page.text
    (method,) = nino.v1.payment_methods.list({"customer": nino.id}).data
    assert (method.card.last4, nino.now().default_payment_method) == ("4444", method.id)
    assert nino.v1.customers.retrieve(nino.id).invoice_settings.default_payment_method == method.id
    nino.wind(30)
    assert nino.charged() == [2_900, 2_900]


def test_a_mended_card_pays_what_is_open_at_once_and_says_so(nino):
    nino.enter()
    nino.tab.follow("Replace card")
    nino.tab.press("Save card", **FAILS)
    nino.wind(30)
    assert nino.now().status == "past_due"

    page = nino.tab.get(f"/portal/{nino.session}")
    assert "$29.00 of 28 Feb 2026 is not paid." in page.text
    assert "Past due" in page.text
    page = nino.tab.follow("Use another card")
    assert "$29.00 is open. The new card pays it at once." in page.text
    page = nino.tab.press("Save card and pay $29.00", **CARD)
    assert nino.tab.said == "Visa ending 4242 is your card now, and has paid $29.00."
    assert (nino.now().status, nino.charged()) == ("active", [2_900, 2_900])


def test_a_new_card_that_fails_as_well_says_so_and_owes_on(nino):
    nino.enter()
    nino.tab.follow("Replace card")
    nino.tab.press("Save card", **FAILS)
    nino.wind(30)
    nino.tab.get(f"/portal/{nino.session}/card")
    nino.tab.press("Save card and pay $29.00", **FAILS)

    assert "$29.00 was not paid. Your card was declined." in nino.tab.said
    assert nino.now().status == "past_due"


def test_a_payment_that_is_late_is_made_with_the_card_that_is_there(nino):
    nino.enter()
    nino.tab.get("/customers/" + nino.id)
    nino.tab.press("Fail the next payment")
    nino.wind(30)
    nino.tab.get(f"/portal/{nino.session}")
    nino.tab.press("Pay now")

    assert nino.tab.said == "$29.00 is paid with Visa ending 4242."
    assert nino.now().status == "active"


def test_a_card_that_is_refused_is_not_kept(nino):
    nino.enter()
    nino.tab.follow("Replace card")
    page = nino.tab.press("Save card", **{**CARD, "number": "4000 0000 0000 0002"})

    assert page.status == 402
    assert "Your card was declined." in page.text
    assert page.value("cvc") == ""
    assert [one.card.last4 for one in nino.v1.payment_methods.list({"customer": nino.id}).data] == ["4242"]


def test_a_bank_is_asked_before_a_card_is_kept(nino):
    nino.enter()
    nino.tab.follow("Replace card")
    page = nino.tab.press("Save card", **ASKS)
    assert page.texts("h1") == ["Your bank asks: is this you?"]
    nino.tab.press("Fail authentication")
    assert "We are unable to authenticate your payment method." in nino.tab.said

    nino.tab.press("Save card", **ASKS)
    nino.tab.press("Complete authentication")
    assert nino.tab.said == "Visa ending 3155 is your card now."
    nino.wind(30)
    assert nino.charged() == [2_900, 2_900]

"""Hosted Checkout as the person who pays sees it."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from stripe_sandbox import store
from tests.stripe.sandboxes import Sandbox
from tests.stripe.tab import CARD, Tab

SHOP = "https://shop.test/ok?session={CHECKOUT_SESSION_ID}"
BACK = "https://shop.test/no"


@pytest.fixture
def nino(sandbox) -> str:
    return sandbox.v1.customers.create({"email": "nino@example.test", "name": "Nino"}).id


@pytest.fixture
def tab(sandbox) -> Tab:
    return Tab(sandbox.url)


def ordered(sandbox: Sandbox, customer: str, **more) -> str:
    wanted = {
        "customer": customer, "mode": "subscription", "line_items": [{"price": "price_sandbox_pro", "quantity": 1}],
        "success_url": SHOP, "cancel_url": BACK, "allow_promotion_codes": True,
    }  # fmt: skip
    return sandbox.v1.checkout.sessions.create({**wanted, **more}).id


def subscriptions_of(sandbox: Sandbox, customer: str) -> list:
    return sandbox.v1.subscriptions.list({"customer": customer, "status": "all"}).data


def charges_of(sandbox: Sandbox, customer: str) -> list:
    return sandbox.v1.charges.list({"customer": customer}).data


def test_the_page_says_what_is_bought_by_whom_and_that_no_money_moves(sandbox, tab, nino):
    page = tab.get(f"/pay/{ordered(sandbox, nino)}")

    assert page.texts("h1") == ["Subscribe to Avatar G PRO"]
    assert "1,000 credits a month" in page.text
    assert "Total today $29.00" in page.text
    assert "nino@example.test" in page.text
    assert "Sandbox: no money moves" in page.text
    assert "Avatar G may charge this card $29.00 a month until you cancel." in page.text
    assert page.links(BACK) == [BACK]
    assert "Pay $29.00" in tab.buttons()


def test_a_card_that_pays_leads_to_the_shop_with_the_id_filled_in(sandbox, tab, nino):
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")
    tab.press("Pay $29.00", **CARD)

    assert tab.left_for == f"https://shop.test/ok?session={session}"
    paid = sandbox.v1.checkout.sessions.retrieve(session)
    assert (paid.status, paid.payment_status) == ("complete", "paid")
    assert [one.status for one in subscriptions_of(sandbox, nino)] == ["active"]
    assert [one.amount for one in charges_of(sandbox, nino)] == [2_900]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("4000 0000 0000 0002", "Your card was declined."),
        ("4000 0000 0000 9995", "Your card has insufficient funds."),
        ("4000 0000 0000 0069", "Your card has expired."),
        ("4000 0000 0000 0127", "Your card's security code is incorrect."),
        ("4000 0000 0000 0341", "Your card was declined."),
        ("4111 1111 1111 1111", "Your request was in test mode, but used a non test card."),
    ],
)
def test_a_card_that_is_refused_says_so_in_place_and_keeps_all_but_the_code(sandbox, tab, nino, number, words):
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")
    page = tab.press("Pay $29.00", **{**CARD, "number": number})

    assert page.status == 402
    assert words in page.text
    assert [page.value(name) for name in ("number", "expiry", "cvc", "name")] == [number, "12 / 34", "", "Nino Beridze"]
    assert sandbox.v1.checkout.sessions.retrieve(session).status == "open"
    assert subscriptions_of(sandbox, nino) == []

    tab.press("Pay $29.00", **CARD)
    assert tab.left_for


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "4242 4242"}, "Your card number is incomplete."),
        ({"number": "4242 4242 4242 4241"}, "Your card number is invalid."),
        ({"expiry": "13 / 34"}, "is not a month and a year"),
        ({"expiry": "01 / 20"}, "Your card's expiry date is in the past."),
        ({"cvc": "12"}, "Your card's security code is incomplete."),
        ({"name": ""}, "Please fill this in."),
    ],
)
def test_a_slip_in_an_entry_is_told_at_its_field(sandbox, tab, nino, typed, words):
    tab.get(f"/pay/{ordered(sandbox, nino)}")
    page = tab.press("Pay $29.00", **{**CARD, **typed})

    assert page.status == 422
    assert words in page.text
    (name,) = typed
    field = next(one for one in page.all("input", name=name))
    assert field.attributes["aria-invalid"] == "true"
    assert page.all("p", id=field.attributes["aria-describedby"])
    assert page.value("cvc") == ""


def test_a_test_card_fills_the_form_without_javascript(sandbox, tab, nino):
    tab.get(f"/pay/{ordered(sandbox, nino)}")
    page = tab.press("Pays, a Mastercard 5555 5555 5555 4444")

    assert page.value("number") == "5555 5555 5555 4444"
    tab.press("Pay $29.00")
    assert tab.left_for


def test_a_bank_that_asks_is_answered_and_the_payment_goes_on(sandbox, tab, nino):
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")
    page = tab.press("Pay $29.00", **{**CARD, "number": "4000 0025 0000 3155"})

    assert page.texts("h1") == ["Your bank asks: is this you?"]
    assert "$29.00" in page.text
    assert "ending 3155" in page.text
    tab.press("Complete authentication")
    assert tab.left_for == f"https://shop.test/ok?session={session}"
    assert [one.status for one in subscriptions_of(sandbox, nino)] == ["active"]
    assert "4000002500003155" not in str(store.get("checkout.session", session).private)


def test_a_bank_that_is_not_convinced_leads_back_to_the_card(sandbox, tab, nino):
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")
    tab.press("Pay $29.00", **{**CARD, "number": "4000 0025 0000 3155"})
    page = tab.press("Fail authentication")

    assert "We are unable to authenticate your payment method." in page.text
    assert [page.value(name) for name in ("number", "cvc")] == ["4000002500003155", ""]
    assert charges_of(sandbox, nino) == []
    assert sandbox.v1.checkout.sessions.retrieve(session).status == "open"


def test_a_promotion_code_is_applied_in_any_case_and_removed(sandbox, tab, nino):
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")
    page = tab.press("Apply", code=" welcome20 ")

    assert "Total today $23.20" in page.text
    assert "20% off for 3 months" in page.text
    assert "Then $29.00 a month after 3 months." in page.text
    assert sandbox.v1.checkout.sessions.retrieve(session).amount_total == 2_320

    page = tab.press("Remove the code WELCOME20")
    assert "Total today $29.00" in page.text
    tab.press("Apply", code="WELCOME20")
    tab.press("Pay $23.20", **CARD)
    assert [one.amount for one in charges_of(sandbox, nino)] == [2_320]
    assert sandbox.v1.promotion_codes.list({"code": "WELCOME20"}).data[0].times_redeemed == 1


def test_a_code_that_is_none_is_told_at_its_field(sandbox, tab, nino):
    tab.get(f"/pay/{ordered(sandbox, nino)}")
    page = tab.press("Apply", code="FREEFOREVER")

    assert page.status == 422
    assert "This code is invalid." in page.text
    assert page.value("code") == "FREEFOREVER"
    assert "Total today $29.00" in page.text


def test_a_session_that_takes_no_codes_shows_no_field(sandbox, tab, nino):
    page = tab.get(f"/pay/{ordered(sandbox, nino, allow_promotion_codes=False)}")
    assert "Apply" not in tab.buttons()
    assert "promotion" not in page.text


def test_two_clicks_at_once_pay_once(sandbox, nino):
    session = ordered(sandbox, nino)
    tabs = [Tab(sandbox.url) for _ in range(4)]
    for tab in tabs:
        tab.get(f"/pay/{session}")
    clicks = [threading.Thread(target=tab.press, args=["Pay $29.00"], kwargs=CARD) for tab in tabs]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert {tab.left_for for tab in tabs} == {f"https://shop.test/ok?session={session}"}
    assert len(subscriptions_of(sandbox, nino)) == 1
    assert len(charges_of(sandbox, nino)) == 1


def test_a_session_that_is_paid_says_so_and_leads_on(sandbox, tab, nino):
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")
    tab.press("Pay $29.00", **CARD)
    page = tab.get(f"/pay/{session}")

    assert page.texts("h1") == ["You have already paid"]
    assert page.links("https://shop.test/ok") == [f"https://shop.test/ok?session={session}"]
    assert tab.buttons() == []


def test_a_session_that_expired_says_so_leads_back_and_takes_no_card(sandbox, tab, nino):
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")
    sandbox.v1.checkout.sessions.expire(session)
    page = tab.press("Pay $29.00", **CARD)

    assert page.texts("h1") == ["This Checkout has expired"]
    assert page.links(BACK) == [BACK]
    assert charges_of(sandbox, nino) == []


def test_the_next_payment_that_must_fail_fails_once(sandbox, tab, nino):
    tab.get("/")
    tab.press("Fail the next payment: turn on")
    session = ordered(sandbox, nino)
    tab.get(f"/pay/{session}")

    assert "Your card was declined." in tab.press("Pay $29.00", **CARD).text
    tab.press("Pay $29.00", **CARD)
    assert tab.left_for


def test_a_card_is_old_by_the_clock_that_the_customer_lives_by(sandbox, tab):
    ahead = int((timezone.now() + timedelta(days=3650)).timestamp())
    clock = sandbox.v1.test_helpers.test_clocks.create({"frozen_time": ahead})
    late = sandbox.v1.customers.create({"email": "late@example.test", "test_clock": clock.id}).id
    tab.get(f"/pay/{ordered(sandbox, late)}")

    assert "is in the past" in tab.press("Pay $29.00", **CARD).text


def test_a_session_that_there_is_not_is_a_page_of_its_own(sandbox, tab):
    page = tab.get("/pay/cs_test_nothing")
    assert page.status == 404
    assert "No such session: 'cs_test_nothing'" in page.text


def test_what_people_are_called_is_text_and_nothing_else(sandbox, tab):
    said = "<script>alert(1)</script>@example.test"
    page = tab.get(f"/pay/{ordered(sandbox, sandbox.v1.customers.create({'email': said}).id)}")
    assert said in page.text
    assert [one.attributes["src"] for one in page.all("script")] == ["/static/stripe_sandbox/pay.js"]

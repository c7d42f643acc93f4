"""The customer Portal as the person who subscribes sees it."""

import time

import pytest

from stripe_sandbox import store
from tests.stripe.clocked import ENTERPRISE, PREMIUM, PRO
from tests.stripe.subscriber import SHOP, Subscriber
from tests.stripe.tab import CARD, Tab

FAILS = {**CARD, "number": "4000 0000 0000 0341"}


@pytest.fixture
def nino(sandbox) -> Subscriber:
    return Subscriber(sandbox)


def test_the_portal_shows_the_plan_the_card_the_invoices_and_the_way_back(nino):
    page = nino.enter()

    assert "Avatar G PRO $29.00 a month" in page.text
    assert "Renews on 28 February 2026." in page.text
    assert "Visa ending 4242 Expires 12 / 34" in page.text
    assert "31 Jan 2026 1 \N{MULTIPLICATION SIGN} Avatar G PRO (at $29.00 / month) $29.00 Paid" in page.text
    assert "Sandbox: no money moves" in page.text
    assert page.links(SHOP) == [SHOP]


def test_an_upgrade_shows_what_is_charged_before_it_is_charged(nino):
    nino.wind(14)
    nino.enter()
    nino.tab.follow("Change plan")
    page = nino.tab.follow("Select Avatar G PREMIUM")

    assert "Unused time on Avatar G PRO after 14 Feb 2026" in page.text
    assert "\N{MINUS SIGN}$14.50" in page.text
    assert "$49.50" in page.text
    assert "Charged now $35.00" in page.text
    assert nino.charged() == [2_900]

    nino.tab.press("Confirm and pay $35.00")
    assert nino.tab.said == "You are on Avatar G PREMIUM now."
    assert (nino.price(), nino.charged()) == (PREMIUM, [2_900, 3_500])


def test_a_preview_that_time_has_passed_by_is_shown_again(nino):
    nino.enter()
    nino.tab.follow("Change plan")
    nino.tab.follow("Select Avatar G PREMIUM")
    nino.wind(14)
    page = nino.tab.press("Confirm and pay $70.00")

    assert nino.tab.said == "Time has passed, and the amount with it. Please look again."
    assert "Charged now $35.00" in page.text
    assert nino.price() == PRO


def test_an_upgrade_by_the_main_clock_charges_what_its_preview_says(sandbox):
    made = sandbox.v1.customers.create({"email": "ana@example.test"})
    method = sandbox.v1.payment_methods.attach("pm_card_visa", {"customer": made.id}).id
    wanted = {"customer": made.id, "items": [{"price": PRO}], "default_payment_method": method}
    sandbox.v1.subscriptions.create(wanted)
    tab = Tab(sandbox.url)
    tab.get("/")
    tab.press("Wind", until=time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 86_400)))
    tab.get(sandbox.v1.billing_portal.sessions.create({"customer": made.id}).url)
    tab.follow("Change plan")
    tab.follow("Select Avatar G ENTERPRISE")
    button = next(one for one in tab.buttons() if one.startswith("Confirm and pay"))
    tab.press(button)

    charge = sandbox.v1.charges.list({"customer": made.id}).data[0]
    assert button == f"Confirm and pay ${charge.amount / 100:.2f}"


def test_an_upgrade_that_the_card_declines_changes_nothing(sandbox):
    nino = Subscriber(sandbox)
    nino.enter()
    nino.tab.follow("Replace card")
    nino.tab.press("Save card", **FAILS)
    nino.tab.follow("Change plan")
    nino.tab.follow("Select Avatar G ENTERPRISE")
    nino.tab.press("Confirm and pay $470.00")

    assert nino.tab.said == "Your plan is not changed. Your card was declined."
    assert (nino.price(), nino.now().status, nino.charged()) == (PRO, "active", [2_900])
    assert len(nino.v1.invoices.list({"customer": nino.id}).data) == 1


def test_a_bank_that_asks_about_an_upgrade_is_answered(sandbox):
    nino = Subscriber(sandbox)
    nino.enter()
    nino.tab.follow("Replace card")
    nino.tab.press("Save card", **{**CARD, "number": "4000 0027 6000 3184"})
    nino.tab.press("Complete authentication")
    nino.tab.follow("Change plan")
    nino.tab.follow("Select Avatar G PREMIUM")
    page = nino.tab.press("Confirm and pay $70.00")
    assert page.texts("h1") == ["Your bank asks: is this you?"]
    nino.tab.press("Fail authentication")
    assert nino.tab.said.startswith("Your plan is not changed.")
    assert nino.price() == PRO

    nino.tab.follow("Change plan")
    nino.tab.follow("Select Avatar G PREMIUM")
    nino.tab.press("Confirm and pay $70.00")
    nino.tab.press("Complete authentication")
    assert nino.tab.said == "You are on Avatar G PREMIUM now."
    assert (nino.price(), nino.charged()) == (PREMIUM, [2_900, 7_000])


def test_a_downgrade_waits_for_the_end_of_the_period_and_can_be_called_off(sandbox):
    nino = Subscriber(sandbox, PREMIUM)
    nino.enter()
    nino.tab.follow("Change plan")
    page = nino.tab.follow("Select Avatar G PRO")
    assert "You keep Avatar G PREMIUM until 28 February 2026. Nothing is charged today" in page.text

    page = nino.tab.press("Change on 28 February 2026")
    assert "Changes to Avatar G PRO , $29.00 a month, on 28 February 2026." in page.text
    assert nino.price() == PREMIUM

    page = nino.tab.press("Stay on Avatar G PREMIUM")
    assert "Renews on 28 February 2026." in page.text
    nino.wind(30)
    assert (nino.price(), nino.charged()) == (PREMIUM, [9_900, 9_900])


def test_a_downgrade_that_stays_takes_effect_with_the_renewal(sandbox):
    nino = Subscriber(sandbox, PREMIUM)
    nino.enter()
    nino.tab.follow("Change plan")
    nino.tab.follow("Select Avatar G PRO")
    nino.tab.press("Change on 28 February 2026")
    nino.wind(30)

    assert (nino.price(), nino.charged()) == (PRO, [9_900, 2_900])
    assert "Avatar G PRO $29.00 a month" in nino.enter().text


def test_a_cancellation_is_confirmed_says_until_when_and_is_taken_back(nino):
    nino.enter()
    page = nino.tab.follow("Cancel plan")
    assert "Your plan works until 28 February 2026 and is not renewed." in page.text
    assert nino.now().cancel_at_period_end is False

    page = nino.tab.press("Cancel plan")
    assert nino.tab.said == "Your plan is canceled. It works until 28 February 2026."
    assert "Ends soon" in page.text
    assert (nino.now().status, nino.now().cancel_at_period_end) == ("active", True)

    page = nino.tab.press("Don\N{RIGHT SINGLE QUOTATION MARK}t cancel")
    assert nino.tab.said == "Your plan goes on. It renews on 28 February 2026."
    assert nino.now().cancel_at_period_end is False


def test_a_canceled_plan_is_gone_after_its_period(nino):
    nino.enter()
    nino.tab.follow("Cancel plan")
    nino.tab.press("Cancel plan")
    nino.wind(30)

    assert nino.now().status == "canceled"
    assert "You have no plan at the moment." in nino.tab.get(f"/portal/{nino.session}").text


def test_an_invoice_opens_as_a_receipt(nino):
    page = nino.enter()
    (link,) = page.links(f"/portal/{nino.session}/invoices/")
    page = nino.tab.get(link)

    assert page.texts("h1") == ["Receipt"]
    assert "Paid with Visa ending 4242" in page.text
    assert "31 Jan 2026 \N{EN DASH} 28 Feb 2026" in page.text
    assert "Amount paid $29.00" in page.text


def test_a_refund_is_on_the_receipt(nino):
    (charge,) = nino.v1.charges.list({"customer": nino.id}).data
    nino.v1.refunds.create({"charge": charge.id, "amount": 900})
    page = nino.enter()
    assert "Refunded $9.00" in nino.tab.get(page.links(f"/portal/{nino.session}/invoices/")[0]).text


def test_a_stranger_s_subscription_and_invoice_are_not_there(sandbox, nino):
    giorgi = Subscriber(sandbox)
    invoice = giorgi.v1.invoices.list({"customer": giorgi.id}).data[0].id
    nino.enter()

    assert nino.tab.get(f"/portal/{nino.session}/invoices/{invoice}").status == 404
    assert nino.tab.get(f"/portal/{nino.session}/plans/{giorgi.subscription}").status == 404
    assert nino.tab.get(f"/portal/{nino.session}/plans/{giorgi.subscription}/cancel").status == 404
    assert giorgi.now().cancel_at_period_end is False


def test_a_session_made_for_one_purpose_starts_there(nino):
    cancel = {"type": "subscription_cancel", "subscription_cancel": {"subscription": nino.subscription}}
    assert nino.enter(flow_data=cancel).texts("h1") == ["Cancel Avatar G PRO?"]
    assert nino.enter(flow_data={"type": "payment_method_update"}).texts("h1") == ["Replace card"]
    nino.tab.follow("Billing")
    assert "Renews on" in nino.tab.page.text


def test_what_the_configuration_switches_off_is_not_offered(sandbox, nino):
    features = {"invoice_history": {"enabled": True}}
    bare = sandbox.v1.billing_portal.configurations.create({"features": features}).id
    page = nino.enter(configuration=bare)

    assert "Avatar G PRO" in page.text
    assert not [one.text for one in page.all("a") if one.text in ("Change plan", "Cancel plan", "Replace card")]
    for path in ("card", f"plans/{nino.subscription}", f"plans/{nino.subscription}/cancel"):
        assert nino.tab.get(f"/portal/{nino.session}/{path}").status == 404


def test_a_session_ends_an_hour_after_it_was_last_used(nino):
    nino.enter()
    record = store.get("billing_portal.session", nino.session)
    record.private = {"seen": int(time.time()) - 3_700}
    record.save(update_fields=["private"])
    page = nino.tab.get(f"/portal/{nino.session}/card")

    assert page.status == 410
    assert page.texts("h1") == ["This portal session has expired"]
    assert page.links(SHOP) == [SHOP]


def test_winding_a_clock_shuts_nobody_out(nino):
    nino.enter()
    nino.wind(400)
    assert nino.tab.get(f"/portal/{nino.session}").status == 200


def test_a_way_back_that_is_no_address_is_no_link(sandbox, nino):
    nino.enter()
    session = store.get("billing_portal.session", nino.session)
    session.data["return_url"] = "javascript:alert(1)"
    store.save(session)
    assert "javascript:" not in nino.tab.get(f"/portal/{nino.session}").html


def test_a_price_that_is_not_offered_cannot_be_chosen(sandbox, nino):
    cheap = {"currency": "usd", "unit_amount": 1, "recurring": {"interval": "month"}, "product": "prod_sandbox_pro"}
    price = sandbox.v1.prices.create(cheap).id
    nino.enter()
    where = f"/portal/{nino.session}/plans/{nino.subscription}/change"
    assert nino.tab.get(f"{where}?price={price}").texts("h1") == ["Change plan"]
    nino.tab.get(f"{where}?price={ENTERPRISE}")
    nino.tab.press("Confirm and pay $470.00", price=price)
    assert nino.price() == PRO

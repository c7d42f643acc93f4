"""The control panel: clocks wound, payments failed, deliveries meddled with, money given back."""

import time

import pytest

from stripe_sandbox import store
from stripe_sandbox.models import Delivery
from tests.stripe import clocked
from tests.stripe.clocked import DAY
from tests.stripe.tab import Tab


@pytest.fixture
def tab(sandbox) -> Tab:
    return Tab(sandbox.url)


@pytest.fixture
def nino(sandbox):
    """PRO since now, by the main clock."""
    made = sandbox.v1.customers.create({"email": "nino@example.test", "name": "Nino"})
    method = sandbox.v1.payment_methods.attach("pm_card_visa", {"customer": made.id}).id
    wanted = {"customer": made.id, "items": [{"price": "price_sandbox_pro"}], "default_payment_method": method}
    sandbox.v1.subscriptions.create(wanted)
    return made


def subscription_of(sandbox, customer: str):
    return sandbox.v1.subscriptions.list({"customer": customer, "status": "all"}).data[0]


def charges_of(sandbox, customer: str) -> list:
    return sandbox.v1.charges.list({"customer": customer, "limit": 100}).data


def states() -> list[str]:
    return list(Delivery.objects.order_by("event__position", "id").values_list("state", flat=True))


def test_the_panel_shows_who_subscribes_until_when_and_a_picture_of_it(tab, nino, sandbox):
    page = tab.get("/")

    assert page.texts("h1") == ["Customers 1"]
    assert "nino@example.test" in page.text
    assert "Nino · Visa ending 4242" in page.text
    assert "Avatar G PRO $29.00 a month · Renews on" in page.text
    (picture,) = page.all("svg", role="img")
    assert picture.attributes["aria-label"].startswith("nino@example.test: subscribed since")
    assert picture.attributes["aria-label"].endswith("active; 1 of 1 invoices paid.")
    assert len(page.all("rect")) == 2, "the period that is paid, and dashed the next one"
    assert len(page.all("circle", class_="dot ok")) == 1


def test_the_next_renewal_is_one_press_away(tab, nino, sandbox):
    before = subscription_of(sandbox, nino.id)["items"].data[0].current_period_end
    tab.get("/")
    tab.press(next(one for one in tab.buttons() if one.startswith("Next renewal")))

    assert tab.said.startswith("Wound 1 month")
    after = subscription_of(sandbox, nino.id)
    assert (after.status, after["items"].data[0].current_period_start) == ("active", before)
    assert [one.amount for one in charges_of(sandbox, nino.id)] == [2_900, 2_900]


def test_one_month_on_renews_and_pays(tab, nino, sandbox):
    tab.get("/")
    tab.press("One month on and what falls due in it")
    assert len(charges_of(sandbox, nino.id)) == 2
    assert "ahead of real time" in tab.page.text


def test_fourteen_months_are_wound_within_seconds(tab, nino, sandbox):
    tab.get("/")
    began = time.monotonic()
    tab.press("Wind", until=time.strftime("%Y-%m-%d", time.gmtime(time.time() + 14.2 * 30.5 * DAY)))

    assert time.monotonic() - began < 20
    assert len(charges_of(sandbox, nino.id)) >= 14
    assert len(tab.page.all("circle", class_="dot ok")) >= 14


def test_a_clock_never_goes_back(tab, nino):
    tab.get("/")
    before = store.main_clock().offset_seconds
    tab.press("Wind", until="2020-01-01")
    assert tab.said == "A clock never goes back: choose a later day."
    assert store.main_clock().offset_seconds == before
    tab.press("Wind", until="")
    assert tab.said == "Choose a day to wind the clock to."
    tab.press("Wind", until="2999-01-01")
    assert tab.said == "At most 36 months at a time."


def test_the_day_that_a_clock_offers_can_be_wound_to_past_its_noon_too(tab):
    tab.get("/")
    for _ in range(2):
        tab.press("Wind")
        assert tab.said.startswith("Wound ")


def test_an_address_that_is_the_name_as_well_is_said_once(tab, sandbox):
    sandbox.v1.customers.create({"email": "mia@example.test", "name": "mia@example.test"})

    assert tab.get("/").text.count("mia@example.test") == 1


def test_a_test_clock_is_wound_for_its_customers_only(tab, nino, sandbox):
    someone = clocked.person(sandbox)
    someone.subscribe()
    tab.get("/")
    fields = {"clock": someone.clock, "move": "renewal", "back": "/"}
    fields["csrfmiddlewaretoken"] = tab.page.value("csrfmiddlewaretoken")
    tab.post("/clock", fields)

    assert tab.said.startswith("Wound 1 month, 1 hour on, to 28 Feb 2026, 11:00")
    assert len(someone.invoices()) == 2
    assert len(charges_of(sandbox, nino.id)) == 1
    told = [one.type for one in sandbox.v1.events.list({"type": "test_helpers.*"}).data]
    assert told == [f"test_helpers.test_clock.{what}" for what in ("ready", "advancing", "created")]


def test_the_next_payment_of_one_customer_fails_and_dunning_ends_as_it_is_set(tab, sandbox):
    someone = clocked.person(sandbox)
    someone.subscribe()
    tab.get(f"/customers/{someone.id}")
    tab.press("Fail the next payment")
    assert tab.said == "The next payment of this customer will be declined."
    assert "Next payment fails · undo" in tab.buttons()
    someone.wind(clocked.START + 29 * DAY)
    assert someone.subscription().status == "past_due"
    page = tab.get(f"/customers/{someone.id}")
    assert "$29.00 is open; tried again on 3 March 2026." in page.text
    assert len(page.all("circle", class_="dot bad")) == 1
    someone.wind(clocked.START + 33 * DAY)
    assert someone.subscription().status == "active"

    tab.press("Save", dunning_end="unpaid")
    assert tab.said == "After the last failed try: mark the subscription unpaid."
    someone.mend("pm_card_chargeCustomerFail")
    someone.v1.subscriptions.update(someone.subscription().id, {"default_payment_method": ""})
    someone.wind(clocked.START + 80 * DAY)
    assert someone.subscription().status == "unpaid"


def test_deliveries_are_held_and_released_newest_first(tab, inbox, sandbox):
    tab.get("/events")
    tab.press("Hold deliveries: turn on")
    for name in ("Ana", "Beso", "Gio"):
        sandbox.v1.customers.create({"name": name})
    assert states() == ["held"] * 3
    assert "3 held." in tab.get("/events?show=held").text

    tab.press("Release newest first")
    assert tab.said == "3 deliveries released, newest first; nothing is held any more."
    came = inbox.wait_for(*["customer.created"] * 3)
    assert [one["data"]["object"]["name"] for one in came] == ["Gio", "Beso", "Ana"]
    assert not store.main_clock().hold_deliveries


def test_what_is_held_can_be_released_in_order_or_dropped(tab, inbox, sandbox):
    tab.get("/events")
    tab.press("Hold deliveries: turn on")
    for name in ("Ana", "Beso"):
        sandbox.v1.customers.create({"name": name})
    tab.get("/")
    tab.press("Release oldest first")
    came = inbox.wait_for(*["customer.created"] * 2)
    assert [one["data"]["object"]["name"] for one in came] == ["Ana", "Beso"]

    tab.press("Hold deliveries: turn on")
    sandbox.v1.customers.create({"name": "Gio"})
    tab.get("/")
    tab.press("Drop them")
    assert tab.said == "1 delivery dropped; nothing is held any more."
    assert states()[-1] == "dropped"


def test_an_event_is_sent_again_twice_and_late(tab, inbox, sandbox):
    sandbox.v1.customers.create({"name": "Ana"})
    inbox.wait_for("customer.created")
    assert "Delivered 1 try, HTTP 200" in tab.get("/events").text
    tab.press("Send customer.created again")
    inbox.wait_for(*["customer.created"] * 2)
    tab.press("Send customer.created twice")
    inbox.wait_for(*["customer.created"] * 4)
    tab.press("Send customer.created late", seconds="600")

    assert tab.said == "1 delivery on the way, in 600 seconds."
    assert states() == ["delivered"] * 4 + ["waiting"]
    assert len({one["id"] for one in inbox.events}) == 1
    tab.press("Drop customer.created")
    assert states()[-1] == "dropped"


def test_late_puts_off_what_is_still_on_its_way(tab, inbox, sandbox):
    tab.get("/events")
    tab.press("Hold deliveries: turn on")
    sandbox.v1.customers.create({"name": "Ana"})
    tab.get("/events")
    tab.press("Send customer.created late", seconds="5")

    assert states() == ["waiting"]
    assert inbox.events == []
    inbox.wait_for("customer.created")


def test_a_delivery_that_fails_shows_its_answer_and_that_it_is_tried_again(tab, inbox, sandbox):
    inbox.answers = [500]
    sandbox.v1.customers.create({"name": "Ana"})
    inbox.wait_for("customer.created")
    for _ in range(50):
        page = tab.get("/events?show=failed")
        if "HTTP 500" in page.text:
            break
        time.sleep(0.1)
    assert "Failed, will be retried 1 try, HTTP 500" in page.text
    inbox.wait_for(*["customer.created"] * 2)


def test_an_event_that_no_endpoint_asked_for_can_be_sent_all_the_same(tab, sandbox):
    sandbox.v1.customers.create({"name": "Ana"})
    assert "customer.created" not in tab.get("/events").text
    assert "No endpoint asked for it." in tab.get("/events?show=all").text


def test_a_charge_is_refunded_in_part_and_in_whole(tab, nino, sandbox):
    tab.get("/payments")
    tab.press("Refund", amount="4,50")
    assert tab.said == "$4.50 is refunded."
    assert "Partly refunded" in tab.page.text
    tab.press("Refund", amount="40")
    assert tab.said == "An amount between 0.01 and 24.50 is needed."
    tab.press("Refund", amount="all of it")
    assert tab.said == "An amount between 0.01 and 24.50 is needed."
    tab.press("Refund")

    assert tab.said == "$24.50 is refunded."
    assert charges_of(sandbox, nino.id)[0].refunded
    assert "Refund" not in tab.buttons()


@pytest.mark.parametrize(("button", "status"), [("Won", "won"), ("Lost", "lost")])
def test_a_charge_is_disputed_and_the_dispute_closed(tab, nino, sandbox, button, status):
    tab.get(f"/customers/{nino.id}")
    tab.press("Dispute $29.00")
    assert tab.said == "$29.00 is disputed."
    assert "Refund" not in tab.buttons()
    tab.press(button)

    assert [one.status for one in sandbox.v1.disputes.list().data] == [status]
    assert f"Dispute {status}" in tab.page.text
    assert ("Refund" in tab.buttons()) == (status == "won")


def test_customers_are_found_by_e_mail_name_and_id(tab, nino, sandbox):
    other = sandbox.v1.customers.create({"email": "giorgi@example.test", "name": "Giorgi"})
    tab.get("/")
    for said, found in (("NINO@", nino), ("giorgi", other), (nino.id, nino)):
        page = tab.get(f"/?q={said}")
        assert page.links("/customers/") == [f"/customers/{found.id}"]
    assert "Nobody is found for" in tab.get("/?q=nobody").text


def test_a_page_of_events_leads_to_older_ones(tab, sandbox):
    for number in range(45):
        sandbox.v1.customers.create({"name": f"Number {number}"})
    page = tab.get("/events?show=all")
    assert "Number 44" in page.text
    assert "Number 2 " not in page.text
    page = tab.follow("Older events")
    assert "Number 2 " in page.text
    assert not [one for one in page.all("a") if one.text == "Older events"]


def test_an_invoice_has_a_page_that_stripe_s_addresses_lead_to(tab, nino, sandbox):
    invoice = sandbox.v1.invoices.list({"customer": nino.id}).data[0]
    for address in (invoice.hosted_invoice_url, invoice.invoice_pdf):
        assert tab.get(address[address.index("/invoices/") :]).texts("h1") == ["Receipt"]


def test_a_form_leads_back_to_our_own_pages_only(tab, nino):
    tab.get("/")
    fields = {"csrfmiddlewaretoken": tab.page.value("csrfmiddlewaretoken"), "on": "1"}
    for back in ("https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"):
        tab.post("/switches/fail-next", {**fields, "back": back})
        assert (tab.left_for, tab.url.rstrip("/")) == ("", tab.host)
    tab.post("/switches/fail-next", {**fields, "back": "/payments?before=9"})
    assert tab.url == f"{tab.host}/payments?before=9"

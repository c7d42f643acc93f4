"""What every page of the sandbox owes to the content security policy, to caches, and to people who read by ear."""

import pytest
import requests

from stripe_sandbox.models import Record
from tests.dashboard.test_markup import assert_fields_have_names, assert_headings_in_order
from tests.stripe import life
from tests.stripe.tab import CARD, Tab

PAGES = (
    "/", "/?q=nobody", "/events", "/events?show=all", "/payments", "/customers/{customer}", "/invoices/{invoice}",
    "/pay/{open}", "/pay/{open}?card=4242424242424242", "/pay/{session}", "/pay/{asked}/bank", "/pay/nothing",
    "/portal/{portal}", "/portal/{portal}/card", "/portal/{portal}/plans/{subscription}",
    "/portal/{portal}/plans/{subscription}/cancel",
    "/portal/{portal}/plans/{subscription}/change?price=price_sandbox_enterprise",
    "/portal/{portal}/invoices/{invoice}", "/nowhere/at/all",
)  # fmt: skip
NOT_HERE = ("/pay/nothing", "/nowhere/at/all")


@pytest.fixture
def ids(sandbox) -> dict[str, str]:
    """A life, an open session, one whose bank asks, and a visit to the portal."""
    found = life.lead(sandbox)
    line = [{"price": "price_sandbox_pro", "quantity": 1}]
    for name in ("open", "asked"):
        wanted = {"mode": "subscription", "line_items": line, "success_url": life.URL, "allow_promotion_codes": True}
        found[name] = sandbox.v1.checkout.sessions.create({**wanted, "customer": found["customer"]}).id
    found["portal"] = sandbox.v1.billing_portal.sessions.create({"customer": found["customer"]}).id
    tab = Tab(sandbox.url)
    tab.get(f"/pay/{found['asked']}")
    tab.press("Pay $29.00", **{**CARD, "number": "4000 0025 0000 3155"})
    return found


def test_every_page_is_sound(sandbox, ids):
    for path in PAGES:
        tab = Tab(sandbox.url)
        page = tab.get(path.format(**ids))
        assert page.status == (404 if path in NOT_HERE else 200), path
        assert_sound(page)


def assert_sound(page) -> None:
    headers = page.response.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"].split("; ")
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert "Sandbox: no money moves" in page.text
    assert not page.all("style")
    assert not [one for one in page.all("script") if not one.attributes.get("src", "").startswith("/static/")]
    for one in page.elements:
        assert not [name for name in one.attributes if name == "style" or name.startswith("on")], one
    assert [one.attributes["lang"] for one in page.all("html")] == ["en"]
    assert page.texts("title")[0].endswith("· Stripe sandbox")
    assert_headings_in_order(page)
    assert_fields_have_names(page)
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    assert [one.attributes["href"] for one in page.all("a", class_="skip")] == ["#main"]
    assert page.all("main", id="main")


def test_whoever_posts_without_the_token_is_refused(sandbox, ids):
    before = list(Record.objects.values_list("id", flat=True))
    for path in ("/clock", "/pay/{open}", "/portal/{portal}/plans/{subscription}/cancel", "/deliveries/hold"):
        answer = requests.post(sandbox.url + path.format(**ids), {"move": "month", **CARD}, timeout=30)
        assert answer.status_code == 403, path
    assert list(Record.objects.values_list("id", flat=True)) == before


def test_a_button_is_no_link_to_be_followed(sandbox, ids):
    for path in ("/clock", "/deliveries/hold", "/switches/dunning", "/charges/{charge}/refund",
                 "/portal/{portal}/plans/{subscription}/resume"):  # fmt: skip
        assert requests.get(sandbox.url + path.format(**ids), timeout=30).status_code == 405, path

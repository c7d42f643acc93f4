import time

import pytest
import stripe

from stripe_sandbox import store
from stripe_sandbox.engine import checkout

CARD = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123", "name": "Nino"}
PAGES = {"success_url": "https://shop.test/ok?s={CHECKOUT_SESSION_ID}", "cancel_url": "https://shop.test/no"}
PRO = {"mode": "subscription", "line_items": [{"price": "price_sandbox_pro", "quantity": 1}], **PAGES}


@pytest.fixture
def nino(sandbox) -> str:
    return sandbox.v1.customers.create({"email": "nino@example.test", "name": "Nino"}).id


def test_a_session_is_as_ordered_and_hosted_here(sandbox, nino):
    made = sandbox.v1.checkout.sessions.create(
        {
            **PRO,
            "customer": nino,
            "client_reference_id": "user-7",
            "allow_promotion_codes": True,
            "metadata": {"user": "7"},
            "subscription_data": {"metadata": {"user": "7"}},
            "locale": "en",
            "payment_method_types": ["card"],
            "customer_update": {"address": "auto"},
        }
    )
    assert made.id.startswith("cs_test_")
    assert made.url == f"{sandbox.url}/pay/{made.id}"
    assert (made.status, made.payment_status, made.mode) == ("open", "unpaid", "subscription")
    assert (made.amount_subtotal, made.amount_total, made.currency) == (2_900, 2_900, "usd")
    assert (made.customer, made.customer_details.email) == (nino, "nino@example.test")
    assert (made.client_reference_id, made.metadata.to_dict()) == ("user-7", {"user": "7"})
    assert (made.success_url, made.cancel_url) == (PAGES["success_url"], PAGES["cancel_url"])
    assert (made.allow_promotion_codes, made.subscription, made.invoice) == (True, None, None)
    assert made.expires_at == made.created + 24 * 3600
    assert "line_items" not in made
    assert sandbox.v1.checkout.sessions.retrieve(made.id).to_dict() == made.to_dict()


def test_line_items_are_shown_when_asked_for(sandbox):
    lines = [{"price": "price_sandbox_premium", "quantity": 1}, {"price": "price_sandbox_pro", "quantity": 3}]
    made = sandbox.v1.checkout.sessions.create({**PRO, "line_items": lines, "expand": ["line_items"]})
    listed = sandbox.v1.checkout.sessions.line_items.list(made.id).data
    assert [one.to_dict() for one in made.line_items.data] == [one.to_dict() for one in listed]
    shown = [(one.price.id, one.quantity, one.amount_total, one.description) for one in listed]
    assert shown == [
        ("price_sandbox_premium", 1, 9_900, "Avatar G PREMIUM"),
        ("price_sandbox_pro", 3, 8_700, "Avatar G PRO"),
    ]
    first = sandbox.v1.checkout.sessions.line_items.list(made.id, {"limit": 1})
    assert ([one.id for one in first.data], first.has_more) == ([listed[0].id], True)
    rest = sandbox.v1.checkout.sessions.line_items.list(made.id, {"starting_after": listed[0].id})
    assert ([one.id for one in rest.data], rest.has_more) == ([listed[1].id], False)


def test_a_discount_is_taken_off_from_the_start(sandbox, nino):
    by_coupon = {**PRO, "customer": nino, "discounts": [{"coupon": "welcome20"}]}
    by_code = {**PRO, "customer": nino, "discounts": [{"promotion_code": "promo_sandbox_welcome20"}]}
    for params, kept in (
        (by_coupon, {"coupon": "welcome20", "promotion_code": None}),
        (by_code, {"coupon": None, "promotion_code": "promo_sandbox_welcome20"}),
    ):
        made = sandbox.v1.checkout.sessions.create({**params, "expand": ["line_items"]})
        assert (made.amount_subtotal, made.amount_total, made.total_details.amount_discount) == (2_900, 2_320, 580)
        assert [one.to_dict() for one in made.discounts] == [kept]
        assert made.line_items.data[0].amount_discount == 580
        asked = {"expand": ["total_details.breakdown", "line_items.data.discounts"]}
        found = sandbox.v1.checkout.sessions.retrieve(made.id, asked)
        for taken in (found.total_details.breakdown.discounts, found.line_items.data[0].discounts):
            assert [(one.amount, one.discount.source.coupon) for one in taken] == [(580, "welcome20")]
        listed = sandbox.v1.checkout.sessions.list({"expand": ["data.total_details.breakdown"]}).data
        assert listed[0].total_details.breakdown.discounts[0].amount == 580


def test_sessions_are_listed_by_customer_and_state(sandbox, nino):
    other = sandbox.v1.customers.create({"email": "other@example.test"}).id
    first, second, third = (
        sandbox.v1.checkout.sessions.create({**PRO, "customer": one}).id for one in (nino, other, nino)
    )
    sandbox.v1.checkout.sessions.expire(first)

    def found(**params):
        return [one.id for one in sandbox.v1.checkout.sessions.list(params).data]

    assert found() == [third, second, first]
    assert found(customer=nino) == [third, first]
    assert found(customer=nino, status="open") == [third]
    assert found(status="expired") == [first]
    assert found(customer_details={"email": "other@example.test"}) == [second]
    assert found(subscription="sub_none") == []


def test_an_expired_session_is_over(sandbox, nino):
    made = sandbox.v1.checkout.sessions.create({**PRO, "customer": nino})
    gone = sandbox.v1.checkout.sessions.expire(made.id)
    assert (gone.status, gone.url) == ("expired", None)
    told = sandbox.v1.events.list({"type": "checkout.session.expired"}).data
    assert [event.data.object["id"] for event in told] == [made.id]
    with pytest.raises(stripe.InvalidRequestError, match="status of `expired`"):
        sandbox.v1.checkout.sessions.expire(made.id)


def test_a_session_that_is_paid_names_its_subscription_and_invoice(sandbox, nino):
    made = sandbox.v1.checkout.sessions.create(
        {**PRO, "customer": nino, "client_reference_id": "7", "subscription_data": {"metadata": {"user": "7"}}}
    )
    with store.acting():
        checkout.complete(store.get("checkout.session", made.id), **CARD)
    paid = sandbox.v1.checkout.sessions.retrieve(made.id, {"expand": ["subscription.latest_invoice", "customer"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (paid.subscription.status, paid.subscription.metadata.to_dict()) == ("active", {"user": "7"})
    assert (paid.subscription.latest_invoice.status, paid.subscription.latest_invoice.amount_paid) == ("paid", 2_900)
    by_subscription = sandbox.v1.checkout.sessions.list({"subscription": paid.subscription.id}).data
    assert [one.id for one in by_subscription] == [made.id]
    with pytest.raises(stripe.InvalidRequestError, match="status of `complete`"):
        sandbox.v1.checkout.sessions.expire(made.id)


def test_a_session_expires_by_the_clock_of_its_customer(sandbox):
    clock = sandbox.v1.test_helpers.test_clocks.create({"frozen_time": 1_700_000_000})
    frozen = sandbox.v1.customers.create({"test_clock": clock.id}).id
    made = sandbox.v1.checkout.sessions.create({**PRO, "customer": frozen, "expires_at": 1_700_000_000 + 3600})
    assert (made.created, made.expires_at) == (1_700_000_000, 1_700_003_600)
    sandbox.v1.test_helpers.test_clocks.advance(clock.id, {"frozen_time": 1_700_003_500})
    assert sandbox.v1.checkout.sessions.retrieve(made.id).status == "open"
    sandbox.v1.test_helpers.test_clocks.advance(clock.id, {"frozen_time": 1_700_003_600})
    assert sandbox.v1.checkout.sessions.retrieve(made.id).status == "expired"


def test_metadata_of_a_session_can_be_changed(sandbox):
    made = sandbox.v1.checkout.sessions.create({**PRO, "metadata": {"a": "1"}, "customer_email": "new@example.test"})
    assert (made.customer, made.customer_email, made.customer_details) == (None, "new@example.test", None)
    changed = sandbox.v1.checkout.sessions.update(made.id, {"metadata": {"b": "2"}})
    assert changed.metadata.to_dict() == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"mode": None}, "mode"),
        ({"mode": "payment"}, "mode"),
        ({"ui_mode": "elements"}, "ui_mode"),
        ({"payment_method_types": ["klarna"]}, "payment_method_types"),
        ({"success_url": None}, "success_url"),
        ({"success_url": "shop"}, "success_url"),
        ({"cancel_url": "shop"}, "cancel_url"),
        ({"customer": "cus_none"}, "customer"),
        ({"line_items": None}, "line_items"),
        ({"line_items": [{"quantity": 1}]}, "line_items[0][price]"),
        ({"line_items": [{"price": "price_sandbox_pro"}]}, "line_items[0][quantity]"),
        ({"line_items": [{"price": "price_none", "quantity": 1}]}, "line_items[0][price]"),
        (
            {"line_items": [{"price": "price_sandbox_pro", "quantity": 1, "tax_rates": ["x"]}]},
            "line_items[0][tax_rates]",
        ),
        ({"discounts": [{"coupon": "none"}]}, "discounts[0][coupon]"),
        ({"discounts": [{"coupon": "welcome20"}], "allow_promotion_codes": True}, "discounts"),
        ({"discounts": [{"coupon": "welcome20"}, {"coupon": "welcome20"}]}, "discounts"),
        ({"expires_at": int(time.time()) + 60}, "expires_at"),
        ({"expires_at": int(time.time()) + 200_000}, "expires_at"),
        ({"subscription_data": {"colour": "red"}}, "subscription_data[colour]"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_session_is_refused(sandbox, change, param):
    params = {name: value for name, value in {**PRO, **change}.items() if value is not None}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.checkout.sessions.create(params)
    assert (refused.value.param, refused.value.http_status) == (param, 400)
    assert sandbox.v1.checkout.sessions.list().data == []

import time

import pytest
import stripe


def test_a_coupon_takes_a_share_or_an_amount(sandbox):
    share = sandbox.v1.coupons.create({"percent_off": 12.5, "duration": "forever", "id": "EIGHTH", "name": "An eighth"})
    assert (share.id, share.percent_off, share.amount_off, share.valid) == ("EIGHTH", 12.5, None, True)
    amount = sandbox.v1.coupons.create(
        {"amount_off": 500, "currency": "USD", "duration": "repeating", "duration_in_months": 2, "metadata": {"a": "1"}}
    )
    assert (amount.amount_off, amount.currency, amount.duration_in_months) == (500, "usd", 2)
    assert [one.id for one in sandbox.v1.coupons.list().data] == [amount.id, "EIGHTH", "welcome20"]


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({"duration": "once"}, None),
        ({"percent_off": 10, "amount_off": 10, "currency": "usd"}, "amount_off"),
        ({"amount_off": 10}, "currency"),
        ({"amount_off": 0, "currency": "usd"}, "amount_off"),
        ({"percent_off": 101}, "percent_off"),
        ({"percent_off": 0}, "percent_off"),
        ({"percent_off": 10, "duration": "repeating"}, "duration_in_months"),
        ({"percent_off": 10, "duration": "once", "duration_in_months": 3}, "duration_in_months"),
        ({"percent_off": 10, "duration": "twice"}, "duration"),
        ({"percent_off": 10, "id": "welcome20"}, "id"),
        ({"percent_off": 10, "redeem_by": 1_600_000_000}, "redeem_by"),
    ],
)
def test_a_wrong_coupon_is_refused(sandbox, params, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.coupons.create(params)
    assert (refused.value.param, refused.value.http_status) == (param, 400)
    assert [one.id for one in sandbox.v1.coupons.list().data] == ["welcome20"]


def test_a_coupon_changes_in_name_is_deleted_and_its_name_is_free_again(sandbox):
    sandbox.v1.coupons.create({"percent_off": 10, "id": "TEN", "metadata": {"a": "1"}})
    changed = sandbox.v1.coupons.update("TEN", {"name": "A tenth", "metadata": {"b": "2"}})
    assert (changed.name, changed.metadata.to_dict()) == ("A tenth", {"a": "1", "b": "2"})
    assert sandbox.v1.coupons.delete("TEN").to_dict() == {"id": "TEN", "object": "coupon", "deleted": True}
    with pytest.raises(stripe.InvalidRequestError):
        sandbox.v1.coupons.retrieve("TEN")
    assert sandbox.v1.coupons.create({"percent_off": 20, "id": "TEN"}).percent_off == 20


def test_a_promotion_code_is_found_whatever_its_case(sandbox):
    customer = sandbox.v1.customers.create()
    made = sandbox.v1.promotion_codes.create(
        {
            "promotion": {"type": "coupon", "coupon": "welcome20"},
            "code": "Spring",
            "customer": customer.id,
            "max_redemptions": 3,
            "expires_at": int(time.time()) + 86_400,
            "restrictions": {"first_time_transaction": True, "minimum_amount": 100, "minimum_amount_currency": "usd"},
        }
    )
    assert [one.id for one in sandbox.v1.promotion_codes.list({"code": "SPRING"}).data] == [made.id]
    assert [one.id for one in sandbox.v1.promotion_codes.list({"customer": customer.id}).data] == [made.id]
    by_coupon = sandbox.v1.promotion_codes.list({"coupon": "welcome20", "expand": ["data.promotion.coupon"]}).data
    assert [(one.code, one.promotion.coupon.percent_off) for one in by_coupon] == [("Spring", 20), ("WELCOME20", 20)]
    assert sandbox.v1.promotion_codes.list({"active": False}).data == []


def test_an_active_code_is_unique_and_a_retired_one_is_free_again(sandbox):
    promotion = {"promotion": {"type": "coupon", "coupon": "welcome20"}}
    with pytest.raises(stripe.InvalidRequestError, match="already exists") as taken:
        sandbox.v1.promotion_codes.create({**promotion, "code": "welcome20"})
    assert taken.value.param == "code"
    sandbox.v1.promotion_codes.update("promo_sandbox_welcome20", {"active": False, "metadata": {"by": "us"}})
    again = sandbox.v1.promotion_codes.create({**promotion, "code": "welcome20"})
    assert sandbox.v1.promotion_codes.retrieve(again.id).active is True


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({"promotion": {"type": "coupon"}}, "promotion[coupon]"),
        ({"promotion": {"type": "coupon", "coupon": "none"}}, "promotion[coupon]"),
        ({"promotion": {"type": "coupon", "coupon": "welcome20"}, "code": "no spaces"}, "code"),
        ({"promotion": {"type": "coupon", "coupon": "welcome20"}, "customer": "cus_none"}, "customer"),
    ],
)
def test_a_wrong_promotion_code_is_refused(sandbox, params, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.promotion_codes.create(params)
    assert refused.value.param == param

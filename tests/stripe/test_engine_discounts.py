"""Coupons on a subscription: on which invoices, for how long, and what a credit is worth then."""

import pytest
import stripe

from tests.stripe.clocked import HOUR, PREMIUM, PRO, START, events, moment, person

END = moment(2026, 2, 28, 10)
MIDDLE = START + (END - START) // 2


def paid(nino) -> list[int]:
    return [invoice.amount_paid for invoice in nino.invoices()]


@pytest.mark.parametrize(
    ("coupon", "amounts"),
    [
        ({"percent_off": 20, "duration": "forever"}, [2320] * 5),
        ({"percent_off": 33.3, "duration": "once"}, [1934, 2900, 2900, 2900, 2900]),
        ({"percent_off": 50, "duration": "repeating", "duration_in_months": 3}, [1450, 1450, 1450, 2900, 2900]),
        ({"amount_off": 1000, "currency": "usd", "duration": "once"}, [1900, 2900, 2900, 2900, 2900]),
        ({"amount_off": 9999, "currency": "usd", "duration": "forever"}, [0] * 5),
    ],
)
def test_a_coupon_takes_off_its_part_for_its_time(sandbox, coupon, amounts):
    nino = person(sandbox)
    made = nino.v1.coupons.create(coupon)
    nino.subscribe(discounts=[{"coupon": made.id}])
    nino.wind(moment(2026, 5, 31, 11))
    assert paid(nino) == amounts
    assert nino.subscription().status == "active"
    assert nino.v1.coupons.retrieve(made.id).times_redeemed == 1


def test_an_invoice_says_what_was_taken_off_and_by_which_discount(sandbox):
    nino = person(sandbox)
    subscription = nino.subscribe(discounts=[{"promotion_code": "promo_sandbox_welcome20"}], expand=["discounts"])
    (discount,) = subscription.discounts
    assert (discount.source.coupon, discount.promotion_code) == ("welcome20", "promo_sandbox_welcome20")
    assert discount.end == moment(2026, 4, 30, 10)
    invoice = nino.invoices()[0]
    assert (invoice.subtotal, invoice.total, invoice.discounts) == (2900, 2320, [discount.id])
    assert [(one.amount, one.discount) for one in invoice.total_discount_amounts] == [(580, discount.id)]
    assert [(one.amount, one.discount) for one in invoice.lines.data[0].discount_amounts] == [(580, discount.id)]
    assert nino.v1.promotion_codes.retrieve("promo_sandbox_welcome20").times_redeemed == 1
    assert events("customer.discount") == ["customer.discount.created"]


def test_a_credit_gives_back_what_was_paid_and_not_what_it_would_have_cost(sandbox):
    nino = person(sandbox)
    coupon = nino.v1.coupons.create({"percent_off": 50, "duration": "once"})
    nino.subscribe(discounts=[{"coupon": coupon.id}])
    nino.wind(MIDDLE)
    nino.change(PREMIUM, proration_behavior="always_invoice")
    assert [line.amount for line in nino.invoices()[-1].lines.data] == [-725, 4950]


def test_a_lasting_coupon_lowers_the_remaining_time_too(sandbox):
    nino = person(sandbox)
    coupon = nino.v1.coupons.create({"percent_off": 50, "duration": "forever"})
    nino.subscribe(discounts=[{"coupon": coupon.id}])
    nino.wind(MIDDLE)
    nino.change(PREMIUM, proration_behavior="always_invoice")
    assert [line.amount for line in nino.invoices()[-1].lines.data] == [-725, 2475]
    nino.wind(END + HOUR)
    assert paid(nino)[-1] == 4950


def test_a_discount_can_be_taken_away_and_given_again(sandbox):
    nino = person(sandbox)
    made = nino.subscribe(discounts=[{"coupon": "welcome20"}])
    nino.v1.subscriptions.delete_discount(made.id)
    assert nino.subscription().discounts == []
    now = nino.v1.subscriptions.update(made.id, {"discounts": [{"coupon": "welcome20"}]})
    assert len(now.discounts) == 1
    assert nino.v1.subscriptions.update(made.id, {"discounts": ""}).discounts == []
    nino.wind(END + HOUR)
    assert paid(nino) == [2320, 2900]
    assert events("customer.discount") == ["customer.discount.created", "customer.discount.deleted"] * 2


def test_a_coupon_that_is_used_up_is_refused(sandbox):
    coupon = sandbox.v1.coupons.create({"percent_off": 10, "duration": "once", "max_redemptions": 1})
    person(sandbox).subscribe(discounts=[{"coupon": coupon.id}])
    assert sandbox.v1.coupons.retrieve(coupon.id).valid is False
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        person(sandbox).subscribe(discounts=[{"coupon": coupon.id}])
    assert refusal.value.code == "coupon_expired"


def test_a_preview_of_beginning_counts_the_coupon_and_redeems_nothing(sandbox):
    nino = person(sandbox)
    details = {"items": [{"price": PRO, "quantity": 2}]}
    preview = nino.v1.invoices.create_preview(
        {"customer": nino.id, "subscription_details": details, "discounts": [{"coupon": "welcome20"}]}
    )
    assert (preview.subtotal, preview.amount_due) == (5800, 4640)
    assert nino.v1.coupons.retrieve("welcome20").times_redeemed == 0

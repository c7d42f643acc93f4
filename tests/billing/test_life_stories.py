"""Whole lives of subscriptions, on the sandbox's clock."""

from datetime import UTC, datetime

import pytest

from billing.models import Concern, Subscription
from credits import ledger
from credits.models import CreditDebt
from stripe_sandbox import store
from stripe_sandbox.engine import clock, disputes, subscriptions
from stripe_sandbox.errors import StripeError
from tests.billing.payers import ASKS_3DS, DECLINES, DISPUTES, FAILS_LATER, PAYS, price


def test_a_first_purchase_replaces_the_free_allowance(payer):
    payer.spend(40)
    payer.buy("PRO")

    assert payer.stands == ("PRO", "active", 1000)
    assert payer.grants == 1
    assert payer.row.current_period_end > payer.row.current_period_start


def test_free_to_pro_renews_three_times_fails_is_mended_and_goes_on(payer):
    payer.buy("PRO").spend(300)
    payer.months_on(3)
    assert payer.stands == ("PRO", "active", 1000)
    assert payer.grants == 4

    payer.spend(100)
    payer.new_card(FAILS_LATER).months_on()
    assert payer.stands == ("PRO", "past_due", 900)
    assert "retries_at" in payer.row.metadata
    refused = payer.post("/api/agents/execute", {"agent_id": "image-creator", "input": {"prompt": "a hill"}})
    assert (refused.status_code, refused.json()["code"]) == (403, "SUBSCRIPTION_INACTIVE")

    payer.new_card(PAYS).days_on(8)
    assert payer.stands == ("PRO", "active", 1000)
    assert payer.grants == 5


def test_dunning_that_never_succeeds_ends_in_free(payer):
    payer.buy("PRO")
    payer.new_card(FAILS_LATER).months_on().days_on(30)
    assert payer.stands == ("FREE", "active", 100)


@pytest.mark.parametrize("times", [3, pytest.param(10, marks=pytest.mark.soak)])
def test_up_and_down_in_mid_period_again_and_again_mints_nothing(payer, times):
    payer.buy("PRO").spend(300)
    for _ in range(times):
        payer.change_to("PREMIUM")
        assert payer.stands == ("PREMIUM", "active", 4700)
        payer.change_to("PRO")
        assert payer.stands == ("PRO", "active", 700)
    assert payer.grants == 1


def test_an_upgrade_that_was_not_paid_changes_the_plan_and_no_credits(payer):
    payer.buy("PRO")
    payer.change_to("PREMIUM", proration_behavior="create_prorations")
    assert payer.stands == ("PREMIUM", "active", 1000)


def test_a_downgrade_waits_for_the_end_of_the_period(payer):
    payer.buy("PREMIUM")
    payer.schedule("PRO")
    assert payer.stands == ("PREMIUM", "active", 5000)
    assert payer.row.metadata["next_plan"] == "PRO"

    payer.months_on()
    assert payer.stands == ("PRO", "active", 1000)
    assert payer.row.metadata == {}


def test_a_canceled_plan_works_until_its_period_ends_and_bonuses_stay(payer):
    ledger.grant(user_id=payer.user.pk, amount=50, type="bonus", source="gift", description="A gift")
    payer.buy("PRO").cancel_at_period_end()
    assert payer.stands == ("PRO", "active", 1050)
    assert payer.row.cancel_at_period_end

    payer.months_on()
    assert payer.stands == ("FREE", "active", 150)
    assert (payer.row.stripe_subscription_id, payer.row.cancel_at_period_end) == ("", False)
    assert payer.row.metadata["ended_plan"] == "PRO"


def test_a_cancellation_that_is_taken_back_renews(payer):
    payer.buy("PRO").cancel_at_period_end()
    payer.cancel_at_period_end(False).months_on()
    assert payer.stands == ("PRO", "active", 1000)
    assert payer.grants == 2


def test_who_leaves_and_comes_back_gets_each_allowance_once(payer):
    payer.buy("PRO").cancel_now()
    assert payer.stands == ("FREE", "active", 100)
    payer.spend(60)
    payer.buy("PREMIUM")
    assert payer.stands == ("PREMIUM", "active", 5000)
    payer.cancel_now()
    assert payer.stands == ("FREE", "active", 100)
    payer.spend(60)
    payer.forget().hear()
    assert payer.stands == ("FREE", "active", 40)


def test_a_declined_card_leaves_a_free_user_free_and_active(payer):
    session = payer.open_checkout("PRO")["session_id"]
    with pytest.raises(StripeError, match="declined"):
        payer.pay(session, DECLINES)
    payer.hear()
    assert payer.stands == ("FREE", "active", 100)

    payer.pay(session, PAYS)
    assert payer.hear().stands == ("PRO", "active", 1000)


def test_a_bank_that_asks_is_answered_and_paid(payer):
    session = payer.open_checkout("PRO")["session_id"]
    with pytest.raises(StripeError, match="authentication"):
        payer.pay(session, ASKS_3DS)
    payer.pay(session, ASKS_3DS, authenticated=True)
    assert payer.hear().stands == ("PRO", "active", 1000)


def test_an_abandoned_checkout_changes_nothing(payer):
    payer.open_checkout("PRO")
    payer.days_on(2)
    assert payer.stands == ("FREE", "active", 100)
    assert payer.open_checkout("PRO")["url"].startswith("http")


def test_a_second_tab_closes_the_checkout_of_the_first(payer):
    first, second = payer.open_checkout("PRO"), payer.open_checkout("PREMIUM")
    with pytest.raises(StripeError, match="expired"):
        payer.pay(first["session_id"])
    payer.pay(second["session_id"])
    assert payer.hear().stands == ("PREMIUM", "active", 5000)
    assert payer.open_checkout("PRO")["code"] == "ALREADY_SUBSCRIBED"


def test_the_row_of_a_user_is_written_only_when_something_changed(payer):
    payer.buy("PRO")
    before = Subscription.objects.get(pk=payer.user.pk).updated_at
    payer.forget().hear()
    assert payer.row.updated_at == before


@pytest.mark.parametrize("months", [4, pytest.param(14, marks=pytest.mark.soak)])
def test_a_life_that_began_on_the_31st_keeps_its_day(payer, months):
    """Over two short months; over a year with a leap day after it where it is soaked."""
    clock.advance("", int(datetime(2027, 1, 31, 12, tzinfo=UTC).timestamp()))
    payer.buy("PRO")
    ends = []
    for _ in range(months):
        ends.append(payer.row.current_period_end)
        clock.advance("", int(ends[-1].timestamp()) + 2 * 3600)
        payer.hear()

    assert [(end.month, end.day) for end in ends] == [
        (2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31), (1, 31),
        (2, 29), (3, 31),
    ][:months]  # fmt: skip
    assert payer.grants == months + 1
    assert payer.stands == ("PRO", "active", 1000)


def test_a_refund_takes_back_what_is_left_and_notes_what_is_owed(payer):
    payer.buy("PRO").spend(700)
    payer.refund(1450)
    assert payer.stands == ("PRO", "active", 0)
    assert CreditDebt.objects.values_list("taken", "owed").get() == (300, 200)
    assert Concern.objects.get().kind == Concern.Kind.OWED

    payer.refund(1450)
    assert payer.balance == 0
    assert CreditDebt.objects.values_list("taken", "owed").get() == (300, 700)

    payer.months_on()
    assert payer.stands == ("PRO", "active", 1000)
    assert Concern.objects.values_list("subject", flat=True).get() == CreditDebt.objects.get().invoice


def test_a_dispute_takes_back_the_period_it_disputes(payer):
    payer.buy("PRO", DISPUTES)
    payer.days_on(1)
    assert payer.stands == ("PRO", "active", 0)
    payer.forget().hear()
    assert payer.balance == 0


def test_two_checkouts_that_were_both_paid_leave_the_dearer_and_a_refund_to_decide_on(payer):
    payer.buy("PRO")
    with store.acting():
        customer = store.get("customer", payer.customer)
        subscriptions.create(
            customer,
            prices=[(price("PREMIUM"), 1)],
            payment_behavior="error_if_incomplete",
            default_payment_method=payer.contract().data["default_payment_method"],
        )  # fmt: skip
    payer.hear()

    assert payer.stands == ("PREMIUM", "active", 5000)
    assert [one.data["status"] for one in store.find("subscription", customer=payer.customer)] == ["active", "canceled"]
    assert Concern.objects.get().kind == Concern.Kind.PAID_TWICE


def test_a_price_that_maps_to_no_plan_is_told_to_an_operator_and_keeps_the_plan(payer, settings):
    payer.buy("PRO")
    settings.STRIPE_PRICES = {**settings.STRIPE_PRICES, "PRO": "price_of_last_year"}
    payer.months_on()

    assert payer.stands == ("PRO", "active", 1000)
    assert payer.grants == 1
    assert Concern.objects.get().kind == Concern.Kind.UNKNOWN_PRICE

    settings.STRIPE_PRICES = {**settings.STRIPE_PRICES, "PRO": price("PRO")}
    payer.forget().hear()
    assert payer.grants == 2
    assert Concern.objects.get().resolved_at is not None


def upgraded(payer):
    return payer.buy("PRO").change_to("PREMIUM")


def test_a_refunded_upgrade_that_is_undone_leaves_what_pro_paid_for(payer):
    upgraded(payer).refund()
    assert payer.balance == 1000
    payer.change_to("PRO", proration_behavior="none")
    assert payer.stands == ("PRO", "active", 1000)


def test_an_undone_upgrade_that_is_refunded_leaves_what_pro_paid_for(payer):
    upgraded(payer).change_to("PRO", proration_behavior="none")
    assert payer.refund().stands == ("PRO", "active", 1000)


def test_an_upgrade_whose_money_was_credited_back_is_not_given_again(payer):
    upgraded(payer).change_to("PRO")
    payer.change_to("PREMIUM", proration_behavior="none")
    assert payer.stands == ("PREMIUM", "active", 1000)


def test_an_upgrade_on_a_renewal_that_is_not_paid_gives_nothing(payer):
    payer.buy("PRO").spend(300)
    payer.new_card(FAILS_LATER).months_on()
    payer.new_card(PAYS).change_to("PREMIUM")
    assert payer.grants == 1
    assert payer.balance == 700


def test_a_subscription_that_nobody_paid_ends_no_paid_one(payer):
    payer.buy("PRO")
    with store.acting():
        customer = store.get("customer", payer.customer)
        trial = clock.a_month_on("")
        subscriptions.create(customer, prices=[(price("PREMIUM"), 1)], trial_end=trial)
    payer.hear()
    assert payer.stands == ("PRO", "active", 1000)
    assert {one.data["status"] for one in store.find("subscription", customer=payer.customer)} == {"active", "trialing"}
    assert Concern.objects.get().kind == Concern.Kind.PAID_TWICE


def test_a_dispute_that_was_won_gives_back_what_it_took(payer):
    payer.buy("PRO", DISPUTES).days_on(1)
    assert payer.balance == 0
    with store.acting():
        disputes.close(store.find("dispute").first(), won=True)
    assert payer.forget().hear().balance == 1000
    assert CreditDebt.objects.values_list("taken", "owed").get() == (0, 0)


def test_what_a_canceled_job_gives_back_pays_a_debt(payer):
    payer.buy("PRO")
    job = payer.spend(300)
    payer.refund()
    assert CreditDebt.objects.get().owed == 300
    ledger.refund(user_id=payer.user.pk, job_id=job, description="Chat: canceled")
    payer.forget().hear()
    assert payer.balance == 0
    assert CreditDebt.objects.get().owed == 0
    assert not Concern.objects.filter(resolved_at=None).exists()

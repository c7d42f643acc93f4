import pytest
import stripe

from stripe_sandbox.models import Record

THEN, DAY = 1_767_225_600, 86_400  # 2026-01-01


@pytest.fixture
def clock(sandbox) -> str:
    return sandbox.v1.test_helpers.test_clocks.create({"frozen_time": THEN, "name": "ours"}).id


def test_a_clock_stands_still_until_it_is_advanced(sandbox, clock):
    clocks = sandbox.v1.test_helpers.test_clocks
    found = clocks.retrieve(clock)
    assert (found.frozen_time, found.status, found.name) == (THEN, "ready", "ours")
    moved = clocks.advance(clock, {"frozen_time": THEN + DAY})
    assert (moved.frozen_time, moved.status) == (THEN + DAY, "ready")
    assert clocks.retrieve(clock).to_dict() == moved.to_dict()
    told = [event.type for event in sandbox.v1.events.list().data]
    assert told == [f"test_helpers.test_clock.{name}" for name in ("ready", "advancing", "created")]


def test_a_clock_does_not_run_backwards(sandbox, clock):
    for moment in (THEN, THEN - DAY):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            sandbox.v1.test_helpers.test_clocks.advance(clock, {"frozen_time": moment})
        assert refused.value.param == "frozen_time"
    assert sandbox.v1.test_helpers.test_clocks.retrieve(clock).frozen_time == THEN


def test_clocks_are_listed_and_need_a_time(sandbox, clock):
    other = sandbox.v1.test_helpers.test_clocks.create({"frozen_time": THEN}).id
    assert [one.id for one in sandbox.v1.test_helpers.test_clocks.list().data] == [other, clock]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.client.raw_request("post", "/v1/test_helpers/test_clocks")
    assert (refused.value.param, refused.value.code) == ("frozen_time", "parameter_missing")


def subscribe(sandbox, customer: str):
    return sandbox.v1.subscriptions.create({"customer": customer, "items": [{"price": "price_sandbox_pro"}]})


def payer(sandbox, **more) -> str:
    card = "pm_card_visa"
    return sandbox.v1.customers.create(
        {"payment_method": card, "invoice_settings": {"default_payment_method": card}, **more}
    ).id


def test_a_month_on_renews_the_subscriptions_of_this_clock_only(sandbox, clock):
    frozen, real = (subscribe(sandbox, payer(sandbox, **more)) for more in ({"test_clock": clock}, {}))
    sandbox.v1.test_helpers.test_clocks.advance(clock, {"frozen_time": THEN + 32 * DAY})
    renewed = sandbox.v1.subscriptions.retrieve(frozen.id)
    assert renewed["items"].data[0].current_period_start == THEN + 31 * DAY
    assert len(sandbox.v1.invoices.list({"subscription": frozen.id}).data) == 2
    assert len(sandbox.v1.invoices.list({"subscription": real.id}).data) == 1


def test_a_deleted_clock_takes_with_it_all_that_hung_on_it(sandbox, clock):
    kept = payer(sandbox)
    frozen = payer(sandbox, test_clock=clock)
    subscription = subscribe(sandbox, frozen)
    gone = {"id": clock, "object": "test_helpers.test_clock", "deleted": True}
    assert sandbox.v1.test_helpers.test_clocks.delete(clock).to_dict() == gone
    left = Record.objects.filter(clock=clock, deleted_at=None).exclude(object="event")
    assert list(left.values_list("object", "id")) == []
    for find, id in (
        (sandbox.v1.test_helpers.test_clocks.retrieve, clock),
        (sandbox.v1.subscriptions.retrieve, subscription.id),
        (sandbox.v1.invoices.retrieve, subscription.latest_invoice),
    ):
        with pytest.raises(stripe.InvalidRequestError) as missing:
            find(id)
        assert missing.value.code == "resource_missing"
    assert sandbox.v1.customers.retrieve(frozen).deleted is True
    told = [event.type for event in sandbox.v1.events.list({"limit": 3}).data]
    assert told == ["test_helpers.test_clock.deleted", "customer.deleted", "customer.subscription.deleted"]
    assert [one.id for one in sandbox.v1.customers.list().data] == [kept]


def test_a_deleted_customer_loses_its_subscriptions(sandbox):
    customer = payer(sandbox)
    subscription = subscribe(sandbox, customer)
    sandbox.v1.customers.delete(customer)
    assert sandbox.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    told = [event.type for event in sandbox.v1.events.list({"limit": 2}).data]
    assert told == ["customer.deleted", "customer.subscription.deleted"]

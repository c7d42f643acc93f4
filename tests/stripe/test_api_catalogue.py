"""Products and prices."""

from io import StringIO

import pytest
import stripe
from django.core.management import call_command

from stripe_sandbox.models import Record

SEEDED = ["price_sandbox_enterprise", "price_sandbox_premium", "price_sandbox_pro"]


def test_what_is_seeded_is_what_the_product_sells(sandbox):
    prices = sandbox.v1.prices.list({"expand": ["data.product"]}).data
    sold = [(one.id, one.lookup_key, one.unit_amount, one.currency, one.recurring.interval) for one in prices]
    assert sold == [
        ("price_sandbox_enterprise", "avatarg_enterprise", 49_900, "usd", "month"),
        ("price_sandbox_premium", "avatarg_premium", 9_900, "usd", "month"),
        ("price_sandbox_pro", "avatarg_pro", 2_900, "usd", "month"),
    ]
    names = [one.product.name for one in prices]
    assert names == ["Avatar G ENTERPRISE", "Avatar G PREMIUM", "Avatar G PRO"]
    assert [one.product.default_price for one in prices] == [one.id for one in prices]


def test_prices_are_found_by_lookup_key_product_interval_and_state(sandbox):
    made = sandbox.v1.prices.create(
        {
            "currency": "EUR",
            "unit_amount": 500,
            "product": "prod_sandbox_pro",
            "recurring": {"interval": "year"},
            "active": False,
        }
    )

    def found(**params):
        return [one.id for one in sandbox.v1.prices.list(params).data]

    assert found(lookup_keys=["avatarg_premium", "avatarg_pro"]) == SEEDED[1:]
    assert found(lookup_keys=["none"]) == []
    assert found(product="prod_sandbox_pro") == [made.id, "price_sandbox_pro"]
    assert found(recurring={"interval": "year"}) == [made.id]
    assert found(active=True) == SEEDED
    assert found(active=False) == [made.id]
    assert found(currency="eur") == [made.id]
    assert found(type="one_time") == []


def test_a_price_is_made_with_its_product(sandbox):
    made = sandbox.v1.prices.create(
        {
            "currency": "usd",
            "unit_amount": 700,
            "product_data": {"name": "Stickers", "metadata": {"kind": "paper"}},
            "nickname": "a sheet",
            "metadata": {"a": "1"},
            "tax_behavior": "inclusive",
        }
    )
    assert (made.type, made.recurring, made.unit_amount, str(made.unit_amount_decimal)) == (
        "one_time",
        None,
        700,
        "700",
    )
    product = sandbox.v1.products.retrieve(made.product)
    assert (product.name, product.metadata.to_dict()) == ("Stickers", {"kind": "paper"})


def test_a_lookup_key_belongs_to_one_price_until_it_is_transferred(sandbox):
    terms = {"currency": "usd", "unit_amount": 1, "product": "prod_sandbox_pro", "lookup_key": "avatarg_pro"}
    with pytest.raises(stripe.InvalidRequestError, match="already uses that lookup key") as refused:
        sandbox.v1.prices.create(terms)
    assert refused.value.param == "lookup_key"
    made = sandbox.v1.prices.create({**terms, "transfer_lookup_key": True})
    assert sandbox.v1.prices.retrieve("price_sandbox_pro").lookup_key is None
    assert [one.id for one in sandbox.v1.prices.list({"lookup_keys": ["avatarg_pro"]}).data] == [made.id]


def test_a_price_changes_in_name_only(sandbox):
    changed = sandbox.v1.prices.update(
        "price_sandbox_pro", {"active": False, "nickname": "Pro", "metadata": {"a": "1"}}
    )
    assert (changed.active, changed.nickname, changed.metadata.to_dict()) == (False, "Pro", {"a": "1"})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.client.raw_request("post", "/v1/prices/price_sandbox_pro", unit_amount=1)
    assert (refused.value.code, refused.value.param) == ("parameter_unknown", "unit_amount")
    assert sandbox.v1.prices.retrieve("price_sandbox_pro").unit_amount == 2_900


@pytest.mark.parametrize(
    ("params", "param", "code"),
    [
        ({"currency": "usd", "unit_amount": 1}, "product", "parameter_missing"),
        ({"unit_amount": 1, "product": "prod_sandbox_pro"}, "currency", "parameter_missing"),
        ({"currency": "usd", "product": "prod_sandbox_pro"}, "unit_amount", "parameter_missing"),
        ({"currency": "dollars", "unit_amount": 1, "product": "prod_sandbox_pro"}, "currency", "parameter_invalid"),
        ({"currency": "usd", "unit_amount": -1, "product": "prod_sandbox_pro"}, "unit_amount", "parameter_invalid"),
        ({"currency": "usd", "unit_amount": 1, "product": "prod_none"}, "product", "resource_missing"),
        (
            {"currency": "usd", "unit_amount": 1, "product": "prod_sandbox_pro", "recurring": {"interval": "moon"}},
            "recurring[interval]",
            "parameter_invalid",
        ),
        (
            {
                "currency": "usd",
                "unit_amount": 1,
                "product": "prod_sandbox_pro",
                "recurring": {"interval": "year", "interval_count": 4},
            },
            "recurring[interval_count]",
            "parameter_invalid",
        ),
        ({"currency": "usd", "product": "prod_sandbox_pro", "billing_scheme": "tiered"}, "billing_scheme", None),
    ],
)
def test_a_wrong_price_is_refused(sandbox, params, param, code):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.prices.create(params)
    assert refused.value.param == param
    assert code in (None, refused.value.code)
    assert [one.id for one in sandbox.v1.prices.list().data] == SEEDED


def test_a_product_is_made_changed_found_and_deleted(sandbox):
    made = sandbox.v1.products.create(
        {
            "id": "prod_mine",
            "name": "Mine",
            "description": "It is mine",
            "images": ["https://img.test/1.png"],
            "marketing_features": [{"name": "fast"}],
            "metadata": {"a": "1"},
            "url": "https://mine.test",
        }
    )
    changed = sandbox.v1.products.update(made.id, {"name": "Ours", "description": "", "active": False})
    assert (changed.name, changed.description, changed.active, changed.url) == (
        "Ours",
        None,
        False,
        "https://mine.test",
    )
    assert [one.id for one in sandbox.v1.products.list({"active": False}).data] == ["prod_mine"]
    assert [one.id for one in sandbox.v1.products.list({"ids": ["prod_mine", "prod_none"]}).data] == ["prod_mine"]
    assert sandbox.v1.products.delete(made.id).to_dict() == {"id": "prod_mine", "object": "product", "deleted": True}
    with pytest.raises(stripe.InvalidRequestError) as missing:
        sandbox.v1.products.retrieve("prod_mine")
    assert (missing.value.code, missing.value.http_status) == ("resource_missing", 404)


def test_a_product_comes_with_its_default_price(sandbox):
    made = sandbox.v1.products.create(
        {
            "name": "Club",
            "default_price_data": {"currency": "usd", "unit_amount": 300, "recurring": {"interval": "week"}},
            "expand": ["default_price"],
        }
    )
    assert (made.default_price.unit_amount, made.default_price.product) == (300, made.id)
    with pytest.raises(stripe.InvalidRequestError, match="user-created prices"):
        sandbox.v1.products.delete(made.id)


def test_an_id_is_given_once_and_a_default_price_is_ones_own(sandbox):
    with pytest.raises(stripe.InvalidRequestError) as taken:
        sandbox.v1.products.create({"id": "prod_sandbox_pro", "name": "Again"})
    assert (taken.value.code, taken.value.param) == ("resource_already_exists", "id")
    with pytest.raises(stripe.InvalidRequestError) as foreign:
        sandbox.v1.products.update("prod_sandbox_pro", {"default_price": "price_sandbox_premium"})
    assert foreign.value.param == "default_price"


def test_seeding_again_mends_what_is_missing_and_changes_nothing_else(sandbox):
    sandbox.v1.prices.update("price_sandbox_pro", {"nickname": "ours"})
    Record.objects.filter(id="welcome20").delete()
    before = list(Record.objects.exclude(object="event").order_by("id").values_list("id", "data"))
    call_command("seed_sandbox", stdout=StringIO())
    after = Record.objects.exclude(object="event").exclude(id="welcome20").order_by("id").values_list("id", "data")
    assert list(after) == before
    assert sandbox.v1.coupons.retrieve("welcome20").percent_off == 20

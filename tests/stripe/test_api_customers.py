import time

import pytest
import stripe


def test_a_customer_is_kept_as_given_and_whole(sandbox):
    made = sandbox.v1.customers.create(
        {
            "email": "nino@example.test",
            "name": "Nino",
            "phone": "+995 555 000 000",
            "description": "of the tests",
            "metadata": {"user": "7"},
            "address": {"city": "Tbilisi", "country": "GE"},
            "shipping": {"name": "Nino", "address": {"line1": "Rustaveli 1"}},
            "preferred_locales": ["ka", "en"],
            "balance": -500,
            "tax_exempt": "exempt",
            "invoice_settings": {"footer": "Thank you.", "custom_fields": [{"name": "VAT", "value": "1"}]},
        }
    )
    found = sandbox.v1.customers.retrieve(made.id)
    assert found.to_dict() == made.to_dict()
    assert (found.email, found.name, found.balance, found.tax_exempt) == ("nino@example.test", "Nino", -500, "exempt")
    assert found.metadata.to_dict() == {"user": "7"}
    assert (found.address.city, found.address.line1) == ("Tbilisi", None)
    assert found.shipping.address.line1 == "Rustaveli 1"
    assert found.invoice_settings.custom_fields[0].to_dict() == {"name": "VAT", "value": "1"}
    assert found.livemode is False
    assert abs(found.created - time.time()) < 60
    assert "subscriptions" not in found


def test_an_empty_text_unsets_and_metadata_is_merged(sandbox):
    made = sandbox.v1.customers.create(
        {"name": "Nino", "phone": "1", "metadata": {"keep": "1", "drop": "2"}, "address": {"city": "Tbilisi"}}
    )
    changed = sandbox.v1.customers.update(
        made.id, {"phone": "", "address": "", "metadata": {"drop": "", "more": "3"}, "balance": 100}
    )
    assert (changed.name, changed.phone, changed.address, changed.balance) == ("Nino", None, None, 100)
    assert changed.metadata.to_dict() == {"keep": "1", "more": "3"}
    assert sandbox.v1.customers.update(made.id, {"metadata": ""}).metadata.to_dict() == {}


def test_a_change_is_told_with_the_old_values_and_none_is_not_told(sandbox):
    made = sandbox.v1.customers.create({"name": "Nino", "metadata": {"a": "1"}, "email": "n@example.test"})
    sandbox.v1.customers.update(made.id, {"name": "Nina", "metadata": {"a": "2"}, "email": "n@example.test"})
    sandbox.v1.customers.update(made.id, {"name": "Nina"})
    events = sandbox.v1.events.list({"types": ["customer.created", "customer.updated"]}).data
    assert [event.type for event in events] == ["customer.updated", "customer.created"]
    assert events[0].data.previous_attributes.to_dict() == {"name": "Nino", "metadata": {"a": "1"}}
    assert events[0].data.object["name"] == "Nina"
    assert events[1].data.object["name"] == "Nino"


def test_customers_are_listed_newest_first_and_by_email(sandbox):
    ids = [sandbox.v1.customers.create({"email": f"{who}@example.test"}).id for who in ("a", "b", "c", "b")]
    assert [one.id for one in sandbox.v1.customers.list().data] == ids[::-1]
    assert [one.id for one in sandbox.v1.customers.list({"email": "b@example.test"}).data] == [ids[3], ids[1]]
    assert sandbox.v1.customers.list({"email": "nobody@example.test"}).data == []


def test_customers_of_a_test_clock_are_listed_only_with_it(sandbox):
    clock = sandbox.v1.test_helpers.test_clocks.create({"frozen_time": 1_700_000_000})
    real = sandbox.v1.customers.create({"email": "real@example.test"})
    frozen = sandbox.v1.customers.create({"email": "frozen@example.test", "test_clock": clock.id})
    assert (frozen.created, frozen.test_clock) == (1_700_000_000, clock.id)
    assert [one.id for one in sandbox.v1.customers.list().data] == [real.id]
    assert [one.id for one in sandbox.v1.customers.list({"test_clock": clock.id}).data] == [frozen.id]


def test_a_deleted_customer_answers_as_deleted_and_takes_nothing_more(sandbox):
    kept, made = sandbox.v1.customers.create(), sandbox.v1.customers.create()
    gone = {"id": made.id, "object": "customer", "deleted": True}
    assert sandbox.v1.customers.delete(made.id).to_dict() == gone
    assert sandbox.v1.customers.retrieve(made.id).to_dict() == gone
    assert [one.id for one in sandbox.v1.customers.list().data] == [kept.id]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.customers.update(made.id, {"name": "Again"})
    assert (refused.value.code, refused.value.http_status) == ("resource_missing", 404)
    assert sandbox.v1.events.list({"type": "customer.deleted"}).data[0].data.object["id"] == made.id


def test_a_card_given_with_the_customer_is_attached_and_made_the_default(sandbox):
    made = sandbox.v1.customers.create(
        {"payment_method": "pm_card_visa", "invoice_settings": {"default_payment_method": "pm_card_visa"}}
    )
    found = sandbox.v1.customers.retrieve(made.id, {"expand": ["invoice_settings.default_payment_method"]})
    card = found.invoice_settings.default_payment_method
    assert (card.card.last4, card.customer) == ("4242", made.id)


def test_a_declined_card_leaves_no_customer(sandbox):
    with pytest.raises(stripe.CardError) as refused:
        sandbox.v1.customers.create({"email": "no@example.test", "payment_method": "pm_card_chargeDeclined"})
    assert (refused.value.code, refused.value.http_status) == ("card_declined", 402)
    assert sandbox.v1.customers.list().data == []
    assert sandbox.v1.events.list().data == []


def test_the_card_of_somebody_else_cannot_be_the_default(sandbox):
    hers = sandbox.v1.customers.create({"payment_method": "pm_card_visa"})
    card = sandbox.v1.payment_methods.list({"customer": hers.id}).data[0].id
    his = sandbox.v1.customers.create()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.customers.update(his.id, {"invoice_settings": {"default_payment_method": card}})
    assert refused.value.param == "invoice_settings[default_payment_method]"
    assert sandbox.v1.customers.retrieve(his.id).invoice_settings.default_payment_method is None


@pytest.mark.parametrize(
    ("params", "param", "code"),
    [
        ({"email": "nobody"}, "email", "email_invalid"),
        ({"colour": "red"}, "colour", "parameter_unknown"),
        ({"shipping": {"name": "x", "colour": "red"}}, "shipping[colour]", "parameter_unknown"),
        ({"shipping": {"address": {"city": "Batumi"}}}, "shipping[name]", "parameter_missing"),
        ({"address": {"town": "Batumi"}}, "address[town]", "parameter_unknown"),
        ({"balance": "much"}, "balance", "parameter_invalid"),
        ({"tax_exempt": "no"}, "tax_exempt", "parameter_invalid"),
        ({"metadata": {"x" * 41: "1"}}, f"metadata[{'x' * 41}]", "parameter_invalid"),
        ({"metadata": {"x": "1" * 501}}, "metadata[x]", "parameter_invalid"),
        ({"metadata": {str(n): "1" for n in range(1, 60)} | {"a": "1"}}, "metadata", "parameter_invalid"),
        ({"test_clock": "clock_none"}, "test_clock", "resource_missing"),
        ({"payment_method": "pm_none"}, "payment_method", "resource_missing"),
    ],
)
def test_a_wrong_parameter_is_refused_by_its_name(sandbox, params, param, code):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.customers.create(params)
    assert (refused.value.param, refused.value.code, refused.value.http_status) == (param, code, 400)
    assert sandbox.v1.customers.list().data == []

"""Stripe's description as the judge, and the judge itself under test: it must see what others overlook."""

import pytest

from stripe_sandbox import router, seed
from stripe_sandbox.shapes import account, customer, event, price
from tests.stripe import specification

CUSTOMER = customer.build(id="cus_1", created=1, invoice_prefix="ABC")
PRICE = price.build(
    id="price_1", created=1, product="prod_1", currency="usd", unit_amount=1, recurring=price.recurring("month")
)


def event_of(data: dict, type: str, **more) -> dict:
    about = {"object": data, **more}
    return event.build(
        id="evt_1", type=type, data=about, created=1, request=None, idempotency_key=None, pending_webhooks=0
    )


@pytest.mark.parametrize("made", [CUSTOMER, PRICE, account.build()], ids=lambda made: made["object"])
def test_a_complete_object_has_no_deviation(made):
    assert specification.deviations_of_object(made) == []


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"vip": True}, "vip: is unknown to Stripe"),
        ({"created": "1"}, "created: '1' is no integer"),
        ({"created": True}, "created: True is no integer"),
        ({"created": None}, "created: is null, which it never is"),
        ({"tax_exempt": "no"}, "tax_exempt: 'no' is not one of exempt, none, reverse"),
        ({"address": {"town": "Batumi"}}, "address.town: is unknown to Stripe"),
        ({"metadata": {"level": 3}}, "metadata.level: 3 is no text"),
        ({"preferred_locales": ["en", 4]}, "preferred_locales.1: 4 is no text"),
        ({"invoice_settings": {"colour": "red"}}, "invoice_settings.colour: is unknown to Stripe"),
        ({"name": "x" * 5001}, "name: is longer than 5000"),
        ({"test_clock": 7}, "test_clock: 7 is no text"),
    ],
)
def test_a_wrong_value_is_named_by_its_path(wrong, line):
    assert specification.deviations_of_object({**CUSTOMER, **wrong}) == [line]


def test_a_missing_key_is_named():
    short = {name: value for name, value in PRICE.items() if name != "billing_scheme"}
    assert specification.deviations_of_object(short) == ["billing_scheme: is missing"]


def test_amounts_in_words_must_be_decimals():
    assert specification.deviations_of_object({**PRICE, "unit_amount_decimal": "29,00"}) == [
        "unit_amount_decimal: '29,00' is no decimal"
    ]


def test_a_deleted_object_is_held_to_its_own_short_shape():
    gone = {"id": "cus_1", "object": "customer", "deleted": True}
    assert specification.deviations_of_object(gone) == []
    assert specification.deviations_of_object({**gone, "email": None}) == ["email: is unknown to Stripe"]


def test_an_object_that_stripe_does_not_have_is_refused():
    assert specification.deviations_of_object({"id": "x_1", "object": "loyalty_card"}) == [
        "object: Stripe has no object called 'loyalty_card'"
    ]


def test_what_nobody_asked_to_expand_must_stay_an_id():
    product = {
        "id": "prod_1", "object": "product", "active": True, "created": 1, "images": [], "livemode": False,
        "marketing_features": [], "metadata": {}, "name": "One", "updated": 1,
    }  # fmt: skip
    expanded = {**PRICE, "product": product}
    path = "/v1/prices/price_1"
    assert specification.deviations_of_answer("GET", path, 200, expanded, ("product",)) == []
    assert specification.deviations_of_answer("GET", path, 200, expanded) == [
        "product: is expanded though nobody asked for it"
    ]


def test_an_expanded_object_is_judged_inside():
    expanded = {**PRICE, "product": {"id": "prod_1", "object": "product", "colour": "red"}}
    lines = specification.deviations_of_answer("GET", "/v1/prices/price_1", 200, expanded, ("product",))
    assert "product.colour: is unknown to Stripe" in lines
    assert "product.name: is missing" in lines


def test_a_list_is_judged_row_by_row():
    body = {"object": "list", "data": [CUSTOMER, {**CUSTOMER, "vip": 1}], "has_more": False, "url": "/v1/customers"}
    assert specification.deviations_of_answer("GET", "/v1/customers", 200, body) == ["data.1.vip: is unknown to Stripe"]


@pytest.mark.parametrize(
    ("params", "line"),
    [
        ({"colour": "red"}, "colour: is unknown to Stripe"),
        ({"address": {"town": "Batumi"}}, "address.town: is unknown to Stripe"),
        ({"balance": "much"}, "balance: 'much' is no integer"),
        ({"tax_exempt": "no"}, "tax_exempt: 'no' is not one of , exempt, none, reverse"),
        ({"metadata": {"a": ["b"]}}, "metadata.a: ['b'] is no text"),
        ({"expand": "default_source"}, "expand: 'default_source' is no list"),
    ],
)
def test_a_wrong_parameter_is_named_by_its_path(params, line):
    assert specification.deviations_of_request("POST", "/v1/customers", params) == [line]


def test_a_right_request_has_no_deviation():
    params = {"email": "a@b.test", "balance": "-5", "address": {"city": "Batumi"}, "metadata": {"user": "7"}}
    assert specification.deviations_of_request("POST", "/v1/customers", params) == []


def test_a_required_parameter_and_an_unknown_path_are_named():
    assert specification.deviations_of_request("POST", "/v1/products", {}) == ["name: is missing"]
    assert specification.deviations_of_request("POST", "/v1/loyalty", {}) == [
        "POST /v1/loyalty: Stripe has no such operation"
    ]


def test_a_literal_path_goes_before_one_with_a_name_in_it():
    assert specification.operation_for("GET", "/v1/customers/search").template == "/v1/customers/search"
    assert specification.operation_for("GET", "/v1/customers/cus_1").template == "/v1/customers/{customer}"


def test_errors_are_judged_as_errors():
    good = {"error": {"type": "invalid_request_error", "message": "No.", "param": "id"}}
    assert specification.deviations_of_answer("GET", "/v1/customers/cus_1", 404, good) == []
    bad = {"error": {"type": "oops", "reason": "none"}}
    assert specification.deviations_of_answer("GET", "/v1/customers/cus_1", 404, bad) == [
        "error.type: 'oops' is not one of api_error, card_error, idempotency_error, invalid_request_error",
        "error.reason: is unknown to Stripe",
    ]


def test_an_event_is_judged_with_its_object_and_its_old_values():
    assert specification.deviations_of_event(event_of(CUSTOMER, "customer.created")) == []
    wrong = event_of({**CUSTOMER, "vip": 1}, "customer.promoted", previous_attributes={"email": None, "rank": 1})
    assert specification.deviations_of_event(wrong) == [
        "data.object.vip: is unknown to Stripe",
        "type: Stripe has no event 'customer.promoted'",
        "data.previous_attributes.rank: is unknown to Stripe",
    ]


def test_the_sandbox_has_no_endpoint_and_takes_no_parameter_that_stripe_does_not_have():
    router.load()
    wrong = []
    for one in router.ENDPOINTS:
        path = one.template.replace("{", "").replace("}", "")
        operation = specification.operation_for(one.method, path)
        known = set(operation.parameters) if operation else set()
        if operation is None or not one.takes <= known | {"expand"}:
            wrong.append((one.method, one.template, sorted(one.takes - known)))
    assert wrong == []


def test_the_seed_asks_for_events_that_stripe_has():
    assert set(seed.EVENTS) <= specification.event_types()

import pytest
import stripe

from stripe_sandbox import seed

BACK = "https://shop.test/billing"


def test_a_session_lets_a_customer_into_the_default_portal(sandbox):
    customer = sandbox.v1.customers.create().id
    made = sandbox.v1.billing_portal.sessions.create({"customer": customer, "return_url": BACK, "locale": "en"})
    assert made.url == f"{sandbox.url}/portal/{made.id}"
    assert (made.customer, made.return_url, made.configuration) == (customer, BACK, seed.CONFIGURATION)
    assert made.flow is None
    told = sandbox.v1.events.list({"type": "billing_portal.session.created"}).data
    assert [event.data.object["id"] for event in told] == [made.id]


def test_a_session_can_lead_straight_to_a_card(sandbox):
    customer = sandbox.v1.customers.create().id
    flow = {"type": "payment_method_update", "after_completion": {"type": "redirect", "redirect": {"return_url": BACK}}}
    made = sandbox.v1.billing_portal.sessions.create({"customer": customer, "flow_data": flow})
    assert (made.flow.type, made.flow.after_completion.redirect.return_url) == ("payment_method_update", BACK)


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({}, "customer"),
        ({"customer": "cus_none"}, "customer"),
        ({"configuration": "bpc_none"}, "configuration"),
        ({"flow_data": {"type": "subscription_cancel"}}, "flow_data[subscription_cancel][subscription]"),
        ({"flow_data": {"type": "everything"}}, "flow_data[type]"),
    ],
)
def test_a_wrong_session_is_refused(sandbox, params, param):
    customer = {} if param == "customer" else {"customer": sandbox.v1.customers.create().id}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.billing_portal.sessions.create({**customer, **params})
    assert (refused.value.param, refused.value.http_status) == (param, 400)


def test_the_seeded_portal_schedules_downgrades_and_cancels_at_the_periods_end(sandbox):
    found = sandbox.v1.billing_portal.configurations.list({"is_default": True}).data
    assert [one.id for one in found] == [seed.CONFIGURATION]
    features = found[0].features
    assert (features.subscription_cancel.enabled, features.subscription_cancel.mode) == (True, "at_period_end")
    update = features.subscription_update
    assert [one.type for one in update.schedule_at_period_end.conditions] == ["decreasing_item_amount"]
    assert [one.prices for one in update.products] == [
        ["price_sandbox_pro"],
        ["price_sandbox_premium"],
        ["price_sandbox_enterprise"],
    ]


def test_a_configuration_is_made_and_changed_feature_by_feature(sandbox):
    made = sandbox.v1.billing_portal.configurations.create(
        {
            "business_profile": {"headline": "Hello"},
            "default_return_url": BACK,
            "name": "second",
            "features": {
                "invoice_history": {"enabled": True},
                "customer_update": {"enabled": True, "allowed_updates": ["email"]},
                "subscription_cancel": {
                    "enabled": True,
                    "mode": "immediately",
                    "proration_behavior": "create_prorations",
                    "cancellation_reason": {"enabled": True, "options": ["unused", "other"]},
                },
                "subscription_update": {
                    "enabled": True,
                    "default_allowed_updates": ["price"],
                    "products": [{"product": "prod_sandbox_pro", "prices": ["price_sandbox_pro"]}],
                    "schedule_at_period_end": {"conditions": [{"type": "shortening_interval"}]},
                },
            },
        }
    )
    assert (made.is_default, made.active, made.default_return_url) == (False, True, BACK)
    changed = sandbox.v1.billing_portal.configurations.update(
        made.id,
        {"active": False, "features": {"subscription_cancel": {"mode": "at_period_end"}}, "metadata": {"a": "1"}},
    )
    cancel = changed.features.subscription_cancel
    assert (cancel.mode, cancel.enabled, cancel.cancellation_reason.options) == (
        "at_period_end",
        True,
        ["unused", "other"],
    )
    assert changed.features.invoice_history.enabled is True
    assert [one.id for one in sandbox.v1.billing_portal.configurations.list({"active": True}).data] == [
        seed.CONFIGURATION
    ]
    assert sandbox.v1.billing_portal.configurations.retrieve(made.id).to_dict() == changed.to_dict()


@pytest.mark.parametrize(
    ("features", "param"),
    [
        (None, "features"),
        ({"loyalty": {"enabled": True}}, "features[loyalty]"),
        ({"subscription_cancel": {"enabled": True, "mode": "later"}}, "features[subscription_cancel][mode]"),
        ({"subscription_update": {"enabled": True}}, "features[subscription_update][products]"),
        (
            {
                "subscription_update": {
                    "enabled": True,
                    "products": [{"product": "prod_sandbox_pro", "prices": ["price_sandbox_premium"]}],
                }
            },
            "features[subscription_update][products][0][prices]",
        ),
        (
            {"customer_update": {"enabled": True, "allowed_updates": ["shoe"]}},
            "features[customer_update][allowed_updates]",
        ),
    ],
)
def test_a_wrong_configuration_is_refused(sandbox, features, param):
    params = {} if features is None else {"features": features}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.billing_portal.configurations.create(params)
    assert refused.value.param == param


def test_the_default_configuration_stays_active(sandbox):
    with pytest.raises(stripe.InvalidRequestError, match="default configuration"):
        sandbox.v1.billing_portal.configurations.update(seed.CONFIGURATION, {"active": False})


@pytest.mark.parametrize("address", ["javascript:alert(1)", "somewhere", ""])
def test_a_session_returns_to_a_web_address(sandbox, address):
    customer = sandbox.v1.customers.create({"email": "ada@example.test"})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.billing_portal.sessions.create({"customer": customer.id, "return_url": address})
    assert refused.value.param == "return_url"

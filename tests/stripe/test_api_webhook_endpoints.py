import pytest
import stripe

from stripe_sandbox import seed
from stripe_sandbox.models import Record

URL = "https://shop.example.test/hook"


def test_an_endpoint_shows_its_secret_once(sandbox):
    made = sandbox.v1.webhook_endpoints.create(
        {"url": URL, "enabled_events": ["invoice.paid"], "description": "ours", "metadata": {"a": "1"}}
    )
    assert made.secret.startswith("whsec_")
    found = sandbox.v1.webhook_endpoints.retrieve(made.id).to_dict()
    assert "secret" not in found
    assert found == {name: value for name, value in made.to_dict().items() if name != "secret"}
    assert [one.id for one in sandbox.v1.webhook_endpoints.list().data] == [made.id]


def test_an_endpoint_is_changed_disabled_and_deleted(sandbox):
    made = sandbox.v1.webhook_endpoints.create({"url": URL, "enabled_events": ["*"]})
    changed = sandbox.v1.webhook_endpoints.update(
        made.id, {"url": URL + "/2", "enabled_events": ["charge.refunded"], "disabled": True}
    )
    assert (changed.url, changed.enabled_events, changed.status) == (URL + "/2", ["charge.refunded"], "disabled")
    assert sandbox.v1.webhook_endpoints.update(made.id, {"disabled": False}).status == "enabled"
    gone = {"id": made.id, "object": "webhook_endpoint", "deleted": True}
    assert sandbox.v1.webhook_endpoints.delete(made.id).to_dict() == gone
    assert sandbox.v1.webhook_endpoints.list().data == []


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({"enabled_events": ["*"]}, "url"),
        ({"url": URL}, "enabled_events"),
        ({"url": "ftp://shop.example.test", "enabled_events": ["*"]}, "url"),
        ({"url": "shop", "enabled_events": ["*"]}, "url"),
        ({"url": URL, "enabled_events": ["invoice.paid", "everything"]}, "enabled_events[1]"),
        ({"url": URL, "enabled_events": ["*"], "api_version": "2020-08-27"}, "api_version"),
    ],
)
def test_a_wrong_endpoint_is_refused(sandbox, params, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        sandbox.v1.webhook_endpoints.create(params)
    assert refused.value.param == param
    assert sandbox.v1.webhook_endpoints.list().data == []


def test_a_webhook_tells_what_happened_signed_with_the_secret(sandbox, inbox):
    made = sandbox.v1.customers.create({"email": "a@example.test"}, {"idempotency_key": "key-1"})
    event = inbox.wait_for("customer.created")[0]
    assert (event["type"], event["data"]["object"]["id"]) == ("customer.created", made.id)
    assert event["request"]["idempotency_key"] == "key-1"
    assert event["api_version"] == "2026-05-27.dahlia"
    assert event["pending_webhooks"] == 1


def test_an_endpoint_hears_only_what_it_asked_for_and_only_while_it_is_enabled(sandbox, inbox):
    sandbox.v1.webhook_endpoints.update(
        sandbox.v1.webhook_endpoints.list().data[0].id, {"enabled_events": ["customer.updated"]}
    )
    made = sandbox.v1.customers.create({"name": "A"})
    sandbox.v1.customers.update(made.id, {"name": "B"})
    inbox.wait_for("customer.updated")
    sandbox.v1.webhook_endpoints.update(sandbox.v1.webhook_endpoints.list().data[0].id, {"disabled": True})
    sandbox.v1.customers.update(made.id, {"name": "C"})
    assert inbox.types == ["customer.updated"]
    assert len(sandbox.v1.events.list({"type": "customer.updated"}).data) == 2


def test_a_refused_delivery_comes_again(sandbox, inbox):
    inbox.answers = [500]
    sandbox.v1.customers.create()
    first, second = inbox.wait_for("customer.created", "customer.created")
    assert first["id"] == second["id"]


def test_the_product_has_an_endpoint_for_exactly_what_it_handles(sandbox, settings):
    settings.STRIPE_SANDBOX_WEBHOOK_URL = "http://127.0.0.1:9/api/billing/webhook"
    for _ in range(2):
        seed.plant()
    endpoints = sandbox.v1.webhook_endpoints.list().data
    assert [(one.id, one.url, one.enabled_events) for one in endpoints] == [
        (seed.ENDPOINT, settings.STRIPE_SANDBOX_WEBHOOK_URL, seed.EVENTS)
    ]
    assert Record.objects.get(pk=seed.ENDPOINT).private == {"secret": settings.STRIPE_WEBHOOK_SECRET}

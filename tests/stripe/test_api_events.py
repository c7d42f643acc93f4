import time

import pytest
import stripe


def names(listed) -> list[str]:
    return [event.type for event in listed.data]


def test_events_are_listed_newest_first_and_by_type(sandbox):
    made = sandbox.v1.customers.create({"name": "A"})
    sandbox.v1.customers.update(made.id, {"name": "B"})
    sandbox.v1.coupons.create({"percent_off": 5, "id": "FIVE"})
    assert names(sandbox.v1.events.list()) == ["coupon.created", "customer.updated", "customer.created"]
    assert names(sandbox.v1.events.list({"type": "customer.created"})) == ["customer.created"]
    assert names(sandbox.v1.events.list({"type": "customer.*"})) == ["customer.updated", "customer.created"]
    assert names(sandbox.v1.events.list({"types": ["coupon.created", "customer.created"]})) == [
        "coupon.created",
        "customer.created",
    ]
    assert names(sandbox.v1.events.list({"types": ["invoice.paid"]})) == []


def test_events_are_listed_by_when_they_happened(sandbox):
    sandbox.v1.customers.create()
    now = int(time.time())
    assert names(sandbox.v1.events.list({"created": {"gte": now - 60, "lt": now + 60}})) == ["customer.created"]
    assert names(sandbox.v1.events.list({"created": {"gt": now + 60}})) == []
    assert names(sandbox.v1.events.list({"created": {"lte": now - 60}})) == []


def test_type_and_types_exclude_each_other(sandbox):
    with pytest.raises(stripe.InvalidRequestError, match="You may only specify one of these parameters"):
        sandbox.v1.events.list({"type": "customer.created", "types": ["customer.updated"]})


def test_an_event_keeps_the_object_as_it_was(sandbox):
    made = sandbox.v1.customers.create({"name": "A"})
    sandbox.v1.customers.update(made.id, {"name": "B"})
    first = sandbox.v1.events.list({"type": "customer.created"}).data[0]
    assert sandbox.v1.events.retrieve(first.id).data.object["name"] == "A"
    with pytest.raises(stripe.InvalidRequestError) as missing:
        sandbox.v1.events.retrieve("evt_none")
    assert missing.value.code == "resource_missing"


def test_events_are_listed_by_whether_they_arrived(sandbox, inbox):
    inbox.answers = [500, 500]
    sandbox.v1.customers.create()
    inbox.wait_for("customer.created")
    lost = {"delivery_success": False}
    until = time.monotonic() + 10
    while sandbox.v1.events.list(lost).data[0].pending_webhooks != 1 and time.monotonic() < until:
        time.sleep(0.1)
    assert names(sandbox.v1.events.list(lost)) == ["customer.created"]
    assert names(sandbox.v1.events.list({"delivery_success": True})) == []
    inbox.answers = []
    inbox.wait_for("customer.created", "customer.created")
    while sandbox.v1.events.list(lost).data and time.monotonic() < until:
        time.sleep(0.1)
    arrived = sandbox.v1.events.list({"delivery_success": True})
    assert [(one.type, one.pending_webhooks) for one in arrived.data] == [("customer.created", 0)]

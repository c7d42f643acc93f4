"""What operators see of webhooks, and the little that they may do; and that beat asks for the work."""

import pytest
from django.conf import settings
from django.db.models.functions import Now

from accounts.models import User
from avatarg.celery import app
from hooks import delivery, recording, tasks
from hooks.models import Delivery, Endpoint
from hooks.sender import Answer
from tests.hooks.receiver import again, ended, made, only, try_out
from tests.operators.desk import staff

ENDPOINTS, DELIVERIES = "/admin/hooks/endpoint/", "/admin/hooks/delivery/"


@pytest.fixture
def operator(client):
    client.force_login(User.objects.create_superuser("operator@example.test"))
    return client


def act(operator, page, action, row):
    return operator.post(page, {"action": action, "_selected_action": [str(row.pk)]}, follow=True).content.decode()


def test_operators_look_and_change_nothing(company, operator):
    endpoint = made(company).endpoint
    row = try_out(endpoint)
    for page, pk in ((ENDPOINTS, endpoint.pk), (DELIVERIES, row.pk)):
        assert "https://example.com/hook" in operator.get(f"{page}?q=alice").content.decode()
        shown = operator.get(f"{page}{pk}/change/")
        assert shown.status_code == 200
        assert endpoint.secret not in shown.content.decode()
        assert operator.post(f"{page}{pk}/change/", {"url": "https://other.example.com"}).status_code == 403
        assert operator.get(f"{page}add/").status_code == 403
        assert operator.post(f"{page}{pk}/delete/", {"post": "yes"}).status_code == 403


def test_operators_switch_an_endpoint_off(company, operator):
    endpoint = made(company).endpoint
    for _ in range(2):
        act(operator, ENDPOINTS, "switch_off", endpoint)
    assert again(endpoint).off_because == "operator"


def test_operators_find_endpoints_by_their_state(company, operator):
    endpoint = made(company).endpoint

    def states():
        shown = {one: operator.get(f"{ENDPOINTS}?state={one}") for one in ("on", "failing", "paused", "off")}
        return [one for one, page in shown.items() if endpoint.url in page.content.decode()]

    assert states() == ["on"]
    for facts, state in (
        ({"failing_since": Now()}, "failing"),
        ({"paused_at": Now()}, "paused"),
        ({"off_at": Now(), "off_because": "owner"}, "off"),
    ):
        Endpoint.objects.filter(pk=endpoint.pk).update(**facts)
        assert states() == [state]


def test_operators_send_again_what_has_ended(company, operator):
    endpoint = made(company).endpoint
    row = try_out(endpoint)
    assert "still under way" in act(operator, DELIVERIES, "send_again", row)

    delivery.deliver_due(post=lambda *_: Answer(500))
    assert "it is sent again" in act(operator, DELIVERIES, "send_again", row)
    assert (only(endpoint).state, only(endpoint).attempts_before) == ("waiting", 1)


def test_who_may_only_look_does_nothing(company, client):
    endpoint = made(company).endpoint
    row = ended(endpoint)
    clerk = staff("hooks.view_endpoint", "hooks.view_delivery")
    client.force_login(clerk)

    act(client, ENDPOINTS, "switch_off", endpoint)
    act(client, DELIVERIES, "send_again", row)

    assert again(endpoint).off_at is None
    assert only(endpoint).state == "delivered"


def test_beat_asks_for_both_tasks_and_workers_know_them(company):
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    made(company)
    for name in ("hooks.deliver", "hooks.prune"):
        assert name in asked
        assert app.amqp.router.route({}, name)["queue"].name == "upkeep"
        app.tasks[name].run()


def test_what_was_recorded_before_is_sent_when_recording_fails(company, monkeypatch):

    endpoint = made(company).endpoint
    try_out(endpoint)

    def broken():
        raise RuntimeError("the database is away")

    monkeypatch.setattr(recording, "record_due", broken)
    with pytest.raises(RuntimeError, match="the database is away"):
        tasks.deliver.run()
    assert Delivery.objects.get().attempts == 1

"""Sending: at least once, again later and later, by one worker at a time, and an end when nobody takes it."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from standardwebhooks.webhooks import WebhookVerificationError

from accounts.models import User
from hooks import delivery, endpoints, recording
from hooks.models import Delivery, Endpoint
from hooks.sender import Answer
from tests.hooks.receiver import again, made, only, receiver, round_of_beat, told_once, try_out, wait_is_over
from tests.jobs import acts

pytestmark = pytest.mark.usefixtures("loopback")
DONE = "job.completed"
WAITS = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]


def seconds_left(row: Delivery) -> float:
    return (row.due_at - timezone.now()).total_seconds()


def test_an_event_arrives_signed_and_is_not_sent_again(company):
    with receiver(204) as server:
        new = made(company, server.url, DONE)
        job = acts.finished(company)
        assert [round_of_beat() for _ in range(3)] == [1, 0, 0]

    row = only(new.endpoint)
    assert (row.state, row.attempts, row.response_code, row.error) == ("delivered", 1, 204, "")
    assert None not in (row.ended_at, row.tried_at)
    assert server.verified(new.secret)["data"]["job_id"] == str(job.pk)
    assert server.headers[0]["webhook-id"] == row.message_id == f"msg_{row.pk.hex}"
    assert server.bodies == [row.body.encode()]


def test_another_secret_does_not_verify(company):
    with receiver() as server:
        told_once(company, server.url)
        round_of_beat()
    with pytest.raises(WebhookVerificationError):
        server.verified(made(company).secret)


def test_after_a_rotation_both_secrets_verify_for_a_day(company):
    with receiver() as server:
        new = made(company, server.url, DONE)
        renewed = endpoints.rotate_secret(user_id=company.pk, endpoint_id=new.endpoint.pk)
        acts.finished(company)
        round_of_beat()
        for secret in (new.secret, renewed.secret):
            server.verified(secret)

        left = again(new.endpoint).old_secret_until - timezone.now()
        assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)
        Endpoint.objects.update(old_secret_until=Now() - timedelta(seconds=1))
        try_out(new.endpoint)
        round_of_beat()

    server.verified(renewed.secret)
    assert len(server.headers[1]["webhook-signature"].split()) == 1
    with pytest.raises(WebhookVerificationError):
        server.verified(new.secret)


@pytest.mark.parametrize("answer", [500, 404, 429, "http://127.0.0.1:9/", "close"])
def test_what_is_not_taken_comes_again_as_the_same_message(company, answer):
    with receiver(answer, 200) as server:
        endpoint = told_once(company, server.url)
        round_of_beat()
        first = only(endpoint)
        assert (first.state, first.attempts, first.ended_at) == ("waiting", 1, None)
        assert round_of_beat() == 0
        wait_is_over()
        round_of_beat()

    assert only(endpoint).state == "delivered"
    assert server.bodies[0] == server.bodies[1]
    assert server.headers[0]["webhook-id"] == server.headers[1]["webhook-id"]


def test_the_waits_grow_and_after_the_tenth_attempt_it_is_given_up(company):
    endpoint = told_once(company, "https://example.com/")
    waits = []
    for _ in WAITS:
        delivery.deliver_due(post=lambda *_: Answer(503))
        waits.append(seconds_left(only(endpoint)))
        wait_is_over()
    assert [wait * 0.89 < left < wait * 1.11 for wait, left in zip(WAITS, waits, strict=True)] == [True] * 9

    delivery.deliver_due(post=lambda *_: Answer(503))
    row = only(endpoint)
    assert (row.state, row.attempts, row.response_code) == ("failed", 10, 503)
    wait_is_over()
    assert delivery.deliver_due(post=lambda *_: Answer(200)) == 0


def test_waits_are_not_all_the_same(company):
    endpoint = made(company, "https://example.com/", DONE).endpoint
    for _ in range(6):
        acts.finished(company)
    recording.record_due()
    delivery.deliver_due(post=lambda *_: Answer(500))
    left = Delivery.objects.filter(endpoint=endpoint).values_list(F("due_at") - F("tried_at"), flat=True)
    assert len(set(left)) == 6


def test_what_nobody_thought_of_is_a_failed_attempt(company, caplog):
    endpoint = told_once(company, "https://example.com/")

    def broken(*_):
        raise RuntimeError("nobody thought of this")

    delivery.deliver_due(post=broken)
    assert (only(endpoint).state, only(endpoint).error) == ("waiting", "It could not be sent.")
    assert "nobody thought of this" in caplog.text


@pytest.mark.parametrize("plan", ["PREMIUM", "FREE"])
def test_what_waits_when_the_plan_goes_is_passed_over(company, plan):
    with receiver() as server:
        endpoint = told_once(company, server.url)
        acts.put_on(company, plan)
        assert round_of_beat() == 0

    assert (only(endpoint).state, only(endpoint).error) == ("skipped", "The plan carried no webhooks.")
    assert server.bodies == []


def test_what_waits_when_the_endpoint_goes_off_is_passed_over(company):
    endpoint = told_once(company, "https://example.com/")
    endpoints.switch_off(endpoint_id=endpoint.pk, because="owner")
    assert delivery.deliver_due(post=lambda *_: Answer(200)) == 0
    assert (only(endpoint).state, only(endpoint).error) == ("skipped", "The endpoint was switched off.")


def test_a_secret_that_can_not_be_read_is_said_and_nothing_is_sent(company, settings):
    endpoint = told_once(company, "https://example.com/")
    settings.SECRET_KEY = "another key"
    assert delivery.deliver_due(post=lambda *_: Answer(200)) == 0
    assert only(endpoint).error == "Its signing secret can not be read any more: make a new one."
    assert only(endpoint).state == "waiting"


def test_who_answers_gone_is_switched_off_at_once(company):
    endpoint = told_once(company, "https://example.com/")
    delivery.deliver_due(post=lambda *_: Answer(410))
    assert (only(endpoint).state, again(endpoint).off_because) == ("failed", "gone")


@pytest.mark.parametrize(("hours", "is_off"), [(71, False), (73, True)])
def test_three_days_of_failures_switch_an_endpoint_off(company, hours, is_off):
    endpoint = told_once(company, "https://example.com/")
    delivery.deliver_due(post=lambda *_: Answer(500))
    assert again(endpoint).failing_since is not None
    Endpoint.objects.update(failing_since=Now() - timedelta(hours=hours))
    wait_is_over()
    delivery.deliver_due(post=lambda *_: Answer(None, "It did not answer in time."))

    assert (again(endpoint).off_because, again(endpoint).off_at is not None) == ("failing" if is_off else "", is_off)


def test_one_success_clears_what_failed_before(company):
    endpoint = told_once(company, "https://example.com/")
    delivery.deliver_due(post=lambda *_: Answer(500))
    wait_is_over()
    delivery.deliver_due(post=lambda *_: Answer(200))
    assert again(endpoint).failing_since is None


def test_a_test_is_tried_once_and_says_nothing_of_the_endpoint(company):
    endpoint = made(company, "https://example.com/").endpoint
    try_out(endpoint)
    delivery.deliver_due(post=lambda *_: Answer(500))
    assert (only(endpoint).state, only(endpoint).attempts) == ("failed", 1)
    assert again(endpoint).failing_since is None


def test_what_ended_can_be_sent_again_with_all_its_attempts(company):
    endpoint = told_once(company, "https://example.com/")
    for _ in range(10):
        delivery.deliver_due(post=lambda *_: Answer(500))
        wait_is_over()
    assert only(endpoint).state == "failed"

    endpoints.send_again(user_id=company.pk, delivery_id=only(endpoint).pk)
    delivery.deliver_due(post=lambda *_: Answer(500))
    row = only(endpoint)
    assert (row.state, row.attempts, 4 < seconds_left(row) < 6) == ("waiting", 11, True)
    wait_is_over()
    delivery.deliver_due(post=lambda *_: Answer(200))
    assert (only(endpoint).state, only(endpoint).attempts) == ("delivered", 12)


def test_old_deliveries_are_forgotten_and_endpoints_of_who_left(company, bob):
    acts.put_on(bob, "ENTERPRISE")
    endpoint, theirs = told_once(company, "https://example.com/"), made(bob).endpoint
    try_out(endpoint)
    Delivery.objects.filter(type=DONE).update(created_at=Now() - timedelta(days=30, minutes=1))
    Delivery.objects.exclude(type=DONE).update(created_at=Now() - timedelta(days=29))
    assert (delivery.prune(), [row.type for row in Delivery.objects.all()]) == (1, ["webhook.test"])
    assert delivery.prune() == 0

    User.objects.filter(pk=bob.pk).update(is_active=False)
    delivery.prune()
    assert Endpoint.objects.filter(pk=theirs.pk).exists()
    User.objects.filter(pk=bob.pk).update(email=f"{bob.pk}@anonymised.invalid")
    delivery.prune()
    assert [one.pk for one in Endpoint.objects.all()] == [endpoint.pk]

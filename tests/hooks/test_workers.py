"""Workers that send: none twice the same, one at a time, and none whose death loses anything."""

import subprocess
import sys
import threading

import pytest
from django.db import connection, transaction

from hooks import delivery, recording
from hooks.models import Delivery, Endpoint
from hooks.sender import Answer
from tests import environment, together
from tests.embedded.processes import wait_until
from tests.hooks.receiver import again, lease_is_over, made, only, receiver, told_once, try_out
from tests.jobs import acts

pytestmark = pytest.mark.usefixtures("loopback")
DONE = "job.completed"
SENDS = "import django; django.setup(); from hooks import delivery; delivery.deliver_due()"


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_while_it_sends_frees_its_place_and_its_message_comes_again(company, live_env):
    with receiver("silent", 204) as server:
        endpoint = told_once(company, server.url)
        env = {**live_env, "HOOKS_ALLOW_LOOPBACK": "1", "PYTHONWARNINGS": ""}
        killed = subprocess.Popen([sys.executable, "-c", SENDS], env=env, cwd=environment.ROOT)
        wait_until(lambda: server.bodies, 30)
        assert delivery.deliver_due() == 0
        killed.kill()
        killed.wait()
        assert (only(endpoint).state, only(endpoint).attempts) == ("sending", 1)

        lease_is_over()
        wait_until(lambda: delivery.deliver_due() == 1, 10)
    assert (only(endpoint).state, only(endpoint).attempts) == ("delivered", 2)
    assert server.bodies == [only(endpoint).body.encode()] * 2


def test_a_worker_that_died_in_the_middle_loses_nothing(company):
    endpoint = told_once(company, "https://example.com/")
    [taken] = delivery.claim(10)
    assert (taken.state, taken.attempts) == ("sending", 1)
    assert delivery.deliver_due(post=lambda *_: Answer(200)) == 0

    lease_is_over()
    assert delivery.deliver_due(post=lambda *_: Answer(200)) == 1
    assert (only(endpoint).state, only(endpoint).attempts) == ("delivered", 2)


def test_who_comes_back_after_the_lease_changes_nothing(company):
    endpoint = told_once(company, "https://example.com/")
    [late] = delivery.claim(10)
    lease_is_over()
    [other] = delivery.claim(10)
    delivery.settle(late, Answer(500))
    assert (only(endpoint).state, only(endpoint).attempts, again(endpoint).failing_since) == ("sending", 2, None)

    delivery.settle(other, Answer(200))
    delivery.settle(late, Answer(500))
    assert (only(endpoint).state, only(endpoint).response_code) == ("delivered", 200)


@pytest.mark.django_db(transaction=True)
def test_no_two_workers_take_the_same_attempt(company):
    endpoint = made(company, "https://example.com/", DONE).endpoint
    for _ in range(4):
        acts.finished(company)
    recording.record_due()
    taken = together.at_once([lambda: [row.pk for row in delivery.claim(16)]] * 6)
    flat = [pk for one in taken for pk in one]

    assert (len(flat), len(set(flat))) == (4, 4)
    assert set(Delivery.objects.filter(endpoint=endpoint).values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_one_worker_sends_at_a_time_and_frees_the_place_when_it_ends(company):
    told_once(company, "https://example.com/")
    inside, go_on = threading.Event(), threading.Event()

    def slow(*_):
        inside.set()
        go_on.wait(10)
        return Answer(200)

    def first():
        try:
            return delivery.deliver_due(post=slow)
        finally:
            connection.close()

    results = []
    thread = threading.Thread(target=lambda: results.append(first()))
    thread.start()
    assert inside.wait(10)
    try_out(Endpoint.objects.get())
    assert delivery.deliver_due(post=lambda *_: Answer(200)) == 0
    go_on.set()
    thread.join()

    assert sum(results) + delivery.deliver_due(post=lambda *_: Answer(200)) == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_to_one_endpoint_four_messages_fly_at_a_time_and_to_others_beside_it(company):
    with receiver(0.3) as server, receiver() as other:
        slow, quick = made(company, server.url, DONE).endpoint, made(company, other.url, DONE).endpoint
        for _ in range(9):
            acts.finished(company)
        recording.record_due()
        assert delivery.deliver_due() == 18

    assert server.most_flying == 4
    ends = {row.endpoint_id: row.ended_at for row in Delivery.objects.order_by("ended_at")}
    assert ends[quick.pk] < ends[slow.pk]


def test_when_the_time_is_over_what_flies_is_waited_for_and_the_rest_stays(company):
    with receiver(0.2) as server:
        made(company, server.url, DONE)
        for _ in range(6):
            acts.finished(company)
        recording.record_due()
        assert delivery.deliver_due(seconds=0.1) == 4

    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["delivered"] * 4 + ["waiting"] * 2


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_is_about_to_take_is_neither_taken_nor_waited_for(company):
    told_once(company, "https://example.com/")
    taken, go_on = threading.Event(), threading.Event()

    def slowly():
        try:
            with transaction.atomic():
                delivery.claim(16)
                taken.set()
                go_on.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert taken.wait(10)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        assert delivery.claim(16) == []
    go_on.set()
    thread.join()
    assert Delivery.objects.get().attempts == 1

"""GET /healthz and /readyz."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as live
from django.db import OperationalError

from jobs import lifecycle, upkeep
from jobs.models import Job, Pulse
from tests.jobs import acts

READY = {"status": "ok", "database": True, "broker": True, "worker": True, "studio": False}


def ready(client) -> tuple[int, dict]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def unready(**broken: bool) -> tuple[int, dict]:
    return 503, READY | {"status": "unavailable"} | broken


def test_the_process_is_alive(stranger, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = stranger.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_all_is_ready_once_a_worker_ran_its_canary(stranger):
    assert ready(stranger) == unready(worker=False)

    upkeep.record_pulse("standard")

    assert ready(stranger) == (200, READY)


def test_incident_22_a_worker_that_fell_silent_is_not_ready(stranger):
    upkeep.record_pulse("standard")
    Pulse.objects.update(at=datetime.now(UTC) - timedelta(seconds=61))

    assert ready(stranger) == unready(worker=False)

    upkeep.record_pulse("standard")
    assert ready(stranger) == (200, READY)


def test_workers_that_are_all_busy_are_alive(stranger, alice):
    job = lifecycle.claim(acts.queued(alice).pk)
    assert ready(stranger) == (200, READY)

    acts.let_lease_run_out(job)
    assert ready(stranger) == unready(worker=False)
    assert Job.objects.get().status == "running"


def test_without_a_studio_people_are_still_let_in_and_watchers_are_told(stranger):
    upkeep.record_pulse("standard")
    upkeep.record_pulse("heavy")
    assert ready(stranger) == (200, READY | {"studio": True})

    Pulse.objects.filter(queue="heavy").update(at=datetime.now(UTC) - timedelta(seconds=61))
    assert ready(stranger) == (200, READY | {"studio": False})


def test_a_studio_does_not_stand_for_the_worker_of_short_work(stranger, alice):
    upkeep.record_pulse("heavy")
    assert ready(stranger) == unready(worker=False, studio=True)

    Pulse.objects.all().delete()
    film = lifecycle.claim(acts.queued(alice, "video-studio").pk)
    assert film.queue == "standard-heavy"
    assert ready(stranger) == unready(worker=False, studio=True)


def test_a_plan_that_waits_for_its_steps_is_in_no_worker_s_hands(stranger, alice):
    job = lifecycle.claim(acts.queued(alice).pk)
    Job.objects.filter(pk=job.pk).update(waiting=True)
    assert ready(stranger) == unready(worker=False)

    Job.objects.filter(pk=job.pk).update(waiting=False)
    assert ready(stranger) == (200, READY)


def test_a_broker_that_is_away(stranger, settings):
    upkeep.record_pulse("standard")
    settings.REDIS_URL = "redis://:secret-word@127.0.0.1:9/0"

    assert ready(stranger) == unready(broker=False)


@pytest.mark.parametrize("reason", ["connection to server at 10.1.2.3 failed: password secret-word"])
def test_a_database_that_is_away(stranger, monkeypatch, reason):
    def fail(*_arguments, **_options):
        raise OperationalError(reason)

    monkeypatch.setattr(Pulse.objects, "filter", fail)

    assert ready(stranger) == unready(database=False, worker=False)


def test_a_product_that_is_not_ready_yet_logs_no_error(stranger, caplog):
    assert ready(stranger)[0] == 503

    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_incident_12_no_secret_and_no_address_is_told(stranger, settings):
    secrets = [live.SECRET_KEY, live.CRON_SECRET, live.STRIPE_TEST_SECRET_KEY, live.DATABASES["default"]["PASSWORD"]]
    said = [stranger.get(path).content.decode() for path in ("/healthz", "/readyz")]
    settings.REDIS_URL = "redis://:secret-word@127.0.0.1:9/0"
    said.append(stranger.get("/readyz").content.decode())

    for secret in [*secrets, "secret-word"]:
        assert not any(secret[:8] in text for text in said if secret)
    assert not any("127.0.0.1" in text for text in said)

"""Database, broker, workers, and a database that is not as it should be."""

import os
import re
import socket
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import redis

from jobs.models import Job, Pulse
from tests.dashboard.doctor.report import A_LONG_SECRET, NOWHERE, SHOULD_NOT_BE_SEEN, report, report_of_process
from tests.jobs import acts


def test_servers_that_are_down_are_said_and_the_rest_goes_on():
    began = time.monotonic()
    found = report_of_process(
        SECRET_KEY=A_LONG_SECRET,
        DATABASE_URL=f"postgres://someone:{SHOULD_NOT_BE_SEEN}@{NOWHERE}/name",
        REDIS_URL=f"redis://:{SHOULD_NOT_BE_SEEN}@{NOWHERE}/0",
        STRIPE_SECRET_KEY="",
    )

    assert found.code == 1
    assert found.at("wrong") == ["DATABASE_URL", "REDIS_URL"]
    assert found.says("DATABASE_URL").startswith("Nobody listens at that host and port: start PostgreSQL")
    assert found.says("REDIS_URL").startswith("Nobody listens at that host and port: start Valkey")
    assert found.level("VIDEO_URL") == "ok"
    assert "Canary" not in found.said
    assert time.monotonic() - began < 30


def test_a_server_that_takes_connections_and_says_nothing_is_not_waited_for():
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        nowhere = f"127.0.0.1:{silent.getsockname()[1]}"
        found = report_of_process(
            SECRET_KEY=A_LONG_SECRET, DATABASE_URL=f"postgres://x:y@{nowhere}/z", REDIS_URL=f"redis://{nowhere}/0"
        )
    assert found.at("wrong") == ["DATABASE_URL", "REDIS_URL"]


def test_a_wrong_password_is_called_that():
    wrong = re.sub(r":[^:@]+@", f":{SHOULD_NOT_BE_SEEN}@", os.environ["DATABASE_URL"])
    found = report_of_process(SECRET_KEY=A_LONG_SECRET, DATABASE_URL=wrong)
    assert found.says("DATABASE_URL").startswith("The server refuses the user or the password:")
    assert "Canary" not in found.said


BROKERS = [
    ("localhost:6379", "can not be read: redis://:password@host:6379/0"),
    (f"redis://:with#{SHOULD_NOT_BE_SEEN}@127.0.0.1:6379/0", "can not be read: redis://:password@host:6379/0"),
    (f"redis://{SHOULD_NOT_BE_SEEN}.invalid:6379/0", "Nobody knows that host"),
]


@pytest.mark.parametrize(("address", "says"), BROKERS)
def test_a_broker_that_is_not_there_is_told_with_what_mends_it(in_production, address, says):
    in_production.REDIS_URL = address
    found = report()
    assert found.at("wrong") == ["REDIS_URL"]
    assert found.says("REDIS_URL").startswith(says)
    assert "Canary" not in found.said


def test_a_broker_that_refuses_is_told_with_what_mends_it(in_production):
    host = in_production.REDIS_URL.rpartition("@")[2].removeprefix("redis://")
    in_production.REDIS_URL = f"redis://:{SHOULD_NOT_BE_SEEN}@{host}"
    found = report()
    assert found.at("wrong") == ["REDIS_URL"]
    assert "requirepass" in found.says("REDIS_URL")
    assert "Canary" not in found.said


def test_a_database_without_a_schema_is_one_thing_to_mend():
    bare = re.sub(r"/[^/]+$", "/postgres", os.environ["DATABASE_URL"])
    found = report_of_process(SECRET_KEY=A_LONG_SECRET, DATABASE_URL=bare, STRIPE_SECRET_KEY="")
    assert found.at("wrong") == ["migrations"]
    assert found.says("migrations").endswith("manage.py migrate, as the owner.")
    assert found.says("database").endswith("are known once the migrations are applied.")


def test_on_the_embedded_run_make_run_starts_what_is_silent(in_production):
    in_production.EMBEDDED = True
    Pulse.objects.all().delete()
    found = report()
    assert found.says("worker") == "No sign of life: make run starts it."
    assert found.says("studio") == "No sign of life, so films wait: make run starts it."
    assert found.says("beat") == "Not heard ever. make run starts it."


def test_silent_workers_and_beat(in_production):
    Pulse.objects.update(at=datetime.now(UTC) - timedelta(minutes=3))
    found = report()
    assert found.at("wrong") == ["worker", "beat"]
    assert "--queues billing,upkeep,dedicated,priority,standard" in found.says("worker")
    assert found.level("studio") == "warn"
    assert found.says("beat").startswith("Not heard for 3 min")


@pytest.mark.parametrize(("minutes", "level"), [(1, "ok"), (3, "warn"), (20, "wrong")])
def test_a_job_that_waits(in_production, alice, minutes, level):
    job = acts.queued(alice)
    Job.objects.filter(pk=job.pk).update(created_at=datetime.now(UTC) - timedelta(minutes=minutes))
    found = report()
    assert found.level("jobs") == level
    assert job.queue in found.says("jobs")


def test_the_owners_role_is_too_strong_for_the_product(owner_url):
    found = report_of_process(SECRET_KEY=A_LONG_SECRET, DATABASE_URL=owner_url)
    assert "belongs to the role in DATABASE_URL" in found.says("ledger")


def test_missing_migrations_are_counted(in_production, owner_connection):
    jobs = "FROM django_migrations WHERE app = 'jobs'"
    taken = owner_connection.execute(f"SELECT app, name, applied {jobs}").fetchall()
    owner_connection.execute(f"DELETE {jobs}")
    try:
        assert f"{len(taken)} are missing, jobs.0001" in report().says("migrations")
    finally:
        back = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)"
        owner_connection.cursor().executemany(back, taken)


@pytest.mark.django_db(transaction=True)
def test_the_law_is_proved_when_it_is_asked_for(at_home):
    assert "audit" not in report().at("ok")
    assert re.fullmatch(r"All \d+ rules hold\.", report("--audit").says("audit"))


@pytest.fixture
def broker(settings):
    """Put back as it was: all tests share it."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        before = client.config_get("maxmemory-policy")["maxmemory-policy"]
        yield client
        client.config_set("maxmemory-policy", before)


def test_a_broker_that_drops_messages_is_a_remark(in_production, broker):
    broker.config_set("maxmemory-policy", "allkeys-lru")
    found = report()
    assert found.level("broker memory") == "warn"
    assert "noeviction" in found.says("broker memory")


def test_a_queue_that_nobody_serves(in_production, broker):
    broker.rpush("upkeep", *["ring"] * 51)
    found = report()
    assert found.at("wrong") == ["queue upkeep"]
    assert "51 messages wait" in found.says("queue upkeep")

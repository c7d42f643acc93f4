"""Valkey emptied, restarted, away: Postgres holds the queue, so nothing is lost."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import redis
from django.conf import settings as live

from embedded import valkey
from embedded.folder import hold
from embedded.server import default_identity
from jobs.models import Job, Pulse
from tests.embedded.processes import wait_until
from tests.faults.crew import Crew, sweep_until
from tests.jobs import acts

SUBMIT = """
import time
from avatarg import urls  # a web server has loaded all of it before the first call comes
from jobs import submission
begun = time.monotonic()
answer = submission.submit(user_id="{user}", agent_id="{agent}", input={{"prompt": "a calm robot"}})
print(answer.status, time.monotonic() - begun)
"""


def jobs_of(*users) -> list[Job]:
    return [acts.queued(user, input={"message": "work 0.1"}) for user in users]


def done(jobs: list[Job]):
    return lambda: all(acts.again(job).status == "completed" for job in jobs)


def test_flushall_with_work_queued_loses_nothing(crew: Crew, alice, bob, charlie):
    jobs = jobs_of(alice, bob, charlie)
    with redis.Redis.from_url(live.REDIS_URL) as broker:
        assert broker.llen("standard") == 3
        broker.flushdb()

    worker = crew.worker()
    sweep_until(done(jobs), 30, worker.said)

    assert [acts.again(job).attempts for job in jobs] == [1, 1, 1]
    assert [acts.balance_of(user) for user in (alice, bob, charlie)] == [99, 99, 99]


class OwnValkey:
    """A Valkey of this test, which may be shot."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stack, self.port = folder, ExitStack(), None

    def start(self) -> str:
        folder = self.stack.enter_context(hold(self.folder))
        started = valkey.valkey(folder, durable=True, identity=default_identity(), port=self.port)
        running = self.stack.enter_context(started)
        self.port, self.pid = running.port, running.server.pid
        return running.url()

    def kill(self) -> None:
        os.killpg(self.pid, signal.SIGKILL)
        self.stack.close()
        self.stack = ExitStack()


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[OwnValkey]:
    own = OwnValkey(tmp_path / "valkey")
    own.folder.mkdir()
    yield own
    own.stack.close()


def test_incident_22_a_worker_takes_work_again_after_valkey_was_killed_and_restarted(
    crew: Crew, own_valkey: OwnValkey, alice, bob, charlie
):
    url = own_valkey.start()
    worker, beat = crew.worker(REDIS_URL=url), crew.beat(REDIS_URL=url)
    first, rest = jobs_of(alice), []
    wait_until(done(first), 30, worker.said)

    own_valkey.kill()
    rest = jobs_of(bob, charlie)
    time.sleep(1)
    own_valkey.start()

    wait_until(done(rest), 45, lambda: worker.said() + beat.said())
    pulse = Pulse.objects.get(queue="standard").at
    assert [acts.again(job).attempts for job in first + rest] == [1, 1, 1]
    assert pulse is not None


@contextmanager
def silent_server() -> Iterator[str]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize(("how", "most_seconds"), [("nobody listens", 3), ("nobody answers", 5)])
def test_a_broker_that_is_away_costs_a_submit_a_few_seconds_and_the_job_runs_later(
    crew: Crew, alice, how, most_seconds
):
    with silent_server() as silent:
        url = silent if how == "nobody answers" else "redis://127.0.0.1:9/0"
        status, seconds = crew.python(SUBMIT.format(user=alice.pk, agent="avatar-builder"), REDIS_URL=url).split()

    assert (status, Job.objects.get().status, acts.balance_of(alice)) == ("queued", "queued", 90)
    assert float(seconds) < most_seconds
    worker = crew.worker()
    sweep_until(done([Job.objects.get()]), 30, worker.said)
    assert acts.balance_of(alice) == 90

"""The web server shot before, during and after the commit of a call."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import psycopg
import requests

from jobs.models import Job
from tests.embedded.processes import wait_until
from tests.faults.crew import Crew, sweep_until
from tests.faults.test_broker import silent_server
from tests.faults.visitor import execute, visitor
from tests.jobs import acts

CALL = {"agent_id": "avatar-builder", "input": {"prompt": "a calm robot"}}
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@contextmanager
def held(owner_url: str, statement: str) -> Iterator[Callable[[], bool]]:
    """Holds a lock for the block; gives whether somebody waits for it."""
    with closing(psycopg.connect(owner_url)) as holder, psycopg.connect(owner_url, autocommit=True) as watch:
        holder.execute(statement)
        yield lambda: watch.execute(WAITING).fetchone()[0] > 0
        holder.rollback()


def shot_while(crew: Crew, person: requests.Session, happened: Callable[[], object], **env: str) -> None:
    """A call to a web server that is killed once something has happened; nobody gets an answer."""
    web, address = crew.web(**env)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(execute, person, address, CALL)
        wait_until(happened, 20, web.said)
        web.kill()
        assert answer.result() is None


def test_a_web_server_killed_before_the_charge_took_nothing(crew: Crew, owner_url, alice):
    person = visitor(alice)
    with held(owner_url, "LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE") as waits:
        shot_while(crew, person, waits)

    time.sleep(0.5)
    assert (Job.objects.count(), acts.rows_of(alice)) == (0, [])


def test_a_web_server_killed_while_it_charges_leaves_all_or_nothing(crew: Crew, owner_url, alice):
    person = visitor(alice)
    with held(owner_url, f"SELECT FROM credits_creditaccount WHERE user_id = '{alice.pk}' FOR UPDATE") as waits:
        shot_while(crew, person, waits)

    time.sleep(1)
    jobs = Job.objects.count()
    assert acts.rows_of(alice) == [("deduction", -10)] * jobs
    assert jobs in {0, 1}


def test_incident_28_a_web_server_killed_after_the_charge_owes_the_job_and_delivers_it_once(crew: Crew, alice):
    with silent_server() as broker_that_never_answers:
        shot_while(crew, visitor(alice), Job.objects.exists, REDIS_URL=broker_that_never_answers)
    assert acts.rows_of(alice) == [("deduction", -10)]

    worker = crew.worker()
    sweep_until(lambda: Job.objects.get().status == "completed", 30, worker.said)

    assert (Job.objects.get().attempts, acts.balance_of(alice)) == (1, 90)


def test_incident_28_who_asks_again_after_a_lost_reply_pays_once(crew: Crew, alice):
    _, address = crew.web()
    person = visitor(alice)

    first = execute(person, address, CALL, key="lost-reply")
    again = execute(person, address, CALL, key="lost-reply")

    assert (first[0], first) == (202, again)
    assert acts.rows_of(alice) == [("deduction", -10)]

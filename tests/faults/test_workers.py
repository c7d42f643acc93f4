"""Workers that die, hang and come back."""

import os
import signal

from jobs import lifecycle
from jobs.models import Artifact, Job
from tests.embedded.processes import is_alive
from tests.faults.crew import Crew, sweep_until
from tests.jobs import acts


def told(user, message: str) -> Job:
    return acts.queued(user, input={"message": message})


def is_(status: str, *jobs: Job):
    return lambda: all(acts.again(job).status == status for job in jobs)


def runs_of(job: Job) -> list[str]:
    return [file.removeprefix(f"jobs/{job.pk}/") for file in acts.files_of(job)]


def content_of(job: Job) -> str:
    with Artifact.objects.get(job=job).file.open() as stream:
        return stream.read().decode()


def pid_at_work(worker, job: Job) -> int:
    """The child that has this job, by stopping the other: only one works in these tests."""
    busiest = max(worker.children(), key=cpu_and_wait)
    assert acts.again(job).status == "running"
    return busiest


def cpu_and_wait(pid: int) -> int:
    """Threads: the child at work has one more, for the lease."""
    return len(os.listdir(f"/proc/{pid}/task"))


def test_incident_23_a_poison_job_kills_two_children_and_is_refunded(crew: Crew, alice, bob):
    worker = crew.worker()
    poison = told(alice, "die")

    sweep_until(is_("failed", poison), 30, worker.said)

    poison = acts.again(poison)
    assert (poison.attempts, poison.error_code, poison.refunded) == (2, "INTERRUPTED", 1)
    assert acts.rows_of(alice) == [("deduction", -1), ("refund", 1)]
    healthy = told(bob, "work 0.1")
    sweep_until(is_("completed", healthy), 20, worker.said)
    assert is_alive(worker.pid)


def test_a_stopped_worker_that_wakes_after_its_lease_was_taken_writes_nothing(crew: Crew, alice):
    worker = crew.worker()
    job = told(alice, "silent 3")
    sweep_until(is_("running", job), 20, worker.said)
    stale = pid_at_work(worker, job)
    os.kill(stale, signal.SIGSTOP)

    sweep_until(lambda: acts.again(job).attempts == 2, 30, worker.said)
    os.kill(stale, signal.SIGCONT)
    sweep_until(lambda: f"Job {job.pk} was taken from this worker" in worker.said(), 20, worker.said)
    sweep_until(is_("completed", job), 20, worker.said)

    assert (acts.again(job).attempts, content_of(job), runs_of(job)) == (2, "delivered by run 3", ["3/note.txt"])
    assert acts.rows_of(alice) == [("deduction", -1)]


def test_a_canceled_job_leaves_its_worker_and_gives_the_credits_back(crew: Crew, alice):
    worker = crew.worker()
    job = told(alice, "work 20")
    sweep_until(lambda: acts.again(job).progress > 0, 20, worker.said)

    lifecycle.cancel(user_id=alice.pk, job_id=job.pk)

    sweep_until(lambda: f"Job {job.pk} was taken from this worker" in worker.said(), 10, worker.said)
    assert (acts.again(job).status, acts.balance_of(alice), runs_of(job)) == ("canceled", 100, [])


def test_a_worker_killed_with_all_its_children_loses_no_job(crew: Crew, alice, bob):
    worker = crew.worker()
    jobs = [told(alice, "work 1"), told(bob, "silent 1")]
    sweep_until(is_("running", *jobs), 20, worker.said)
    worker.kill()

    sweep_until(is_("queued", *jobs), 10)
    crew.worker()
    sweep_until(is_("completed", *jobs), 30)

    assert [(job.attempts, job.refunded) for job in map(acts.again, jobs)] == [(2, 0)] * 2
    assert [acts.balance_of(user) for user in (alice, bob)] == [99, 99]

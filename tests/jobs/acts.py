"""What happens to jobs in these tests, in few words. The runners here replace real ones: quick, and bad on purpose."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from pydantic import Field

from accounts.models import User
from agents.runners.base import Delivery, File, MediaReference, Run, RunFailed, RunInput, Runner, Seed
from avatarg.errors import Refusal
from billing import subscriptions
from credits import ledger, selectors
from jobs import execution, submission
from jobs.models import Artifact, Job, Upload

GB = 1024**3
HELLO = {"message": "hello"}


class Note(RunInput):
    message: str = Field(min_length=1, max_length=1000)
    medium: MediaReference | None = None
    seed: Seed


def echo(run: Run, given: Note) -> Delivery:
    run.progress(50, "Writing")
    return echo_files(given)


def anything(_delivery: Delivery) -> None:
    """A check that believes everything."""


def full(delivery: Delivery) -> None:
    if not all(file.data for file in delivery.files):
        raise RunFailed("The file is empty. Your credits are back.", "DELIVERY_INVALID")


def runner(run: Callable[[Run, Any], Any] = echo, check: Callable[[Delivery], None] = full) -> Runner:
    return Runner(Note, run, check)


def submit(user: User, agent_id: str = "chat", **call: Any) -> submission.Accepted:
    return submission.submit(user_id=user.pk, agent_id=agent_id, **{"input": HELLO, **call})


def queued(user: User, agent_id: str = "chat", **call: Any) -> Job:
    return Job.objects.get(pk=submit(user, agent_id, **call).job_id)


def finished(user: User, agent_id: str = "chat", **call: Any) -> Job:
    return worked(queued(user, agent_id, **call))


def worked(job: Job) -> Job:
    """The job after a worker had it."""
    execution.run(job.pk)
    return again(job)


def again(job: Job) -> Job:
    """The job as it is now."""
    return Job.objects.get(pk=job.pk)


def refusal_of(call: Callable[[], Any]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


def balance_of(user: User) -> int:
    return selectors.account_of(user.pk).balance


def rows_of(user: User) -> list[tuple[str, int]]:
    """The ledger but its first row, oldest first."""
    rows = selectors.transactions_of(user.pk).order_by("id").values_list("type", "amount")
    return list(rows)[1:]


def leave(user: User, amount: int) -> None:
    """Take all but so many credits."""
    taken = balance_of(user) - amount
    ledger.take_back(user_id=user.pk, amount=taken, reason="test", reference=f"test:{user.pk}:{amount}")


def give(user: User, amount: int) -> None:
    source = f"test:{user.pk}:{amount}"
    ledger.grant(user_id=user.pk, amount=amount, type="bonus", source=source, description="A gift")


def put_on(user: User, plan: str) -> None:
    """This calendar month on a plan, with all its credits."""
    started_at = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ends_at = (started_at + timedelta(days=32)).replace(day=1)
    subscriptions.put_on_plan(
        user_id=user.pk, plan=plan, source=f"test:{user.pk}:{plan}", started_at=started_at, ends_at=ends_at
    )


def store(user: User, size: int) -> Upload:
    """An upload of so many bytes, as far as the tables know."""
    return Upload.objects.create(user=user, kind="image", content_type="image/png", size=size, file="uploads/none")


def let_lease_run_out(job: Job) -> None:
    moment = datetime.now(UTC) - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk, status="running").update(lease_until=moment)


def files_of(job: Job) -> list[str]:
    """Every file in storage below this job, published or not."""
    return sorted(files_below(f"jobs/{job.pk}"))


def files_below(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in names)
    for name in folders:
        yield from files_below(f"{folder}/{name}")


def published(job: Job) -> list[str]:
    return list(Artifact.objects.filter(job=job, deleted_at=None).values_list("name", flat=True))


def echo_files(given: Note) -> Delivery:
    """What echo delivers, without its progress."""
    return Delivery((File("note.txt", "text", "text/plain", given.message.encode()),), {"text": given.message}, "echo")


def pause(seconds: float) -> None:
    """Where time itself is the matter."""
    time.sleep(seconds)

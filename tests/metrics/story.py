"""Three months of a small business, planted as they would have been recorded. All times are UTC, in the year 2101.

Who is on what (billed in brackets), by the moment from which on:

    ann   3 Jan FREE, 10 Jan PRO [PRO], 28 Feb 23:59:59 PREMIUM [PREMIUM]
    ben   1 Jan 00:00 FREE, 31 Jan 23:59:59 PRO [PRO], 10 Feb FREE, 20 Feb PRO [PRO]
    cat   20 Jan FREE, 1 Feb 00:00 PREMIUM [PREMIUM], 1 Mar 00:00 PRO [PRO], 5 Mar past due
    dan   2 Feb FREE, 3 Feb ENTERPRISE, by an operator
    eve   15 Feb FREE, 16 Feb PRO [PRO] on trial, 1 Mar 12:00 active, 10 Mar unpaid
    fay   2 Mar FREE, 4 Mar 09:00 PRO [PRO], 4 Mar 17:00 FREE
    gus   3 Mar FREE
    hal   12 Jan FREE and PRO [PRO], 12 Feb PREMIUM [PRO], by an operator

PRO is 2,900 cents, PREMIUM 9,900, ENTERPRISE 49,900.
"""

from datetime import UTC, date, datetime
from uuid import UUID

import psycopg

from accounts.models import User, new_id
from jobs.models import Job

NOW = datetime(2101, 3, 16, 12, tzinfo=UTC)
TODAY = NOW.date()
CHAT, PICTURE, SONG, GOAL = (
    "chat message", "image-creator generate", "music-studio generate", "avatar-g-agent orchestrate",
)  # fmt: skip
HISTORY = {
    "ann": [("01-03 08:00", "FREE"), ("01-10 08:00", "PRO", "PRO"), ("02-28 23:59:59", "PREMIUM", "PREMIUM")],
    "ben": [("01-01 00:00", "FREE"), ("01-31 23:59:59", "PRO", "PRO"), ("02-10 10:00", "FREE"),
            ("02-20 10:00", "PRO", "PRO")],
    "cat": [("01-20 08:00", "FREE"), ("02-01 00:00", "PREMIUM", "PREMIUM"), ("03-01 00:00", "PRO", "PRO"),
            ("03-05 06:00", "PRO", "PRO", "past_due")],
    "dan": [("02-02 08:00", "FREE"), ("02-03 08:00", "ENTERPRISE")],
    "eve": [("02-15 08:00", "FREE"), ("02-16 08:00", "PRO", "PRO", "trialing"), ("03-01 12:00", "PRO", "PRO"),
            ("03-10 08:00", "PRO", "PRO", "unpaid")],
    "fay": [("03-02 08:00", "FREE"), ("03-04 09:00", "PRO", "PRO"), ("03-04 17:00", "FREE")],
    "gus": [("03-03 08:00", "FREE")],
    "hal": [("01-12 08:00", "FREE"), ("01-12 08:05", "PRO", "PRO"), ("02-12 08:00", "PREMIUM", "PRO")],
}  # fmt: skip


def at(moment: str) -> datetime:
    """'01-31 23:59:59' of the year of the story."""
    return datetime.fromisoformat(f"2101-{moment}").replace(tzinfo=UTC)


def on(day: str) -> date:
    return date.fromisoformat(f"2101-{day}")


def plant_people(owner: psycopg.Connection) -> dict[str, User]:
    """Everybody, with the history above in place of what the test's own minute recorded."""
    people = {name: User.objects.create_user(email=f"{name}@example.test") for name in HISTORY}
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        owner.execute("DELETE FROM metrics_planchange")
        owner.execute("DELETE FROM credits_credittransaction")
    rows = sorted((row[0], name, *row[1:]) for name, history in HISTORY.items() for row in history)
    for moment, name, *facts in rows:
        record(owner, people[name], moment, *facts)
    return people


def record(owner: psycopg.Connection, user: User, moment: str, plan: str, *billing: str) -> None:
    """`billing` is the billed plan and the status, where they are not nothing and active."""
    billed, status = (*billing, *("", "active")[len(billing) :])
    owner.execute(
        "INSERT INTO metrics_planchange (user_id, plan, status, stripe_subscription_id, billed_plan, changed_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        [user.pk, plan, status, "sub_1" if billed else "", billed, at(moment)],
    )


def grant(owner: psycopg.Connection, user: User, moment: str, amount: int, metadata: str = "{}") -> None:
    """A row of the ledger that grants monthly credits, or takes some of them back."""
    plant_entry(owner, user, moment, amount, "refill" if amount > 0 else "deduction", metadata=metadata)


def plant_entry(
    owner: psycopg.Connection, user: User, moment: str, amount: int, type: str, *, job_id: UUID | None = None,
    metadata: str = "{}",
) -> None:  # fmt: skip
    owner.execute(
        "INSERT INTO credits_credittransaction (account_id, amount, balance_after, type, description, job_id,"
        " metadata, created_at) VALUES (%s, %s, 0, %s, 'Planted', %s, %s, %s)",
        [user.pk, amount, type, job_id, metadata, at(moment)],
    )


def plant_job(
    user: User, plan: str, what: str, ended: str, *, cost: int, status: str = "completed", refunded: int = 0,
    waited: int = 1, took: int = 4, provider_cost: int | None = None, base_cost: int | None = None,
    parent: Job | None = None,
) -> Job:  # fmt: skip
    """A finished run of "agent operation"; `waited` and `took` are seconds before its end."""
    agent_id, operation = what.split()
    end = at(ended).timestamp()
    return Job.objects.create(
        id=new_id(), user=user, plan=plan, agent_id=agent_id, operation=operation, queue="standard", status=status,
        input={}, seed=1, cost=cost, refunded=refunded, provider_cost=provider_cost, base_cost=base_cost, parent=parent,
        created_at=datetime.fromtimestamp(end - took - waited, UTC), started_at=datetime.fromtimestamp(end - took, UTC),
        finished_at=at(ended),
    )  # fmt: skip


def refund_later(owner: psycopg.Connection, job: Job, moment: str) -> None:
    """All of a job's credits go back by an operator's hand, some time after it ended."""
    Job.objects.filter(pk=job.pk).update(refunded=job.cost)
    plant_entry(owner, job.user, moment, job.cost, "refund", job_id=job.pk)

"""A plan at work: its steps are jobs of their own, the plan itself is a job that waits for them.

Whoever changes a step holds the plan's row first. So each end of a step is seen once, releases what waited for it or
skips what cannot be any more, and the last one sends the plan to a worker, which makes the bundle.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Now

from agents.registry import AGENTS
from credits import ledger
from jobs import dispatch, wording
from jobs.models import ACTIVE, Job

SHARE_OF_STEPS = 95
SKIPPED = "A step that this one needs was not delivered."
STOPPED = "The plan was stopped before this step was done."


def hold(plan_id: UUID) -> Job:
    """The plan's row, locked until the transaction ends."""
    return Job.objects.select_for_update().get(pk=plan_id)


def begin(plan_id: UUID) -> None:
    """The first step that a worker takes begins the plan."""
    Job.objects.filter(pk=plan_id, status=Job.Status.QUEUED, waiting=True).update(
        status=Job.Status.RUNNING, started_at=Now(), lease_until=Now(), step="Working on the steps"
    )


def advance(plan_id: UUID) -> None:
    """Release, skip, or finish, after a step has ended. The caller holds the plan."""
    steps = list(Job.objects.filter(parent_id=plan_id).order_by("position"))
    states = {step.pk: step.status for step in steps}
    for step in steps:
        if step.status == Job.Status.QUEUED and step.waiting:
            before = {states[one] for one in step.depends_on}
            if before & {Job.Status.FAILED, Job.Status.CANCELED}:
                states[step.pk] = Job.Status.CANCELED
                end_steps([step.pk], "SKIPPED", SKIPPED)
            elif before <= {Job.Status.COMPLETED}:
                release(step)
    ended = sum(status not in ACTIVE for status in states.values())
    if ended == len(states):
        release(Job.objects.get(pk=plan_id))
    Job.objects.filter(pk=plan_id).update(
        progress=SHARE_OF_STEPS * ended // len(states), step=f"{ended} of {len(states)} steps are done"
    )


def release(job: Job) -> None:
    """Let workers have what was waiting, with the words that others have written for it."""
    told = wording.written(job.user_id, job.agent_id, job.operation, job.input)
    changed = Job.objects.filter(pk=job.pk, status__in=ACTIVE, waiting=True).update(
        status=Job.Status.QUEUED, waiting=False, lease_until=None, rung_at=Now(), input=told
    )
    if changed:
        transaction.on_commit(lambda: dispatch.ring(str(job.pk), job.queue))


def end_steps(steps: list[UUID], code: str, message: str) -> None:
    Job.objects.filter(pk__in=steps, status__in=ACTIVE).update(
        status=Job.Status.CANCELED, waiting=False, step="", lease_until=None, finished_at=Now(), error_code=code,
        error_message=message,
    )  # fmt: skip


def stop(plan_id: UUID) -> None:
    """End the steps that are not done. The caller holds the plan."""
    active = Job.objects.filter(parent_id=plan_id, status__in=ACTIVE).order_by("id").select_for_update()
    end_steps(list(active.values_list("pk", flat=True)), "CANCELED", STOPPED)


def runs_again(step: Job) -> bool:
    """A step that failed is tried once more, at no charge. False: it has had its second try, or is another worker's.

    What was given up, for its workers died twice, does not come here.
    """
    if step.run_again:
        return False
    changed = Job.objects.filter(pk=step.pk, fence=step.fence, status=Job.Status.RUNNING).update(
        status=Job.Status.QUEUED, run_again=True, attempts=0, fence=F("fence") + 1, lease_until=None, progress=0,
        step="Trying once more", draft="", rung_at=Now(),
    )  # fmt: skip
    if changed:
        transaction.on_commit(lambda: dispatch.ring(str(step.pk), step.queue))
    return bool(changed)


def has_delivered(plan_id: UUID) -> bool:
    """A plan with this is completed, even if no bundle could be made of it."""
    return Job.objects.filter(parent_id=plan_id, status=Job.Status.COMPLETED).exists()


def settle(plan: Job, word: str, *, told: dict[str, Any] | None = None) -> None:
    """Give back what was held, less the base and the steps that were delivered; without any, all of it. The caller
    holds the plan, whose end is in the same transaction."""
    delivered = Job.objects.filter(parent=plan, status=Job.Status.COMPLETED).aggregate(cost=Sum("cost"))["cost"]
    kept = 0 if delivered is None else (plan.base_cost or 0) + delivered
    if kept >= plan.cost:
        return
    entry = ledger.refund(
        user_id=plan.user_id, job_id=plan.pk, amount=plan.cost - kept,
        description=f"{AGENTS[plan.agent_id].name}: {word}, {'the rest' if kept else 'all'} given back",
        metadata={"operation": plan.operation, "outcome": word, "kept": kept, **(told or {})},
    )  # fmt: skip
    Job.objects.filter(pk=plan.pk).update(refunded=entry.amount)

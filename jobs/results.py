"""What the steps of a plan delivered, for the runner that makes a bundle of it."""

from functools import partial

from agents.registry import AVATAR_G_AGENT
from agents.runners.base import StepFile, StepResult
from jobs import media
from jobs.models import Artifact, Job

MOST_PLANS = 8


def steps_of(plan: Job) -> list[StepResult]:
    """The delivered steps of the plans that this one goes on from, and all of its own."""
    earlier = [step for one in plans_before(plan) for step in ended_steps(one) if is_there(step)]
    steps = [*earlier, *ended_steps(plan)]
    used = {job_id for step in steps if is_there(step) for job_id in referred_to(step.input)}
    return [result_of(step, is_final=str(step.pk) not in used) for step in steps]


def plans_before(plan: Job) -> list[Job]:
    """The plans that this one goes on from, oldest first, as far as they are still there."""
    plans: list[Job] = []
    earlier = plan.input.get("continue_from")
    while earlier and len(plans) < MOST_PLANS:
        found = Job.objects.filter(pk=earlier, user_id=plan.user_id, agent_id=AVATAR_G_AGENT.id).first()
        if found is None:
            break
        plans.append(found)
        earlier = found.input.get("continue_from")
    return plans[::-1]


def ended_steps(plan: Job) -> list[Job]:
    return list(plan.children.order_by("position").prefetch_related("artifacts"))


def is_there(step: Job) -> bool:
    """Delivered, and none of it deleted since: what was deleted is made again by the plan that goes on."""
    artifacts = list(step.artifacts.all())
    return step.status == Job.Status.COMPLETED and bool(artifacts) and all(one.deleted_at is None for one in artifacts)


def referred_to(data: object) -> set[str]:
    """The jobs whose files an input names."""
    if isinstance(data, list):
        return {found for one in data for found in referred_to(one)}
    if not isinstance(data, dict):
        return set()
    here = {str(data["job_id"])} if "job_id" in data else set()
    return here | {found for one in data.values() for found in referred_to(one)}


def result_of(step: Job, *, is_final: bool) -> StepResult:
    files = tuple(map(file_of, step.artifacts.all())) if is_there(step) else ()
    return StepResult(
        agent_id=step.agent_id, operation=step.operation, reason=step.reason, delivered=is_there(step),
        is_final=is_final, error=step.error_message, engine=step.engine, files=files,
    )  # fmt: skip


def file_of(artifact: Artifact) -> StepFile:
    return StepFile(artifact.name, artifact.kind, artifact.content_type, partial(media.content_of, artifact.file))

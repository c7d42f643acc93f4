from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize

from agents.admin import AgentFilter
from avatarg.acts import Act, ActsAdmin, Case, Done
from avatarg.admin import ReadOnlyAdmin
from jobs import lifecycle, submission
from jobs.models import Job
from jobs.stuck import stuck_jobs


class StuckFilter(admin.SimpleListFilter):
    title, parameter_name = "stuck", "stuck"

    def lookups(self, request: HttpRequest, page: Any) -> list[tuple[str, str]]:
        return [("queued", "Queued too long"), ("lease", "Running past the lease"), ("dead", "Died on every try")]

    def queryset(self, request: HttpRequest, rows: QuerySet[Job]) -> QuerySet[Job]:
        return stuck_jobs().get(self.value() or "", rows)


def credits_in_words(count: int) -> str:
    return f"{count} credit{pluralize(count)}"


def refund(case: Case) -> Done:
    before = case.target.refunded
    entry = lifecycle.give_back(job_id=case.target.pk, told=case.metadata)
    if entry.repeated:
        sofar = f"{before} of {credits_in_words(case.target.cost)}"
        return Done(f"Had been refunded before: {sofar}. A job is refunded once; grant the rest as a bonus.", False)
    return Done(f"Refunded {credits_in_words(entry.amount)}.")


def cancel(case: Case) -> Done:
    told = {"operator": str(case.operator_id), "note": case.reason}
    job = lifecycle.cancel(user_id=case.target.user_id, job_id=case.target.pk, told=told)
    return Done(f"Canceled, {credits_in_words(job.refunded)} given back.")


def retry(case: Case) -> Done:
    key = f"operator:{case.key}"
    known = submission.is_known(case.target.user_id, key)
    accepted = submission.retry(user_id=case.target.user_id, job_id=case.target.pk, key=key)
    return Done(f"Runs again as {accepted.job_id} for {credits_in_words(accepted.cost)}.", moved=not known)


def costs(job: Job) -> str:
    return f"{job.user}, charged {job.cost}, refunded {job.refunded}"


def refundable(job: Job) -> bool:
    return job.cost > 0 and not (job.is_active or job.refunded or job.parent_id)


@admin.register(Job)
class JobAdmin(ActsAdmin[Job], ReadOnlyAdmin[Job]):
    list_display = ("short_id", "user", "work", "status", "cost", "refunded", "attempts", "created_at")
    list_select_related = ("user",)
    list_filter = (StuckFilter, "status", AgentFilter, "plan")
    search_fields = ("id", "user__email")
    ordering = ("-created_at",)
    acts = (
        Act(
            "refund", "Refund", "operators.refund_job",
            "The whole recorded charge goes back, once, also for what was delivered. The person reads the reason.",
            refund, person=lambda job: job.user, about=costs, offered=refundable,
        ),
        Act(
            "cancel", "Cancel and refund", "operators.cancel_job",
            "Stops what is queued or running and gives back what is due. The person reads the reason.",
            cancel, person=lambda job: job.user, about=costs, offered=lambda job: job.is_active,
        ),
        Act(
            "retry", "Run again", "operators.retry_job",
            "The same input as a new job, which the person pays at today's price, as if they had asked for it.",
            retry, person=lambda job: job.user, about=costs, offered=lambda job: not job.is_active,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return super().get_queryset(request).select_related("user")

    @admin.display(description="id", ordering="id")
    def short_id(self, job: Job) -> str:
        """Its end: ids begin with their time, so those of neighbours begin alike."""
        return str(job.pk)[-8:]

    @admin.display(description="work", ordering="agent_id")
    def work(self, job: Job) -> str:
        return f"{job.agent_name} {job.operation}"

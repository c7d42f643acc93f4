from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from avatarg.admin import ReadOnlyAdmin
from avatarg.errors import Refusal
from jobs import lifecycle
from jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin[Job]):
    list_display = ("id", "user", "agent_id", "operation", "status", "cost", "refunded", "attempts", "created_at")
    list_select_related = ("user",)
    list_filter = ("status", "agent_id", "plan")
    search_fields = ("id", "user__email")
    ordering = ("-created_at",)
    actions = ("cancel",)

    @admin.action(description="Cancel and refund", permissions=["view"])
    def cancel(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        for job in jobs:
            try:
                lifecycle.cancel(user_id=job.user_id, job_id=job.pk)
            except Refusal as refusal:
                self.message_user(request, f"{job.pk}: {refusal.message}", messages.WARNING)
            else:
                self.log_change(request, job, "Canceled and refunded")

from django.contrib import admin

from avatarg.admin import ReadOnlyAdmin
from billing.models import Subscription
from metrics.models import PlanChange


@admin.register(PlanChange)
class PlanChangeAdmin(ReadOnlyAdmin[PlanChange]):
    """What people's plans were, from when on. Written by the database."""

    list_display = ("user", "plan", "billed_plan", "status_named", "stripe_subscription_id", "changed_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "stripe_subscription_id")
    ordering = ("-id",)

    @admin.display(description="status", ordering="status")
    def status_named(self, row: PlanChange) -> str:
        return dict(Subscription.Status.choices).get(row.status, row.status)

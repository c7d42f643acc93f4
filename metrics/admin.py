from django.contrib import admin

from avatarg.admin import ReadOnlyAdmin
from metrics.models import PlanChange


@admin.register(PlanChange)
class PlanChangeAdmin(ReadOnlyAdmin[PlanChange]):
    """What people's plans were, from when on. Written by the database."""

    list_display = ("user", "plan", "billed_plan", "status", "stripe_subscription_id", "changed_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "stripe_subscription_id")
    ordering = ("-id",)

from django.contrib import admin

from avatarg.admin import ReadOnlyAdmin
from monitoring.models import AuditRun


@admin.register(AuditRun)
class AuditRunAdmin(ReadOnlyAdmin[AuditRun]):
    list_display = ("at", "outcome", "drifting", "frozen", "milliseconds")
    list_filter = ("frozen",)
    ordering = ("-at",)

    @admin.display(description="outcome")
    def outcome(self, run: AuditRun) -> str:
        return str(run)

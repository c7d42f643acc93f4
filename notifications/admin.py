from django.contrib import admin

from avatarg.admin import ReadOnlyAdmin
from notifications.models import Notification


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin[Notification]):
    list_display = ("id", "user", "kind", "occasion", "state", "attempts", "created_at", "ended_at", "error")
    list_select_related = ("user",)
    list_filter = ("kind", "state")
    search_fields = ("user__email", "occasion")
    ordering = ("-id",)

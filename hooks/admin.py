from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from avatarg.admin import ReadOnlyAdmin
from avatarg.errors import Refusal
from hooks import endpoints
from hooks.models import Delivery, Endpoint


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, page: Any) -> list[tuple[str, str]]:
        return [("on", "On"), ("failing", "Failing"), ("paused", "Paused"), ("off", "Off")]

    def queryset(self, request: HttpRequest, rows: QuerySet[Endpoint]) -> QuerySet[Endpoint]:
        on, fails = Q(off_at=None, paused_at=None), ~Q(failing_since=None)
        asked = {
            "on": on & ~fails, "failing": on & fails, "paused": Q(off_at=None) & ~Q(paused_at=None),
            "off": ~Q(off_at=None),
        }  # fmt: skip
        return rows.filter(asked.get(self.value() or "", Q()))


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin[Endpoint]):
    list_display = ("url", "user", "state", "events", "created_at")
    list_select_related = ("user",)
    list_filter = (StateFilter,)
    search_fields = ("url", "user__email")
    ordering = ("-created_at",)
    exclude = ("secret", "old_secret")
    actions = ("switch_off",)

    @admin.display(description="state")
    def state(self, endpoint: Endpoint) -> str:
        if endpoint.off_at:
            return f"Off ({endpoint.off_because})"
        return "Paused" if endpoint.paused_at else "Failing" if endpoint.failing_since else "On"

    def has_switch_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("hooks.change_endpoint")

    @admin.action(description="Switch off", permissions=["switch"])
    def switch_off(self, request: HttpRequest, chosen: QuerySet[Endpoint]) -> None:
        for endpoint in chosen:
            if endpoints.switch_off(endpoint_id=endpoint.pk, because=Endpoint.Off.OPERATOR):
                self.log_change(request, endpoint, "Switched off")
                self.message_user(request, f"{endpoint} is off: nothing is sent to it.", messages.SUCCESS)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin[Delivery]):
    list_display = ("created_at", "type", "endpoint", "state", "attempts", "response_code", "error")
    list_select_related = ("endpoint",)
    list_filter = ("state",)
    search_fields = ("occasion", "endpoint__url", "endpoint__user__email")
    ordering = ("-id",)
    actions = ("send_again",)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("hooks.change_delivery")

    @admin.action(description="Send again", permissions=["send"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        for delivery in chosen.select_related("endpoint"):
            try:
                endpoints.send_again(user_id=delivery.endpoint.user_id, delivery_id=delivery.pk)
            except Refusal as refusal:
                self.message_user(request, f"{delivery.pk}: {refusal.message}", messages.WARNING)
            else:
                self.log_change(request, delivery, "Sent again")
                self.message_user(request, f"{delivery.pk}: it is sent again.", messages.SUCCESS)

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from avatarg.admin import ReadOnlyAdmin
from avatarg.errors import Refusal
from sso import connections
from sso.models import SingleSignOn


@admin.register(SingleSignOn)
class SingleSignOnAdmin(ReadOnlyAdmin[SingleSignOn]):
    """A sign-on lets its provider into every account of its domain: check first that the domain is the owner's."""

    list_display = ("domain", "owner", "issuer", "required", "checked_at", "created_at")
    list_filter = (("checked_at", admin.EmptyFieldListFilter), "required")
    list_select_related = ("owner",)
    search_fields = ("domain", "owner__email", "issuer")
    ordering = ("-created_at",)
    exclude = ("sealed_secret",)
    actions = ("approve", "suspend")

    @admin.action(description="The domain is theirs: let it work", permissions=["view"])
    def approve(self, request: HttpRequest, chosen: QuerySet[SingleSignOn]) -> None:
        for sign_on in chosen:
            try:
                connections.approve(sign_on)
            except Refusal as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
            else:
                self.log_change(request, sign_on, f"Checked that {sign_on.domain} is theirs ({sign_on.issuer})")
                self.message_user(request, f"{sign_on} works.", messages.SUCCESS)

    @admin.action(description="Suspend: passwords open again", permissions=["view"])
    def suspend(self, request: HttpRequest, chosen: QuerySet[SingleSignOn]) -> None:
        for sign_on in chosen:
            connections.suspend(sign_on)
            self.log_change(request, sign_on, "Suspended")
            self.message_user(request, f"{sign_on} is suspended.", messages.SUCCESS)

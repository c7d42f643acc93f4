"""The admin pages that need to see the whole product: a person, the audit trail, grants to many."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.admin import UserAdmin
from accounts.models import User
from avatarg.acts import ActsAdmin
from avatarg.admin import ReadOnlyAdmin
from operators import acts, campaign_admin, viewing  # noqa: F401
from operators.person import person_of

for shows_secrets in (Authenticator, SocialApp, SocialToken, SocialAccount):
    if admin.site.is_registered(shows_secrets):
        admin.site.unregister(shows_secrets)


@admin.register(SocialAccount)
class SocialAccountAdmin(ReadOnlyAdmin[SocialAccount]):
    """Whom a company's provider let in. Nobody is joined to a provider by hand: that would open their account."""

    list_display = ("user", "provider", "uid", "date_joined", "last_login")
    list_select_related = ("user",)
    search_fields = ("user__email", "uid")
    ordering = ("-date_joined",)
    exclude = ("extra_data",)


@admin.register(User)
class PersonAdmin(ActsAdmin[User], UserAdmin):
    acts = acts.ON_PEOPLE
    change_form_template = "admin/operators/person.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).select_related("subscription", "credit_account")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only superusers say who is an operator, and what they may do."""
        fields = tuple(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return fields
        return (*fields, "is_staff", "is_superuser", "groups", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An operator's own account, and its password with it, is changed by superusers."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or request.user.is_superuser or not (obj.is_staff or obj.is_superuser))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        user = kwargs.get("obj")
        if user is not None:
            context |= {"person": person_of(user), "may_look": viewing.may_look(hijacker=request.user, hijacked=user)}
            context |= {"back": reverse("admin:accounts_user_change", args=[user.pk])}
        return super().render_change_form(request, context, *args, **kwargs)


class KindFilter(admin.RelatedOnlyFieldListFilter):
    """Every line is about something: nothing to choose for those that are not."""

    include_empty_choice = False


@admin.register(LogEntry)
class TrailAdmin(ReadOnlyAdmin[LogEntry]):
    """Who did what, to whom and why. Nobody edits it."""

    list_display = ("action_time", "user", "content_type", "about", "change_message")
    list_select_related = ("user", "content_type")
    list_filter = ("action_time", ("content_type", KindFilter))
    search_fields = ("user__email", "object_repr", "change_message", "object_id")
    ordering = ("-action_time",)
    date_hierarchy = "action_time"

    @admin.display(description="object", ordering="object_repr")
    def about(self, entry: LogEntry) -> str:
        return entry.object_repr


@admin.register(Authenticator)
class SecondFactorAdmin(ReadOnlyAdmin[Authenticator]):
    """Who has one. The secrets are not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    list_filter = ("type",)
    search_fields = ("user__email",)
    exclude = ("data",)
    ordering = ("-created_at",)

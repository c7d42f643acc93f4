from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import keys, people
from accounts.forms import UserAddForm
from accounts.models import ApiKey, Profile, User
from avatarg.admin import ReadOnlyAdmin


class ProfileInline(admin.StackedInline[Profile, User]):
    model = Profile
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Users are made here like anywhere else; the database gives them plan and credits. They are never deleted."""

    add_form = UserAddForm
    ordering = ("-date_joined",)
    list_display = ("email", "plan", "credits", "is_active", "is_staff", "date_joined")
    list_filter = ("is_staff", "is_active", "subscription__plan")
    list_select_related = ("subscription", "credit_account")
    search_fields = ("email", "profile__full_name")
    readonly_fields = ("date_joined", "last_login")
    inlines = (ProfileInline,)
    actions = ("anonymise",)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Access", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "password1", "password2")}),)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        return self.inlines if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.display(ordering="subscription__plan")
    def plan(self, user: User) -> str:
        return user.subscription.plan

    @admin.display(ordering="credit_account__balance")
    def credits(self, user: User) -> int:
        return user.credit_account.balance

    @admin.action(description="Anonymise: forget who they were, for good", permissions=["change"])
    def anonymise(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users.exclude(pk=cast(UUID, request.user.pk)).select_related("subscription"):
            if user.subscription.stripe_subscription_id:
                self.message_user(request, f"{user} still pays: end the subscription in Stripe first.", messages.ERROR)
                continue
            people.anonymise(user)
            self.log_change(request, user, "Anonymised")
            self.message_user(request, f"{user} was anonymised. Ledger and jobs stay.", messages.SUCCESS)


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin[ApiKey]):
    list_display = ("prefix", "name", "user", "scopes", "last_used_at", "expires_at", "revoked_at", "created_at")
    list_select_related = ("user",)
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("prefix", "name", "user__email")
    ordering = ("-created_at",)
    exclude = ("hash",)
    actions = ("revoke",)

    @admin.action(description="Revoke, for good", permissions=["view"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiKey]) -> None:
        for key in chosen.filter(revoked_at=None):
            keys.revoke_key(user_id=key.user_id, key_id=key.pk)
            self.log_change(request, key, "Revoked")
            self.message_user(request, f"{key} was revoked.", messages.SUCCESS)

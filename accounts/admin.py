from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest

from accounts import keys
from accounts.forms import UserAddForm
from accounts.models import ApiKey, Profile, User
from avatarg.acts import Act, ActsAdmin, Case, Done
from avatarg.admin import ReadOnlyAdmin


class ProfileInline(admin.StackedInline[Profile, User]):
    model = Profile
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UserAdmin(DjangoUserAdmin[User]):
    """Users are made here like anywhere else; the database gives them plan and credits. They are never deleted.

    Registered by `operators.admin`, with what operators do to people.
    """

    add_form = UserAddForm
    ordering = ("-date_joined",)
    list_display = ("email", "plan", "credits", "is_active", "is_staff", "date_joined")
    list_filter = ("is_staff", "is_active", "subscription__plan")
    list_select_related = ("subscription", "credit_account")
    search_fields = ("email", "profile__full_name")
    readonly_fields = ("date_joined", "last_login")
    inlines = (ProfileInline,)
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


def revoke(case: Case) -> Done:
    if case.target.revoked_at:
        return Done("Was revoked before.", False)
    keys.revoke_key(user_id=case.target.user_id, key_id=case.target.pk)
    return Done("Revoked.")


@admin.register(ApiKey)
class ApiKeyAdmin(ActsAdmin[ApiKey], ReadOnlyAdmin[ApiKey]):
    list_display = ("prefix", "name", "user", "last_used_at", "expires_at", "revoked_at", "created_at")
    list_select_related = ("user",)
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("prefix", "name", "user__email")
    ordering = ("-created_at",)
    exclude = ("hash",)
    acts = (
        Act(
            "revoke", "Revoke, for good", "operators.revoke_key", "Programs that use it are refused at once.", revoke,
            person=lambda key: key.user, offered=lambda key: not key.revoked_at,
        ),
    )  # fmt: skip

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from avatarg.admin import ReadOnlyAdmin
from credits.models import CreditAccount, CreditDebt, CreditLot, CreditTransaction


@admin.register(CreditAccount)
class CreditAccountAdmin(ReadOnlyAdmin[CreditAccount]):
    list_display = ("user", "balance", "monthly_allowance", "total_spent", "next_reset_at", "frozen_at")
    list_select_related = ("user",)
    list_filter = ("renewal", ("frozen_at", admin.EmptyFieldListFilter))
    search_fields = ("user__email",)


@admin.register(CreditTransaction)
class CreditTransactionAdmin(ReadOnlyAdmin[CreditTransaction]):
    list_display = ("id", "account_email", "amount", "balance_after", "type", "description", "job", "created_at")
    list_select_related = ("account__user",)
    list_filter = ("type", "created_at")
    search_fields = ("account__user__email", "job_id")
    ordering = ("-id",)

    @admin.display(description="user")
    def account_email(self, row: CreditTransaction) -> str:
        return row.account.user.email

    @admin.display(description="job", empty_value="")
    def job(self, row: CreditTransaction) -> str | None:
        """By the end of its id, as the list of jobs has it."""
        if not row.job_id:
            return None
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:jobs_job_change", args=[row.job_id]), str(row.job_id)[-8:]
        )


@admin.register(CreditDebt)
class CreditDebtAdmin(ReadOnlyAdmin[CreditDebt]):
    list_display = ("account", "invoice", "taken", "owed", "reason", "updated_at")
    list_select_related = ("account__user",)
    search_fields = ("account__user__email", "invoice")


@admin.register(CreditLot)
class CreditLotAdmin(ReadOnlyAdmin[CreditLot]):
    list_display = ("account_email", "kind", "granted", "remaining", "expires_at", "source", "created_at", "closed_at")
    list_select_related = ("account__user",)
    list_filter = ("kind", ("closed_at", admin.EmptyFieldListFilter))
    search_fields = ("account__user__email", "source")
    ordering = ("-id",)

    @admin.display(description="user")
    def account_email(self, row: CreditLot) -> str:
        return row.account.user.email

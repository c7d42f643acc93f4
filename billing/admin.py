from django.contrib import admin

from avatarg.admin import ReadOnlyAdmin
from billing.models import Subscription


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin[Subscription]):
    list_display = ("user", "plan", "status", "current_period_end", "cancel_at_period_end")
    list_select_related = ("user",)
    list_filter = ("plan", "status")
    search_fields = ("user__email", "stripe_customer_id", "stripe_subscription_id")

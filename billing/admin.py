from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from avatarg.admin import ReadOnlyAdmin
from billing import mirror, subscriptions, webhooks
from billing.errors import StripeUnavailable
from billing.models import Concern, Subscription, WebhookEvent

DASHBOARD = "https://dashboard.stripe.com"


def stripe_link(kind: str, id: str, customer: str) -> SafeString | str:
    """A link to Stripe's dashboard, or to the customer's page in the sandbox."""
    if not id:
        return "-"
    host = getattr(settings, "STRIPE_API_HOST", "")
    mode = "" if settings.STRIPE_LIVE_MODE else "/test"
    address = f"{host}/customers/{customer}" if host else f"{DASHBOARD}{mode}/{kind}/{id}"
    return format_html('<a href="{}">{}</a>', address, id)


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin[Subscription]):
    list_display = ("user", "plan", "status", "current_period_end", "cancel_at_period_end", "customer", "in_stripe")
    list_select_related = ("user",)
    list_filter = ("plan", "status")
    search_fields = ("user__email", "stripe_customer_id", "stripe_subscription_id")
    actions = ("sync_now",)

    @admin.display(description="customer")
    def customer(self, row: Subscription) -> SafeString | str:
        return stripe_link("customers", row.stripe_customer_id, row.stripe_customer_id)

    @admin.display(description="in Stripe")
    def in_stripe(self, row: Subscription) -> SafeString | str:
        return stripe_link("subscriptions", row.stripe_subscription_id, row.stripe_customer_id)

    @admin.action(description="Sync with Stripe now")
    def sync_now(self, request: HttpRequest, rows: QuerySet[Subscription]) -> None:
        for row in rows.select_related("user"):
            try:
                followed = subscriptions.sync(row.pk)
            except StripeUnavailable as refusal:
                self.message_user(request, f"{row.user}: {refusal.message}", messages.ERROR)
            else:
                said = "now as Stripe has it" if followed else "never paid: nothing to sync"
                self.message_user(request, f"{row.user}: {said}.")


@admin.register(WebhookEvent)
class WebhookEventAdmin(ReadOnlyAdmin[WebhookEvent]):
    list_display = ("id", "type", "customer", "state", "attempts", "received_at", "processed_at", "error")
    list_filter = ("state", "type")
    search_fields = ("id", "customer")
    ordering = ("-received_at",)
    actions = ("process_again",)

    @admin.action(description="Process again")
    def process_again(self, request: HttpRequest, rows: QuerySet[WebhookEvent]) -> None:
        for row in rows:
            state = WebhookEvent.State(webhooks.process(row.pk, again=True))
            ok = state not in (WebhookEvent.State.FAILED, WebhookEvent.State.DEAD)
            self.message_user(request, f"{row}: {state.label}.", messages.SUCCESS if ok else messages.ERROR)


@admin.register(Concern)
class ConcernAdmin(ReadOnlyAdmin[Concern]):
    list_display = ("kind", "user", "subject", "detail", "created_at", "resolved_at")
    list_select_related = ("user",)
    list_filter = ("kind", ("resolved_at", admin.EmptyFieldListFilter))
    search_fields = ("user__email", "subject")
    ordering = ("-created_at",)
    actions = ("mark_resolved",)

    @admin.action(description="Mark as resolved")
    def mark_resolved(self, request: HttpRequest, rows: QuerySet[Concern]) -> None:
        count = rows.filter(resolved_at=None).update(resolved_at=Now())
        self.message_user(request, f"{count} resolved.")


mirror.show()

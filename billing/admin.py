import json

from django.contrib import admin
from django.db.models import Model
from django.db.models.functions import Now
from django.utils.html import format_html
from django.utils.safestring import SafeString

from avatarg.acts import Act, ActsAdmin, Case, Done
from avatarg.admin import ReadOnlyAdmin
from billing import mirror, subscriptions, webhooks
from billing.links import stripe_link
from billing.models import Concern, Subscription, WebhookEvent


def sync(case: Case) -> Done:
    if subscriptions.sync(case.target.pk):
        return Done("Is now as Stripe has it.")
    return Done("Never paid: there is nothing to sync.", False)


def process_again(case: Case) -> Done:
    if case.target.body is None:
        return Done("Its body was dropped because it is old. Sync the subscription instead.", False)
    state = WebhookEvent.State(webhooks.process(case.target.pk, again=True))
    ok = state not in (WebhookEvent.State.FAILED, WebhookEvent.State.DEAD)
    return Done(f"{state.label.capitalize()}.", ok=ok)


def payer_of(event: WebhookEvent) -> Model | None:
    rows = Subscription.objects.filter(stripe_customer_id=event.customer).select_related("user")
    payer = rows.first() if event.customer else None
    return payer.user if payer else None


def resolve(case: Case) -> Done:
    count = Concern.objects.filter(pk=case.target.pk, resolved_at=None).update(resolved_at=Now())
    return Done("Resolved.") if count else Done("Was resolved before.", False)


@admin.register(Subscription)
class SubscriptionAdmin(ActsAdmin[Subscription], ReadOnlyAdmin[Subscription]):
    list_display = ("user", "plan", "status", "current_period_end", "cancel_at_period_end", "customer", "in_stripe")
    list_select_related = ("user",)
    list_filter = ("plan", "status")
    search_fields = ("user__email", "stripe_customer_id", "stripe_subscription_id")
    acts = (
        Act(
            "sync", "Sync with Stripe now", "operators.sync_subscription",
            "Plan, status and credits become what Stripe has now.", sync, person=lambda row: row.user,
            about=lambda row: str(row.user), offered=lambda row: bool(row.stripe_customer_id),
        ),
    )  # fmt: skip

    @admin.display(description="customer")
    def customer(self, row: Subscription) -> SafeString | str:
        return stripe_link("customers", row.stripe_customer_id, row.stripe_customer_id)

    @admin.display(description="in Stripe")
    def in_stripe(self, row: Subscription) -> SafeString | str:
        return stripe_link("subscriptions", row.stripe_subscription_id, row.stripe_customer_id)


@admin.register(WebhookEvent)
class WebhookEventAdmin(ActsAdmin[WebhookEvent], ReadOnlyAdmin[WebhookEvent]):
    list_display = ("id", "type", "in_stripe", "state", "received_at", "error")
    list_filter = ("state", "type")
    search_fields = ("id", "customer")
    ordering = ("-received_at",)
    fields = (
        "id", "type", "customer", "state", "error", "attempts", "created_at", "received_at", "due_at", "processed_at",
        "payload",
    )  # fmt: skip
    readonly_fields = ("payload",)
    acts = (
        Act(
            "process-again", "Process again", "operators.process_event",
            "Its customer is made what Stripe has now, as at any event. Credits come once.", process_again,
            person=payer_of,
        ),
    )  # fmt: skip

    @admin.display(description="customer", ordering="customer")
    def in_stripe(self, row: WebhookEvent) -> SafeString | str:
        return stripe_link("customers", row.customer, row.customer)

    @admin.display(description="body")
    def payload(self, row: WebhookEvent) -> SafeString | str:
        if row.body is None:
            return "dropped because it is old"
        return format_html("<pre>{}</pre>", json.dumps(row.body, indent=2, sort_keys=True))


@admin.register(Concern)
class ConcernAdmin(ActsAdmin[Concern], ReadOnlyAdmin[Concern]):
    list_display = ("kind", "user", "subject", "detail", "created_at", "resolved_at")
    list_select_related = ("user",)
    list_filter = ("kind", ("resolved_at", admin.EmptyFieldListFilter))
    search_fields = ("user__email", "subject")
    ordering = ("-created_at",)
    acts = (
        Act(
            "resolve", "Mark as resolved", "operators.resolve_concern",
            "It opens again by itself when it changes.", resolve, person=lambda row: row.user,
            offered=lambda row: not row.resolved_at,
        ),
    )  # fmt: skip


mirror.show()

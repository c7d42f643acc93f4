"""dj-stripe's mirror in the admin, to look at: its own pages edit, show keys, and stumble over our API version."""

from django.contrib import admin
from django.db.models import Model
from djstripe import models

from avatarg.admin import ReadOnlyAdmin

MIRRORED = (
    models.Account, models.Charge, models.Coupon, models.Customer, models.Dispute, models.Event, models.Invoice,
    models.PaymentIntent, models.PaymentMethod, models.Price, models.Product, models.Refund, models.Session,
    models.Subscription, models.SubscriptionItem, models.SubscriptionSchedule,
)  # fmt: skip


class MirrorAdmin(ReadOnlyAdmin[Model]):
    list_display = ("id", "created", "livemode")
    search_fields = ("id",)
    ordering = ("-created",)


def show() -> None:
    """Put read-only pages in the place of dj-stripe's, which are registered before."""
    for model in [model for model in admin.site._registry if model._meta.app_label == "djstripe"]:
        admin.site.unregister(model)
    admin.site.register(MIRRORED, MirrorAdmin)

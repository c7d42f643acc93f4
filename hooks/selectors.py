"""Reads of endpoints and their deliveries: always the owner's own, and never moving anything."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from avatarg.errors import NotFound
from billing.plans import PLANS
from hooks.models import Delivery, Endpoint

CARRYING = [plan.id for plan in PLANS.values() if plan.outgoing_webhooks]
"""The plans that webhooks come with, cheapest first."""


def carried() -> Q:
    """Endpoints whose owner is here, and on a plan that carries webhooks now."""
    return Q(user__is_active=True, user__subscription__plan__in=CARRYING)


def endpoints_of(user_id: UUID) -> QuerySet[Endpoint]:
    """Oldest first."""
    return Endpoint.objects.filter(user_id=user_id).order_by("id")


def endpoint_of(user_id: UUID, endpoint_id: UUID) -> Endpoint:
    """Raises NotFound, for a stranger's too."""
    found = Endpoint.objects.filter(pk=endpoint_id, user_id=user_id).first()
    if found is None:
        raise NotFound(_("There is no such endpoint."))
    return found


def deliveries_of(endpoint: Endpoint) -> QuerySet[Delivery]:
    """The log of an endpoint without the bodies, newest first."""
    return Delivery.objects.filter(endpoint=endpoint).defer("body").order_by("-id")

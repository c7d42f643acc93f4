"""Endpoints as their owner makes, changes and tries them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, new_id
from agents.errors import PlanRequired
from avatarg.errors import NotFound
from billing import entitlements
from credits.models import CreditTransaction
from hooks import doorbell, events, selectors, signing, targets
from hooks.errors import DeliveryUnderWay, EndpointOff, TooManyEndpoints, TooManyTests
from hooks.models import Delivery, Endpoint

MOST_ENDPOINTS = 10
MOST_TESTS, TESTS_COUNT_FOR = 5, timedelta(minutes=1)
OLD_SECRET_LASTS = timedelta(hours=24)
JUST_NOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Made:
    """An endpoint with a new secret, in the clear for the one answer that shows it."""

    endpoint: Endpoint
    secret: str = field(repr=False)


def require_plan(user_id: UUID) -> None:
    """Raises PlanRequired unless the plan carries webhooks."""
    plan = entitlements.standing_of(user_id).plan
    if not plan.outgoing_webhooks:
        cheapest = selectors.CARRYING[0]
        sentence = _("Webhooks come with the %(plan)s plan.") % {"plan": cheapest}
        raise PlanRequired(sentence, required_plan=cheapest, plan=plan.id)


def make_endpoint(*, user_id: UUID, url: str, chosen: list[str]) -> Made:
    """Raises PlanRequired, UnsafeAddress, TooManyEndpoints."""
    require_plan(user_id)
    targets.read(url)
    secret = signing.new_secret()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user_id)
        if Endpoint.objects.filter(user_id=user_id).count() >= MOST_ENDPOINTS:
            told = _("There may be %(limit)s endpoints. Delete one first.") % {"limit": MOST_ENDPOINTS}
            raise TooManyEndpoints(told, limit=MOST_ENDPOINTS)
        endpoint = Endpoint.objects.create(user_id=user_id, url=url, events=chosen, secret=signing.seal(secret))
        Endpoint.objects.filter(pk=endpoint.pk).update(**followed_from_now())
    return Made(endpoint, secret)


def followed_from_now() -> dict[str, Any]:
    """What an endpoint begins with, and begins with anew after a rest: nothing that happened before."""
    rows = CreditTransaction.objects.filter(account_id=OuterRef("user_id")).order_by("-id")
    last = Coalesce(Subquery(rows.values("id")[:1]), Value(0))
    return {"jobs_from": Now(), "ledger_after": last, "failing_since": None, "paused_at": None}


def change_endpoint(*, user_id: UUID, endpoint_id: UUID, url: str, chosen: list[str]) -> Endpoint:
    """What is waiting goes to the new address. Raises NotFound, PlanRequired, UnsafeAddress."""
    selectors.endpoint_of(user_id, endpoint_id)
    require_plan(user_id)
    targets.read(url)
    Endpoint.objects.filter(pk=endpoint_id, user_id=user_id).update(url=url, events=chosen)
    return selectors.endpoint_of(user_id, endpoint_id)


def rotate_secret(*, user_id: UUID, endpoint_id: UUID) -> Made:
    """A new secret; the one before it signs beside it for a day. Raises NotFound, PlanRequired.

    Sent again within a minute, it is the new one that goes: no receiver knows it yet, and the old one still counts.
    """
    selectors.endpoint_of(user_id, endpoint_id)
    require_plan(user_id)
    secret = signing.new_secret()
    is_sent_again = When(old_secret_until__gt=Now() + OLD_SECRET_LASTS - JUST_NOW, then=F("old_secret"))
    Endpoint.objects.filter(pk=endpoint_id, user_id=user_id).update(
        old_secret=Case(is_sent_again, default=F("secret")),
        old_secret_until=Now() + OLD_SECRET_LASTS,
        secret=signing.seal(secret),
    )  # fmt: skip
    return Made(selectors.endpoint_of(user_id, endpoint_id), secret)


def switch_on(*, user_id: UUID, endpoint_id: UUID) -> Endpoint:
    """Safe to repeat. What happened while it was off is not told. Raises NotFound, PlanRequired."""
    selectors.endpoint_of(user_id, endpoint_id)
    require_plan(user_id)
    resting = Endpoint.objects.filter(pk=endpoint_id, user_id=user_id, off_at__isnull=False)
    resting.update(off_at=None, off_because="", **followed_from_now())
    return selectors.endpoint_of(user_id, endpoint_id)


def switch_off(*, endpoint_id: UUID, because: str) -> bool:
    """Whether it was on. What still waits is passed over when it falls due."""
    on = Endpoint.objects.filter(pk=endpoint_id, off_at=None)
    return bool(on.update(off_at=Now(), off_because=because))


def delete_endpoint(*, user_id: UUID, endpoint_id: UUID) -> Endpoint:
    """For good, with its log. Raises NotFound."""
    endpoint = selectors.endpoint_of(user_id, endpoint_id)
    Endpoint.objects.filter(pk=endpoint_id, user_id=user_id).delete()
    return endpoint


def send_test(*, user_id: UUID, endpoint_id: UUID) -> Delivery:
    """Raises NotFound, PlanRequired, EndpointOff, TooManyTests."""
    with transaction.atomic():
        endpoint = endpoint_to_use(user_id, endpoint_id)
        since = Now() - TESTS_COUNT_FOR
        tests = Delivery.objects.filter(endpoint__user_id=user_id, type=events.TEST, created_at__gt=since)
        if tests.count() >= MOST_TESTS:
            raise TooManyTests
        body = events.body_of(events.TEST, timezone.now(), {"endpoint_id": endpoint.pk})
        delivery = Delivery.objects.create(endpoint=endpoint, type=events.TEST, occasion=str(new_id()), body=body)
        doorbell.ring_after_commit()
    return delivery


def send_again(*, user_id: UUID, delivery_id: UUID) -> Delivery:
    """The same message, with all attempts anew. Raises NotFound, PlanRequired, EndpointOff, DeliveryUnderWay."""
    delivery = Delivery.objects.filter(pk=delivery_id, endpoint__user_id=user_id).defer("body").first()
    if delivery is None:
        raise NotFound(_("There is no such delivery."))
    with transaction.atomic():
        endpoint_to_use(user_id, delivery.endpoint_id)
        ended = Delivery.objects.filter(pk=delivery_id, ended_at__isnull=False)
        renewed = ended.update(
            state=Delivery.State.WAITING, due_at=Now(), ended_at=None, error="", attempts_before=F("attempts")
        )
        if not renewed:
            raise DeliveryUnderWay
        doorbell.ring_after_commit()
    return delivery


def endpoint_to_use(user_id: UUID, endpoint_id: UUID) -> Endpoint:
    """One that may be sent to now, held until the transaction ends."""
    endpoint = selectors.endpoint_of(user_id, endpoint_id)
    require_plan(user_id)
    if not Endpoint.objects.select_for_update(no_key=True).filter(pk=endpoint_id, off_at=None).exists():
        raise EndpointOff
    return endpoint

"""Grants to many: looked at first, then granted in chunks, to each person once a campaign, however often it runs."""

import hashlib
import logging
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from celery import current_app
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.template.defaultfilters import pluralize

from accounts.models import User
from credits import ledger
from credits.errors import LedgerError
from credits.models import CreditLot
from jobs.models import Job
from operators.errors import CampaignChanged
from operators.models import Campaign, Recipient

log = logging.getLogger(__name__)
CHUNK = 250


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom: all that is said must fit. `active_since` (UTC): signed in, or started a job, on that day or later."""

    plans: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    active_since: str = ""

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Terms:
    """What each is granted."""

    key: str
    kind: str
    amount: int
    reason: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class DryRun:
    """`had_it`: people who got it before under this key, and will not again. `seen` names just these people."""

    seen: str
    people: int
    credits: int
    shown: list[User]
    unknown: list[str]
    had_it: int


def chosen(choice: Choice) -> QuerySet[User]:
    """Active people; nobody when nothing is said."""
    if not choice.as_json():
        return User.objects.none()
    found = User.objects.filter(is_active=True)
    if choice.plans:
        found = found.filter(subscription__plan__in=choice.plans)
    if choice.emails:
        found = found.filter(email__in=choice.emails)
    if choice.active_since:
        since = date.fromisoformat(choice.active_since)
        jobs = Job.objects.filter(user=OuterRef("pk"), created_at__date__gte=since)
        found = found.filter(Q(last_login__date__gte=since) | Exists(jobs))
    return found


def source_of(key: str) -> str:
    """What the ledger knows a campaign's lots by, with the user's id behind it."""
    return f"campaign:{key}:"


def ids_of(found: QuerySet[User]) -> list[UUID]:
    return list(found.order_by("pk").values_list("pk", flat=True))


def name_of(ids: list[UUID]) -> str:
    """The same for the same people, in order of their ids, and for no others."""
    return hashlib.sha256(b"".join(one.bytes for one in ids)).hexdigest()


def dry_run(choice: Choice, terms: Terms, *, show: int = 50) -> DryRun:
    found = chosen(choice)
    ids = ids_of(found)
    people = len(ids)
    known = set(User.objects.filter(email__in=choice.emails).values_list("email", flat=True))
    return DryRun(
        seen=name_of(ids),
        people=people,
        credits=people * terms.amount,
        shown=list(found.select_related("subscription", "credit_account").order_by("email")[:show]),
        unknown=sorted(set(choice.emails) - known),
        had_it=CreditLot.objects.filter(
            source__startswith=source_of(terms.key), account__user__in=found.values("pk")
        ).count(),
    )


def start(*, choice: Choice, terms: Terms, operator_id: UUID, seen: str) -> Campaign:
    """Write down who gets it, and ring a worker. The same key again is the same campaign, and adds nobody.

    Raises CampaignChanged when others fit than those who were `seen` in the dry run.
    """
    with transaction.atomic():
        ids = ids_of(chosen(choice))
        campaign, new = Campaign.objects.get_or_create(
            key=terms.key,
            defaults={
                "kind": terms.kind, "amount": terms.amount, "reason": terms.reason, "expires_at": terms.expires_at,
                "chosen_by": choice.as_json(), "people": len(ids), "operator_id": operator_id,
            },
        )  # fmt: skip
        if new:
            whom = f"{len(ids)} {pluralize(len(ids), 'person,people')}"
            if name_of(ids) != seen:
                raise CampaignChanged
            rows = (Recipient(campaign=campaign, user_id=one) for one in ids)
            Recipient.objects.bulk_create(rows, batch_size=1000)
            LogEntry.objects.log_actions(
                user_id=operator_id, queryset=[campaign], action_flag=ADDITION, single_object=True,
                change_message=f"{terms.amount} {terms.kind} credits for {whom}. Reason: {terms.reason}",
            )  # fmt: skip
        transaction.on_commit(lambda: ring(campaign.pk))
    return campaign


def ring(campaign_id: int) -> None:
    """Tell a worker. When the broker does not take it, beat finds the campaign."""
    try:
        current_app.send_task("operators.grant", args=[campaign_id])
    except Exception as error:
        log.warning("Campaign %s waits for beat: the broker did not take it (%s)", campaign_id, type(error).__name__)


def run(campaign_id: int) -> int:
    """Grant to all who have not got it, a short transaction a chunk. Returns how many were served just now."""
    campaign = Campaign.objects.get(pk=campaign_id)
    served = 0
    while now := serve(campaign):
        served += now
    left = Recipient.objects.filter(campaign=campaign, granted_at=None, error="").exists()
    if not left:
        Campaign.objects.filter(pk=campaign_id, finished_at=None).update(finished_at=Now())
    return served


def serve(campaign: Campaign) -> int:
    """One chunk, passing over those whom another worker has in hand."""
    with transaction.atomic():
        waiting = Recipient.objects.filter(campaign=campaign, granted_at=None, error="").order_by("user_id")
        ids = list(waiting.select_for_update(skip_locked=True, of=("self",)).values_list("user_id", flat=True)[:CHUNK])
        if ids:
            give(campaign, ids)
    return len(ids)


def give(campaign: Campaign, ids: list[UUID]) -> None:
    """One statement for all; when the ledger refuses it for one of them, one by one, so that only that one is left."""
    try:
        with transaction.atomic():
            grant_each(campaign, ids)
    except LedgerError as refusal:
        if len(ids) == 1:
            Recipient.objects.filter(campaign=campaign, user_id=ids[0]).update(error=str(refusal)[:200])
            return
        for one in ids:
            give(campaign, [one])
    else:
        Recipient.objects.filter(campaign=campaign, user_id__in=ids).update(granted_at=Now())


def grant_each(campaign: Campaign, ids: list[UUID]) -> None:
    ledger.grant_each(
        user_ids=ids, amount=campaign.amount, type=campaign.kind, source=source_of(campaign.key),
        description=campaign.reason, expires_at=campaign.expires_at,
        metadata={"reason": campaign.reason, "operator": str(campaign.operator_id), "campaign": campaign.key},
    )  # fmt: skip


def go_on() -> int:
    """Run every campaign that is not finished. Returns how many people were served."""
    return sum(run(pk) for pk in list(Campaign.objects.filter(finished_at=None).values_list("pk", flat=True)))

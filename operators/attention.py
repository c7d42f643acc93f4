"""What needs an operator now: each line is counted by one query and leads to the list that it counts."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Now
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from billing.models import Concern, WebhookEvent
from credits.models import CreditAccount
from jobs.stuck import stuck_jobs
from monitoring.models import AuditRun
from notifications.models import Notification
from operators.models import Campaign
from support.models import Ticket

OVERDUE = Q(state=Ticket.State.OPEN, answer_due_at__lt=Now())


@dataclass(frozen=True, slots=True)
class Line:
    """`count` rows to look at, under `url`."""

    says: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Desk:
    """`waiting`: what is not as it should be, the most pressing first; `well`: what was looked at and is."""

    waiting: list[Line]
    well: list[Line]
    metrics: str


def counted(says: str, rows: QuerySet[Model], **query: str) -> tuple[str, QuerySet[Model], str]:
    meta = rows.model._meta
    listed = f"admin:{meta.app_label}_{meta.model_name}_changelist"
    return says, rows, f"{page_named(listed)}?{urlencode(query)}"


def looked_at() -> list[tuple[str, QuerySet[Model], str]]:
    events, states, stuck = WebhookEvent.objects, WebhookEvent.State, stuck_jobs()
    failed = {"state__exact": states.FAILED.value}
    last = AuditRun.objects.filter(pk__in=AuditRun.objects.order_by("-at").values("pk")[:1])
    return [
        counted("Broken rules in the last audit", last.exclude(broken=[])),
        counted("Stripe events given up", events.filter(state=states.DEAD), state__exact=states.DEAD.value),
        counted("Stripe events that failed and are tried again", events.filter(state=states.FAILED), **failed),
        counted("Jobs that died on every try", stuck["dead"], stuck="dead"),
        counted("Jobs running past their lease", stuck["lease"], stuck="lease"),
        counted("Jobs queued too long", stuck["queued"], stuck="queued"),
        counted("Tickets overdue", Ticket.objects.filter(OVERDUE), overdue="yes"),
        counted("Open concerns about payments", Concern.objects.filter(resolved_at=None), resolved_at__isempty="1"),
        counted("Frozen accounts", CreditAccount.objects.exclude(frozen_at=None), frozen_at__isempty="0"),
        counted("Grants to many that go on", Campaign.objects.filter(finished_at=None), finished_at__isempty="1"),
        counted("Mails given up", Notification.objects.filter(state=Notification.State.FAILED), state__exact="failed"),
    ]


def may_see(user: User, model: type[Model]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def desk_for(user: User) -> Desk:
    """Only lists that this operator may open."""
    lines = [Line(says, rows.count(), url) for says, rows, url in looked_at() if may_see(user, rows.model)]
    return Desk(
        [line for line in lines if line.count], [line for line in lines if not line.count], page_named("metrics")
    )


def page_named(name: str) -> str:
    """Where there is one."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

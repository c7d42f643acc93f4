"""Statistics of a person's own jobs, for pages: one pass over one period."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from jobs.models import Job

MOST_AGENTS = 6


@dataclass(frozen=True, slots=True)
class AgentUse:
    agent_id: str
    credits: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Jobs since a moment. `spent` is net of `returned`; both and `by_day` (UTC) are credits."""

    jobs: int
    active: int
    completed: int
    failed: int
    canceled: int
    spent: int
    returned: int
    by_day: dict[date, int]
    top_agents: list[AgentUse]

    @property
    def success_rate(self) -> int | None:
        """Percent of finished jobs that were delivered; None before the first one."""
        finished = self.completed + self.failed
        return round(100 * self.completed / finished) if finished else None


def usage_since(user_id: UUID, since: datetime) -> Usage:
    rows = (
        Job.objects.filter(user_id=user_id, created_at__gte=since, parent=None)
        .values("agent_id", "status", day=TruncDate("created_at"))
        .annotate(jobs=Count("id"), paid=Sum("cost") - Sum("refunded"), back=Sum("refunded"))
        .order_by()
    )
    states: Counter[str] = Counter()
    days: Counter[date] = Counter()
    credits: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    returned = 0
    for row in rows:
        states[row["status"]] += row["jobs"]
        days[row["day"]] += row["paid"]
        credits[row["agent_id"]] += row["paid"]
        runs[row["agent_id"]] += row["jobs"]
        returned += row["back"]
    return Usage(
        jobs=states.total(), active=states["queued"] + states["running"], completed=states["completed"],
        failed=states["failed"], canceled=states["canceled"], spent=credits.total(), returned=returned,
        by_day=dict(days),
        top_agents=[AgentUse(name, net, runs[name]) for name, net in credits.most_common(MOST_AGENTS)],
    )  # fmt: skip

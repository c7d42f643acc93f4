"""Statistics of a person's own jobs, for pages: of one period, and of the newest of their ledger. Each costs the same
however long a history is."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import connection

MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class AgentUse:
    agent_id: str
    credits: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Jobs since a moment. `spent` is net of `returned`; both and `by_day` (UTC) are credits. `by_agent`: most first.

    An orchestrated job counts once, with all that it paid; its steps are no jobs of their own here.
    """

    jobs: int
    active: int
    completed: int
    failed: int
    canceled: int
    spent: int
    returned: int
    by_day: dict[date, int]
    by_agent: list[AgentUse]

    @property
    def success_rate(self) -> int | None:
        """Percent of finished jobs that were delivered; None before the first one."""
        finished = self.completed + self.failed
        return round(100 * self.completed / finished) if finished else None


USAGE = """
SELECT agent_id, day, completed, failed, canceled, 0 AS active, spent, returned
FROM jobs_usageday WHERE user_id = %(user_id)s AND day > %(first_day)s
UNION ALL
SELECT agent_id, %(first_day)s, count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status = 'failed'),
       count(*) FILTER (WHERE status = 'canceled'), count(*) FILTER (WHERE status IN ('queued', 'running')),
       sum(cost - refunded), sum(refunded)
FROM jobs_job
WHERE user_id = %(user_id)s AND parent_id IS NULL AND created_at >= %(since)s AND created_at < %(midnight)s
GROUP BY agent_id
UNION ALL
SELECT agent_id, (created_at AT TIME ZONE 'UTC')::date, 0, 0, 0, 1, cost, 0
FROM jobs_job
WHERE user_id = %(user_id)s AND parent_id IS NULL AND status IN ('queued', 'running') AND created_at >= %(midnight)s
"""


def usage_since(user_id: UUID, since: datetime) -> Usage:
    """One statement: the first day from its jobs, for it is rarely a whole one, later ones from their sums, and what
    is unfinished."""
    first_day = since.astimezone(UTC).date()
    midnight = datetime.combine(first_day + timedelta(days=1), time(), UTC)
    facts: dict[str, UUID | datetime | date] = {
        "user_id": user_id, "since": since, "first_day": first_day, "midnight": midnight,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(USAGE, facts)
        rows = cursor.fetchall()
    days: Counter[date] = Counter()
    credits: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    for agent_id, day, *states, spent, _ in rows:
        days[day] += int(spent)
        credits[agent_id] += int(spent)
        runs[agent_id] += sum(states)
    completed, failed, canceled, active = (sum(row[2 + place] for row in rows) for place in range(4))
    return Usage(
        jobs=runs.total(), active=active, completed=completed, failed=failed, canceled=canceled,
        spent=credits.total(), returned=sum(int(row[-1]) for row in rows), by_day=dict(days),
        by_agent=[AgentUse(name, net, runs[name]) for name, net in credits.most_common()],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refill:
    """Monthly credits that came, and how large an allowance they made."""

    day: date
    allowance: int


@dataclass(frozen=True, slots=True)
class MonthOfAgent:
    """Charged jobs of one agent between two refills, without those that were refunded whole.

    `month` counts back from the latest refill, 0.
    """

    agent_id: str
    month: int
    since: date
    jobs: int


@dataclass(frozen=True, slots=True)
class Spending:
    """What the newest rows of a ledger tell. Days are UTC, credits are net of refunds and stand on the day of the job.

    `closing` is the balance at the end of each day that has rows, `refills` likewise, both with the last one before
    `since` where there is one. `usual` is the price of the job in the middle, None without jobs.
    """

    since: date
    by_day: dict[date, int]
    closing: dict[date, int]
    refills: list[Refill]
    months: list[MonthOfAgent]
    usual: int | None


SPENDING = """
WITH entry AS MATERIALIZED (
  SELECT id, amount, balance_after, type, job_id, agent_id, day, (metadata ->> 'resized_to')::integer AS resized_to,
         count(*) FILTER (WHERE type = 'refill' AND NOT metadata ? 'resized_to')
           OVER (ORDER BY id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS month
  FROM (
    SELECT id, amount, balance_after, type, job_id, agent_id, metadata, (created_at AT TIME ZONE 'UTC')::date AS day
    FROM credits_credittransaction WHERE account_id = %(user_id)s ORDER BY id DESC LIMIT %(most)s
  ) AS newest
), reach AS (
  SELECT CASE count(*) WHEN %(most)s THEN greatest(min(day) + 1, %(since)s::date) ELSE %(since)s::date END AS since
  FROM entry
), job AS (
  SELECT min(day) AS day, max(month) AS month, min(agent_id) AS agent_id, -sum(amount) AS net, -min(amount) AS price
  FROM entry WHERE job_id IS NOT NULL
  GROUP BY job_id HAVING bool_or(type = 'deduction') AND min(day) >= (SELECT since FROM reach)
), closing AS (
  SELECT DISTINCT ON (day) day, balance_after FROM entry
  WHERE day >= coalesce((SELECT max(day) FROM entry WHERE day < (SELECT since FROM reach)), %(since)s::date)
  ORDER BY day, id DESC
), refill AS (
  SELECT id, day, coalesce(resized_to, amount) AS allowance FROM entry WHERE type = 'refill'
)
SELECT
  (SELECT since FROM reach),
  (SELECT array_agg(ARRAY[day::text, net::text]) FROM (SELECT day, sum(net) AS net FROM job GROUP BY day) AS spent),
  (SELECT array_agg(ARRAY[day::text, balance_after::text]) FROM closing),
  (SELECT array_agg(ARRAY[day::text, allowance::text] ORDER BY id) FROM refill
   WHERE id >= coalesce((SELECT max(id) FROM refill WHERE day < (SELECT since FROM reach)), 0)),
  (SELECT array_agg(ARRAY[agent_id, month::text, since::text, jobs::text])
   FROM (SELECT agent_id, month, min(day) AS since, count(*) AS jobs FROM job WHERE net > 0
         GROUP BY agent_id, month ORDER BY month DESC, agent_id) AS used),
  (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY price) FROM job)
"""


def spending_since(user_id: UUID, since: date) -> Spending:
    """One statement over the newest MOST_ROWS rows, by their index. Where they reach less, `since` is later."""
    with connection.cursor() as cursor:
        cursor.execute(SPENDING, {"user_id": user_id, "since": since, "most": MOST_ROWS})
        since, by_day, closing, refills, months, usual = cursor.fetchone()
    return Spending(
        since=since,
        by_day={date.fromisoformat(day): int(net) for day, net in by_day or ()},
        closing={date.fromisoformat(day): int(left) for day, left in closing or ()},
        refills=[Refill(date.fromisoformat(day), int(size)) for day, size in refills or ()],
        months=[
            MonthOfAgent(agent_id, int(month), date.fromisoformat(day), int(jobs))
            for agent_id, month, day, jobs in months or ()
        ],
        usual=usual,
    )

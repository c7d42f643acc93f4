"""The SQL of the sums. Each makes one day (UTC) anew from what is recorded, so that making it twice is making it once.

`%(day)s` is the day. What a person was on at a moment is the newest row of their history that is not younger.
"""

IN_DAY = ">= %(day)s::date::timestamp AT TIME ZONE 'UTC' AND {0} < (%(day)s::date + 1)::timestamp AT TIME ZONE 'UTC'"
EARNING = "('active', 'past_due')"


def within_day(column: str) -> str:
    return f"({column} {IN_DAY.format(column)})"


FORGET_JOBS = """
WITH gone AS (DELETE FROM metrics_jobday WHERE day = %(day)s RETURNING completed + failed + canceled AS runs),
     times AS (DELETE FROM metrics_jobtime WHERE day = %(day)s)
SELECT coalesce(sum(runs), 0)::bigint FROM gone
"""

JOBS = f"""
WITH run AS MATERIALIZED (
  SELECT job.plan, job.agent_id, job.operation, job.status, job.provider_cost,
         CASE WHEN job.parent_id IS NOT NULL THEN CASE job.status WHEN 'completed' THEN job.cost ELSE 0 END
              ELSE job.cost - job.refunded - coalesce(steps.delivered, 0) END AS credits,
         owner.billed_plan = job.plan AND owner.status IN {EARNING} AS earns,
         CASE job.status WHEN 'completed' THEN job.finished_at - job.started_at END AS took,
         CASE WHEN job.parent_id IS NULL AND job.status = 'completed' THEN job.started_at - job.created_at END AS waited
  FROM jobs_job job
    LEFT JOIN LATERAL (SELECT sum(step.cost) AS delivered FROM jobs_job step
                       WHERE step.parent_id = job.id AND step.status = 'completed') steps ON job.base_cost IS NOT NULL
    LEFT JOIN LATERAL (SELECT change.billed_plan, change.status FROM metrics_planchange change
                       WHERE change.user_id = job.user_id AND change.changed_at <= job.created_at
                       ORDER BY change.id DESC LIMIT 1) owner ON job.plan <> 'FREE'
  WHERE {within_day("job.finished_at")}
), sums AS (
  INSERT INTO metrics_jobday (day, plan, agent_id, operation, completed, failed, canceled, credits, paid_credits,
                              provider_cost, provider_runs)
  SELECT %(day)s, plan, agent_id, operation, count(*) FILTER (WHERE status = 'completed'),
         count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'canceled'), sum(credits),
         coalesce(sum(credits) FILTER (WHERE earns), 0), coalesce(sum(provider_cost), 0), count(provider_cost)
  FROM run GROUP BY plan, agent_id, operation
  RETURNING completed + failed + canceled AS runs
), measured AS (
  SELECT agent_id, took AS time, 1 AS runs, 0 AS waits FROM run WHERE took IS NOT NULL
  UNION ALL SELECT agent_id, waited, 0, 1 FROM run WHERE waited IS NOT NULL
), times AS (
  INSERT INTO metrics_jobtime (day, agent_id, bucket, runs, waits)
  SELECT %(day)s, agent_id, bucket, sum(runs), sum(waits)
  FROM measured, LATERAL (SELECT floor(4 * log(2, greatest(1, extract(epoch FROM time) * 1000)))) fit (bucket)
  GROUP BY agent_id, bucket
)
SELECT coalesce(sum(runs), 0)::bigint FROM sums
"""  # noqa: S608  (ours; values are bound)

TRANSITIONS = f"""
WITH touched AS (
  SELECT user_id, max(id) AS last FROM metrics_planchange WHERE {within_day("changed_at")} GROUP BY user_id
), moved AS (
  SELECT coalesce(before.plan, '') AS plan_before, after.plan AS plan_after,
         CASE WHEN before.status IN {EARNING} THEN before.billed_plan ELSE '' END AS paid_before,
         CASE WHEN after.status IN {EARNING} THEN after.billed_plan ELSE '' END AS paid_after, touched.user_id
  FROM touched JOIN metrics_planchange after ON after.id = touched.last
    LEFT JOIN LATERAL (SELECT plan, status, billed_plan FROM metrics_planchange change
                       WHERE change.user_id = touched.user_id
                         AND change.changed_at < %(day)s::date::timestamp AT TIME ZONE 'UTC'
                       ORDER BY change.id DESC LIMIT 1) before ON true
), known AS (
  SELECT plan_before, plan_after, paid_before, paid_after, paid_after <> '' AND paid_before = '' AND EXISTS (
    SELECT FROM metrics_planchange once
    WHERE once.user_id = moved.user_id AND once.billed_plan <> '' AND once.status IN {EARNING}
      AND once.changed_at < %(day)s::date::timestamp AT TIME ZONE 'UTC'
      AND NOT EXISTS (
        SELECT FROM metrics_planchange later WHERE later.user_id = once.user_id AND later.id > once.id
          AND (later.changed_at AT TIME ZONE 'UTC')::date = (once.changed_at AT TIME ZONE 'UTC')::date)) AS paid_ever
  FROM moved WHERE (plan_before, paid_before) <> (plan_after, paid_after)
)
INSERT INTO metrics_transition (day, plan_before, plan_after, paid_before, paid_after, paid_ever, users)
SELECT %(day)s, plan_before, plan_after, paid_before, paid_after, known.paid_ever, count(*) FROM known
GROUP BY plan_before, plan_after, paid_before, paid_after, known.paid_ever
"""  # noqa: S608  (ours; values are bound)

COHORT = f"""
INSERT INTO metrics_cohort (day, signups, converted)
SELECT %(day)s, count(*), count(*) FILTER (WHERE EXISTS (
  SELECT FROM metrics_planchange paid
  WHERE paid.user_id = joined.user_id AND paid.billed_plan <> '' AND paid.status IN {EARNING}
    AND paid.changed_at < joined.changed_at + interval '30 days'))
FROM metrics_planchange joined
WHERE {within_day("joined.changed_at")}
  AND NOT EXISTS (SELECT FROM metrics_planchange older WHERE older.user_id = joined.user_id AND older.id < joined.id)
HAVING count(*) > 0
"""  # noqa: S608  (ours; values are bound)

ALLOWANCES = f"""
INSERT INTO metrics_allowanceday (day, plan, credits)
SELECT %(day)s, coalesce(owner.plan, 'FREE'), sum(entry.amount)
FROM credits_credittransaction entry
  LEFT JOIN LATERAL (SELECT change.plan FROM metrics_planchange change
                     WHERE change.user_id = entry.account_id AND change.changed_at <= entry.created_at
                     ORDER BY change.id DESC LIMIT 1) owner ON true
WHERE {within_day("entry.created_at")}
  AND (entry.type = 'refill' OR entry.job_id IS NULL AND entry.metadata ?| '{{resized_to,taken_back_of}}')
GROUP BY 2
"""  # noqa: S608  (ours; values are bound)

# Which days what came since the last time belongs to.
ENDED_OF_REFUNDED = """
SELECT DISTINCT (job.finished_at AT TIME ZONE 'UTC')::date
FROM credits_credittransaction entry JOIN jobs_job job ON job.id = entry.job_id
WHERE entry.id > %(ledger_id)s AND entry.type = 'refund' AND job.finished_at IS NOT NULL
"""
GRANTED = """
SELECT DISTINCT (created_at AT TIME ZONE 'UTC')::date FROM credits_credittransaction
WHERE id > %(ledger_id)s AND (type = 'refill' OR job_id IS NULL AND metadata ?| '{resized_to,taken_back_of}')
"""
CHANGED = "SELECT DISTINCT (changed_at AT TIME ZONE 'UTC')::date FROM metrics_planchange WHERE id > %(change_id)s"
JOINED = """
SELECT DISTINCT (joined.changed_at AT TIME ZONE 'UTC')::date
FROM (SELECT DISTINCT user_id FROM metrics_planchange WHERE id > %(change_id)s) touched
  JOIN LATERAL (SELECT changed_at FROM metrics_planchange first WHERE first.user_id = touched.user_id
                ORDER BY first.id LIMIT 1) joined ON true
"""
ENDED = "SELECT DISTINCT (finished_at AT TIME ZONE 'UTC')::date FROM jobs_job WHERE finished_at >= %(since)s"
SETTLED_ROWS = """
SELECT (SELECT coalesce(max(id), %(ledger_id)s) FROM credits_credittransaction
        WHERE id > %(ledger_id)s AND created_at < %(settled)s),
       (SELECT coalesce(max(id), %(change_id)s) FROM metrics_planchange
        WHERE id > %(change_id)s AND changed_at < %(settled)s)
"""
REMEMBER = """
INSERT INTO metrics_rollupstate (id, ledger_id, change_id, rolled_up_at)
VALUES (1, %(ledger_id)s, %(change_id)s, %(now)s)
ON CONFLICT (id) DO UPDATE SET ledger_id = excluded.ledger_id, change_id = excluded.change_id,
                               rolled_up_at = excluded.rolled_up_at
"""

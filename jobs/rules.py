"""What the law says of jobs, and every rule there is, for `manage.py audit`."""

from billing.rules import RULES as BILLING_RULES
from credits.audit import Rule, guards
from credits.rules import RULES as CREDIT_RULES

SINGLE = "parent_id IS NULL AND base_cost IS NULL"

CHARGES = [
    Rule(
        "a job was charged its cost",
        """
        SELECT job.id AS job_id, job.user_id, job.cost, -charge.amount AS charged FROM jobs_job job
        LEFT JOIN credits_credittransaction charge
          ON charge.job_id = job.id AND charge.type = 'deduction' AND charge.account_id = job.user_id
        WHERE parent_id IS NULL AND job.cost <> coalesce(-charge.amount, 0)""",
    ),
    Rule(
        "a step of an orchestrated job is not charged by itself",
        """
        SELECT job.id AS job_id, parent_id, entry.id AS ledger_row, entry.amount
        FROM jobs_job job JOIN credits_credittransaction entry ON entry.job_id = job.id WHERE parent_id IS NOT NULL""",
    ),
    Rule(
        "a job shows as refunded what the ledger gave back",
        """
        SELECT job.id AS job_id, job.refunded, coalesce(refund.amount, 0) AS ledger FROM jobs_job job
        LEFT JOIN credits_credittransaction refund ON refund.job_id = job.id AND refund.type = 'refund'
        WHERE job.refunded <> coalesce(refund.amount, 0)""",
    ),
    Rule(
        "a failed or canceled job was refunded in full",
        f"""
        SELECT id AS job_id, status, cost, refunded FROM jobs_job job
        WHERE {SINGLE} AND status IN ('failed', 'canceled') AND refunded <> cost""",  # noqa: S608
    ),
    Rule(
        "an orchestrated job that ended kept its base and what was delivered, or nothing when nothing was",
        """
        SELECT job.id AS job_id, status, cost, refunded, base_cost, delivered
        FROM jobs_job job,
          LATERAL (SELECT sum(step.cost) AS delivered FROM jobs_job step
                   WHERE step.parent_id = job.id AND step.status = 'completed') steps
        WHERE base_cost IS NOT NULL AND finished_at IS NOT NULL
          AND cost - refunded <> CASE WHEN delivered IS NULL THEN 0 ELSE base_cost + delivered END
          AND NOT EXISTS (SELECT FROM credits_credittransaction refund
                          WHERE refund.job_id = job.id AND refund.type = 'refund'
                            AND refund.metadata ->> 'reason' <> '')""",
    ),
    Rule(
        "an orchestrated job holds no less than its base and all its steps",
        """
        SELECT id AS job_id, cost, base_cost FROM jobs_job job
        WHERE base_cost IS NOT NULL AND cost < base_cost + (SELECT sum(cost) FROM jobs_job WHERE parent_id = job.id)""",
    ),
    Rule(
        "a completed job was refunded only by an operator, with a reason",
        f"""
        SELECT id AS job_id, cost, refunded FROM jobs_job job
        WHERE {SINGLE} AND status = 'completed' AND refunded <> 0
          AND NOT EXISTS (SELECT FROM credits_credittransaction refund
                          WHERE refund.job_id = job.id AND refund.type = 'refund'
                            AND refund.metadata ->> 'reason' <> '')""",  # noqa: S608
    ),
    Rule(
        "an unfinished job was not refunded",
        """
        SELECT id AS job_id, status, refunded FROM jobs_job WHERE status IN ('queued', 'running') AND refunded <> 0""",
    ),
]

WORK = [
    Rule(
        "no job has been without its worker for ten minutes",
        """
        SELECT id AS job_id, lease_until, attempts FROM jobs_job
        WHERE status = 'running' AND NOT waiting AND lease_until < statement_timestamp() - interval '10 minutes'""",
    ),
    Rule(
        "what waits has something to wait for",
        """
        SELECT id AS job_id, parent_id, status FROM jobs_job job
        WHERE waiting AND status IN ('queued', 'running') AND NOT EXISTS (
          SELECT FROM jobs_job other WHERE other.status IN ('queued', 'running')
            AND (other.parent_id = job.id OR other.id = ANY (job.depends_on)))""",
    ),
    Rule(
        "a step runs only when what it depends on is delivered, and ends no later than its plan",
        """
        SELECT step.id AS job_id, step.parent_id, step.status FROM jobs_job step
        JOIN jobs_job plan ON plan.id = step.parent_id
        WHERE (plan.finished_at IS NOT NULL AND step.status IN ('queued', 'running'))
          OR (step.status IN ('running', 'completed') AND EXISTS (
            SELECT FROM jobs_job other WHERE other.id = ANY (step.depends_on) AND other.status <> 'completed'))""",
    ),
    Rule(
        "a completed job delivered something",
        f"""
        SELECT id AS job_id, agent_id, operation FROM jobs_job job
        WHERE {SINGLE} AND status = 'completed' AND coalesce(output, 'null') IN ('null', '{{}}', '[]', '""')
          AND NOT EXISTS (SELECT FROM jobs_artifact artifact WHERE artifact.job_id = job.id)""",  # noqa: S608
    ),
    Rule(
        "stored bytes are those of artifacts and uploads that are kept",
        """
        SELECT user_id, coalesce(stored.bytes, 0) AS stored, coalesce(kept.bytes, 0) AS kept
        FROM (SELECT user_id, bytes FROM jobs_storedbytes) stored FULL JOIN
          (SELECT user_id, sum(size) AS bytes FROM
             (SELECT user_id, size FROM jobs_artifact WHERE deleted_at IS NULL
              UNION ALL SELECT user_id, size FROM jobs_upload WHERE deleted_at IS NULL) files
           GROUP BY 1) kept USING (user_id)
        WHERE coalesce(stored.bytes, 0) <> coalesce(kept.bytes, 0)""",
    ),
    Rule(
        "a person's use of a day is what their jobs of it came to",
        """
        SELECT user_id, day, agent_id, sum(completed) AS completed, sum(failed) AS failed, sum(canceled) AS canceled,
               sum(spent) AS spent, sum(returned) AS returned
        FROM (SELECT user_id, (created_at AT TIME ZONE 'UTC')::date AS day, agent_id,
                     (status = 'completed')::int AS completed, (status = 'failed')::int AS failed,
                     (status = 'canceled')::int AS canceled, cost - refunded AS spent, refunded AS returned
              FROM jobs_job WHERE parent_id IS NULL AND status NOT IN ('queued', 'running')
              UNION ALL
              SELECT user_id, day, agent_id, -completed, -failed, -canceled, -spent, -returned
              FROM jobs_usageday) lacking
        GROUP BY 1, 2, 3
        HAVING (sum(completed), sum(failed), sum(canceled), sum(spent), sum(returned)) <> (0, 0, 0, 0, 0)""",
    ),
    guards("the database counts stored bytes", [("jobs_artifact", "counted"), ("jobs_upload", "counted")]),
    guards(
        "the database sums up use",
        [("jobs_job", name) for name in ("usage_of_new", "usage_of_changed", "usage_of_gone")],
    ),
]

RULES = [*CHARGES, *WORK]
EVERY_RULE = [*CREDIT_RULES, *BILLING_RULES, *RULES]

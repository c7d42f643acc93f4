"""What the law says of jobs, and every rule there is, for `manage.py audit`."""

from billing.rules import RULES as BILLING_RULES
from credits.audit import Rule, guards
from credits.rules import RULES as CREDIT_RULES

SINGLE = "parent_id IS NULL AND NOT EXISTS (SELECT FROM jobs_job step WHERE step.parent_id = job.id)"

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
        "an orchestrated job that delivered nothing was refunded in full",
        """
        SELECT id AS job_id, status, cost, refunded FROM jobs_job job
        WHERE status IN ('failed', 'canceled') AND refunded <> cost
          AND EXISTS (SELECT FROM jobs_job step WHERE step.parent_id = job.id)
          AND NOT EXISTS (SELECT FROM jobs_job step WHERE step.parent_id = job.id AND step.status = 'completed')""",
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
        WHERE status = 'running' AND lease_until < statement_timestamp() - interval '10 minutes'""",
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
    guards("the database counts stored bytes", [("jobs_artifact", "counted"), ("jobs_upload", "counted")]),
]

RULES = [*CHARGES, *WORK]
EVERY_RULE = [*CREDIT_RULES, *BILLING_RULES, *RULES]

"""Who is to be told of what: one statement for each kind, which records the event for everybody it happened to.

Each statement is bounded, works on an index (migration 0001), and can be run by anybody at any time: the unique key of
the table lets every event in once. An event whose mail is switched off is recorded as skipped, so that switching it on
later brings no old news. The ledger, the jobs and the subscriptions are read and never locked.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from agents.registry import AGENTS

MOST = 500
NEW_FOR = timedelta(days=7)

# Each finds (user_id, kind, occasion, rank). Of what one person would be told at once, only the lowest rank is sent.
NEWCOMERS = """
    SELECT newcomer.id AS user_id, 'welcome' AS kind, 'welcome' AS occasion, 1 AS rank
    FROM accounts_user newcomer
    WHERE newcomer.id >= %(oldest)s AND newcomer.date_joined > statement_timestamp() - %(new_for)s
"""
CROSSINGS = """
    SELECT DISTINCT account.user_id, level.kind,
           to_char(account.period_started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || level.suffix
             AS occasion, level.rank
    FROM credits_credittransaction spent
    JOIN credits_creditaccount account ON account.user_id = spent.account_id,
    LATERAL (VALUES ('out_of_credits', '', 1, %(cheapest)s - 1),
                    ('low_balance', ':10', 2, account.monthly_allowance / 10),
                    ('low_balance', ':25', 3, account.monthly_allowance / 4)) level (kind, suffix, rank, most)
    WHERE spent.created_at > statement_timestamp() - interval '1 day'
      AND spent.type = 'deduction' AND spent.job_id IS NOT NULL
      AND spent.balance_after <= level.most AND spent.balance_after - spent.amount > level.most
      AND account.balance <= level.most AND account.monthly_allowance > 0
"""
UNPAID = """
    SELECT user_id, 'payment_failed' AS kind, stripe_subscription_id
           || to_char(current_period_start AT TIME ZONE 'UTC', '":"YYYY-MM-DD"T"HH24:MI:SS') AS occasion, 1 AS rank
    FROM billing_subscription
    WHERE status = 'past_due' AND stripe_subscription_id <> '' AND current_period_start IS NOT NULL
"""
ENDING = """
    SELECT user_id, 'plan_ends' AS kind, stripe_subscription_id
           || to_char(current_period_end AT TIME ZONE 'UTC', '":"YYYY-MM-DD"T"HH24:MI:SS') || part.suffix AS occasion,
           part.rank
    FROM billing_subscription, (VALUES ('', 1, interval '100 years'), (':soon', 2, interval '3 days'))
         part (suffix, rank, before)
    WHERE cancel_at_period_end AND stripe_subscription_id <> '' AND current_period_end > statement_timestamp()
      AND current_period_end <= statement_timestamp() + part.before
"""
DONE = """
    SELECT job.user_id, 'job_done' AS kind, job.id::text AS occasion, 1 AS rank
    FROM accounts_profile wanting JOIN jobs_job job ON job.user_id = wanting.user_id
    WHERE wanting.preferences @> '{"mail": {"job_done": true}}'
      AND job.parent_id IS NULL AND job.status IN ('completed', 'failed')
      AND job.created_at > statement_timestamp() - interval '2 days'
      AND job.finished_at > statement_timestamp() - interval '1 day'
      AND job.finished_at - job.started_at > interval '20 seconds'
"""
ANSWERED = """
    SELECT ticket.user_id, 'support' AS kind, message.id::text AS occasion, 1 AS rank
    FROM support_message message JOIN support_ticket ticket ON ticket.id = message.ticket_id
    WHERE message.side = 'support' AND message.created_at > statement_timestamp() - interval '1 day'
"""
GAVE_UP = """
    SELECT user_id, 'webhook_off' AS kind,
           id || to_char(off_at AT TIME ZONE 'UTC', '":"YYYY-MM-DD"T"HH24:MI:SS.US') AS occasion, 1 AS rank
    FROM hooks_endpoint
    WHERE off_because IN ('failing', 'gone') AND off_at > statement_timestamp() - interval '1 day'
"""
EVERYTHING = (NEWCOMERS, CROSSINGS, UNPAID, ENDING, DONE, ANSWERED, GAVE_UP)

RECORD = """
    INSERT INTO notifications_notification (user_id, kind, occasion, state, ended_at)
    SELECT user_id, kind, occasion, CASE WHEN goes THEN 'waiting' ELSE 'skipped' END,
           CASE WHEN NOT goes THEN statement_timestamp() END
    FROM (
      SELECT found.*,
             switch.is_on AND rank = min(rank) FILTER (WHERE switch.is_on) OVER (PARTITION BY found.user_id) AS goes
      FROM ({found}) found
      JOIN accounts_user person ON person.id = found.user_id AND person.is_active
      JOIN accounts_profile profile ON profile.user_id = found.user_id,
      LATERAL (SELECT coalesce(profile.preferences #>> ARRAY['mail', found.kind], 'true') <> 'false') switch (is_on)
      WHERE NOT EXISTS (SELECT FROM notifications_notification told
                        WHERE told.user_id = found.user_id AND told.kind = found.kind
                          AND told.occasion = found.occasion)
        AND (NOT %(confirmed_only)s
             OR EXISTS (SELECT FROM account_emailaddress address
                        WHERE address.user_id = person.id AND address.verified
                          AND lower(address.email) = lower(person.email)))
    ) weighed
    ORDER BY user_id, rank DESC
    LIMIT %(most)s
    ON CONFLICT DO NOTHING
"""


def record_due() -> int:
    """Write down every event that nobody was told of yet; how many there were."""
    facts: dict[str, Any] = {
        "oldest": first_id_since(datetime.now(UTC) - NEW_FOR - timedelta(days=1)),
        "new_for": NEW_FOR,
        "cheapest": cheapest(),
        "confirmed_only": must_be_confirmed(),
        "most": MOST,
    }
    recorded = 0
    with connection.cursor() as cursor:
        for found in EVERYTHING:
            cursor.execute(RECORD.replace("{found}", found), facts)
            recorded += cursor.rowcount
    return recorded


def first_id_since(moment: datetime) -> UUID:
    """Ids of users are ordered by time (version 7): who is new is found by the primary key."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def cheapest() -> int:
    """What a job takes at least; who has less is out of credits."""
    return min(operation.cost for agent in AGENTS.values() for operation in agent.operations)


def must_be_confirmed() -> bool:
    return bool(settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory")

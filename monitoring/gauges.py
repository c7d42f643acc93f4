"""What is watched, each as one cheap question to Postgres: it has an index, or its table stays small."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from notifications.due import first_id_since


@dataclass(frozen=True, slots=True)
class Gauge:
    """`query` gives a row for each series: the values of `labels` in order, then the number."""

    name: str
    about: str
    query: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    gauge: Gauge
    labels: tuple[str, ...]
    value: float


ACTIVE = "status IN ('queued', 'running')"
AGE = "coalesce(extract(epoch FROM statement_timestamp() - {moment}), 0)"

JOBS = (
    Gauge(
        "avatarg_jobs_active",
        "Jobs that are queued or running; steps of plans count, plans that wait for theirs too.",
        f"SELECT status, agent_id, count(*) FROM jobs_job WHERE {ACTIVE} GROUP BY 1, 2",  # noqa: S608
        ("state", "agent"),
    ),
    Gauge(
        "avatarg_jobs_last_hour",
        "Jobs made in the last hour, by what has become of them.",
        """
        SELECT status, agent_id, count(*) FROM jobs_job
        WHERE id >= %(hour_ago)s AND created_at > statement_timestamp() - interval '1 hour' GROUP BY 1, 2""",
        ("state", "agent"),
    ),
    Gauge(
        "avatarg_queue_age_seconds",
        "How long the job that has waited longest in a queue has done so.",
        f"""
        SELECT queue, max({AGE.format(moment="created_at")}) FROM jobs_job
        WHERE status = 'queued' AND NOT waiting GROUP BY 1""",  # noqa: S608
        ("queue",),
    ),
    Gauge(
        "avatarg_jobs_lease_expired",
        "Running jobs whose worker has fallen silent: the sweeper takes them within seconds.",
        """
        SELECT count(*) FROM jobs_job
        WHERE status = 'running' AND NOT waiting AND lease_until < statement_timestamp()""",
    ),
    Gauge(
        "avatarg_worker_pulse_age_seconds",
        "Since when no worker of this kind has run a canary job.",
        f"SELECT queue, {AGE.format(moment='at')} FROM jobs_pulse",  # noqa: S608
        ("kind",),
    ),
)
LEDGER = (
    Gauge(
        "avatarg_audit_age_seconds",
        "Since when no audit by the clock has ended.",
        f"SELECT {AGE.format(moment='at')} FROM monitoring_auditrun ORDER BY at DESC LIMIT 1",  # noqa: S608
    ),
    Gauge(
        "avatarg_audit_broken_rules",
        "Rules of the law that the last audit found broken: anything but 0 wakes somebody.",
        "SELECT jsonb_array_length(broken) FROM monitoring_auditrun ORDER BY at DESC LIMIT 1",
    ),
    Gauge(
        "avatarg_ledger_drifting_accounts",
        "Accounts whose balance was not what their ledger says, at the last audit.",
        "SELECT drifting FROM monitoring_auditrun ORDER BY at DESC LIMIT 1",
    ),
    Gauge(
        "avatarg_accounts_overdue",
        "Accounts whose period or lot fell due more than ten minutes ago and is not settled.",
        """
        SELECT count(*) FROM credits_creditaccount
        WHERE due_at < statement_timestamp() - interval '10 minutes'""",
    ),
)
MONEY = (
    Gauge(
        "avatarg_webhook_events_waiting",
        "Stripe's events that are not dealt with, by state.",
        "SELECT state, count(*) FROM billing_webhookevent WHERE state IN ('pending', 'failed') GROUP BY 1",
        ("state",),
    ),
    Gauge(
        "avatarg_webhook_events_dead",
        "Stripe's events of the last 30 days that were given up.",
        """
        SELECT count(*) FROM billing_webhookevent
        WHERE received_at > statement_timestamp() - interval '30 days' AND state = 'dead'""",
    ),
    Gauge(
        "avatarg_webhook_lag_seconds",
        "How long the oldest of Stripe's events that wait has waited.",
        f"""
        SELECT coalesce(max({AGE.format(moment="received_at")}), 0) FROM billing_webhookevent
        WHERE state IN ('pending', 'failed')""",  # noqa: S608
    ),
    Gauge(
        "avatarg_concerns_open",
        "What operators have yet to look at, by kind.",
        "SELECT kind, count(*) FROM billing_concern WHERE resolved_at IS NULL GROUP BY 1",
        ("kind",),
    ),
    Gauge(
        "avatarg_mails_waiting",
        "E-mails that are due and not sent.",
        "SELECT count(*) FROM notifications_notification WHERE state = 'waiting'",
    ),
)
GAUGES = (*JOBS, *LEDGER, *MONEY)


def samples_of(gauges: tuple[Gauge, ...] = GAUGES) -> Iterator[Sample]:
    """One statement each, a series a row; a gauge without rows has no series."""
    bounds = {"hour_ago": first_id_since(datetime.now(UTC) - timedelta(hours=1, minutes=1))}
    with connection.cursor() as cursor:
        for gauge in gauges:
            cursor.execute(gauge.query, bounds)
            for row in cursor.fetchall():
                yield Sample(gauge, tuple(map(str, row[:-1])), float(row[-1]))

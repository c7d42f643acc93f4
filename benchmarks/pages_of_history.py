"""The statements of pages for somebody with a long history, as PostgreSQL takes to answer them."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import global_settings
from django.db import connection
from django.test import Client, override_settings

from accounts.models import User
from avatarg import paging
from benchmarks import people
from benchmarks.place import Place
from benchmarks.results import Measure, Report
from jobs.models import Job

NUMBER = 9_000_001
DAYS = 365
OTHERS = 100
WARM = 2
SHOWN = {"STORAGES": global_settings.STORAGES, "ALLOWED_HOSTS": ["testserver"]}
JOBS = """
    INSERT INTO jobs_job (id, user_id, agent_id, operation, plan, queue, status, input, output, seed, cost, refunded,
                          progress, engine, fence, attempts, created_at, started_at, finished_at)
    SELECT uuidv7(made.at - now()), CASE WHEN number % 2 = 0 THEN '{user}' ELSE id_of({first} + number % {others}) END,
           (ARRAY['image-creator', 'chat', 'avatar-builder', 'music-studio', 'video-studio'])[1 + turn % 5],
           'generate', 'PREMIUM', 'standard', CASE turn % 10 WHEN 7 THEN 'failed' WHEN 8 THEN 'canceled'
           ELSE 'completed' END, jsonb_build_object('prompt', repeat('A lighthouse over a violet sea. ', 4)),
           jsonb_build_object('text', repeat('x', 150)), number, 8, CASE WHEN turn % 10 IN (7, 8) THEN 8 ELSE 0 END,
           100, 'bench', 1, 1, made.at, made.at, made.at + interval '5 seconds'
    FROM generate_series(1, 2 * {jobs}) number, LATERAL (SELECT number / 2 AS turn) counted,
         LATERAL (SELECT now() - interval '{days} days' * (1 - number / (2.0 * {jobs})) AS at) made;
    INSERT INTO credits_credittransaction (account_id, amount, balance_after, type, description, job_id, agent_id,
                                           created_at)
    SELECT user_id, -cost, 1000, 'deduction', 'A job', id, agent_id, created_at FROM jobs_job
    WHERE engine = 'bench' ORDER BY created_at;
    UPDATE credits_creditaccount
    SET anchor_at = now() - interval '28 days', period_started_at = now() - interval '28 days',
        next_reset_at = now() - interval '28 days' + interval '1 month',
        due_at = now() - interval '28 days' + interval '1 month' WHERE user_id = '{user}';
    UPDATE billing_subscription SET plan = 'PREMIUM' WHERE user_id = '{user}'
"""
NUMBERS = f"SELECT id_of(number) FROM generate_series({NUMBER}, {NUMBER + OTHERS}) number"
RECOUNTED = f"SELECT recount_usage(ARRAY({NUMBERS}))"
PAGES = (
    "/dashboard", "/dashboard/jobs", "/dashboard/jobs?status=failed", "/dashboard/jobs?status=running",
    "/dashboard/jobs?agent=chat&status=failed", "/dashboard/jobs?agent=voice-lab", "/dashboard/jobs?cursor={deep}",
    "/dashboard/credits", "/dashboard/credits?type=deduction", "/dashboard/credits?type=refill",
    "/dashboard/credits?cursor={deep_entry}", "/dashboard/agents/image-creator", "/dashboard/agents/voice-lab",
)  # fmt: skip


class Clock:
    """Adds up what the statements of a visit take, from the asking to the last row."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count, self.seconds = self.count + 1, self.seconds + time.perf_counter() - begun


@contextmanager
def history(place: Place, jobs: int) -> Iterator[User]:
    """Somebody with so many jobs in a year, a twelfth of them in this month, between as many of others."""
    people.add(place, NUMBER, NUMBER + OTHERS, credits=1000)
    user = people.id_of(NUMBER)
    rows = JOBS.format(user=user, first=NUMBER + 1, others=OTHERS, jobs=jobs, days=DAYS)
    people.as_replica(place, rows)
    place.owner.execute(RECOUNTED)
    place.owner.execute("VACUUM ANALYZE")
    yield User.objects.get(pk=user)
    people.as_replica(place, f"""
        DELETE FROM jobs_job WHERE user_id IN ({NUMBERS});
        DELETE FROM jobs_usageday WHERE user_id IN ({NUMBERS});
        DELETE FROM credits_credittransaction WHERE account_id IN ({NUMBERS}) AND type = 'deduction'""")  # fmt: skip


def measure_statements(place: Place, report: Report, *, rounds: int, jobs: int) -> None:
    with history(place, jobs) as user, override_settings(**SHOWN):
        client = Client()
        client.force_login(user)
        median = Job.objects.filter(user=user).order_by("created_at", "id")[jobs // 10]
        entry = user.credit_account.transactions.order_by("id")[jobs // 10].pk
        places = {"deep": paging.encode([median.created_at, median.pk]), "deep_entry": paging.encode([entry])}
        count, milliseconds = asked(client, "/dashboard/billing", rounds)
        name = f"/dashboard/billing, {jobs:,} jobs"
        report.add(Measure(f"{name}: statements", count, 12, at_most=True))
        report.add(Measure(f"{name}: SQL", milliseconds, 25, at_most=True, unit="ms"))
        for path in PAGES:
            count, milliseconds = asked(client, path.format(**places), rounds)
            shown = path.partition("?cursor")[0] + (", deep down" if "cursor" in path else "")
            report.add(Measure(f"{shown}: SQL", milliseconds, unit="ms", note=f"{count} statements"))


def asked(client: Client, path: str, rounds: int) -> tuple[int, float]:
    """Statements of one visit, and the milliseconds that they take in the middle of so many visits."""
    clocks = []
    for _ in range(WARM + rounds):
        clock = Clock()
        with connection.execute_wrapper(clock):
            response = client.get(path, secure=True)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}.")
        clocks.append(clock)
    return clocks[-1].count, statistics.median(1000 * clock.seconds for clock in clocks[WARM:])

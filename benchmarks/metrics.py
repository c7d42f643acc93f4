"""The operators' page of metrics over many jobs: how long it takes to answer, and its sums to be made.

All is planted: people who sign up over 400 days, pay, leave and return; their monthly credits; jobs that ended in the
last 365 days. `audit` has looked before this part, for these people's ledgers are no ledgers.
"""

import random
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.models import User
from benchmarks import people, visitors
from benchmarks.clients import median
from benchmarks.place import Place
from benchmarks.results import Measure, Report
from metrics import rollup
from metrics.models import RollupState

FIRST, MANY = 5_000_000, 20_000
REQUESTS = 30
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
HISTORY = """
  CREATE TEMP TABLE fate AS
  SELECT id_of(number) AS id, now() - interval '400 days' * random() ^ 0.7 AS joined, random() < 0.14 AS pays,
         random() ^ 2 * interval '50 days' AS after, random() AS which, random() AS ends, random() AS returns,
         random() AS climbs, number
  FROM generate_series({first}, {last}) number;
  CREATE TEMP TABLE told AS
  SELECT id, 'FREE' AS plan, '' AS billed, joined AS at FROM fate
  UNION ALL SELECT id, first, first, joined + after FROM fate, plan_of(which) first WHERE pays
  UNION ALL SELECT id, 'PREMIUM', 'PREMIUM', joined + after + interval '120 days' * climbs FROM fate
            WHERE pays AND which < 0.75 AND climbs < 0.2
  UNION ALL SELECT id, 'FREE', '', joined + after + interval '40 days' + interval '200 days' * ends FROM fate
            WHERE pays AND ends < 0.45
  UNION ALL SELECT id, 'PRO', 'PRO', joined + after + interval '55 days' + interval '200 days' * ends FROM fate
            WHERE pays AND ends < 0.45 AND returns < 0.2
  UNION ALL SELECT id, 'PRO', '', joined + interval '9 days' FROM fate WHERE NOT pays AND which < 0.005;
  INSERT INTO metrics_planchange (user_id, plan, status, stripe_subscription_id, billed_plan, changed_at)
  SELECT id, plan, 'active', CASE billed WHEN '' THEN '' ELSE 'sub_' || id END, billed, at FROM told
  WHERE at <= now() ORDER BY at;
  INSERT INTO credits_credittransaction (account_id, amount, balance_after, type, description, created_at)
  SELECT id, CASE WHEN pays THEN 1000 ELSE 100 END, 0, 'refill', 'Monthly credits', at
  FROM fate, generate_series(joined + interval '1 second', now(), interval '1 month') at ORDER BY at;
  DROP TABLE fate, told;
"""
JOBS = """
  INSERT INTO jobs_job (id, user_id, agent_id, operation, plan, queue, status, input, seed, cost, refunded, progress,
                        created_at, started_at, finished_at, provider_cost)
  SELECT uuidv7(at - clock_timestamp()), id_of({first} + (random() ^ 2 * ({people} - 1))::int), agent, operation,
         CASE WHEN r < 0.45 THEN 'FREE' WHEN r < 0.8 THEN 'PRO' WHEN r < 0.96 THEN 'PREMIUM' ELSE 'ENTERPRISE' END,
         'standard', status, '{{"prompt": "A red lighthouse at dusk, painted in oil"}}', 7, cost,
         CASE status WHEN 'completed' THEN 0 ELSE cost END, 100, at, at + wait, at + wait + run,
         CASE WHEN paid THEN (cost * 4000 * (0.5 + random()))::int END
  FROM (SELECT number, now() - interval '365 days' * (1 - sqrt(number / {jobs}.0)) - interval '2 minutes' AS at,
               random() AS r, random() AS s, random() AS w, random() AS d, random() AS what
        FROM generate_series(1, {jobs}) number) drawn,
    LATERAL (SELECT * FROM run_of(what)) kind,
    LATERAL (SELECT CASE WHEN s < 0.945 THEN 'completed' WHEN s < 0.98 THEN 'failed' ELSE 'canceled' END AS status,
                    interval '0.4 seconds' * exp(3 * w * w) AS wait, usual * exp(2.4 * d - 1) AS run) facts
"""
SHAPES = """
  CREATE FUNCTION plan_of(which float) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN which < 0.75 THEN 'PRO' WHEN which < 0.96 THEN 'PREMIUM' ELSE 'ENTERPRISE' END $$;
  CREATE TABLE bench_run (until float, agent text, operation text, cost int, usual interval, paid boolean);
  INSERT INTO bench_run VALUES
    (0.34, 'chat', 'message', 1, '3 s', true), (0.44, 'chat', 'context', 2, '4 s', true),
    (0.58, 'image-creator', 'generate', 8, '1.4 s', false), (0.62, 'image-creator', 'upscale', 5, '0.8 s', false),
    (0.70, 'avatar-builder', 'generate', 10, '0.3 s', false), (0.72, 'avatar-builder', 'scan', 5, '0.6 s', false),
    (0.80, 'music-studio', 'generate', 15, '6 s', false), (0.83, 'music-studio', 'remix', 10, '7 s', false),
    (0.88, 'video-studio', 'generate', 20, '55 s', true), (0.90, 'video-studio', 'animate', 15, '40 s', true),
    (0.93, 'voice-lab', 'synthesize', 5, '3 s', true), (0.94, 'voice-lab', 'clone', 50, '5 s', false),
    (0.96, 'media-production', 'video', 25, '70 s', false), (0.98, 'business-agent', 'report', 15, '4 s', false),
    (1.00, 'avatar-g-agent', 'orchestrate', 50, '95 s', true);
  CREATE FUNCTION run_of(what float, OUT agent text, OUT operation text, OUT cost int, OUT usual interval,
                         OUT paid boolean) LANGUAGE sql STABLE AS
  $$ SELECT agent, operation, cost, usual, paid FROM bench_run WHERE until >= what ORDER BY until LIMIT 1 $$;
"""


def measure_metrics(place: Place, report: Report, *, jobs: int) -> None:
    plant(place, jobs=jobs, many=MANY)
    seconds = timed(rollup.rebuild)
    report.add(Measure(f"metrics: sums of {jobs:,} jobs from nothing", seconds, unit="s"))
    RollupState.objects.update(rolled_up_at=RollupState.objects.get().rolled_up_at - timedelta(minutes=5))
    rounds = [timed(rollup.refresh) * 1000 for _ in range(5)]
    report.add(Measure("metrics: sums of what came since", median(rounds), unit="ms", note="every five minutes"))
    operator = User.objects.create_superuser("operator@bench.test")
    visitors.second_factor(operator)
    client = visitors.client_of(operator)
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=settings.STORAGES | PLAIN_FILES):
        for days in (30, 90, 365):
            measure_page(client, report, days, jobs)


def measure_page(client: Client, report: Report, days: int, jobs: int) -> None:
    address = f"/admin/metrics/?days={days}"
    with CaptureQueriesContext(connection) as asked:
        if client.get(address, secure=True).status_code != 200:
            raise RuntimeError("the page did not answer")
    statements = len(asked)
    begun = time.process_time()
    took = sorted(timed(lambda: client.get(address, secure=True)) * 1000 for _ in range(REQUESTS))
    python = (time.process_time() - begun) * 1000 / REQUESTS
    note = f"p95 {took[int(REQUESTS * 0.95)]:.0f} ms; {python:.0f} ms of Python, {statements} statements"
    name = f"metrics: the page of {days} days over {jobs:,} jobs"
    report.add(Measure(name, median(took), 100, at_most=True, unit="ms", note=note))


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def plant(place: Place, *, jobs: int, many: int) -> None:
    people.add(place, FIRST, FIRST + many - 1, credits=100)
    place.owner.execute(SHAPES)
    place.owner.execute("SELECT setseed(%s)", [random.Random(1).random()])
    people.as_replica(place, HISTORY.format(first=FIRST, last=FIRST + many - 1))
    people.as_replica(place, JOBS.format(first=FIRST, people=many, jobs=jobs))
    place.owner.execute("VACUUM ANALYZE")

"""What the other parts wrote keeps the law of the ledger, and how long it takes to prove it."""

import time

from django.db import connection

from benchmarks.place import Place
from benchmarks.results import Measure, Report
from credits import audit
from credits.rules import RULES


def measure_audit(place: Place, report: Report) -> None:
    place.owner.execute("VACUUM ANALYZE")
    row = place.owner.execute("SELECT count(*) FROM credits_credittransaction").fetchone()
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        broken = [finding for finding in audit.check_all(RULES, cursor) if not finding.holds]
    if broken:
        raise RuntimeError(f"{broken[0].rule.name}: {broken[0].rows[0]}")
    name = f"audit: the ledger's rules over {row[0] if row else 0:,} rows"
    report.add(Measure(name, time.perf_counter() - begun, unit="s", note="all hold"))

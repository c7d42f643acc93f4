"""The reset of many accounts: in chunks and as one statement, with people who spend meanwhile."""

import random
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import new_id
from benchmarks import people
from benchmarks.clients import FORK, median
from benchmarks.place import Place
from benchmarks.results import Measure, Report
from credits import ledger
from credits.errors import InsufficientCredits

FIRST = 1_000_000
SPENDERS = 2
PAUSE = 0.005


def measure_resets(place: Place, report: Report, *, rounds: int, accounts: int) -> None:
    people.add(place, FIRST, FIRST + accounts - 1, credits=50_000)
    ratios, chunked_block, whole_block, seconds = [], [], [], []
    for number in range(rounds):
        now = _next_month(place, 2 * number + 1)
        whole, blocked = timed(place, accounts, now, chunk=accounts)
        whole_block.append(blocked)
        chunked, blocked = timed(place, accounts, _next_month(place, 2 * number + 2), chunk=ledger.CHUNK)
        chunked_block.append(blocked)
        ratios.append(chunked / whole)
        seconds.append(chunked)
    report.add(
        Measure(f"reset of {accounts:,}: chunked against one statement", median(ratios), 1.3, at_most=True,
                note=f"{median(seconds):.1f} s"),
        Measure("reset: longest wait of a spender", max(chunked_block), 100, at_most=True, unit="ms",
                note=f"one statement: {median(whole_block):,.0f} ms"),
    )  # fmt: skip


def _next_month(place: Place, number: int) -> datetime:
    row = place.owner.execute(
        "SELECT anchor_at + make_interval(months => %s, hours => 1) FROM credits_creditaccount WHERE user_id = %s",
        [number, people.id_of(FIRST)],
    ).fetchone()
    assert row is not None  # noqa: S101
    moment: datetime = row[0]
    return moment


def timed(place: Place, accounts: int, now: datetime, *, chunk: int) -> tuple[float, float]:
    """Seconds of the reset, and the longest that anybody's charge took beside it, in milliseconds."""
    place.owner.execute("VACUUM ANALYZE")
    place.owner.execute("CHECKPOINT")
    connection.close()
    going, results = FORK.Event(), FORK.SimpleQueue()
    going.set()
    spenders = [FORK.Process(target=_spend, args=(accounts, now, going, results)) for _ in range(SPENDERS)]
    for spender in spenders:
        spender.start()
    time.sleep(0.3)
    begun = time.perf_counter()
    done = ledger.reset_due(now=now, chunk=chunk)
    seconds = time.perf_counter() - begun
    going.clear()
    waits = [results.get() for _ in spenders]
    for spender in spenders:
        spender.join()
    if done < accounts * 0.9:
        raise RuntimeError(f"only {done} of {accounts} accounts were reset")
    return seconds, max(waits) * 1000


def _spend(accounts: int, now: datetime, going: Any, results: Any) -> None:
    slowest = 0.0
    _charge(people.id_of(FIRST), now - timedelta(days=40))
    while going.is_set():
        begun = time.perf_counter()
        _charge(people.id_of(FIRST + random.randrange(accounts)), now)
        slowest = max(slowest, time.perf_counter() - begun)
        time.sleep(PAUSE)
    results.put(slowest)


def _charge(user: UUID, now: datetime) -> None:
    try:
        ledger.deduct(user_id=user, amount=1, job_id=new_id(), agent_id="chat", description="Chat", now=now)
    except InsufficientCredits:
        return

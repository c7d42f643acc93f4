"""Deductions and submissions, each against the raw statement and the ORM, in turn."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import acts, clients, people
from benchmarks.clients import median
from benchmarks.place import Place
from benchmarks.results import Measure, Report

RAW = Path(__file__).parent / "raw"
PEOPLE = 1000
CROWDS = ((1, PEOPLE, "1 client"), (8, PEOPLE, "8 clients"), (8, 1, "8 clients, one hot account"))
Act = Callable[..., Any]


@dataclass(frozen=True)
class Pace:
    rounds: int
    seconds: float


@dataclass
class Contest:
    """Raw, ours and the ORM in turn, round after round: acts a second, and our cost in milliseconds."""

    script: str
    ours: Act
    orm: Act
    raw_rates: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    orm_rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def hold(self, place: Place, pace: Pace, *, count: int, crowd: int) -> "Contest":
        for _ in range(pace.rounds):
            size = {"clients": count, "seconds": pace.seconds, "people": crowd}
            self.raw_rates.append(place.pgbench(RAW / f"{self.script}.sql", **size))
            run = clients.run(self.ours, **size)
            self.rates.append(run.rate)
            self.cpu_ms.append(run.cpu_ms)
            self.orm_rates.append(clients.run(self.orm, **size).rate)
            place.owner.execute("UPDATE jobs_job SET status = 'completed', finished_at = now() WHERE status = 'queued'")
        return self

    @property
    def of_raw(self) -> float:
        return median([ours / raw for ours, raw in zip(self.rates, self.raw_rates, strict=True)])

    @property
    def times_orm(self) -> float:
        return median([ours / orm for ours, orm in zip(self.rates, self.orm_rates, strict=True)])


def measure_deductions(place: Place, report: Report, pace: Pace) -> None:
    report.add(Measure("deduct: statements sent", statements(acts.deduct), 1, at_most=True))
    held = {}
    for count, crowd, name in CROWDS:
        contest = Contest("deduct", acts.deduct, acts.deduct_by_orm).hold(place, pace, count=count, crowd=crowd)
        held[name] = contest
        note = f"{median(contest.rates):,.0f}/s"
        report.add(Measure(f"deduct: of raw, {name}", contest.of_raw, {1: 0.40, 8: 0.25}[count], note=note))
        report.add(Measure(f"deduct: times the ORM form, {name}", contest.times_orm, 4))
        if count == 1:
            report.add(Measure("deduct: Python CPU a call", median(contest.cpu_ms), 0.2, at_most=True, unit="ms"))
    spread, hot = held["8 clients"], held["8 clients, one hot account"]
    raw = f"the raw statement: {median(hot.raw_rates) / median(spread.raw_rates):.2f}"
    report.add(Measure("deduct: hot account against spread", median(hot.rates) / median(spread.rates), 0.5, note=raw))


def measure_submissions(place: Place, report: Report, pace: Pace) -> None:
    acts.ring_nobody()
    report.add(Measure("submit: statements sent", statements(acts.submit), 1, at_most=True))
    for count, crowd, name in CROWDS[:2]:
        contest = Contest("submit", acts.submit, acts.submit_by_orm).hold(place, pace, count=count, crowd=crowd)
        note = f"{median(contest.rates):,.0f}/s"
        report.add(Measure(f"submit: of raw, {name}", contest.of_raw, 0.25, note=note))
        report.add(Measure(f"submit: times the ORM form, {name}", contest.times_orm, 6))
        if count == 1:
            report.add(Measure("submit: Python CPU a call", median(contest.cpu_ms), unit="ms"))


def measure_history(place: Place, report: Report, pace: Pace, *, rows: int) -> None:
    """Two people, one with a long history, charged by turns: the medians of single charges are compared."""
    short, long = (people.id_of(number) for number in (PEOPLE + 1, PEOPLE + 2))
    people.add(place, PEOPLE + 1, PEOPLE + 2)
    people.give_history(place, PEOPLE + 1, 100)
    people.give_history(place, PEOPLE + 2, rows)
    times: dict[Any, list[float]] = {short: [], long: []}
    end = time.perf_counter() + 2 * pace.rounds * pace.seconds
    while time.perf_counter() < end:
        for user in (short, long):
            begun = time.perf_counter()
            acts.deduct(user)
            times[user].append(time.perf_counter() - begun)
    ratio = median(times[short]) / median(times[long])
    report.add(
        Measure(f"deduct: {rows:,} ledger rows against 100", ratio, 0.95, note=f"{len(times[long]):,} charges each")
    )


def statements(act: Act) -> int:
    connection.ensure_connection()
    act(people.id_of(1))
    with CaptureQueriesContext(connection) as sent:
        act(people.id_of(1))
    return len(sent)

"""`make bench`: the ratios of the performance goals. For more: ARGS="--accounts 1000000 --history 1000000"."""

import argparse

from benchmarks import place

PARTS = ("deduct", "submit", "history", "reset", "start", "http", "webhooks", "statements", "pages", "metrics")


def main() -> None:
    options = arguments()
    with place.open_place() as here:
        measure(here, options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each form in each round")
    parser.add_argument("--accounts", type=int, default=100_000, help="to reset")
    parser.add_argument("--history", type=int, default=200_000, help="ledger rows of the long history")
    parser.add_argument("--jobs", type=int, default=500_000, help="of the person whose pages are read")
    parser.add_argument("--runs", type=int, default=200_000, help="behind the operators' metrics")
    parser.add_argument("--only", choices=PARTS, action="append", help="leave out the other parts")
    return parser.parse_args()


def measure(here: place.Place, options: argparse.Namespace) -> None:
    from benchmarks import (  # noqa: PLC0415  (they import models: after set-up)
        audits,
        bells,
        calls,
        metrics,
        pages,
        pages_of_history,
        people,
        resets,
        results,
        webhooks,
        writes,
    )

    wanted = options.only or PARTS
    if "pages" in wanted:
        pages.measure_pages(here, visits=min(3, options.rounds))
    if set(wanted) == {"pages"}:
        return
    report = results.Report(results.about(here, rounds=options.rounds, seconds=options.seconds))
    people.prepare(here)
    people.add(here, 1, writes.PEOPLE)
    pace = writes.Pace(options.rounds, options.seconds)
    parts = {
        "start": lambda: bells.measure_bells(here, report, samples=200),
        "deduct": lambda: writes.measure_deductions(here, report, pace),
        "submit": lambda: writes.measure_submissions(here, report, pace),
        "http": lambda: calls.measure_calls(here, report, pace),
        "webhooks": lambda: webhooks.measure_intake(report, rounds=options.rounds),
        "history": lambda: writes.measure_history(here, report, pace, rows=options.history),
        "statements": lambda: pages_of_history.measure_statements(
            here, report, rounds=options.rounds, jobs=options.jobs
        ),
        "reset": lambda: resets.measure_resets(here, report, rounds=min(3, options.rounds), accounts=options.accounts),
    }
    for name, part in parts.items():
        if name in wanted:
            part()
    audits.measure_audit(here, report)
    if "metrics" in wanted:
        metrics.measure_metrics(here, report, jobs=options.runs)
    print(f"\nWritten to {report.write().relative_to(place.ROOT)}.")


if __name__ == "__main__":
    main()

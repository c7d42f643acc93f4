"""`make bench`: the ratios of the performance goals. For more: ARGS="--accounts 1000000 --history 1000000"."""

import argparse

from benchmarks import place

PARTS = ("deduct", "submit", "history", "reset", "start", "http", "webhooks")


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
    parser.add_argument("--only", choices=PARTS, action="append", help="leave out the other parts")
    return parser.parse_args()


def measure(here: place.Place, options: argparse.Namespace) -> None:
    from benchmarks import audits, bells, calls, people, resets, results, webhooks, writes  # noqa: PLC0415  (they import models: after set-up)

    wanted = options.only or PARTS
    report = results.Report(results.about(here, rounds=options.rounds, seconds=options.seconds))
    people.prepare(here)
    people.add(here, 1, writes.PEOPLE)
    pace = writes.Pace(options.rounds, options.seconds)
    if "start" in wanted:
        bells.measure_bells(here, report, samples=200)
    if "deduct" in wanted:
        writes.measure_deductions(here, report, pace)
    if "submit" in wanted:
        writes.measure_submissions(here, report, pace)
    if "http" in wanted:
        calls.measure_calls(here, report, pace)
    if "webhooks" in wanted:
        webhooks.measure_intake(report, rounds=options.rounds)
    if "history" in wanted:
        writes.measure_history(here, report, pace, rows=options.history)
    if "reset" in wanted:
        resets.measure_resets(here, report, rounds=min(3, options.rounds), accounts=options.accounts)
    audits.measure_audit(here, report)
    print(f"\nWritten to {report.write().relative_to(place.ROOT)}.")


if __name__ == "__main__":
    main()

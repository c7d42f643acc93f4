from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from metrics import rollup


class Command(BaseCommand):
    help = (
        "Make the sums of the metrics page anew, of every day that there is something of. Days whose jobs have been "
        "pruned keep their sums. Safe to run at any time, again, and beside the product."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since-last", action="store_true", help="only what happened since, as beat does it")

    def handle(self, *args: Any, **options: Any) -> None:
        done = rollup.refresh() if options["since_last"] else rollup.rebuild()
        if done is None:
            self.stdout.write("Another run is at it.")
            return
        kept = f" Kept, for jobs of them have been pruned: {done.kept}." if done.kept else ""
        self.stdout.write(f"Sums made of days: {done.days}.{kept}")

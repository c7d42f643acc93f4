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
        kept = f" {done.kept} kept theirs: jobs of them have been pruned." if done.kept else ""
        self.stdout.write(f"The sums of {done.days} days were made.{kept}")

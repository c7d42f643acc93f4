from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from jobs import upkeep


class Command(BaseCommand):
    help = "Delete finished jobs that are older than the retention, and their files. The ledger keeps its rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=settings.JOBS_KEPT_DAYS, help="retention (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{upkeep.prune(days=options['days'])} jobs were pruned.")

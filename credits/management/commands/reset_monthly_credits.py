from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from credits import ledger


def moment(text: str) -> datetime:
    """An ISO 8601 date or time; without a zone it is UTC. Raises CommandError."""
    try:
        found = parse_datetime(text) or datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is not an ISO 8601 time, such as 2027-01-31T12:00:00Z.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class Command(BaseCommand):
    help = "Start a new credit period for every account whose period has ended. Safe to run at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", metavar="ISO", help="pretend that this is the time")

    def handle(self, *args: Any, **options: Any) -> None:
        now = moment(options["now"]) if options["now"] else None
        self.stdout.write(f"{ledger.reset_due(now=now)} accounts were given a new period.")

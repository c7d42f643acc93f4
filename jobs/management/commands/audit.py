from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from credits import audit
from jobs.rules import EVERY_RULE


class Command(BaseCommand):
    help = "Prove the law of credits and jobs on the live data. Ends with 1, naming the rows, when it is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [finding for finding in self.findings() if not finding.holds]
        if broken:
            raise CommandError(f"{len(broken)} of {len(EVERY_RULE)} rules are broken.")
        self.stdout.write(f"All {len(EVERY_RULE)} rules hold.")

    def findings(self) -> list[audit.Finding]:
        """Reads one snapshot, whatever happens meanwhile, and tells each answer as it comes."""
        found = []
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for rule in EVERY_RULE:
                found.append(audit.check(rule, cursor))
                self.tell(found[-1])
        return found

    def tell(self, finding: audit.Finding) -> None:
        if finding.holds:
            self.stdout.write(f"ok      {finding.rule.name}")
            return
        self.stdout.write(self.style.ERROR(f"BROKEN  {finding.rule.name}: {finding.count} rows"))
        for row in finding.rows:
            self.stdout.write(f"          {row}")
        if finding.count > len(finding.rows):
            self.stdout.write(f"          and {finding.count - len(finding.rows)} more")

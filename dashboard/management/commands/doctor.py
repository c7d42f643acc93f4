import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from avatarg import findings
from avatarg.findings import Finding
from dashboard.checkup import database, front, payments, providers, site, storage, work

ASK_TABLES = (work.check, payments.events)
NOT_ASKED = "Migrations, ledger, clock, workers, beat, jobs and Stripe's events are known once it answers."
BARE = "Ledger, workers, beat, jobs and Stripe's events are known once the migrations are applied."


class Command(BaseCommand):
    help = (
        "Say what in the configuration is missing or wrong, and how to mend it. Reads only, tells no secret, and ends "
        "with 1 when something is wrong."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--audit", action="store_true", help="also prove the law of the ledger, which may take long"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with silence():
            found = [self.tell(finding) for finding in self.findings(with_audit=options["audit"])]
        self.stdout.write(findings.summed_up(found))
        if any(finding.level == findings.WRONG for finding in found):
            sys.exit(1)

    def findings(self, *, with_audit: bool) -> Iterator[Finding]:
        for part in (*site.PARTS, *front.PARTS, *storage.PARTS):
            yield from guarded(part)
        reached = list(guarded(database.reach))
        yield from reached
        if reached[0].level == findings.WRONG:
            yield findings.warn("database", NOT_ASKED)
        else:
            yield from guarded(lambda: inside(with_audit=with_audit))
        yield from guarded(work.broker)
        yield from guarded(payments.check)
        yield from guarded(providers.check)

    def tell(self, finding: Finding) -> Finding:
        styles = {findings.OK: self.style.SUCCESS, findings.WARN: self.style.WARNING, findings.WRONG: self.style.ERROR}
        line = str(finding)
        self.stdout.write(styles[finding.level](line[:6]) + line[6:])
        return finding


def inside(*, with_audit: bool) -> Iterator[Finding]:
    """What the database knows."""
    with database.reading():
        yield from guarded(database.check)
        if database.is_bare():
            yield findings.warn("database", BARE)
            return
        for check in ASK_TABLES:
            yield from guarded(check)
        if with_audit:
            yield from guarded(database.law)


def guarded(check: Callable[[], Finding | Iterable[Finding]]) -> Iterator[Finding]:
    """A check that fails is a finding. Of an error only the kind is told: its text may hold an address."""
    try:
        answer = check()
        yield from [answer] if isinstance(answer, Finding) else answer
    except Error as error:
        yield findings.wrong("database", f"could not be asked ({type(error).__name__}): see the findings above.")
    except Exception as error:
        name = check.__module__.rpartition(".")[2]
        yield findings.wrong(name, f"could not be looked at ({type(error).__name__}).")


@contextmanager
def silence() -> Iterator[None]:
    """What libraries log of a refusal may hold the end of a key."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
